package org.konvergo.metric;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.EqualityConstrainedProblem;

/**
 * How far a point and its multipliers are from the first-order conditions of an
 * equality-constrained problem (Nocedal and Wright, Numerical Optimization, 2006, section 12.3).
 *
 * @param stationarity 2-norm of the gradient of the Lagrangian in x
 * @param infeasibility 2-norm of the constraints
 */
public record KktResidual(double stationarity, double infeasibility) {
    /**
     * Computes both parts.
     *
     * @param problem the problem
     * @param x point of length n
     * @param lambda multipliers of length m
     * @return the residual; NaN where the problem is
     * @throws IllegalArgumentException if a length is wrong
     */
    public static KktResidual of(EqualityConstrainedProblem problem, double[] x, double[] lambda) {
        Require.notNull("problem", problem);
        int n = problem.dimension();
        int m = problem.constraintCount();
        Require.length("x", x, n);
        Require.length("lambda", lambda, m);
        var jacobian = new DMatrixRMaj(m, n);
        var slope = new double[n];
        var pull = new double[n];
        var c = new double[m];
        problem.gradient(x, slope);
        problem.jacobian(x, jacobian);
        problem.constraints(x, c);
        Kernels.gemvTransposed(jacobian, lambda, pull);
        Kernels.axpy(1, pull, slope);
        return new KktResidual(Kernels.norm2(slope), Kernels.norm2(c));
    }

    /**
     * The whole residual.
     *
     * @return 2-norm of both parts together; 0 at a critical point
     */
    public double norm() {
        return Math.sqrt(stationarity * stationarity + infeasibility * infeasibility);
    }
}
