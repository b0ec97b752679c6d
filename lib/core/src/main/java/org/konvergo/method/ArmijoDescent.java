package org.konvergo.method;

import java.util.function.UnaryOperator;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.Smooth;

/**
 * Projected gradient descent with bounds low &lt;= x &lt;= high and a step by Armijo's rule: twice
 * the last one, halved until the value falls by a share 1e-4 of what the gradient promises. A
 * preconditioner may turn the gradient, say into one for another inner product ({@link
 * org.konvergo.linalg.SobolevGradient}).
 *
 * @param problem what is minimised
 * @param preconditioner takes a gradient to the direction of ascent, a new vector; a symmetric
 *     positive definite map, the identity for plain descent
 * @param low lower bounds, of the problem's dimension
 * @param high upper bounds, not below the lower ones
 * @param x0 start, of the problem's dimension; projected to the box
 */
public record ArmijoDescent(
        Smooth problem,
        UnaryOperator<double[]> preconditioner,
        double[] low,
        double[] high,
        double[] x0)
        implements Method<ArmijoDescent.State> {
    /**
     * Checks the arguments.
     *
     * @param problem as above
     * @param preconditioner as above
     * @param low as above
     * @param high as above
     * @param x0 as above
     * @throws IllegalArgumentException if a length is wrong or bounds are in the wrong order
     */
    public ArmijoDescent {
        int n = Require.notNull("problem", problem).dimension();
        Require.notNull("preconditioner", preconditioner);
        BoxLbfgs.requireBox(low, high, n);
        Require.finite("x0", Require.length("x0", x0, n));
    }

    /**
     * An iterate.
     *
     * @param x the point, not a copy
     * @param value f(x)
     * @param step the last step; 0 if none was found
     */
    public record State(double[] x, double value, double step) {}

    @Override
    public State start() {
        double[] x = x0.clone();
        BoxLbfgs.project(x, low, high);
        return new State(x, problem.value(x), 0.5);
    }

    @Override
    public State step(State s, OracleCounter calls) {
        var gradient = new double[s.x.length];
        problem.gradient(s.x, gradient);
        calls.add(Oracle.GRADIENT, 1);
        double[] ascent = preconditioner.apply(gradient.clone());
        Require.length("preconditioned gradient", ascent, gradient.length);
        double a = 2 * s.step;
        for (int trial = 0; trial < 60; trial++, a /= 2) {
            double[] x = s.x.clone();
            Kernels.axpy(-a, ascent, x);
            BoxLbfgs.project(x, low, high);
            double promise = 0;
            for (int i = 0; i < x.length; i++) {
                promise = Math.fma(gradient[i], x[i] - s.x[i], promise);
            }
            double value = problem.value(x);
            calls.add(Oracle.VALUE, 1);
            if (promise < 0 && value <= s.value + 1e-4 * promise) {
                return new State(x, value, a);
            }
        }
        return new State(s.x, s.value, 0);
    }
}
