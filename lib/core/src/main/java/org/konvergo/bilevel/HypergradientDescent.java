package org.konvergo.bilevel;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.Updates;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.BilevelProblem;

/**
 * Projected gradient descent in x along a hypergradient, with the lower variable kept from step to
 * step.
 *
 * @param problem with F the upper and f the lower objective
 * @param hypergradient how the gradient is had
 * @param alpha step of x, positive
 * @param x0 start of x
 * @param y0 start of y
 */
public record HypergradientDescent(
        BilevelProblem problem, Hypergradient hypergradient, double alpha, double[] x0, double[] y0)
        implements Method<HypergradientDescent.State> {
    /**
     * Checks the arguments.
     *
     * @param problem as above
     * @param hypergradient as above
     * @param alpha as above
     * @param x0 as above
     * @param y0 as above
     * @throws IllegalArgumentException if one is null or out of range, or a start does not fit
     */
    public HypergradientDescent {
        Require.notNull("problem", problem);
        Require.notNull("hypergradient", hypergradient);
        Require.positive("alpha", alpha);
        Require.finite("x0", Require.length("x0", x0, problem.dimensionX()));
        Require.finite("y0", Require.length("y0", y0, problem.dimensionY()));
    }

    /** An iterate. */
    public static final class State {
        private final double[] x;
        private final double[] y;
        private double residual = Double.POSITIVE_INFINITY;

        private State(double[] x0, double[] y0) {
            x = x0.clone();
            y = y0.clone();
        }

        /**
         * The upper variable.
         *
         * @return of length n, not a copy
         */
        public double[] x() {
            return x;
        }

        /**
         * The lower variable that the last hypergradient was taken at.
         *
         * @return of length m, not a copy
         */
        public double[] y() {
            return y;
        }

        /**
         * Norm of the projected hypergradient at the x before the last step.
         *
         * @return at least 0; infinity before the first step
         */
        public double residual() {
            return residual;
        }
    }

    @Override
    public State start() {
        return new State(x0, y0);
    }

    @Override
    public State step(State s, OracleCounter calls) {
        var gradient = new double[s.x.length];
        hypergradient.apply(problem, s.x, s.y, gradient, calls);
        double[] before = s.x.clone();
        Updates.gradientStep(s.x, alpha, gradient, s.x);
        problem.domainX().prox(alpha, s.x, s.x);
        s.residual = Kernels.distance2(s.x, before) / alpha;
        calls.add(Oracle.PROX, 1);
        return s;
    }
}
