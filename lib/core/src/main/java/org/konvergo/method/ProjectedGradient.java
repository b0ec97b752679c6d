package org.konvergo.method;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.Updates;
import org.konvergo.problem.Proximable;
import org.konvergo.problem.Smooth;

/**
 * Projected gradient descent with a constant step: x = P(x - step * gradient of f at x). With the
 * proximal map of another function h in place of the projection it is the proximal gradient method
 * for f + h. It converges for a step up to 1/L, where L is the Lipschitz constant of the gradient
 * (Beck, First-Order Methods in Optimization, 2017, chapter 10).
 *
 * @param problem f
 * @param domain indicator of the set, or h
 * @param step positive
 * @param x0 start, of the problem's dimension; need not lie in the set
 */
public record ProjectedGradient(Smooth problem, Proximable domain, double step, double[] x0)
        implements Method<ProjectedGradient.State> {
    /**
     * Checks the arguments.
     *
     * @param problem as above
     * @param domain as above
     * @param step as above
     * @param x0 as above
     * @throws IllegalArgumentException if one is null, the step is not positive or the start does
     *     not fit
     */
    public ProjectedGradient {
        Require.notNull("problem", problem);
        Require.notNull("domain", domain);
        Require.positive("step", step);
        Require.finite("x0", Require.length("x0", x0, problem.dimension()));
    }

    /** An iterate. */
    public static final class State {
        private double[] x;
        private double[] spare;
        private final double[] gradient;
        private double residual = Double.POSITIVE_INFINITY;
        private int steps;

        private State(double[] x0) {
            x = x0.clone();
            spare = new double[x0.length];
            gradient = new double[x0.length];
        }

        /**
         * The point.
         *
         * @return of length n, not a copy
         */
        public double[] x() {
            return x;
        }

        /**
         * Norm of the projected gradient, |x - P(x - step * gradient)| / step, at the point before
         * the last step. Zero at a stationary point.
         *
         * @return at least 0; infinity before the first step
         */
        public double residual() {
            return residual;
        }

        /**
         * Steps done.
         *
         * @return gradients evaluated
         */
        public int steps() {
            return steps;
        }
    }

    @Override
    public State start() {
        return new State(x0);
    }

    @Override
    public State step(State s, OracleCounter calls) {
        problem.gradient(s.x, s.gradient);
        Updates.gradientStep(s.x, step, s.gradient, s.spare);
        domain.prox(step, s.spare, s.spare);
        s.residual = Kernels.distance2(s.x, s.spare) / step;
        double[] left = s.x;
        s.x = s.spare;
        s.spare = left;
        s.steps++;
        calls.add(Oracle.GRADIENT, 1);
        calls.add(Oracle.PROX, 1);
        return s;
    }

    /**
     * Runs the method until the residual is at most a tolerance, or no longer a number.
     *
     * @param tolerance at least 0
     * @param maxSteps at least 1
     * @param calls where the calls are counted
     * @return the last iterate; ask it for its residual
     * @throws IllegalArgumentException if an argument is out of range
     */
    public State solve(double tolerance, int maxSteps, OracleCounter calls) {
        Require.nonNegative("tolerance", tolerance);
        Require.atLeast("maxSteps", maxSteps, 1);
        State state = start();
        do {
            state = step(state, calls);
        } while (state.steps < maxSteps && state.residual > tolerance);
        return state;
    }
}
