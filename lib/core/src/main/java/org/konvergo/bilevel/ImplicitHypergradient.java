package org.konvergo.bilevel;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.Updates;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.BilevelProblem;

/**
 * The hypergradient by the implicit function theorem: after some gradient steps of y on the lower
 * objective,
 *
 * <p>grad_x F - f_xy v, where f_yy v = grad_y F.
 *
 * <p>With the pseudo-inverse of f_yy it is the gradient of min of F(x, .) over S(x) also where S(x)
 * has many points, if f(x, .) has a proximal error bound and y is the best of them (Kwon, Kwon,
 * Wright and Nowak, On Penalty Methods for Nonconvex Bilevel Optimization and First-Order
 * Stochastic Approximation, 2024). The set Y is projected on in the steps but not differentiated,
 * so y* should lie inside it.
 *
 * @param inverse how f_yy v = grad_y F is solved
 * @param lowerSteps gradient steps of y, at least 0
 * @param lowerStep their length, positive
 */
public record ImplicitHypergradient(InverseHessianProduct inverse, int lowerSteps, double lowerStep)
        implements Hypergradient {
    private static final double CUTOFF = 1e-10;

    /**
     * Checks the arguments.
     *
     * @param inverse as above
     * @param lowerSteps as above
     * @param lowerStep as above
     * @throws IllegalArgumentException if the solver is null or a number is out of range
     */
    public ImplicitHypergradient {
        Require.notNull("inverse", inverse);
        Require.atLeast("lowerSteps", lowerSteps, 0);
        Require.positive("lowerStep", lowerStep);
    }

    /**
     * The formula at a given y, with the pseudo-inverse.
     *
     * @return the hypergradient without lower steps; eigenvalues of at most 1e-10 of the largest
     *     count as zero
     */
    public static ImplicitHypergradient exact() {
        return new ImplicitHypergradient(InverseHessianProduct.pseudoInverse(CUTOFF), 0, 1);
    }

    @Override
    public void apply(
            BilevelProblem problem,
            double[] x,
            double[] y,
            double[] gradient,
            OracleCounter calls) {
        var f = problem.lower();
        var byY = new double[y.length];
        for (int t = 0; t < lowerSteps; t++) {
            f.gradientY(x, y, byY);
            Updates.gradientStep(y, lowerStep, byY, y);
            problem.domainY().prox(lowerStep, y, y);
        }
        problem.upper().gradientY(x, y, byY);
        double[] v = inverse.solve((u, product) -> f.hessianYY(x, y, u, product), byY, calls);
        var mixed = new double[x.length];
        f.hessianXY(x, y, v, mixed);
        problem.upper().gradientX(x, y, gradient);
        Kernels.axpy(-1, mixed, gradient);
        calls.add(Oracle.GRADIENT, lowerSteps + 2L);
        calls.add(Oracle.HESSIAN_VECTOR, 1);
    }
}
