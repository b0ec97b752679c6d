package org.konvergo.linalg;

import java.util.Arrays;
import org.ejml.data.DMatrixSparseCSC;
import org.konvergo.Require;

/**
 * Products of sparse matrices in EJML's compressed columns with vectors.
 *
 * <p>Every entry of a product starts from 0 and adds its terms one after another by fused
 * multiply-add, in an order that the matrix alone fixes. Zeros that are stored count as terms, so
 * NaN flows through. There is one form of each loop: terms in a fixed order leave nothing for
 * vector registers to do, and gathered loads are what takes the time.
 *
 * <p>Where the same matrix is multiplied often, A x is faster through the transpose, made once:
 * {@code gemvTransposed(CommonOps_DSCC.transpose(a, null, null), x, y)} reads whole rows of A, and
 * gives the bits of {@code gemv(a, x, y)}.
 */
public final class SparseKernels {
    private SparseKernels() {}

    /**
     * Matrix times vector; each entry adds its terms in the order of the columns.
     *
     * @param a matrix, m x n
     * @param x vector of length n
     * @param y vector of length m, overwritten with A x
     * @throws IllegalArgumentException if the shapes do not fit or y is x or the array of A
     */
    public static void gemv(DMatrixSparseCSC a, double[] x, double[] y) {
        check(a, x, a == null ? 0 : a.numCols, y, a == null ? 0 : a.numRows);
        Arrays.fill(y, 0);
        int[] start = a.col_idx;
        int[] rows = a.nz_rows;
        double[] values = a.nz_values;
        for (int j = 0; j < x.length; j++) {
            double factor = x[j];
            for (int p = start[j]; p < start[j + 1]; p++) {
                y[rows[p]] = Math.fma(values[p], factor, y[rows[p]]);
            }
        }
    }

    /**
     * Transposed matrix times vector; each entry adds its terms in the order in which its column is
     * stored, which is that of the rows where indices are sorted.
     *
     * @param a matrix, m x n
     * @param x vector of length m
     * @param y vector of length n, overwritten with A' x
     * @throws IllegalArgumentException if the shapes do not fit or y is x or the array of A
     */
    public static void gemvTransposed(DMatrixSparseCSC a, double[] x, double[] y) {
        check(a, x, a == null ? 0 : a.numRows, y, a == null ? 0 : a.numCols);
        rowProducts(a.col_idx, a.nz_rows, a.nz_values, x, y);
    }

    /** y[i] = sum of values[p] x[columns[p]] for p from start[i] to start[i+1]-1, in that order. */
    static void rowProducts(int[] start, int[] columns, double[] values, double[] x, double[] y) {
        for (int i = 0; i < y.length; i++) {
            double sum = 0;
            int end = start[i + 1];
            for (int p = start[i]; p < end; p++) {
                sum = Math.fma(values[p], x[columns[p]], sum);
            }
            y[i] = sum;
        }
    }

    private static void check(
            DMatrixSparseCSC a, double[] x, int xLength, double[] y, int yLength) {
        Require.notNull("a", a);
        Require.length("x", x, xLength);
        Require.length("y", y, yLength);
        Arguments.distinct("y", y, "x", x);
        Arguments.distinct("y", y, "a", a.nz_values);
    }
}
