package org.konvergo.games;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.ConditionNumber;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.SymmetricEigendecomposition;
import org.konvergo.linalg.SymmetricMatrixFunctions;

/**
 * How monotone a linear operator z to J z is in the norm of a metric M, |z|_M^2 = z'Mz, and how
 * much it stretches. In the Euclidean metric the margin is Rosen's test (Existence and uniqueness
 * of equilibrium points for concave n-person games, Econometrica 33, 1965): where it is positive,
 * the equilibrium is unique and gradient play converges to it.
 *
 * @param margin the largest alpha with (J z, z)_M at least alpha |z|_M^2 for all z: the smallest
 *     eigenvalue of the symmetric part of M^(1/2) J M^(-1/2); negative where J is not monotone
 * @param lipschitz the smallest beta with |J z|_M at most beta |z|_M for all z: the spectral norm
 *     of M^(1/2) J M^(-1/2)
 */
public record MonotonicityMargin(double margin, double lipschitz) {
    /**
     * In the Euclidean metric.
     *
     * @param j Jacobian, n x n, finite; kept
     * @return margin and Lipschitz constant
     * @throws IllegalArgumentException if the matrix is empty, not square or not finite
     */
    public static MonotonicityMargin of(DMatrixRMaj j) {
        int n = Require.atLeast("rows of j", Require.square("j", j).numRows, 1);
        var symmetric = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                symmetric.data[i * n + k] = 0.5 * j.data[i * n + k] + 0.5 * j.data[k * n + i];
            }
        }
        return new MonotonicityMargin(
                SymmetricEigendecomposition.of(symmetric).smallest(),
                ConditionNumber.of(j).largest());
    }

    /**
     * In the metric of weights.
     *
     * @param j Jacobian, n x n, finite; kept
     * @param weights one a coordinate, positive, of length n: the diagonal of M
     * @return margin and Lipschitz constant
     * @throws IllegalArgumentException if the matrix is not square or not finite, or the weights do
     *     not fit or are not positive
     */
    public static MonotonicityMargin of(DMatrixRMaj j, double[] weights) {
        int n = Require.square("j", j).numRows;
        Require.positive("weights", Require.length("weights", weights, n));
        var up = new double[n];
        var down = new double[n];
        for (int i = 0; i < n; i++) {
            up[i] = Math.sqrt(weights[i]);
            down[i] = 1 / up[i];
        }
        DMatrixRMaj scaled = j.copy();
        Kernels.scaleRows(up, scaled);
        Kernels.scaleColumns(scaled, down);
        return of(scaled);
    }

    /**
     * In the metric of a matrix.
     *
     * @param j Jacobian, n x n, finite; kept
     * @param metric M, symmetric and positive definite, n x n; kept
     * @return margin and Lipschitz constant
     * @throws IllegalArgumentException if J is not square or not finite, or the metric does not fit
     *     or is not symmetric and positive definite
     */
    public static MonotonicityMargin of(DMatrixRMaj j, DMatrixRMaj metric) {
        int n = Require.square("j", j).numRows;
        Require.shape("metric", metric, n, n);
        var eigen = SymmetricEigendecomposition.of(metric);
        Require.that(
                eigen.smallest() > SymmetricMatrixFunctions.ROUNDING * eigen.largest(),
                "metric",
                "positive definite",
                "with the eigenvalue " + eigen.smallest());
        var half = new DMatrixRMaj(n, n);
        var scaled = new DMatrixRMaj(n, n);
        Kernels.gemm(SymmetricMatrixFunctions.sqrt(eigen), j, half);
        Kernels.gemm(half, SymmetricMatrixFunctions.inverseSqrt(eigen, 0), scaled);
        return of(scaled);
    }
}
