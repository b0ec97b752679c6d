package org.konvergo.method;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.Smooth;

/**
 * The subgradient method with normalised steps: x = x - scale / sqrt(t) * g / |g|, where t counts
 * from 1 and g is what the problem gives as gradient, at a kink any subgradient. The value need not
 * fall, so the best point is kept. For a convex function with subgradients of norm at most G the
 * best value is within O(G log t / sqrt(t)) of the least.
 *
 * <p>Source: Shor, Minimization Methods for Non-Differentiable Functions, 1985; Nesterov, Lectures
 * on Convex Optimization, 2018, section 3.2.3.
 *
 * @param problem what is minimised, convex
 * @param scale length of the first step, positive
 * @param x0 start, of the problem's dimension
 */
public record SubgradientMethod(Smooth problem, double scale, double[] x0)
        implements Method<SubgradientMethod.State> {
    /**
     * Checks the arguments.
     *
     * @param problem as above
     * @param scale as above
     * @param x0 as above
     * @throws IllegalArgumentException if the scale is not positive or the start does not fit
     */
    public SubgradientMethod {
        Require.notNull("problem", problem);
        Require.positive("scale", scale);
        Require.finite("x0", Require.length("x0", x0, problem.dimension()));
    }

    /** The current point and the best one. */
    public static final class State {
        private final double[] x;
        private final double[] gradient;
        private double value;
        private long t;
        private double[] best;
        private double bestValue;

        private State(double[] x) {
            this.x = x;
            gradient = new double[x.length];
        }

        /**
         * The best point so far.
         *
         * @return a copy
         */
        public double[] x() {
            return best.clone();
        }

        /**
         * The least value so far.
         *
         * @return f at the best point
         */
        public double value() {
            return bestValue;
        }

        private void keepBest() {
            if (best == null || value < bestValue) {
                best = x.clone();
                bestValue = value;
            }
        }
    }

    @Override
    public State start() {
        var s = new State(x0.clone());
        s.value = problem.valueAndGradient(s.x, s.gradient);
        s.keepBest();
        return s;
    }

    @Override
    public State step(State s, OracleCounter calls) {
        double norm = Kernels.norm2(s.gradient);
        if (norm == 0) {
            return s;
        }
        s.t++;
        Kernels.axpy(-scale / (Math.sqrt((double) s.t) * norm), s.gradient, s.x);
        s.value = problem.valueAndGradient(s.x, s.gradient);
        calls.add(Oracle.VALUE, 1);
        calls.add(Oracle.GRADIENT, 1);
        s.keepBest();
        return s;
    }
}
