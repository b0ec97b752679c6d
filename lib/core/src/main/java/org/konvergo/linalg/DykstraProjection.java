package org.konvergo.linalg;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;

/**
 * Euclidean projection on an intersection of convex sets, by projecting on one after the other.
 * Before it projects on a set again, Dykstra's algorithm takes back what that set changed in the
 * sweep before; without this the sweeps would end in the intersection, but not at the nearest point
 * (Boyle and Dykstra, A method for finding projections onto the intersection of convex sets in
 * Hilbert spaces, 1986). For half-spaces it is Hildreth's algorithm with one multiplier a row
 * (Hildreth, A quadratic programming procedure, 1957).
 *
 * <p>The result is the limit up to what the last sweep still changed: it may lie outside a set by
 * about as much.
 */
public final class DykstraProjection implements UnaryOperator<double[]> {
    /** Fewer zeros than that in a row cost less than another run. */
    private static final int GAP = 8;

    private final UnaryOperator<double[]> sweeps;

    private DykstraProjection(UnaryOperator<double[]> sweeps) {
        this.sweeps = sweeps;
    }

    /**
     * The projection on the intersection of sets that are known by their projections.
     *
     * @param sets projections, at least one; each returns another array than it is given, or that
     *     array unchanged
     * @param maxSweeps at least 1
     * @param tolerance largest change of an entry within the last sweep, at least 0
     * @return the projection
     * @throws IllegalArgumentException if there is no set or a number is out of range
     */
    public static DykstraProjection of(
            List<? extends UnaryOperator<double[]>> sets, int maxSweeps, double tolerance) {
        Require.atLeast("number of sets", Require.notNull("sets", sets).size(), 1);
        check(maxSweeps, tolerance);
        var all = List.<UnaryOperator<double[]>>copyOf(sets);
        return new DykstraProjection(
                u -> {
                    double[] p = u.clone();
                    var taken = new double[all.size()][u.length];
                    double change = Double.POSITIVE_INFINITY;
                    for (int sweep = 0; sweep < maxSweeps && change > tolerance; sweep++) {
                        change = 0;
                        for (int s = 0; s < taken.length; s++) {
                            double[] before = p.clone();
                            Kernels.axpy(1, taken[s], before);
                            double[] after = all.get(s).apply(before);
                            for (int i = 0; i < p.length; i++) {
                                taken[s][i] = before[i] - after[i];
                                change = Math.max(change, Math.abs(after[i] - p[i]));
                                p[i] = after[i];
                            }
                        }
                    }
                    return p;
                });
    }

    /**
     * The projection on the polyhedron {u : A u &lt;= b}.
     *
     * @param a matrix A, p x n with n at least 1, all finite; not copied
     * @param b of length p, not negative where the row of A is zero; not copied
     * @param maxSweeps at least 1
     * @param tolerance largest step on a half-space within the last sweep, at least 0
     * @return the projection
     * @throws IllegalArgumentException if an entry is not finite, the shapes do not fit, a row has
     *     no solution or a number is out of range
     */
    public static DykstraProjection halfSpaces(
            DMatrixRMaj a, double[] b, int maxSweeps, double tolerance) {
        int n = Require.notNull("a", a).numCols;
        Require.atLeast("number of columns of a", n, 1);
        Require.finite("a", Arrays.copyOf(a.data, a.getNumElements()));
        Require.finite("b", Require.length("b", b, a.numRows));
        check(maxSweeps, tolerance);
        var squares = new double[a.numRows];
        var runs = new int[a.numRows][];
        for (int i = 0; i < squares.length; i++) {
            squares[i] = Kernels.dot(a.data, i * n, a.data, i * n, n);
            runs[i] = runs(a.data, i * n, n);
            Require.that(
                    squares[i] > 0 || b[i] >= 0,
                    "b[" + i + "]",
                    "not negative, as the row of a is zero",
                    b[i]);
        }
        return new DykstraProjection(
                u -> {
                    double[] p = Require.length("u", u, n).clone();
                    var multipliers = new double[squares.length];
                    double change = Double.POSITIVE_INFINITY;
                    for (int sweep = 0; sweep < maxSweeps && change > tolerance; sweep++) {
                        change = 0;
                        for (int i = 0; i < squares.length; i++) {
                            if (squares[i] > 0) {
                                double excess = dot(a.data, i * n, runs[i], p) - b[i];
                                double step = Math.max(-multipliers[i], excess / squares[i]);
                                multipliers[i] += step;
                                axpy(-step, a.data, i * n, runs[i], p);
                                change = Math.max(change, Math.abs(step) * Math.sqrt(squares[i]));
                            }
                        }
                    }
                    return p;
                });
    }

    /** Where a row is not zero: first columns and lengths; short gaps are run through. */
    private static int[] runs(double[] a, int offset, int n) {
        var ends = new int[2 * n];
        int count = 0;
        for (int j = 0; j < n; j++) {
            if (a[offset + j] != 0) {
                if (count > 0 && j - ends[2 * count - 1] < GAP) {
                    ends[2 * count - 1] = j + 1;
                } else {
                    ends[2 * count] = j;
                    ends[2 * count + 1] = j + 1;
                    count++;
                }
            }
        }
        for (int r = 0; r < count; r++) {
            ends[2 * r + 1] -= ends[2 * r];
        }
        return Arrays.copyOf(ends, 2 * count);
    }

    private static double dot(double[] a, int offset, int[] runs, double[] p) {
        double sum = 0;
        for (int r = 0; r < runs.length; r += 2) {
            sum += Kernels.dot(a, offset + runs[r], p, runs[r], runs[r + 1]);
        }
        return sum;
    }

    private static void axpy(double step, double[] a, int offset, int[] runs, double[] p) {
        for (int r = 0; r < runs.length; r += 2) {
            Kernels.axpy(step, a, offset + runs[r], p, runs[r], runs[r + 1]);
        }
    }

    private static void check(int maxSweeps, double tolerance) {
        Require.atLeast("maxSweeps", maxSweeps, 1);
        Require.nonNegative("tolerance", tolerance);
    }

    /**
     * The nearest point of the intersection.
     *
     * @param u the point; kept
     * @return a new vector
     */
    @Override
    public double[] apply(double[] u) {
        return sweeps.apply(u);
    }
}
