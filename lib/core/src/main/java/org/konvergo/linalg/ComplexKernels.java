package org.konvergo.linalg;

import org.ejml.data.ZMatrixRMaj;
import org.konvergo.Require;

/**
 * Products of complex matrices, stored as EJML's {@link ZMatrixRMaj}: row-major, the real and the
 * imaginary part of an entry side by side.
 *
 * <p>Two products look alike and are not: {@link #transposedProduct} takes A transposed as it is,
 * as a channel g'p does, {@link #adjointProduct} takes it conjugated, as an inner product does.
 * (EJML's {@code multTransA} is the second.)
 *
 * <p>An entry is two real inner products of vectors of twice the length, by {@link Kernels#dot}: as
 * fast, and the same bits everywhere.
 */
public final class ComplexKernels {
    private ComplexKernels() {}

    /**
     * The product A B.
     *
     * @param a m x n
     * @param b n x q
     * @return m x q, new
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public static ZMatrixRMaj product(ZMatrixRMaj a, ZMatrixRMaj b) {
        matrix("a", a);
        matrix("b", b);
        Require.that(a.numCols == b.numRows, "rows of b", "" + a.numCols, b.numRows);
        var rows = new double[2 * a.numRows * a.numCols];
        for (int i = 0; i < rows.length; i += 2) {
            rows[i] = a.data[i];
            rows[i + 1] = -a.data[i + 1];
        }
        return products(rows, a.numRows, columns(b, false), b.numCols, a.numCols);
    }

    /**
     * The product A'B with A transposed and not conjugated.
     *
     * @param a n x m
     * @param b n x q
     * @return m x q, new
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public static ZMatrixRMaj transposedProduct(ZMatrixRMaj a, ZMatrixRMaj b) {
        sameRows(a, b);
        return products(columns(a, true), a.numCols, columns(b, false), b.numCols, a.numRows);
    }

    /**
     * The product of the adjoint of A, which is A transposed and conjugated, with B: entry (i, j)
     * is the inner product of column i of A with column j of B.
     *
     * @param a n x m
     * @param b n x q
     * @return m x q, new
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public static ZMatrixRMaj adjointProduct(ZMatrixRMaj a, ZMatrixRMaj b) {
        sameRows(a, b);
        return products(columns(a, false), a.numCols, columns(b, false), b.numCols, a.numRows);
    }

    /**
     * The columns of a matrix, one after the other, so that each is a range for the real kernels.
     *
     * @param a m x n
     * @param conjugate whether to conjugate them
     * @return n ranges of 2 m numbers, new
     */
    public static double[] columns(ZMatrixRMaj a, boolean conjugate) {
        matrix("a", a);
        int m = a.numRows;
        int n = a.numCols;
        double sign = conjugate ? -1 : 1;
        var columns = new double[2 * m * n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                columns[2 * (j * m + i)] = a.data[2 * (i * n + j)];
                columns[2 * (j * m + i) + 1] = sign * a.data[2 * (i * n + j) + 1];
            }
        }
        return columns;
    }

    /**
     * The matrix with given columns.
     *
     * @param columns n ranges of 2 m numbers
     * @param m number of rows
     * @param n number of columns
     * @return m x n, new
     * @throws IllegalArgumentException if the array has another length
     */
    public static ZMatrixRMaj ofColumns(double[] columns, int m, int n) {
        Require.length("columns", columns, 2 * m * n);
        var a = new ZMatrixRMaj(m, n);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                a.data[2 * (i * n + j)] = columns[2 * (j * m + i)];
                a.data[2 * (i * n + j) + 1] = columns[2 * (j * m + i) + 1];
            }
        }
        return a;
    }

    /**
     * Multiplies by the imaginary unit: the range that turns {@link Kernels#dot} into an imaginary
     * part. For ranges x and y the inner product of x, conjugated, with y is dot(x, y) + i dot(i x,
     * y).
     *
     * @param x pairs of real and imaginary parts
     * @return i x, new
     * @throws IllegalArgumentException if the length is odd
     */
    public static double[] turned(double[] x) {
        Require.notNull("x", x);
        Require.that(x.length % 2 == 0, "length of x", "even", x.length);
        var turned = new double[x.length];
        for (int i = 0; i < x.length; i += 2) {
            turned[i] = -x[i + 1];
            turned[i + 1] = x[i];
        }
        return turned;
    }

    /**
     * The square of the Frobenius norm.
     *
     * @param a any matrix
     * @return the sum of the squared moduli of its entries
     */
    public static double squaredNorm(ZMatrixRMaj a) {
        matrix("a", a);
        return Kernels.dot(a.data, 0, a.data, 0, a.getDataLength());
    }

    /**
     * The Frobenius norm of a difference.
     *
     * @param a m x n
     * @param b m x n
     * @return the norm of A - B
     * @throws IllegalArgumentException if the shapes differ
     */
    public static double distance(ZMatrixRMaj a, ZMatrixRMaj b) {
        matrix("a", a);
        Require.shape("b", b, a.numRows, a.numCols);
        matrix("b", b);
        var difference = new double[a.getDataLength()];
        for (int i = 0; i < difference.length; i++) {
            difference[i] = a.data[i] - b.data[i];
        }
        return Kernels.norm2(difference);
    }

    /**
     * A real multiple.
     *
     * @param factor the factor
     * @param a any matrix
     * @return factor A, new
     */
    public static ZMatrixRMaj scaled(double factor, ZMatrixRMaj a) {
        var scaled = matrix("a", a).copy();
        Kernels.scale(factor, scaled.data);
        return scaled;
    }

    /** Inner products of each x, conjugated, with each y; all are ranges of n pairs. */
    private static ZMatrixRMaj products(double[] x, int m, double[] y, int q, int n) {
        double[] turned = turned(x);
        var c = new ZMatrixRMaj(m, q);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < q; j++) {
                int at = 2 * (i * q + j);
                c.data[at] = Kernels.dot(x, 2 * i * n, y, 2 * j * n, 2 * n);
                c.data[at + 1] = Kernels.dot(turned, 2 * i * n, y, 2 * j * n, 2 * n);
            }
        }
        return c;
    }

    private static void sameRows(ZMatrixRMaj a, ZMatrixRMaj b) {
        matrix("a", a);
        matrix("b", b);
        Require.that(a.numRows == b.numRows, "rows of b", "" + a.numRows, b.numRows);
    }

    /** The matrix must be there, with an array that holds its entries. */
    private static ZMatrixRMaj matrix(String name, ZMatrixRMaj a) {
        Require.notNull(name, a);
        Arguments.holds(name, a.data, a.numRows, 2 * a.numCols);
        return a;
    }
}
