package org.konvergo.constrained;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.EqualityConstrainedProblem;

/**
 * First-order information at a point and its multipliers.
 *
 * @param x point of length n
 * @param lambda multipliers of length m
 * @param value f(x)
 * @param objectiveGradient gradient of f, of length n
 * @param constraints c(x), of length m
 * @param jacobian G, m x n
 * @param lagrangianGradient gradient of f + G'lambda, of length n
 */
public record LagrangianPoint(
        double[] x,
        double[] lambda,
        double value,
        double[] objectiveGradient,
        double[] constraints,
        DMatrixRMaj jacobian,
        double[] lagrangianGradient) {
    /**
     * Evaluates a problem: one value and one gradient.
     *
     * @param problem the problem
     * @param x point of length n; kept, not copied
     * @param lambda multipliers of length m; kept, not copied
     * @return what was found there
     * @throws IllegalArgumentException if a length is wrong
     */
    public static LagrangianPoint of(
            EqualityConstrainedProblem problem, double[] x, double[] lambda) {
        Require.notNull("problem", problem);
        int n = problem.dimension();
        int m = problem.constraintCount();
        Require.length("x", x, n);
        Require.length("lambda", lambda, m);
        var gradient = new double[n];
        var c = new double[m];
        var jacobian = new DMatrixRMaj(m, n);
        double value = problem.valueAndGradient(x, gradient);
        problem.constraints(x, c);
        problem.jacobian(x, jacobian);
        var slope = new double[n];
        Kernels.gemvTransposed(jacobian, lambda, slope);
        Kernels.axpy(1, gradient, slope);
        return new LagrangianPoint(x, lambda, value, gradient, c, jacobian, slope);
    }

    /**
     * The KKT residual.
     *
     * @return 2-norm of the gradient of the Lagrangian and the constraints together
     */
    public double kkt() {
        return Math.sqrt(
                Kernels.dot(lagrangianGradient, lagrangianGradient)
                        + Kernels.dot(constraints, constraints));
    }
}
