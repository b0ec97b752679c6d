package org.konvergo.problem;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;

/**
 * The saddle problem phi(x, y) = x'Ay + b'x + c'y.
 *
 * @param a coupling, n x m
 * @param b of length n
 * @param c of length m
 */
public record BilinearGame(DMatrixRMaj a, double[] b, double[] c)
        implements MatrixCoupling, MinimaxProblem {
    /**
     * Checks the arguments.
     *
     * @param a as above
     * @param b as above
     * @param c as above
     * @throws IllegalArgumentException if the shapes do not fit or an entry is not finite
     */
    public BilinearGame {
        Require.notNull("a", a);
        Require.finite("a", a.data);
        Require.finite("b", Require.length("b", b, a.numRows));
        Require.finite("c", Require.length("c", c, a.numCols));
    }

    @Override
    public double value(double[] x, double[] y) {
        return MatrixCoupling.super.value(x, y) + Kernels.dot(b, x) + Kernels.dot(c, y);
    }

    @Override
    public void gradients(double[] x, double[] y, double[] gradientX, double[] gradientY) {
        MatrixCoupling.super.gradients(x, y, gradientX, gradientY);
        Kernels.axpy(1, b, gradientX);
        Kernels.axpy(1, c, gradientY);
    }

    @Override
    public DMatrixRMaj hessianXX(double[] x, double[] y) {
        return new DMatrixRMaj(a.numRows, a.numRows);
    }

    @Override
    public DMatrixRMaj hessianXY(double[] x, double[] y) {
        return a.copy();
    }

    @Override
    public DMatrixRMaj hessianYY(double[] x, double[] y) {
        return new DMatrixRMaj(a.numCols, a.numCols);
    }

    @Override
    public void mixedProduct(double[] x, double[] y, double[] v, double[] product) {
        Kernels.gemv(a, v, product);
    }

    @Override
    public void mixedTransposedProduct(double[] x, double[] y, double[] v, double[] product) {
        Kernels.gemvTransposed(a, v, product);
    }
}
