package org.konvergo.constrained;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.Smooth;

/**
 * The Frank-Wolfe method (conditional gradients): minimise a convex f over a compact convex set by
 * going towards the extreme point v that is best for the linearised f, x = x - gamma (x - v). The
 * gap, the inner product of gradient and x - v, bounds how far f(x) is from its minimum.
 *
 * <p>Source: Frank and Wolfe, An algorithm for quadratic programming, 1956; Jaggi, Revisiting
 * Frank-Wolfe: projection-free sparse convex optimization, 2013.
 *
 * @param f the function, convex; plus infinity outside its domain
 * @param set the set
 * @param rule chooses gamma
 * @param x0 start, in the set (not checked) and in the domain of f
 */
public record FrankWolfe(Smooth f, LinearMinimizationOracle set, StepRule rule, double[] x0)
        implements Method<FrankWolfe.State> {
    /**
     * Checks the arguments.
     *
     * @param f as above
     * @param set as above
     * @param rule as above
     * @param x0 as above
     * @throws IllegalArgumentException if dimensions differ or f is not finite at the start
     */
    public FrankWolfe {
        Require.notNull("f", f);
        Require.notNull("set", set);
        Require.notNull("rule", rule);
        Require.that(
                set.dimension() == f.dimension(),
                "dimension of set",
                "" + f.dimension(),
                set.dimension());
        new MovingPoint(f, x0);
    }

    /** An iterate, with its gradient and the extreme point it sees. */
    public static final class State {
        private final MovingPoint point;
        private final double[] gradient;
        private final double[] vertex;
        private double gap;
        private double bestGap = Double.POSITIVE_INFINITY;
        private double memory;
        private double stepSize = Double.NaN;
        private long iterations;

        State(Smooth f, double[] x0, double memory) {
            point = new MovingPoint(f, x0);
            gradient = new double[x0.length];
            vertex = new double[x0.length];
            this.memory = memory;
        }

        /** Takes gradient, extreme point and gap at the point as it stands. */
        void look(LinearMinimizationOracle set) {
            point.gradient(gradient);
            set.minimize(gradient, vertex);
            gap = Kernels.dot(gradient, point.x()) - Kernels.dot(gradient, vertex);
            bestGap = Math.min(bestGap, gap);
        }

        /** Lets a rule choose the step along the direction that the point is aimed at, and goes. */
        double advance(StepRule rule, double slope, double largest, OracleCounter calls) {
            var situation = new StepRule.Situation(iterations, slope, largest, memory);
            var choice = rule.choose(point, situation, calls);
            point.move(choice.gamma());
            memory = choice.memory();
            stepSize = choice.gamma();
            iterations++;
            return stepSize;
        }

        MovingPoint point() {
            return point;
        }

        double[] gradient() {
            return gradient;
        }

        double[] vertex() {
            return vertex;
        }

        /**
         * The point.
         *
         * @return of length n, not a copy
         */
        public double[] x() {
            return point.x();
        }

        /**
         * The function.
         *
         * @return f(x)
         */
        public double value() {
            return point.value();
        }

        /**
         * The Frank-Wolfe gap.
         *
         * @return at least f(x) less its minimum over the set; not negative but for rounding
         */
        public double gap() {
            return gap;
        }

        /**
         * The smallest gap so far.
         *
         * @return the least of {@link #gap} over all iterates
         */
        public double bestGap() {
            return bestGap;
        }

        /**
         * What the step rule remembers.
         *
         * @return the halvings N, the Lipschitz constant L or 0
         */
        public double memory() {
            return memory;
        }

        /**
         * The last step.
         *
         * @return gamma of the step that led here; NaN at the start
         */
        public double stepSize() {
            return stepSize;
        }
    }

    @Override
    public State start() {
        var state = new State(f, x0, rule.initialMemory());
        state.look(set);
        return state;
    }

    /**
     * One iteration.
     *
     * @throws IllegalStateException if the rule leads out of the domain of f
     */
    @Override
    public State step(State s, OracleCounter calls) {
        s.point.aim(s.vertex, false);
        s.advance(rule, s.gap, 1, calls);
        s.look(set);
        calls.add(Oracle.GRADIENT, 1);
        calls.add(Oracle.PROX, 1);
        return s;
    }
}
