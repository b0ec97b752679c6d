package org.konvergo.linalg;

import org.ejml.data.FMatrixRMaj;
import org.konvergo.Require;

/**
 * Hot loops in single precision, for experiments that are about its rounding or its speed.
 *
 * <p>An inner product runs over 16 virtual lanes, term i in lane i mod 16, which are then added by
 * halves: lane i and lane i + 8 for i below 8, then 4, 2 and 1. An entry of a matrix product starts
 * from 0 and adds its terms in the order of the inner index. All by fused multiply-add, each
 * rounded to single precision.
 */
public final class FloatKernels {
    private static final FloatLanes LANES =
            Simd.choose(FloatLanes.class, "VectorFloatLanes", new ScalarFloatLanes());

    private static final FloatElementaryLanes ELEMENTARY =
            Simd.choose(
                    FloatElementaryLanes.class,
                    "VectorFloatElementaryLanes",
                    new ScalarFloatElementaryLanes());

    private FloatKernels() {}

    /**
     * Exponentials, each within 1 ulp of single precision.
     *
     * @param x vector of length n
     * @param y vector of length n, overwritten with e to the x[i]; may be x itself
     * @throws IllegalArgumentException if a vector is null or the lengths differ
     */
    public static void exp(float[] x, float[] y) {
        Require.notNull("x", x);
        Require.notNull("y", y);
        if (y.length != x.length) {
            Require.that(false, "y", "of length " + x.length, "of length " + y.length);
        }
        ELEMENTARY.exp(x, 0, y, 0, x.length);
    }

    /**
     * Inner product.
     *
     * @param x vector of length n
     * @param y vector of length n
     * @return the sum of x[i] y[i]
     * @throws IllegalArgumentException if one is null or the lengths differ
     */
    public static float dot(float[] x, float[] y) {
        Require.notNull("x", x);
        Require.notNull("y", y);
        if (y.length != x.length) {
            Require.that(false, "y", "of length " + x.length, "of length " + y.length);
        }
        return LANES.dot(x, 0, y, 0, x.length);
    }

    /**
     * Matrix product; each entry adds its terms in the order of the inner index.
     *
     * @param a matrix, m x k
     * @param b matrix, k x n
     * @param c matrix, m x n, overwritten with A B
     * @throws IllegalArgumentException if the shapes do not fit or c is an input
     */
    public static void gemm(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
        gemm(a, false, b, false, c);
    }

    /**
     * Product of a transposed matrix and a matrix; each entry adds its terms in the order of the
     * inner index.
     *
     * @param a matrix, k x m
     * @param b matrix, k x n
     * @param c matrix, m x n, overwritten with A' B
     * @throws IllegalArgumentException if the shapes do not fit or c is an input
     */
    public static void gemmTransA(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
        gemm(a, true, b, false, c);
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
    public static void gemmTransB(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
        gemm(a, false, b, true, c);
    }

    /**
     * Product of two transposed matrices; each entry adds its terms in the order of the inner
     * index.
     *
     * @param a matrix, k x m
     * @param b matrix, n x k
     * @param c matrix, m x n, overwritten with A' B'
     * @throws IllegalArgumentException if the shapes do not fit or c is an input
     */
    public static void gemmTransAB(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
        gemm(a, true, b, true, c);
    }

    private static void gemm(
            FMatrixRMaj a, boolean transA, FMatrixRMaj b, boolean transB, FMatrixRMaj c) {
        matrix("a", a);
        matrix("b", b);
        matrix("c", c);
        int m = transA ? a.numCols : a.numRows;
        int k = transA ? a.numRows : a.numCols;
        int n = transB ? b.numRows : b.numCols;
        shape("b", b, transB ? n : k, transB ? k : n);
        shape("c", c, m, n);
        Require.that(c.data != a.data, "c", "a matrix other than a", "the same array");
        Require.that(c.data != b.data, "c", "a matrix other than b", "the same array");
        int rowA = transA ? 1 : k;
        int colA = transA ? m : 1;
        int rowB = transB ? 1 : n;
        int colB = transB ? k : 1;
        LANES.gemm(m, n, k, a.data, rowA, colA, b.data, rowB, colB, c.data);
    }

    private static void matrix(String name, FMatrixRMaj a) {
        Require.notNull(name, a);
        Require.notNull(name, a.data);
        long entries = (long) a.numRows * a.numCols;
        if (entries > a.data.length) {
            Require.that(false, "range of " + name, "inside 0.." + a.data.length, "0.." + entries);
        }
    }

    private static void shape(String name, FMatrixRMaj a, int rows, int cols) {
        if (a.numRows != rows || a.numCols != cols) {
            Require.that(false, name, rows + " x " + cols, a.numRows + " x " + a.numCols);
        }
    }
}
