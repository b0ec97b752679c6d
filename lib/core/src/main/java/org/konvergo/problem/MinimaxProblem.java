package org.konvergo.problem;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;

/**
 * A twice differentiable function f(x, y), minimised over x in R^n and maximised over y in R^m. It
 * need be neither convex in x nor concave in y, so that its operator need not be monotone.
 */
public interface MinimaxProblem extends SaddleProblem {
    /**
     * Second derivatives in x.
     *
     * @param x of length n
     * @param y of length m
     * @return a new matrix, n x n, symmetric
     */
    DMatrixRMaj hessianXX(double[] x, double[] y);

    /**
     * Mixed second derivatives.
     *
     * @param x of length n
     * @param y of length m
     * @return a new matrix, n x m, whose entry (i, j) is the derivative by x[i] and y[j]
     */
    DMatrixRMaj hessianXY(double[] x, double[] y);

    /**
     * Second derivatives in y.
     *
     * @param x of length n
     * @param y of length m
     * @return a new matrix, m x m, symmetric
     */
    DMatrixRMaj hessianYY(double[] x, double[] y);

    /**
     * The mixed Hessian times a vector. Large problems do it without forming the matrix.
     *
     * @param x of length n
     * @param y of length m
     * @param v of length m
     * @param product of length n, overwritten; none of the other arrays
     */
    default void mixedProduct(double[] x, double[] y, double[] v, double[] product) {
        Kernels.gemv(hessianXY(x, y), v, product);
    }

    /**
     * The transposed mixed Hessian times a vector.
     *
     * @param x of length n
     * @param y of length m
     * @param v of length n
     * @param product of length m, overwritten; none of the other arrays
     */
    default void mixedTransposedProduct(double[] x, double[] y, double[] v, double[] product) {
        Kernels.gemvTransposed(hessianXY(x, y), v, product);
    }

    /**
     * The operator on two time scales: (gradient in x divided by tau, minus gradient in y), so that
     * y moves tau times as fast as x.
     *
     * @param tau ratio of the time scales, at least 1 and finite; 1 gives {@link #operator()} to
     *     the last bit
     * @return an operator of dimension n + m
     * @throws IllegalArgumentException if tau is below 1 or not finite
     */
    default MonotoneOperator operator(double tau) {
        var factors = new double[minDimension() + maxDimension()];
        Arrays.fill(factors, 1);
        Arrays.fill(factors, 0, minDimension(), 1 / timescale(tau));
        return operator().scaled(factors);
    }

    /**
     * The derivative of {@link #operator(double)}: the blocks (H_xx / tau, H_xy / tau) above
     * (-H_xy', -H_yy).
     *
     * @param x of length n
     * @param y of length m
     * @param tau ratio of the time scales, at least 1 and finite
     * @return a new matrix, (n + m) x (n + m)
     * @throws IllegalArgumentException if tau is below 1 or not finite
     */
    default DMatrixRMaj jacobian(double[] x, double[] y, double tau) {
        double slow = 1 / timescale(tau);
        int n = minDimension();
        int m = maxDimension();
        DMatrixRMaj xx = hessianXX(x, y);
        DMatrixRMaj xy = hessianXY(x, y);
        DMatrixRMaj yy = hessianYY(x, y);
        var jacobian = new DMatrixRMaj(n + m, n + m);
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                jacobian.set(i, k, slow * xx.get(i, k));
            }
            for (int j = 0; j < m; j++) {
                jacobian.set(i, n + j, slow * xy.get(i, j));
                jacobian.set(n + j, i, -xy.get(i, j));
            }
        }
        for (int j = 0; j < m; j++) {
            for (int k = 0; k < m; k++) {
                jacobian.set(n + j, n + k, -yy.get(j, k));
            }
        }
        return jacobian;
    }

    private static double timescale(double tau) {
        Require.that(tau >= 1 && Double.isFinite(tau), "tau", "at least 1 and finite", tau);
        return tau;
    }
}
