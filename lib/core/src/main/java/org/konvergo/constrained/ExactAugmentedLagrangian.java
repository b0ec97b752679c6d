package org.konvergo.constrained;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.EqualityConstrainedProblem;

/**
 * The exact augmented Lagrangian, a smooth merit function of point and multipliers together:
 *
 * <pre>f + lambda'c + eta1/2 |c|^2 + eta2/2 |grad_x L|^2.</pre>
 *
 * For large eta1 and small eta2 its minima are the solutions of the problem with their multipliers.
 * With eta2 = 0 it is the classical augmented Lagrangian.
 *
 * <p>Source: Di Pillo and Grippo, A new class of augmented Lagrangians in nonlinear programming,
 * 1979; here in the form of Hong, Na, Mahoney and Kolar, Constrained optimization via exact
 * augmented Lagrangian and randomized iterative sketching, 2023.
 *
 * @param problem the problem
 * @param eta1 penalty on the constraints, at least 0
 * @param eta2 penalty on the gradient of the Lagrangian, at least 0
 */
public record ExactAugmentedLagrangian(
        EqualityConstrainedProblem problem, double eta1, double eta2) {
    /**
     * Checks the arguments.
     *
     * @param problem as above
     * @param eta1 as above
     * @param eta2 as above
     * @throws IllegalArgumentException if a penalty is negative or not finite
     */
    public ExactAugmentedLagrangian {
        Require.notNull("problem", problem);
        Require.nonNegative("eta1", eta1);
        Require.nonNegative("eta2", eta2);
    }

    /**
     * The function.
     *
     * @param x point of length n
     * @param lambda multipliers of length m
     * @return its value
     * @throws IllegalArgumentException if a length is wrong
     */
    public double value(double[] x, double[] lambda) {
        return value(LagrangianPoint.of(problem, x, lambda));
    }

    /**
     * The function where the problem was evaluated before.
     *
     * @param point a point of the problem
     * @return its value
     */
    public double value(LagrangianPoint point) {
        double[] c = point.constraints();
        double[] slope = point.lagrangianGradient();
        return point.value()
                + Kernels.dot(point.lambda(), c)
                + 0.5 * eta1 * Kernels.dot(c, c)
                + 0.5 * eta2 * Kernels.dot(slope, slope);
    }

    /**
     * The gradient.
     *
     * @param x point of length n
     * @param lambda multipliers of length m
     * @return of length n + m: derivatives in x, then in lambda
     * @throws IllegalArgumentException if a length is wrong
     */
    public double[] gradient(double[] x, double[] lambda) {
        var hessian = new DMatrixRMaj(problem.dimension(), problem.dimension());
        problem.lagrangianHessian(x, lambda, hessian);
        return gradient(LagrangianPoint.of(problem, x, lambda), hessian);
    }

    /**
     * The gradient where the problem was evaluated before.
     *
     * @param point a point of the problem
     * @param hessian H, the Hessian of the Lagrangian there, n x n
     * @return of length n + m: grad_x L + eta2 H grad_x L + eta1 G'c, then c + eta2 G grad_x L
     */
    public double[] gradient(LagrangianPoint point, DMatrixRMaj hessian) {
        double[] slope = point.lagrangianGradient();
        double[] c = point.constraints();
        int n = slope.length;
        int m = c.length;
        var gradient = new double[n + m];
        var part = new double[n];
        System.arraycopy(slope, 0, gradient, 0, n);
        Kernels.gemv(hessian, slope, part);
        Kernels.axpy(eta2, part, 0, gradient, 0, n);
        Kernels.gemvTransposed(point.jacobian(), c, part);
        Kernels.axpy(eta1, part, 0, gradient, 0, n);
        var dual = new double[m];
        Kernels.gemv(point.jacobian(), slope, dual);
        System.arraycopy(c, 0, gradient, n, m);
        Kernels.axpy(eta2, dual, 0, gradient, n, m);
        return gradient;
    }
}
