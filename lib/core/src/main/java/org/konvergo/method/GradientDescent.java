package org.konvergo.method;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.Smooth;

/**
 * Gradient descent with a constant step: x = x - step * gradient of f at x. For a convex f with an
 * L-Lipschitz gradient and step 1/L, f(x_k) - f* is at most L |x_0 - x*|^2 / (2k) (Nesterov,
 * Lectures on Convex Optimization, 2018, section 2.1.5).
 *
 * @param problem what is minimised
 * @param step positive
 * @param x0 start, of the problem's dimension
 */
public record GradientDescent(Smooth problem, double step, double[] x0)
        implements Method<double[]> {
    /**
     * Checks the arguments.
     *
     * @param problem as above
     * @param step as above
     * @param x0 as above
     * @throws IllegalArgumentException if the step is not positive or the start does not fit
     */
    public GradientDescent {
        Require.notNull("problem", problem);
        Require.positive("step", step);
        Require.finite("x0", Require.length("x0", x0, problem.dimension()));
    }

    @Override
    public double[] start() {
        return x0.clone();
    }

    @Override
    public double[] step(double[] x, OracleCounter calls) {
        var gradient = new double[x.length];
        problem.gradient(x, gradient);
        calls.add(Oracle.GRADIENT, 1);
        Kernels.axpy(-step, gradient, x);
        return x;
    }
}
