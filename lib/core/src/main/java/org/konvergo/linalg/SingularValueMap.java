package org.konvergo.linalg;

import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;

/**
 * Maps of a matrix that keep its singular vectors and change its singular values: the proximal map
 * of the nuclear norm and the projections on the balls of the spectral and of the nuclear norm. A
 * norm that depends on the singular values alone has the proximal map that acts on them as the one
 * of the vector norm does (Beck, First-Order Methods in Optimization, 2017, section 7.3).
 */
public final class SingularValueMap {
    private SingularValueMap() {}

    /**
     * Soft-thresholds the singular values, which is the proximal map of threshold times the nuclear
     * norm (Cai, Candes and Shen, A singular value thresholding algorithm for matrix completion,
     * SIAM Journal on Optimization, 2010).
     *
     * @param a m x n with at least one entry, finite; kept
     * @param threshold not negative
     * @return the minimiser of threshold |X|_* + |X - A|^2 / 2, m x n, new
     * @throws IllegalArgumentException if the matrix is empty or not finite, or the threshold out
     *     of range
     */
    public static DMatrixRMaj softThreshold(DMatrixRMaj a, double threshold) {
        Require.nonNegative("threshold", threshold);
        return apply(
                a,
                values -> {
                    for (int k = 0; k < values.length; k++) {
                        values[k] = Math.max(values[k] - threshold, 0);
                    }
                    return values;
                });
    }

    /**
     * Caps the singular values, which is the projection on the ball of the spectral norm.
     *
     * @param a m x n with at least one entry, finite; kept
     * @param radius positive
     * @return the nearest matrix whose largest singular value is at most the radius, new; A itself,
     *     copied, if it is one
     * @throws IllegalArgumentException if the matrix is empty or not finite, or the radius not
     *     positive
     */
    public static DMatrixRMaj spectralBall(DMatrixRMaj a, double radius) {
        Require.positive("radius", radius);
        return apply(
                a,
                values -> {
                    if (values[0] <= radius) {
                        return null;
                    }
                    for (int k = 0; k < values.length; k++) {
                        values[k] = Math.min(values[k], radius);
                    }
                    return values;
                });
    }

    /**
     * Projects on the ball of the nuclear norm: the singular values are projected on a simplex.
     *
     * @param a m x n with at least one entry, finite; kept
     * @param radius positive
     * @return the nearest matrix whose singular values add up to at most the radius, new; A itself,
     *     copied, if it is one
     * @throws IllegalArgumentException if the matrix is empty or not finite, or the radius not
     *     positive
     */
    public static DMatrixRMaj nuclearBall(DMatrixRMaj a, double radius) {
        Require.positive("radius", radius);
        return apply(
                a,
                values ->
                        Kernels.sum(values) <= radius
                                ? null
                                : SimplexProjection.project(values, radius));
    }

    /** U diag(map(s)) V'; A itself where the map says null. */
    private static DMatrixRMaj apply(DMatrixRMaj a, UnaryOperator<double[]> map) {
        var svd = SingularValueDecomposition.of(a);
        double[] values = map.apply(svd.values().clone());
        if (values == null) {
            return a.copy();
        }
        // Singular values come in descending order, and zeros at the end need no vectors.
        int rank = 0;
        while (rank < values.length && values[rank] > 0) {
            rank++;
        }
        var left = new DMatrixRMaj(a.numRows, rank);
        for (int i = 0; i < a.numRows; i++) {
            for (int k = 0; k < rank; k++) {
                left.set(i, k, values[k] * svd.left().get(i, k));
            }
        }
        var right = new DMatrixRMaj(a.numCols, rank);
        for (int j = 0; j < a.numCols; j++) {
            for (int k = 0; k < rank; k++) {
                right.set(j, k, svd.right().get(j, k));
            }
        }
        var result = new DMatrixRMaj(a.numRows, a.numCols);
        if (rank > 0) {
            Kernels.gemmTransB(left, right, result);
        }
        return result;
    }
}
