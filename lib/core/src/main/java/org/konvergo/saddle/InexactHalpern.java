package org.konvergo.saddle;

import java.util.function.LongToDoubleFunction;
import org.konvergo.Require;
import org.konvergo.method.Method;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.FiniteSumOperator;
import org.konvergo.problem.Proximable;
import org.konvergo.random.RandomStream;

/**
 * Halpern's iteration on a map that is only known approximately, such as the resolvent of a
 * monotone operator: u_(k+1) = lambda_k u_0 + (1 - lambda_k) J_k(u_k), J_k an approximation that
 * gets better with k. If J is nonexpansive and the errors are small enough, |u_k - J(u_k)| falls
 * like 1/k.
 *
 * @param resolvent J_k
 * @param weight lambda_k in [0, 1] of the iteration k = 0, 1, ...
 * @param u0 start
 */
public record InexactHalpern(Resolvent resolvent, LongToDoubleFunction weight, double[] u0)
        implements Method<InexactHalpern.State> {
    /** An approximation of a nonexpansive map, better and better. */
    @FunctionalInterface
    public interface Resolvent {
        /**
         * The map at a point.
         *
         * @param k number of the iteration that asks, from 0
         * @param u the point; must not be changed
         * @param calls where its oracle calls are counted
         * @return the approximate value, a new array of the same length
         */
        double[] apply(long k, double[] u, OracleCounter calls);
    }

    /**
     * An iterate.
     *
     * @param k iterations done
     * @param u of length n
     */
    public record State(long k, double[] u) {}

    /**
     * Checks the arguments.
     *
     * @param resolvent as above
     * @param weight as above
     * @param u0 as above
     * @throws IllegalArgumentException if one is null or the start is not finite
     */
    public InexactHalpern {
        Require.notNull("resolvent", resolvent);
        Require.notNull("weight", weight);
        Require.finite("u0", u0);
    }

    /**
     * The method for 0 in F(u) + G(u) with an F whose terms are L-Lipschitz on average, n terms:
     * weights 1 / (k + 2), and as J_k the resolvent of step (F + G), found by ceil(n (2 + 3 log(k +
     * 2))) steps of {@link VarianceReducedForwardReflectedBackward} from u_k (Cai, Alacaoglu and
     * Diakonikolas, Variance reduced Halpern iteration for finite-sum monotone inclusions, 2024,
     * Algorithm 2; the number of inner steps is of our choice).
     *
     * @param operator F, of at least two terms
     * @param constraint the function whose subdifferential is G
     * @param lipschitz L, positive
     * @param step of the resolvent, positive: root n / L, or a few times that
     * @param u0 start
     * @param random for the inner steps; a run draws from splits of it, so that runs repeat
     * @return the method
     * @throws IllegalArgumentException if a number is not positive, there is one term only, or the
     *     start does not fit
     */
    public static InexactHalpern varianceReduced(
            FiniteSumOperator operator,
            Proximable constraint,
            double lipschitz,
            double step,
            double[] u0,
            RandomStream random) {
        Require.notNull("operator", operator);
        int n = Require.atLeast("terms of operator", operator.terms(), 2);
        Require.notNull("constraint", constraint);
        Require.positive("lipschitz", lipschitz);
        Require.positive("step", step);
        Require.length("u0", u0, operator.dimension());
        Require.notNull("random", random);
        // The resolvent of step tau (step G), for an inner step tau.
        var scaled =
                new Proximable() {
                    @Override
                    public double value(double[] v) {
                        return step * constraint.value(v);
                    }

                    @Override
                    public void prox(double tau, double[] v, double[] result) {
                        constraint.prox(tau * step, v, result);
                    }
                };
        Resolvent resolvent =
                (k, u, calls) -> {
                    var inner =
                            VarianceReducedForwardReflectedBackward.of(
                                    operator.resolventEquation(step, u),
                                    scaled,
                                    step * lipschitz + 1,
                                    u,
                                    random.split("resolvent", k));
                    long steps = (long) Math.ceil(n * (2 + 3 * StrictMath.log(k + 2.0)));
                    var state = inner.start();
                    for (long t = 0; t < steps; t++) {
                        state = inner.step(state, calls);
                    }
                    return state.v();
                };
        return new InexactHalpern(resolvent, k -> 1.0 / (k + 2), u0);
    }

    @Override
    public State start() {
        return new State(0, u0.clone());
    }

    @Override
    public State step(State state, OracleCounter calls) {
        double lambda = Require.within("weight", weight.applyAsDouble(state.k()), 0, 1);
        double[] at =
                Require.length(
                        "value of resolvent",
                        resolvent.apply(state.k(), state.u(), calls),
                        u0.length);
        double[] u = state.u();
        for (int i = 0; i < u.length; i++) {
            u[i] = Math.fma(lambda, u0[i], (1 - lambda) * at[i]);
        }
        return new State(state.k() + 1, u);
    }
}
