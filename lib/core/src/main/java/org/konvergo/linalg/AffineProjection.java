package org.konvergo.linalg;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;

/**
 * Euclidean projection on an affine set {u : M u = b}, by a Cholesky factorisation of M M' that is
 * made once (Golub and Van Loan, Matrix Computations, 2013, section 5.3). Rows of zeros and rows
 * that depend on those before them are left out.
 */
public final class AffineProjection implements UnaryOperator<double[]> {
    /** Squared share of a row of unit norm that the rows before it must leave. */
    private static final double INDEPENDENT = 1e-14;

    private static final double CONSISTENT = 1e-8;

    private final int rows;
    private final int columns;

    /** Indices of the rows that are kept, and their norms. */
    private final int[] kept;

    private final double[] norms;

    /** The kept rows, of unit norm. */
    private final DMatrixRMaj unit;

    /** Rows of L in L L' = unit unit'; row i has i + 1 entries. */
    private final double[][] factor;

    private final double[] right;

    private AffineProjection(DMatrixRMaj m) {
        rows = m.numRows;
        columns = m.numCols;
        var lengths = new double[rows];
        var scaled = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < rows; i++) {
            double[] row = Arrays.copyOfRange(m.data, i * columns, (i + 1) * columns);
            lengths[i] = Kernels.norm2(row);
            if (lengths[i] > 0) {
                Kernels.scale(1 / lengths[i], row);
            }
            System.arraycopy(row, 0, scaled.data, i * columns, columns);
        }
        var gram = new DMatrixRMaj(rows, rows);
        if (rows > 0) {
            Kernels.syrk(scaled, gram);
        }
        var chosen = new int[rows];
        var found = new double[rows][];
        int rank = 0;
        for (int i = 0; i < rows; i++) {
            var row = new double[rank + 1];
            for (int j = 0; j < rank; j++) {
                double inner = Kernels.dot(row, 0, found[j], 0, j);
                row[j] = (gram.data[i * rows + chosen[j]] - inner) / found[j][j];
            }
            double square = gram.data[i * rows + i] - Kernels.dot(row, 0, row, 0, rank);
            if (square > INDEPENDENT) {
                row[rank] = Math.sqrt(square);
                chosen[rank] = i;
                found[rank++] = row;
            }
        }
        kept = Arrays.copyOf(chosen, rank);
        factor = Arrays.copyOf(found, rank);
        norms = new double[rank];
        unit = new DMatrixRMaj(rank, columns);
        for (int k = 0; k < rank; k++) {
            norms[k] = lengths[kept[k]];
            System.arraycopy(scaled.data, kept[k] * columns, unit.data, k * columns, columns);
        }
        right = new double[rank];
    }

    /**
     * The projection on {u : M u = b}.
     *
     * @param m matrix M, p x n with n at least 1, all finite; kept. Without rows the set is R^n
     * @param b of length p, in the range of M; kept
     * @return the projection
     * @throws IllegalArgumentException if an entry is not finite, the shapes do not fit or M u = b
     *     has no solution
     */
    public static AffineProjection of(DMatrixRMaj m, double[] b) {
        Require.notNull("m", m);
        Require.atLeast("number of columns of m", m.numCols, 1);
        Require.finite("m", Arrays.copyOf(m.data, m.getNumElements()));
        Require.finite("b", Require.length("b", b, m.numRows));
        var projection = new AffineProjection(m);
        for (int k = 0; k < projection.right.length; k++) {
            projection.right[k] = b[projection.kept[k]] / projection.norms[k];
        }
        double[] nearest = projection.apply(new double[m.numCols]);
        for (int i = 0; i < m.numRows; i++) {
            double[] row = Arrays.copyOfRange(m.data, i * m.numCols, (i + 1) * m.numCols);
            double gap = Math.abs(Kernels.dot(row, nearest) - b[i]);
            double scale = Kernels.norm2(row) * Kernels.norm2(nearest) + Math.abs(b[i]);
            Require.that(gap <= CONSISTENT * scale, "b[" + i + "]", "in the range of m", b[i]);
        }
        return projection;
    }

    /**
     * The projection on the null space {u : M u = 0}.
     *
     * @param m matrix M, p x n, all finite; kept
     * @return the projection
     * @throws IllegalArgumentException if an entry is not finite or there is no column
     */
    public static AffineProjection onNullSpace(DMatrixRMaj m) {
        return of(m, new double[Require.notNull("m", m).numRows]);
    }

    /**
     * The rank of M.
     *
     * @return number of rows that are kept
     */
    public int rank() {
        return kept.length;
    }

    /**
     * The nearest point of the set.
     *
     * @param u of length n; kept
     * @return a new vector
     * @throws IllegalArgumentException if the length differs
     */
    @Override
    public double[] apply(double[] u) {
        double[] p = Require.length("u", u, columns).clone();
        subtract(right, p);
        return p;
    }

    /**
     * The nearest point of the parallel set {u : M u = b} with another right-hand side.
     *
     * @param u of length n; kept
     * @param b of length p, in the range of M, which is not checked; kept
     * @return a new vector
     * @throws IllegalArgumentException if a length differs
     */
    public double[] apply(double[] u, double[] b) {
        double[] p = Require.length("u", u, columns).clone();
        Require.length("b", b, rows);
        var scaled = new double[kept.length];
        Arrays.setAll(scaled, k -> b[kept[k]] / norms[k]);
        subtract(scaled, p);
        return p;
    }

    /**
     * Least-squares multipliers: the w for which M'w is the part of a vector in the row space of M.
     *
     * @param u of length n; kept
     * @return w of length p, zero for rows that are left out
     * @throws IllegalArgumentException if the length differs
     */
    public double[] multipliers(double[] u) {
        var w = new double[kept.length];
        Kernels.gemv(unit, Require.length("u", u, columns), w);
        solve(w);
        var all = new double[rows];
        for (int k = 0; k < w.length; k++) {
            all[kept[k]] = w[k] / norms[k];
        }
        return all;
    }

    /** p = p - unit' (L L')^-1 (unit p - b). */
    private void subtract(double[] b, double[] p) {
        var w = new double[kept.length];
        Kernels.gemv(unit, p, w);
        Kernels.axpy(-1, b, w);
        solve(w);
        var step = new double[columns];
        Kernels.gemvTransposed(unit, w, step);
        Kernels.axpy(-1, step, p);
    }

    /** w = (L L')^-1 w. */
    private void solve(double[] w) {
        for (int i = 0; i < w.length; i++) {
            w[i] = (w[i] - Kernels.dot(factor[i], 0, w, 0, i)) / factor[i][i];
        }
        for (int i = w.length - 1; i >= 0; i--) {
            w[i] /= factor[i][i];
            Kernels.axpy(-w[i], factor[i], 0, w, 0, i);
        }
    }
}
