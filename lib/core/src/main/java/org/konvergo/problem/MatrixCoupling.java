package org.konvergo.problem;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.linalg.Kernels;

/** The saddle problem phi(x, y) = x'Ay with a given matrix; a start for what adds more terms. */
public interface MatrixCoupling extends SaddleProblem {
    /**
     * The matrix.
     *
     * @return A, n x m, not a copy
     */
    DMatrixRMaj a();

    @Override
    default int minDimension() {
        return a().numRows;
    }

    @Override
    default int maxDimension() {
        return a().numCols;
    }

    @Override
    default double value(double[] x, double[] y) {
        var ay = new double[a().numRows];
        Kernels.gemv(a(), y, ay);
        return Kernels.dot(x, ay);
    }

    @Override
    default void gradients(double[] x, double[] y, double[] gradientX, double[] gradientY) {
        Kernels.gemv(a(), y, gradientX);
        Kernels.gemvTransposed(a(), x, gradientY);
    }
}
