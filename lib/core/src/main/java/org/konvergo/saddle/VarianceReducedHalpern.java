package org.konvergo.saddle;

import java.util.function.LongToDoubleFunction;
import org.konvergo.Require;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.FiniteSumOperator;
import org.konvergo.problem.MonotoneInclusion;
import org.konvergo.problem.Proximable;
import org.konvergo.random.RandomStream;

/**
 * Halpern's iteration with a recursive estimate G_k of the average F(u_k): u_(k+1) = J(lambda_k u_0
 * + (1 - lambda_k) u_k - eta G_k). If the terms are cocoercive on average with constant 1/L and eta
 * = 1/(4L), the residual of the last iterate falls like 1/k, at a cost of about root n evaluations
 * of single terms an iteration instead of n (Cai, Alacaoglu and Diakonikolas, Variance reduced
 * Halpern iteration for finite-sum monotone inclusions, 2024, Algorithm 1).
 *
 * <p>The first estimate is made by the first step, so that its evaluations are counted.
 *
 * @param estimator of F, which it also holds
 * @param constraint the function whose subdifferential is G in 0 in F(u) + G(u)
 * @param step eta, positive
 * @param weight lambda_k in [0, 1] of the iteration k = 0, 1, ...
 * @param u0 start, of the problem's dimension
 * @param random a run draws from a split of it, so that runs repeat
 */
public record VarianceReducedHalpern(
        PageEstimator estimator,
        Proximable constraint,
        double step,
        LongToDoubleFunction weight,
        double[] u0,
        RandomStream random)
        implements Method<VarianceReducedHalpern.State> {
    /** An iterate, and the estimate that led to it. */
    public static final class State {
        private double[] u;
        private double[] before; // the point of the estimate
        private double[] estimate; // null before the first step
        private long k;
        private final RandomStream random;

        private State(double[] u, RandomStream random) {
            this.u = u;
            this.random = random;
        }

        /**
         * The point.
         *
         * @return u_k, of length n; do not change it
         */
        public double[] u() {
            return u;
        }

        /**
         * Iterations done.
         *
         * @return k
         */
        public long k() {
            return k;
        }

        /**
         * The last estimate.
         *
         * @return G_(k-1), of length n; null before the first step; do not change it
         */
        public double[] estimate() {
            return estimate;
        }

        /**
         * Where the last estimate belongs.
         *
         * @return u_(k-1), of length n; null before the first step; do not change it
         */
        public double[] estimated() {
            return before;
        }
    }

    /**
     * Checks the arguments.
     *
     * @param estimator as above
     * @param constraint as above
     * @param step as above
     * @param weight as above
     * @param u0 as above
     * @param random as above
     * @throws IllegalArgumentException if the step is not positive or the start does not fit
     */
    public VarianceReducedHalpern {
        Require.notNull("estimator", estimator);
        Require.notNull("constraint", constraint);
        Require.positive("step", step);
        Require.notNull("weight", weight);
        Require.finite("u0", Require.length("u0", u0, estimator.operator().dimension()));
        Require.notNull("random", random);
    }

    /**
     * The method with the weights 2 / (k + 4) and {@link PageEstimator#forHalpern}.
     *
     * @param operator F
     * @param constraint the function whose subdifferential is G
     * @param step eta, positive: 1/(4L) in theory, 1/L in practice
     * @param u0 start
     * @param random for the estimates
     * @return the method
     * @throws IllegalArgumentException as the constructor
     */
    public static VarianceReducedHalpern of(
            FiniteSumOperator operator,
            Proximable constraint,
            double step,
            double[] u0,
            RandomStream random) {
        return new VarianceReducedHalpern(
                PageEstimator.forHalpern(operator),
                constraint,
                step,
                k -> 2.0 / (k + 4),
                u0,
                random);
    }

    @Override
    public State start() {
        return new State(u0.clone(), random.split("estimates", 0));
    }

    @Override
    public State step(State state, OracleCounter calls) {
        if (state.estimate == null) {
            state.estimate = estimator.start(state.u, calls);
        } else {
            estimator.update(state.k, state.u, state.before, state.estimate, state.random, calls);
        }
        double lambda = Require.within("weight", weight.applyAsDouble(state.k), 0, 1);
        var next = new double[u0.length];
        for (int i = 0; i < next.length; i++) {
            next[i] = Math.fma(lambda, u0[i], (1 - lambda) * state.u[i]);
        }
        new MonotoneInclusion(estimator.operator(), constraint)
                .move(step, next, state.estimate, next);
        calls.add(Oracle.PROX, 1);
        state.before = state.u;
        state.u = next;
        state.k++;
        return state;
    }
}
