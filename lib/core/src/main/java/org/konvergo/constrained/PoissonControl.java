package org.konvergo.constrained;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.problem.EqualityConstrainedProblem;

/**
 * Control of the Poisson equation on the square (-1, 1)^2 with zero boundary values: choose the
 * source Z so that the state W is near a target,
 *
 * <pre>min (|W - target|^2 + cost |Z|^2) / 2   subject to   Laplace_h W + Z = 0,</pre>
 *
 * with the five-point formula on N x N inner points at distance h = 2/(N+1). A convex quadratic
 * problem with n = 2 N^2 variables (W, then Z, row by row) and m = N^2 constraints.
 *
 * @param grid N, at least 1
 * @param cost of the control, positive
 * @param target of length N^2, finite
 */
public record PoissonControl(int grid, double cost, double[] target)
        implements EqualityConstrainedProblem {
    /**
     * Checks the arguments.
     *
     * @param grid as above
     * @param cost as above
     * @param target as above
     * @throws IllegalArgumentException if one is out of its range or the target does not fit
     */
    public PoissonControl {
        Require.atLeast("grid", grid, 1);
        Require.positive("cost", cost);
        Require.finite("target", Require.length("target", target, grid * grid));
    }

    /**
     * The problem of Hong, Na, Mahoney and Kolar (2023): cost 0.1, and a target that waves a
     * little, sin(4 + e (i - (N+1)/2)) + cos(3 + e (j - (N+1)/2)) at point (i, j) in 1..N, e =
     * 0.1/sqrt(15).
     *
     * @param grid N, at least 1
     * @return the problem
     * @throws IllegalArgumentException if N is below 1
     */
    public static PoissonControl waves(int grid) {
        Require.atLeast("grid", grid, 1);
        var target = new double[grid * grid];
        double e = 0.1 / Math.sqrt(15);
        double middle = (grid - 1) / 2.0;
        for (int p = 0; p < target.length; p++) {
            int i = p / grid;
            int j = p % grid;
            target[p] = StrictMath.sin(4 + e * (i - middle)) + StrictMath.cos(3 + e * (j - middle));
        }
        return new PoissonControl(grid, 0.1, target);
    }

    @Override
    public int dimension() {
        return 2 * grid * grid;
    }

    @Override
    public int constraintCount() {
        return grid * grid;
    }

    @Override
    public double value(double[] x) {
        double sum = 0;
        for (int p = 0; p < target.length; p++) {
            double miss = x[p] - target[p];
            double control = x[target.length + p];
            sum += miss * miss + cost * control * control;
        }
        return 0.5 * sum;
    }

    @Override
    public void gradient(double[] x, double[] gradient) {
        for (int p = 0; p < target.length; p++) {
            gradient[p] = x[p] - target[p];
            gradient[target.length + p] = cost * x[target.length + p];
        }
    }

    @Override
    public void constraints(double[] x, double[] c) {
        var jacobian = new DMatrixRMaj(constraintCount(), dimension());
        jacobian(x, jacobian);
        org.konvergo.linalg.Kernels.gemv(jacobian, x, c);
    }

    @Override
    public void jacobian(double[] x, DMatrixRMaj jacobian) {
        int m = constraintCount();
        Require.shape("jacobian", jacobian, m, 2 * m).zero();
        double weight = (grid + 1) * (grid + 1) / 4.0; // 1/h^2
        for (int p = 0; p < m; p++) {
            int i = p / grid;
            int j = p % grid;
            jacobian.set(p, p, -4 * weight);
            jacobian.set(p, m + p, 1);
            if (i > 0) {
                jacobian.set(p, p - grid, weight);
            }
            if (i < grid - 1) {
                jacobian.set(p, p + grid, weight);
            }
            if (j > 0) {
                jacobian.set(p, p - 1, weight);
            }
            if (j < grid - 1) {
                jacobian.set(p, p + 1, weight);
            }
        }
    }

    @Override
    public void lagrangianHessian(double[] x, double[] lambda, DMatrixRMaj hessian) {
        int m = constraintCount();
        Require.shape("hessian", hessian, 2 * m, 2 * m).zero();
        for (int p = 0; p < m; p++) {
            hessian.set(p, p, 1);
            hessian.set(m + p, m + p, cost);
        }
    }

    /** All ones. */
    @Override
    public double[] start() {
        var ones = new double[dimension()];
        java.util.Arrays.fill(ones, 1);
        return ones;
    }
}
