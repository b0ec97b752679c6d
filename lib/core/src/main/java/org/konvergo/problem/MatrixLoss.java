package org.konvergo.problem;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;

/** A differentiable function of a matrix, such as a loss on the product of a network's layers. */
public interface MatrixLoss {
    /**
     * Number of rows of the matrix.
     *
     * @return at least 1
     */
    int rows();

    /**
     * The function.
     *
     * @param w matrix with {@link #rows} rows and any number of columns
     * @return its value
     */
    double value(DMatrixRMaj w);

    /**
     * The gradient.
     *
     * @param w matrix with {@link #rows} rows and any number of columns
     * @return a new matrix of the shape of w
     */
    DMatrixRMaj gradient(DMatrixRMaj w);

    /**
     * The square loss of the covariance, |W W' - S|^2 / 2 in the Frobenius norm.
     *
     * @param target S, symmetric, n x n
     * @return the loss
     * @throws IllegalArgumentException if the target is not square, symmetric and finite
     */
    static MatrixLoss covarianceSquare(DMatrixRMaj target) {
        int n = Require.square("target", target).numRows;
        var kept = target.copy();
        double size = Kernels.normInf(kept.data);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                boolean alike = Math.abs(kept.get(i, j) - kept.get(j, i)) <= 1e-10 * size;
                Require.that(alike, "target", "symmetric and finite", "not at " + i + "," + j);
            }
        }
        return new MatrixLoss() {
            @Override
            public int rows() {
                return n;
            }

            private DMatrixRMaj residual(DMatrixRMaj w) {
                Require.shape("w", w, n, w.numCols);
                var residual = new DMatrixRMaj(n, n);
                Kernels.syrk(w, residual);
                Kernels.axpy(-1, kept.data, residual.data);
                return residual;
            }

            @Override
            public double value(DMatrixRMaj w) {
                double[] r = residual(w).data;
                return 0.5 * Kernels.dot(r, r);
            }

            @Override
            public DMatrixRMaj gradient(DMatrixRMaj w) {
                var gradient = new DMatrixRMaj(n, w.numCols);
                Kernels.gemm(residual(w), w, gradient);
                Kernels.scale(2, gradient.data);
                return gradient;
            }
        };
    }
}
