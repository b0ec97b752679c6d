package org.konvergo.games;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.konvergo.Require;
import org.konvergo.linalg.Elementary;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;

/**
 * Multiplicative weights: policy(t+1) is proportional to policy(t) e^(eta payoff(t)), where the
 * payoffs are the responses' values against policy(t) or whatever else the round brings (Freund and
 * Schapire, Adaptive Game Playing Using Multiplicative Weights, Games and Economic Behavior 29,
 * 1999). In a game against itself the average of the policies approaches an equilibrium; the last
 * one need not. Works on logarithms of probabilities, which do not underflow.
 *
 * @param payoffs gives the payoff of every action when a policy is played; a new array or one that
 *     the next call may overwrite
 * @param eta step, positive
 * @param initial logarithms of the first policy, finite; need not be normalised
 */
public record MultiplicativeWeights(UnaryOperator<double[]> payoffs, double eta, double[] initial)
        implements Method<MultiplicativeWeights.State> {
    /**
     * Checks the arguments.
     *
     * @param payoffs as above
     * @param eta as above
     * @param initial as above; copied
     * @throws IllegalArgumentException if eta is not positive, or initial is empty or not finite
     */
    public MultiplicativeWeights {
        Require.notNull("payoffs", payoffs);
        Require.positive("eta", eta);
        Require.finite("initial", initial);
        Require.atLeast("number of actions", initial.length, 1);
        initial = initial.clone();
    }

    /**
     * Self-play in a game of preferences, from the uniform policy; payoffs are {@link
     * PreferenceGame#winRates(double[])}.
     *
     * @param game what is played
     * @param eta step, positive
     * @return the method
     * @throws IllegalArgumentException if eta is not positive
     */
    public static MultiplicativeWeights selfPlay(PreferenceGame game, double eta) {
        Require.notNull("game", game);
        return new MultiplicativeWeights(game::winRates, eta, new double[game.size()]);
    }

    /**
     * The step that is best for a known number of rounds with payoffs in [0, 1].
     *
     * @param actions n, at least 2
     * @param rounds T, at least 1
     * @return the root of 8 log n / T
     * @throws IllegalArgumentException if a number is too small
     */
    public static double step(int actions, long rounds) {
        checkSizes(actions, rounds);
        return Math.sqrt(8 * Elementary.log(actions) / rounds);
    }

    /**
     * What the average payoff of any fixed action can exceed that of the policies by, with payoffs
     * in [0, 1], the uniform start and {@link #step(int, long)} (Cesa-Bianchi and Lugosi,
     * Prediction, Learning, and Games, 2006, theorem 2.2). In self-play it bounds the Nash gap of
     * the average.
     *
     * @param actions n, at least 2
     * @param rounds T, at least 1
     * @return the root of log n / (2 T)
     * @throws IllegalArgumentException if a number is too small
     */
    public static double regretBound(int actions, long rounds) {
        checkSizes(actions, rounds);
        return Math.sqrt(Elementary.log(actions) / (2.0 * rounds));
    }

    private static void checkSizes(int actions, long rounds) {
        Require.atLeast("actions", actions, 2);
        Require.that(rounds >= 1, "rounds", "at least 1", rounds);
    }

    /** The policy of a round, and the sum of the earlier ones. */
    public static final class State {
        private final double[] logs;
        private final double[] policy;
        private final double[] sum;
        private long rounds;
        private double logNormaliser = Double.NaN;

        private State(double[] initial) {
            logs = initial.clone();
            policy = new double[logs.length];
            sum = new double[logs.length];
            normalise();
        }

        /** Makes the probabilities sum to 1; returns the logarithm of what they summed to. */
        private double normalise() {
            double total = Kernels.logSumExp(logs);
            for (int i = 0; i < logs.length; i++) {
                logs[i] -= total;
            }
            Kernels.exp(logs, policy);
            return total;
        }

        /**
         * The present policy.
         *
         * @return probabilities; do not change them
         */
        public double[] policy() {
            return policy;
        }

        /**
         * The present policy's logarithms, which are finite where probabilities have underflowed.
         *
         * @return logarithms of probabilities; do not change them
         */
        public double[] logPolicy() {
            return logs;
        }

        /**
         * The average of the policies of all rounds played, the present one, which is yet to be
         * played, not among them.
         *
         * @return probabilities, a new array; before the first round the first policy
         */
        public double[] average() {
            if (rounds == 0) {
                return policy.clone();
            }
            double[] mean = Arrays.copyOf(sum, sum.length);
            for (int i = 0; i < mean.length; i++) {
                mean[i] /= rounds;
            }
            return mean;
        }

        /**
         * Rounds played.
         *
         * @return at least 0
         */
        public long rounds() {
            return rounds;
        }

        /**
         * What the last round divided by: log Z, with Z the mean of e^(eta payoff) under the policy
         * that was played.
         *
         * @return a number; NaN before the first round
         */
        public double logNormaliser() {
            return logNormaliser;
        }
    }

    @Override
    public State start() {
        return new State(initial);
    }

    @Override
    public State step(State s, OracleCounter calls) {
        Kernels.axpy(1, s.policy, s.sum);
        double[] payoff = payoffs.apply(s.policy);
        calls.add(Oracle.GRADIENT, 1);
        Kernels.axpy(eta, Require.length("payoff", payoff, s.logs.length), s.logs);
        s.logNormaliser = s.normalise();
        s.rounds++;
        return s;
    }
}
