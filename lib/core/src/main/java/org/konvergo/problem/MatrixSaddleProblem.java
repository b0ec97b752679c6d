package org.konvergo.problem;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;

/**
 * The saddle problem min over x, max over y of theta1(x) - y'Ax - theta2(y) with a given matrix.
 *
 * @param a coupling, m x n, finite; not copied, do not change it
 * @param primal theta1, of n variables
 * @param dual theta2, of m variables
 */
public record MatrixSaddleProblem(DMatrixRMaj a, Proximable primal, Proximable dual)
        implements BilinearSaddleProblem {
    /**
     * Checks the arguments.
     *
     * @param a as above
     * @param primal as above
     * @param dual as above
     * @throws IllegalArgumentException if the matrix is empty or not finite, or a function is null
     */
    public MatrixSaddleProblem {
        Samples.check("a", a);
        Require.notNull("primal", primal);
        Require.notNull("dual", dual);
    }

    @Override
    public int primalDimension() {
        return a.numCols;
    }

    @Override
    public int dualDimension() {
        return a.numRows;
    }

    @Override
    public void apply(double[] x, double[] ax) {
        Kernels.gemv(a, x, ax);
    }

    @Override
    public void applyTransposed(double[] y, double[] aty) {
        Kernels.gemvTransposed(a, y, aty);
    }
}
