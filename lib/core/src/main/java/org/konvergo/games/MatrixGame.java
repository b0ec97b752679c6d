package org.konvergo.games;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.ConditionNumber;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.FiniteSumOperator;
import org.konvergo.problem.Indicator;
import org.konvergo.problem.MatrixCoupling;
import org.konvergo.problem.MonotoneInclusion;

/**
 * A zero-sum matrix game: the row player chooses a mixed strategy x and pays x'Ay, the column
 * player chooses y and receives it.
 *
 * @param a payments, n x m, finite; not copied, do not change it
 */
public record MatrixGame(DMatrixRMaj a) implements MatrixCoupling {
    /**
     * Checks the argument.
     *
     * @param a as above
     * @throws IllegalArgumentException if the matrix is empty or not finite
     */
    public MatrixGame {
        Require.notNull("a", a);
        Require.atLeast("rows of a", a.numRows, 1);
        Require.atLeast("columns of a", a.numCols, 1);
        Require.finite("a", Require.length("a", a.data, a.numRows * a.numCols));
    }

    /**
     * The game of a policeman and a burglar: the burglar robs house j of worth w_j, the policeman
     * waits at house i and catches the burglar with probability exp(-decay |i - j|). A_ij = w_j (1
     * - exp(-decay |i - j|)) (Nemirovski, Mini-course on convex programming algorithms, 2013).
     *
     * @param worth of the houses, at least one, not negative
     * @param decay positive
     * @return the game, with the policeman as row player
     * @throws IllegalArgumentException if there is no house or a number is out of range
     */
    public static MatrixGame policemanAndBurglar(double[] worth, double decay) {
        Require.nonNegative("worth", worth);
        int n = Require.atLeast("number of houses", worth.length, 1);
        Require.positive("decay", decay);
        var a = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a.set(i, j, worth[j] * (1 - StrictMath.exp(-decay * Math.abs(i - j))));
            }
        }
        return new MatrixGame(a);
    }

    /**
     * The operator z = (x, y) to (A y, -A'x) as an average over rows and columns: with N = max(n,
     * m), term t is (N A_(.t) y_t, -N A_(t.)' x_t), where a column or row that A does not have
     * counts as zero. A term costs the N-th part of the operator.
     *
     * @return an operator of dimension n + m with N terms
     */
    @Override
    public FiniteSumOperator operator() {
        return new Sampled(a, new DMatrixRMaj(a.numCols, a.numRows));
    }

    /** The operator, with the transposed matrix kept so that columns are read in one piece. */
    private record Sampled(DMatrixRMaj a, DMatrixRMaj at) implements FiniteSumOperator {
        Sampled {
            for (int i = 0; i < a.numRows; i++) {
                for (int j = 0; j < a.numCols; j++) {
                    at.data[j * a.numRows + i] = a.data[i * a.numCols + j];
                }
            }
        }

        @Override
        public int dimension() {
            return a.numRows + a.numCols;
        }

        @Override
        public int terms() {
            return Math.max(a.numRows, a.numCols);
        }

        @Override
        public void apply(double[] z, double[] result) {
            Require.length("z", z, dimension());
            Require.length("result", result, dimension());
            int n = a.numRows;
            var ay = new double[n];
            var atx = new double[a.numCols];
            Kernels.gemv(a.data, n, z, n, a.numCols, ay);
            Kernels.gemvTransposed(a, Arrays.copyOf(z, n), atx);
            System.arraycopy(ay, 0, result, 0, n);
            for (int j = 0; j < atx.length; j++) {
                result[n + j] = -atx[j];
            }
        }

        @Override
        public void apply(int[] terms, double[] z, double[] result) {
            combine(terms, z, null, result);
        }

        @Override
        public void difference(int[] terms, double[] z, double[] from, double[] result) {
            combine(terms, z, Require.length("from", from, dimension()), result);
        }

        /** The average of the terms at z - from; they are linear. */
        private void combine(int[] terms, double[] z, double[] from, double[] result) {
            Require.length("z", z, dimension());
            Require.length("result", result, dimension());
            Require.that(
                    Require.notNull("terms", terms).length > 0, "terms", "at least one", "none");
            int n = a.numRows;
            int m = a.numCols;
            double scale = (double) terms() / terms.length;
            Arrays.fill(result, 0);
            for (int t : terms) {
                Require.index("term", t, terms());
                if (t < m) {
                    double y = from == null ? z[n + t] : z[n + t] - from[n + t];
                    Kernels.axpy(scale * y, at.data, t * n, result, 0, n);
                }
                if (t < n) {
                    double x = from == null ? z[t] : z[t] - from[t];
                    Kernels.axpy(-scale * x, a.data, t * m, result, n, m);
                }
            }
        }
    }

    /**
     * The game as a variational inequality on the product of the two simplices.
     *
     * @return the inclusion, whose solutions are the pairs of equilibrium strategies
     */
    public MonotoneInclusion inclusion() {
        return new MonotoneInclusion(operator(), Indicator.simplices(a.numRows, a.numCols));
    }

    /**
     * Both players choose uniformly.
     *
     * @return z = (x, y), of length n + m
     */
    public double[] uniform() {
        var z = new double[a.numRows + a.numCols];
        Arrays.fill(z, 0, a.numRows, 1.0 / a.numRows);
        Arrays.fill(z, a.numRows, z.length, 1.0 / a.numCols);
        return z;
    }

    /**
     * The duality gap: what the two players could gain, together, by best replies.
     *
     * @param z strategies (x, y), of length n + m
     * @return largest entry of A'x minus smallest entry of A y, at least 0 up to rounding for
     *     strategies
     * @throws IllegalArgumentException if the length differs
     */
    public double gap(double[] z) {
        Require.length("z", z, a.numRows + a.numCols);
        int n = a.numRows;
        var ay = new double[n];
        var atx = new double[a.numCols];
        gradients(Arrays.copyOf(z, n), Arrays.copyOfRange(z, n, z.length), ay, atx);
        double pays = Double.POSITIVE_INFINITY;
        for (double entry : ay) {
            pays = Math.min(pays, entry);
        }
        double receives = Double.NEGATIVE_INFINITY;
        for (double entry : atx) {
            receives = Math.max(receives, entry);
        }
        return receives - pays;
    }

    /**
     * The Lipschitz constant of the operator.
     *
     * @return the largest singular value of A
     */
    public double lipschitz() {
        return ConditionNumber.of(a).largest();
    }

    /**
     * The Lipschitz constant on average over the N terms: the least L with (1/N) sum of |F_t(z) -
     * F_t(z')|^2 at most L^2 |z - z'|^2.
     *
     * @return the root of N times the largest norm of a row or column, at least {@link #lipschitz}
     *     and at most root N times it
     */
    public double averageLipschitz() {
        double largest = 0;
        var columns = new double[a.numCols];
        for (int i = 0; i < a.numRows; i++) {
            double row = 0;
            for (int j = 0; j < a.numCols; j++) {
                double square = a.get(i, j) * a.get(i, j);
                row += square;
                columns[j] += square;
            }
            largest = Math.max(largest, row);
        }
        for (double column : columns) {
            largest = Math.max(largest, column);
        }
        return Math.sqrt(Math.max(a.numRows, a.numCols) * largest);
    }
}
