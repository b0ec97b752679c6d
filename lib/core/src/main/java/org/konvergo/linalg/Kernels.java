package org.konvergo.linalg;

import java.util.Arrays;
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
    private static final ProductLanes PRODUCTS =
            Simd.choose(ProductLanes.class, "VectorProductLanes", new ScalarProductLanes());

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
        Require.length("y", y, x.length);
        return dot(x, 0, y, 0, x.length);
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
        range("x", x, xOffset, n);
        range("y", y, yOffset, n);
        return LANES.dot(x, xOffset, y, yOffset, n);
    }

    /**
     * Sum of the entries.
     *
     * @param x vector of any length
     * @return the sum, 0 for an empty vector
     */
    public static double sum(double[] x) {
        return LANES.sum(x);
    }

    /**
     * Sum of absolute values.
     *
     * @param x vector of any length
     * @return its 1-norm
     */
    public static double norm1(double[] x) {
        var s = new double[8];
        for (int i = 0; i < x.length; i++) {
            s[i & 7] += Math.abs(x[i]);
        }
        return tree(s);
    }

    /**
     * Euclidean norm. Squares are not scaled: entries beyond 1e154 overflow.
     *
     * @param x vector of any length
     * @return its 2-norm
     */
    public static double norm2(double[] x) {
        return Math.sqrt(dot(x, 0, x, 0, x.length));
    }

    /**
     * Largest absolute value.
     *
     * @param x vector of any length
     * @return its infinity norm, 0 for an empty vector, NaN if an entry is NaN
     */
    public static double normInf(double[] x) {
        double largest = 0;
        for (double v : x) {
            largest = Math.max(largest, Math.abs(v));
        }
        return largest;
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
        Require.length("y", y, x.length);
        var s = new double[8];
        for (int i = 0; i < x.length; i++) {
            double d = x[i] - y[i];
            s[i & 7] = Math.fma(d, d, s[i & 7]);
        }
        return Math.sqrt(tree(s));
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
        Require.length("y", y, x.length);
        LANES.axpy(a, x, 0, y, 0, x.length);
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
     * @throws IllegalArgumentException if a range leaves its array
     */
    public static void axpy(double a, double[] x, int xOffset, double[] y, int yOffset, int n) {
        range("x", x, xOffset, n);
        range("y", y, yOffset, n);
        LANES.axpy(a, x, xOffset, y, yOffset, n);
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
        Require.length("y", y, x.length);
        for (int i = 0; i < x.length; i++) {
            y[i] = Math.fma(a, x[i], b * y[i]);
        }
    }

    /**
     * The update x = a x.
     *
     * @param a factor
     * @param x vector of any length, overwritten
     */
    public static void scale(double a, double[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] *= a;
        }
    }

    /**
     * Matrix times vector.
     *
     * @param a matrix, m x n
     * @param x vector of length n
     * @param y vector of length m, overwritten with A x
     * @throws IllegalArgumentException if the shapes do not fit or y is x
     */
    public static void gemv(DMatrixRMaj a, double[] x, double[] y) {
        Require.length("x", x, a.numCols);
        Require.length("y", y, a.numRows);
        distinct("y", y, "x", x);
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
     *     length, or y is x
     */
    public static void gemv(double[] a, int rows, double[] x, int offset, int n, double[] y) {
        range("a", a, 0, Math.multiplyExact(rows, n));
        range("x", x, offset, n);
        Require.length("y", y, rows);
        distinct("y", y, "x", x);
        LANES.gemv(a, rows, x, offset, n, y);
    }

    /**
     * Transposed matrix times vector; each entry adds its terms in the order of the rows.
     *
     * @param a matrix, m x n
     * @param x vector of length m
     * @param y vector of length n, overwritten with A' x
     * @throws IllegalArgumentException if the shapes do not fit or y is x
     */
    public static void gemvTransposed(DMatrixRMaj a, double[] x, double[] y) {
        Require.length("x", x, a.numRows);
        Require.length("y", y, a.numCols);
        distinct("y", y, "x", x);
        int n = y.length;
        Arrays.fill(y, 0);
        double[] m = a.data;
        int i = 0;
        // Four rows in one pass, in their order: y is read and written a quarter as often.
        for (; i + 4 <= a.numRows; i += 4) {
            int r0 = i * n;
            int r1 = r0 + n;
            int r2 = r1 + n;
            int r3 = r2 + n;
            double x0 = x[i];
            double x1 = x[i + 1];
            double x2 = x[i + 2];
            double x3 = x[i + 3];
            for (int j = 0; j < n; j++) {
                double s = Math.fma(x1, m[r1 + j], Math.fma(x0, m[r0 + j], y[j]));
                y[j] = Math.fma(x3, m[r3 + j], Math.fma(x2, m[r2 + j], s));
            }
        }
        for (; i < a.numRows; i++) {
            for (int j = 0; j < n; j++) {
                y[j] = Math.fma(x[i], m[i * n + j], y[j]);
            }
        }
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
        Require.shape("b", b, a.numCols, b.numCols);
        Require.shape("c", c, a.numRows, b.numCols);
        distinct("c", c.data, "a", a.data);
        distinct("c", c.data, "b", b.data);
        int k = a.numCols;
        int n = b.numCols;
        PRODUCTS.gemm(a.numRows, n, k, a.data, k, 1, b.data, n, 1, c.data);
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
        Require.shape("b", b, a.numRows, b.numCols);
        Require.shape("c", c, a.numCols, b.numCols);
        distinct("c", c.data, "a", a.data);
        distinct("c", c.data, "b", b.data);
        int m = a.numCols;
        int n = b.numCols;
        PRODUCTS.gemm(m, n, a.numRows, a.data, 1, m, b.data, n, 1, c.data);
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
        Require.shape("b", b, b.numRows, a.numCols);
        Require.shape("c", c, a.numRows, b.numRows);
        distinct("c", c.data, "a", a.data);
        distinct("c", c.data, "b", b.data);
        int k = a.numCols;
        PRODUCTS.gemm(a.numRows, b.numRows, k, a.data, k, 1, b.data, 1, k, c.data);
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
        range("x", x, offset, n);
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
        Require.notNull("a", a);
        Require.shape("b", b, a.numRows, a.numCols);
        for (int i = 0; i < a.numRows; i++) {
            softmax(a.data, i * a.numCols, b.data, i * a.numCols, a.numCols);
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
     * @throws IllegalArgumentException if d has another length
     */
    public static void scaleRows(double[] d, DMatrixRMaj a) {
        Require.length("d", d, a.numRows);
        for (int i = 0; i < a.numRows; i++) {
            for (int j = i * a.numCols; j < (i + 1) * a.numCols; j++) {
                a.data[j] *= d[i];
            }
        }
    }

    /**
     * The update A = A diag(d).
     *
     * @param a matrix, m x n, overwritten
     * @param d vector of length n
     * @throws IllegalArgumentException if d has another length
     */
    public static void scaleColumns(DMatrixRMaj a, double[] d) {
        Require.length("d", d, a.numCols);
        for (int i = 0; i < a.numRows; i++) {
            int row = i * a.numCols;
            for (int j = 0; j < d.length; j++) {
                a.data[row + j] *= d[j];
            }
        }
    }

    private static double tree(double[] s) {
        return Lanes.tree(s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]);
    }

    private static void range(String name, double[] x, int offset, int n) {
        Require.notNull(name, x);
        if (offset < 0 || n < 0 || offset > x.length - n) {
            Require.that(
                    false,
                    "range of " + name,
                    "inside 0.." + x.length,
                    offset + ".." + ((long) offset + n));
        }
    }

    private static void distinct(String outName, double[] out, String inName, double[] in) {
        Require.that(out != in, outName, "an array other than " + inName, "the same array");
    }
}
