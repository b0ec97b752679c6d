package org.konvergo.bilevel;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.BilevelProblem;
import org.konvergo.problem.Smooth;

/**
 * The penalty surrogate of the hyper-objective psi(x) = min of f(x, .) over S(x), with f the upper,
 * g the lower objective and h = sigma f + g:
 *
 * <p>psi_sigma(x) = (min_y h(x, y) - min_y g(x, y)) / sigma,
 *
 * <p>grad psi_sigma(x) = grad_x f(x, y) + (grad_x g(x, y) - grad_x g(x, z)) / sigma, where y
 * minimises h(x, .) and z minimises g(x, .).
 *
 * <p>It is at most psi and does not rise with sigma. Where h(x, .) has a proximal error bound of
 * constant mu for all small sigma, psi_sigma is O(sigma / mu)-close to psi and its gradient O(sigma
 * / mu^3)-close (Kwon, Kwon, Wright and Nowak, On Penalty Methods for Nonconvex Bilevel
 * Optimization and First-Order Stochastic Approximation, 2024).
 *
 * <p>Errors of y and z are divided by sigma, so the solver is asked for a projected gradient of at
 * most accuracy * sigma.
 *
 * @param problem with f and g
 * @param sigma positive
 * @param solver for both minimisations in y
 * @param accuracy positive
 * @param y0 where both begin if no other start is given
 */
public record PenaltyHyperObjective(
        BilevelProblem problem, double sigma, LowerSolver solver, double accuracy, double[] y0)
        implements Smooth {
    /**
     * Checks the arguments.
     *
     * @param problem as above
     * @param sigma as above
     * @param solver as above
     * @param accuracy as above
     * @param y0 as above
     * @throws IllegalArgumentException if one is null or out of range, or the start does not fit
     */
    public PenaltyHyperObjective {
        Require.notNull("problem", problem);
        Require.positive("sigma", sigma);
        Require.notNull("solver", solver);
        Require.positive("accuracy", accuracy);
        Require.finite("y0", Require.length("y0", y0, problem.dimensionY()));
    }

    /**
     * The surrogate at a point.
     *
     * @param value psi_sigma(x)
     * @param gradient its gradient, of length n
     * @param y minimiser of h(x, .)
     * @param z minimiser of g(x, .)
     * @param converged whether both minimisations met their tolerance
     */
    public record Evaluation(
            double value, double[] gradient, double[] y, double[] z, boolean converged) {}

    /**
     * Evaluates the surrogate from given starts, such as the minimisers at a point nearby.
     *
     * @param x of length n
     * @param startY where the minimisation of h begins
     * @param startZ where that of g begins
     * @param calls counts gradients of f or g, of which one of h takes two
     * @return value, gradient and minimisers
     * @throws IllegalArgumentException if a length differs
     */
    public Evaluation at(double[] x, double[] startY, double[] startZ, OracleCounter calls) {
        Require.length("x", x, dimension());
        var h = problem.penalty(sigma);
        var g = problem.lower();
        var ofH = new OracleCounter();
        var z = solver.solve(g, problem.domainY(), x, startZ, accuracy * sigma, calls);
        var y = solver.solve(h, problem.domainY(), x, startY, accuracy * sigma, ofH);
        calls.add(Oracle.GRADIENT, 2 * ofH.count(Oracle.GRADIENT));
        calls.add(Oracle.PROX, ofH.count(Oracle.PROX));
        var gradient = new double[x.length];
        gradient(problem, sigma, x, y.y(), z.y(), gradient);
        calls.add(Oracle.GRADIENT, 3);
        // The difference of g first, which is small, and only then what it is divided by.
        double rise = (g.value(x, y.y()) - g.value(x, z.y())) / sigma;
        return new Evaluation(
                problem.upper().value(x, y.y()) + rise,
                gradient,
                y.y(),
                z.y(),
                y.converged() && z.converged());
    }

    /** grad_x f(x, y) + (grad_x g(x, y) - grad_x g(x, z)) / sigma. */
    static void gradient(
            BilevelProblem problem,
            double sigma,
            double[] x,
            double[] y,
            double[] z,
            double[] gradient) {
        var atZ = new double[x.length];
        var atY = new double[x.length];
        problem.lower().gradientX(x, z, atZ);
        problem.lower().gradientX(x, y, atY);
        Kernels.axpy(-1, atZ, atY);
        problem.upper().gradientX(x, y, gradient);
        Kernels.axpy(1 / sigma, atY, gradient);
    }

    @Override
    public int dimension() {
        return problem.dimensionX();
    }

    @Override
    public double value(double[] x) {
        return at(x, y0, y0, new OracleCounter()).value();
    }

    @Override
    public void gradient(double[] x, double[] gradient) {
        valueAndGradient(x, gradient);
    }

    @Override
    public double valueAndGradient(double[] x, double[] gradient) {
        Require.length("gradient", gradient, x.length);
        var evaluation = at(x, y0, y0, new OracleCounter());
        System.arraycopy(evaluation.gradient(), 0, gradient, 0, gradient.length);
        return evaluation.value();
    }
}
