package org.konvergo.saddle;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.FiniteSumOperator;
import org.konvergo.problem.Proximable;
import org.konvergo.random.RandomStream;

/**
 * The loopless variance-reduced forward-reflected-backward method for 0 in F(v) + G(v): with a
 * snapshot w whose full F(w) is known, and a random term F_i,
 *
 * <p>v_(t+1) = J(alpha v_t + (1 - alpha) w_t - tau (F(w_t) + F_i(v_t) - F_i(w_(t-1)))), alpha = 1 -
 * p; then w_(t+1) = v_(t+1) with probability p, and w_t otherwise.
 *
 * <p>Converges for monotone F whose terms are L-Lipschitz on average if tau is below root(p (1 -
 * p)) / L, linearly if F is strongly monotone (Alacaoglu and Malitsky, Stochastic variance
 * reduction for variational inequality methods, 2022; Alacaoglu, Malitsky and Cevher,
 * Forward-reflected-backward method with variance reduction, 2021).
 *
 * @param operator F
 * @param constraint the function whose subdifferential is G
 * @param step tau, positive
 * @param probability p of a new snapshot, in (0, 1)
 * @param v0 start, of the operator's dimension
 * @param random a run draws from a split of it, so that runs repeat
 */
public record VarianceReducedForwardReflectedBackward(
        FiniteSumOperator operator,
        Proximable constraint,
        double step,
        double probability,
        double[] v0,
        RandomStream random)
        implements Method<VarianceReducedForwardReflectedBackward.State> {
    /** An iterate, its snapshot and the snapshot before. */
    public static final class State {
        private double[] v;
        private double[] w;
        private double[] before; // w_(t-1)
        private double[] full; // F(w); null before the first step
        private final RandomStream random;

        private State(double[] v, RandomStream random) {
            this.v = v;
            w = v;
            before = v;
            this.random = random;
        }

        /**
         * The point.
         *
         * @return v, of length n; do not change it
         */
        public double[] v() {
            return v;
        }

        /**
         * The snapshot.
         *
         * @return w, of length n; do not change it
         */
        public double[] snapshot() {
            return w;
        }
    }

    /**
     * Checks the arguments.
     *
     * @param operator as above
     * @param constraint as above
     * @param step as above
     * @param probability as above
     * @param v0 as above
     * @param random as above
     * @throws IllegalArgumentException if a number is out of range or the start does not fit
     */
    public VarianceReducedForwardReflectedBackward {
        Require.notNull("operator", operator);
        Require.atLeast("terms of operator", operator.terms(), 1);
        Require.notNull("constraint", constraint);
        Require.positive("step", step);
        Require.that(probability > 0 && probability < 1, "probability", "in (0, 1)", probability);
        Require.finite("v0", Require.length("v0", v0, operator.dimension()));
        Require.notNull("random", random);
    }

    /**
     * The method with p = 1/n, n the number of terms, and half the largest step.
     *
     * @param operator F, of at least two terms
     * @param constraint the function whose subdifferential is G
     * @param lipschitz L, positive: the Lipschitz constant of the terms on average
     * @param v0 start
     * @param random for terms and snapshots
     * @return the method with tau = root(p (1 - p)) / (2 L)
     * @throws IllegalArgumentException if L is not positive, there is one term only, or the start
     *     does not fit
     */
    public static VarianceReducedForwardReflectedBackward of(
            FiniteSumOperator operator,
            Proximable constraint,
            double lipschitz,
            double[] v0,
            RandomStream random) {
        Require.notNull("operator", operator);
        Require.positive("lipschitz", lipschitz);
        double p = 1.0 / Require.atLeast("terms of operator", operator.terms(), 2);
        return new VarianceReducedForwardReflectedBackward(
                operator, constraint, Math.sqrt(p * (1 - p)) / (2 * lipschitz), p, v0, random);
    }

    @Override
    public State start() {
        return new State(v0.clone(), random.split("terms", 0));
    }

    @Override
    public State step(State state, OracleCounter calls) {
        int n = operator.terms();
        if (state.full == null) {
            state.full = new double[v0.length];
            operator.apply(state.w, state.full);
            calls.add(Oracle.COMPONENT, n);
        }
        var direction = new double[v0.length];
        int[] term = {state.random.integer(n)};
        operator.difference(term, state.v, state.before, direction);
        calls.add(Oracle.COMPONENT, 2);
        Kernels.axpy(1, state.full, direction);
        var next = new double[v0.length];
        for (int i = 0; i < next.length; i++) {
            double anchor = Math.fma(probability, state.w[i] - state.v[i], state.v[i]);
            next[i] = Math.fma(-step, direction[i], anchor);
        }
        constraint.prox(step, next, next);
        calls.add(Oracle.PROX, 1);
        state.before = state.w;
        state.v = next;
        if (state.random.bernoulli(probability)) {
            state.w = next;
            operator.apply(next, state.full);
            calls.add(Oracle.COMPONENT, n);
        }
        return state;
    }
}
