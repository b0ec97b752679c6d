package org.konvergo.linalg;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;

/**
 * The hot loops: inner products, updates, matrix products, exponentials and log-sum-exp.
 *
 * <p>Sums run over 8 virtual lanes that are combined in a fixed tree; entries of matrix products
 * add their terms in the order of the inner index (see the package page). Shapes are checked once a
 * call; values are not, so that NaN flows through and the caller sees it. Outputs must not alias
 * inputs unless a method says so.
 */
public final class Kernels {
    private static final Lanes LANES = Simd.choose(Lanes.class, "VectorLanes", new ScalarLanes());
    private static final ElementaryLanes ELEMENTARY =
            Simd.choose(
                    ElementaryLanes.class, "VectorElementaryLanes", new ScalarElementaryLanes());
    private static final UpdateLanes UPDATES =
            Simd.choose(UpdateLanes.class, "VectorUpdateLanes", new ScalarUpdateLanes());

    // Rows of softmax that do not fill the registers by themselves.
    private static final int SHORT_ROW = 64;

    private Kernels() {}

    /**
     * Width of the vector registers that the kernels use. Results do not depend on it.
     *
     * @return bits, or 0 where the JVM runs without the module jdk.incubator.vector
     */
    public static int vectorBits() {
        return LANES.width();
    }

    /**
     * Inner product.
     *
     * @param x vector of length n
     * @param y vector of length n
     * @return the sum of x[i] y[i]
     * @throws IllegalArgumentException if the lengths differ
     */
    public static double dot(double[] x, double[] y) {
        Require.notNull("x", x);
        Require.length("y", y, x.length);
        return LANES.dot(x, 0, y, 0, x.length);
    }

    /**
     * Inner product of two ranges.
     *
     * @param x holds the first range
     * @param xOffset its first index
     * @param y holds the second range
     * @param yOffset its first index
     * @param n length of both ranges
     * @return the sum of x[xOffset+i] y[yOffset+i] for i below n
     * @throws IllegalArgumentException if a range leaves its array
     */
    public static double dot(double[] x, int xOffset, double[] y, int yOffset, int n) {
        Arguments.range("x", x, xOffset, n);
        Arguments.range("y", y, yOffset, n);
        return LANES.dot(x, xOffset, y, yOffset, n);
    }

    /**
     * Sum of the entries.
     *
     * @param x vector of any length
     * @return the sum, 0 for an empty vector
     */
    public static double sum(double[] x) {
        return LANES.sum(Require.notNull("x", x));
    }

    /**
     * Sum of absolute values.
     *
     * @param x vector of any length
     * @return its 1-norm
     */
    public static double norm1(double[] x) {
        return LANES.norm1(Require.notNull("x", x));
    }

    /**
     * Euclidean norm. Squares are not scaled: entries beyond 1e154 overflow.
     *
     * @param x vector of any length
     * @return its 2-norm
     */
    public static double norm2(double[] x) {
        return Math.sqrt(LANES.dot(Require.notNull("x", x), 0, x, 0, x.length));
    }

    /**
     * Largest absolute value.
     *
     * @param x vector of any length
     * @return its infinity norm, 0 for an empty vector, NaN if an entry is NaN
     */
    public static double normInf(double[] x) {
        return LANES.normInf(Require.notNull("x", x));
    }

    /**
     * Euclidean distance.
     *
     * @param x vector of length n
     * @param y vector of length n
     * @return the 2-norm of x - y
     * @throws IllegalArgumentException if the lengths differ
     */
    public static double distance2(double[] x, double[] y) {
        Require.notNull("x", x);
        Require.length("y", y, x.length);
        return Math.sqrt(LANES.squaredDistance(x, 0, y, 0, x.length));
    }

    /**
     * The update y = a x + y.
     *
     * @param a factor
     * @param x vector of length n
     * @param y vector of length n, overwritten
     * @throws IllegalArgumentException if the lengths differ
     */
    public static void axpy(double a, double[] x, double[] y) {
        Require.notNull("x", x);
        Require.length("y", y, x.length);
        UPDATES.axpy(a, x, 0, y, 0, x.length);
    }

    /**
     * The update y = a x + y of two ranges.
     *
     * @param a factor
     * @param x holds the first range
     * @param xOffset its first index
     * @param y holds the second range, overwritten
     * @param yOffset its first index
     * @param n length of both ranges
     * @throws IllegalArgumentException if a range leaves its array, or the ranges share a part of
     *     one
     */
    public static void axpy(double a, double[] x, int xOffset, double[] y, int yOffset, int n) {
        Arguments.range("x", x, xOffset, n);
        Arguments.range("y", y, yOffset, n);
        Arguments.apart(x, xOffset, y, yOffset, n);
        UPDATES.axpy(a, x, xOffset, y, yOffset, n);
    }

    /**
     * The update y = a x + b y.
     *
     * @param a factor of x
     * @param x vector of length n
     * @param b factor of y
     * @param y vector of length n, overwritten
     * @throws IllegalArgumentException if the lengths differ
     */
    public static void axpby(double a, double[] x, double b, double[] y) {
        Require.notNull("x", x);
        Require.length("y", y, x.length);
        UPDATES.axpby(a, x, b, y);
    }

    /**
     * The update x = a x.
     *
     * @param a factor
     * @param x vector of any length, overwritten
     */
    public static void scale(double a, double[] x) {
        Require.notNull("x", x);
        UPDATES.scale(a, x, 0, x.length);
    }

    /**
     * Matrix times vector.
     *
     * @param a matrix, m x n
     * @param x vector of length n
     * @param y vector of length m, overwritten with A x
     * @throws IllegalArgumentException if the shapes do not fit or y is x or the array of A
     */
    public static void gemv(DMatrixRMaj a, double[] x, double[] y) {
        Arguments.matrix("a", a);
        Require.length("x", x, a.numCols);
        Require.length("y", y, a.numRows);
        Arguments.distinct("y", y, "x", x);
        Arguments.distinct("y", y, "a", a.data);
        LANES.gemv(a.data, a.numRows, x, 0, x.length, y);
    }

    /**
     * Matrix times a range of a vector, such as a row of another matrix.
     *
     * @param a row-major entries of the matrix, rows x n
     * @param rows number of rows
     * @param x holds the range
     * @param offset its first index
     * @param n its length
     * @param y vector of length rows, overwritten with the product
     * @throws IllegalArgumentException if the matrix or the range leaves its array, y has another
     *     length, or y is x or a
     */
    public static void gemv(double[] a, int rows, double[] x, int offset, int n, double[] y) {
        Arguments.holds("a", a, rows, n);
        Arguments.range("x", x, offset, n);
        Require.length("y", y, rows);
        Arguments.distinct("y", y, "x", x);
        Arguments.distinct("y", y, "a", a);
        LANES.gemv(a, rows, x, offset, n, y);
    }

    /**
     * Transposed matrix times vector; each entry adds its terms in the order of the rows.
     *
     * @param a matrix, m x n
     * @param x vector of length m
     * @param y vector of length n, overwritten with A' x
     * @throws IllegalArgumentException if the shapes do not fit or y is x or the array of A
     */
    public static void gemvTransposed(DMatrixRMaj a, double[] x, double[] y) {
        Arguments.matrix("a", a);
        Require.length("x", x, a.numRows);
        Require.length("y", y, a.numCols);
        Arguments.distinct("y", y, "x", x);
        Arguments.distinct("y", y, "a", a.data);
        UPDATES.gemvTransposed(a.data, a.numRows, x, y);
    }

    /**
     * Matrix product.
     *
     * @param a matrix, m x k
     * @param b matrix, k x n
     * @param c matrix, m x n, overwritten with A B
     * @throws IllegalArgumentException if the shapes do not fit or c is an input
     */
    public static void gemm(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
        Products.gemm(a, false, b, false, c);
    }

    /**
     * Product of a transposed matrix and a matrix.
     *
     * @param a matrix, k x m
     * @param b matrix, k x n
     * @param c matrix, m x n, overwritten with A' B
     * @throws IllegalArgumentException if the shapes do not fit or c is an input
     */
    public static void gemmTransA(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
        Products.gemm(a, true, b, false, c);
    }

    /**
     * Product of a matrix and a transposed matrix; each entry adds its terms in the order of the
     * inner index.
     *
     * @param a matrix, m x k
     * @param b matrix, n x k
     * @param c matrix, m x n, overwritten with A B'
     * @throws IllegalArgumentException if the shapes do not fit or c is an input
     */
    public static void gemmTransB(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
        Products.gemm(a, false, b, true, c);
    }

    /**
     * Product of two transposed matrices.
     *
     * @param a matrix, k x m
     * @param b matrix, n x k
     * @param c matrix, m x n, overwritten with A' B'
     * @throws IllegalArgumentException if the shapes do not fit or c is an input
     */
    public static void gemmTransAB(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
        Products.gemm(a, true, b, true, c);
    }

    /**
     * Product of a matrix and its own transpose, with the bits of {@link #gemmTransB} at half the
     * cost.
     *
     * @param a matrix, n x k
     * @param c matrix, n x n, overwritten with A A', both triangles
     * @throws IllegalArgumentException if the shapes do not fit or c is a
     */
    public static void syrk(DMatrixRMaj a, DMatrixRMaj c) {
        Products.syrk(a, false, c);
    }

    /**
     * Product of a transposed matrix and the matrix itself, with the bits of {@link #gemmTransA} at
     * half the cost.
     *
     * @param a matrix, k x n
     * @param c matrix, n x n, overwritten with A' A, both triangles
     * @throws IllegalArgumentException if the shapes do not fit or c is a
     */
    public static void syrkTransA(DMatrixRMaj a, DMatrixRMaj c) {
        Products.syrk(a, true, c);
    }

    /**
     * Squared Euclidean distances of the rows of two matrices. Each is a sum of squares of
     * differences, with the bits of {@link #distance2} before the root, and not |a|^2 + |b|^2 - 2
     * a'b, which loses all digits where points are close together.
     *
     * @param a matrix, m x d, a point in each row
     * @param b matrix, n x d
     * @param c matrix, m x n, overwritten; entry (i, j) belongs to row i of A and row j of B
     * @throws IllegalArgumentException if the shapes do not fit or c is an input
     */
    public static void squaredDistances(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
        Products.squaredDistances(a, b, c);
    }

    /**
     * Exponentials, each within 1 ulp.
     *
     * @param x vector of length n
     * @param y vector of length n, overwritten with e to the x[i]; may be x itself
     * @throws IllegalArgumentException if a vector is null or the lengths differ
     */
    public static void exp(double[] x, double[] y) {
        Require.notNull("x", x);
        Require.length("y", y, x.length);
        ELEMENTARY.exp(x, 0, y, 0, x.length);
    }

    /**
     * Exponentials less one, each within 1 ulp.
     *
     * @param x vector of length n
     * @param y vector of length n, overwritten with e to the x[i], minus 1; may be x itself
     * @throws IllegalArgumentException if a vector is null or the lengths differ
     */
    public static void expm1(double[] x, double[] y) {
        Require.notNull("x", x);
        Require.length("y", y, x.length);
        ELEMENTARY.expm1(x, 0, y, 0, x.length);
    }

    /**
     * Natural logarithms, each within 1 ulp.
     *
     * @param x vector of length n
     * @param y vector of length n, overwritten with log x[i]; may be x itself
     * @throws IllegalArgumentException if a vector is null or the lengths differ
     */
    public static void log(double[] x, double[] y) {
        Require.notNull("x", x);
        Require.length("y", y, x.length);
        ELEMENTARY.log(x, 0, y, 0, x.length);
    }

    /**
     * Natural logarithms of one plus x, each within 1 ulp.
     *
     * @param x vector of length n
     * @param y vector of length n, overwritten with log(1 + x[i]); may be x itself
     * @throws IllegalArgumentException if a vector is null or the lengths differ
     */
    public static void log1p(double[] x, double[] y) {
        Require.notNull("x", x);
        Require.length("y", y, x.length);
        ELEMENTARY.log1p(x, 0, y, 0, x.length);
    }

    /**
     * Hyperbolic tangents, each within 1 ulp.
     *
     * @param x vector of length n
     * @param y vector of length n, overwritten with tanh x[i]; may be x itself
     * @throws IllegalArgumentException if a vector is null or the lengths differ
     */
    public static void tanh(double[] x, double[] y) {
        Require.notNull("x", x);
        Require.length("y", y, x.length);
        ELEMENTARY.tanh(x, 0, y, 0, x.length);
    }

    /**
     * Logistic functions, each within 1 ulp.
     *
     * @param x vector of length n
     * @param y vector of length n, overwritten with 1 / (1 + e to the -x[i]); may be x itself
     * @throws IllegalArgumentException if a vector is null or the lengths differ
     */
    public static void sigmoid(double[] x, double[] y) {
        Require.notNull("x", x);
        Require.length("y", y, x.length);
        ELEMENTARY.sigmoid(x, 0, y, 0, x.length);
    }

    /**
     * Logarithm of a sum of exponentials, without overflow.
     *
     * @param x vector of any length
     * @return log of the sum of e to the x[i]; minus infinity for an empty vector
     * @throws IllegalArgumentException if x is null
     */
    public static double logSumExp(double[] x) {
        Require.notNull("x", x);
        return logSumExp(x, 0, x.length);
    }

    /**
     * Logarithm of a sum of exponentials over a range, without overflow.
     *
     * @param x holds the range
     * @param offset its first index
     * @param n its length
     * @return log of the sum of e to the x[offset+i] for i below n; minus infinity if n is 0
     * @throws IllegalArgumentException if the range leaves the array
     */
    public static double logSumExp(double[] x, int offset, int n) {
        Arguments.range("x", x, offset, n);
        double largest = ELEMENTARY.max(x, offset, n);
        return Double.isInfinite(largest)
                ? largest
                : largest + Elementary.log(ELEMENTARY.sumExp(x, offset, n, largest));
    }

    /**
     * Log-sum-exp of every row.
     *
     * @param a matrix, m x n
     * @param y vector of length m, overwritten
     * @throws IllegalArgumentException if a or y is null or y has another length
     */
    public static void logSumExpRows(DMatrixRMaj a, double[] y) {
        Require.notNull("a", a);
        Require.length("y", y, a.numRows);
        for (int i = 0; i < a.numRows; i++) {
            y[i] = logSumExp(a.data, i * a.numCols, a.numCols);
        }
    }

    /**
     * Softmax.
     *
     * @param x vector of length n at least 1
     * @param y vector of length n, overwritten with e to the x[i] divided by their sum; may be x
     * @throws IllegalArgumentException if a vector is null or the lengths differ
     */
    public static void softmax(double[] x, double[] y) {
        Require.notNull("x", x);
        Require.length("y", y, x.length);
        softmax(x, 0, y, 0, x.length);
    }

    /**
     * Softmax of every row.
     *
     * @param a matrix, m x n with n at least 1
     * @param b matrix, m x n, overwritten; may be a itself
     * @throws IllegalArgumentException if a matrix is null or the shapes differ
     */
    public static void softmaxRows(DMatrixRMaj a, DMatrixRMaj b) {
        Arguments.matrix("a", a);
        Arguments.matrix("b", b);
        Require.shape("b", b, a.numRows, a.numCols);
        int n = a.numCols;
        if (n >= SHORT_ROW) {
            for (int i = 0; i < a.numRows; i++) {
                softmax(a.data, i * n, b.data, i * n, n);
            }
            return;
        }
        // The exponentials of all short rows at once fill the registers; the bits are the same.
        for (int row = 0; row < a.numRows * n; row += n) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int j = row; j < row + n; j++) {
                largest = Math.max(largest, a.data[j]);
            }
            for (int j = row; j < row + n; j++) {
                b.data[j] = a.data[j] - largest;
            }
        }
        ELEMENTARY.exp(b.data, 0, b.data, 0, a.numRows * n);
        for (int row = 0; row < a.numRows * n; row += n) {
            double total = Lanes.sum(b.data, row, n);
            for (int j = row; j < row + n; j++) {
                b.data[j] /= total;
            }
        }
    }

    private static void softmax(double[] x, int xOffset, double[] y, int yOffset, int n) {
        double largest = ELEMENTARY.max(x, xOffset, n);
        double total = ELEMENTARY.sumExp(x, xOffset, n, largest, y, yOffset);
        ELEMENTARY.divide(total, y, yOffset, n);
    }

    /**
     * The update A = diag(d) A.
     *
     * @param d vector of length m
     * @param a matrix, m x n, overwritten
     * @throws IllegalArgumentException if d has another length or is the array of A
     */
    public static void scaleRows(double[] d, DMatrixRMaj a) {
        Arguments.matrix("a", a);
        Require.length("d", d, a.numRows);
        Arguments.distinct("a", a.data, "d", d);
        for (int i = 0; i < a.numRows; i++) {
            UPDATES.scale(d[i], a.data, i * a.numCols, a.numCols);
        }
    }

    /**
     * The update A = A diag(d).
     *
     * @param a matrix, m x n, overwritten
     * @param d vector of length n
     * @throws IllegalArgumentException if d has another length or is the array of A
     */
    public static void scaleColumns(DMatrixRMaj a, double[] d) {
        Arguments.matrix("a", a);
        Require.length("d", d, a.numCols);
        Arguments.distinct("a", a.data, "d", d);
        for (int i = 0; i < a.numRows; i++) {
            UPDATES.multiply(a.data, i * d.length, d, 0, a.data, i * d.length, d.length);
        }
    }
}
