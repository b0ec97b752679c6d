package org.konvergo.linalg;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.konvergo.Require;

/**
 * The Perron root of a non-negative matrix with its vectors on both sides: A v = r v and w' A = r
 * w'. If A depends on a parameter, r' = w' A' v / (w' v) (Horn and Johnson, Matrix Analysis, 2012,
 * theorem 6.3.12).
 *
 * @param radius r, the spectral radius
 * @param right v, positive, with largest entry 1
 * @param left w, positive, with w' v = 1
 */
public record PerronRoot(double radius, double[] right, double[] left) {
    /**
     * Computes root and vectors. The vectors of a matrix that may be reducible are those of a
     * slightly larger one, as {@link PerronVector} says.
     *
     * @param a square, non-negative and finite, n x n; kept
     * @return the triple
     * @throws IllegalArgumentException if A is not square or has a negative or non-finite entry
     */
    public static PerronRoot of(DMatrixRMaj a) {
        double[] right = PerronVector.of(a).vector();
        double[] left = PerronVector.of(CommonOps_DDRM.transpose(a, null)).vector();
        Kernels.scale(1 / Kernels.dot(left, right), left);
        return new PerronRoot(SpectralRadius.of(a), right, left);
    }

    /**
     * The derivative of the root in a direction.
     *
     * @param direction A', n x n
     * @return w' A' v
     * @throws IllegalArgumentException if the shape does not fit
     */
    public double slope(DMatrixRMaj direction) {
        var image = new double[right.length];
        Require.shape("direction", direction, right.length, right.length);
        Kernels.gemv(direction, right, image);
        return Kernels.dot(left, image);
    }
}
