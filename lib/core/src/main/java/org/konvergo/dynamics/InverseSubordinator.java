package org.konvergo.dynamics;

import java.util.Arrays;
import org.hipparchus.special.Gamma;
import org.konvergo.Require;
import org.konvergo.linalg.Elementary;
import org.konvergo.random.RandomStream;

/**
 * The random clock E(t) = inf{u: D(u) &gt; t} of a subordinator D: it stands still where D jumps.
 * Simulated by D on a grid, it is rounded down to a multiple of the step: as D only rises, E lies
 * between the value and the value plus the step. Its mean is t^alpha / Gamma(1 + alpha).
 *
 * @param subordinator D
 * @param step of the grid in operational time, positive
 */
public record InverseSubordinator(StableSubordinator subordinator, double step) {
    /**
     * Checks the arguments.
     *
     * @param subordinator as above
     * @param step as above
     * @throws IllegalArgumentException if the step is not positive
     */
    public InverseSubordinator {
        Require.notNull("subordinator", subordinator);
        Require.positive("step", step);
    }

    /**
     * Draws the clock at one time.
     *
     * @param t time, non-negative
     * @param random where it comes from
     * @return number of whole steps in E(t): E(t) lies in [n step, (n + 1) step]
     * @throws IllegalArgumentException if the time is negative
     */
    public int steps(double t, RandomStream random) {
        return steps(new double[] {t}, random)[0];
    }

    /**
     * Draws the clock at several times.
     *
     * @param times non-negative, ascending
     * @param random where it comes from
     * @return number of whole steps in E(t) for each t
     * @throws IllegalArgumentException if a time is negative or below the one before
     */
    public int[] steps(double[] times, RandomStream random) {
        Require.nonNegative("times", times);
        Require.notNull("random", random);
        double logStep = Elementary.log(step);
        var steps = new int[times.length];
        double d = 0;
        int k = 0;
        for (int i = 0; i < times.length; i++) {
            if (i > 0 && times[i] < times[i - 1]) {
                Require.that(false, "times[" + i + "]", "not below " + times[i - 1], times[i]);
            }
            while (d <= times[i]) {
                d += subordinator.unchecked(logStep, random);
                k++;
            }
            steps[i] = k - 1;
        }
        return steps;
    }

    /**
     * Draws D until it has passed a time, for pictures. From equal streams it is the D of {@link
     * #steps}.
     *
     * @param until time, non-negative
     * @param random where it comes from
     * @return D at 0, step, 2 step, ...; only the last value exceeds the time
     * @throws IllegalArgumentException if the time is negative
     */
    public double[] subordinatorPath(double until, RandomStream random) {
        Require.nonNegative("until", until);
        Require.notNull("random", random);
        double logStep = Elementary.log(step);
        var path = new double[64];
        int k = 0;
        while (path[k] <= until) {
            path = k + 1 < path.length ? path : Arrays.copyOf(path, 2 * path.length);
            path[k + 1] = path[k] + subordinator.unchecked(logStep, random);
            k++;
        }
        return Arrays.copyOf(path, k + 1);
    }

    /**
     * The mean of the clock.
     *
     * @param t time, non-negative
     * @return t^alpha / Gamma(1 + alpha)
     * @throws IllegalArgumentException if the time is negative
     */
    public double mean(double t) {
        Require.nonNegative("t", t);
        double alpha = subordinator.alpha();
        return StrictMath.pow(t, alpha) / Gamma.gamma(1 + alpha);
    }

    /**
     * Draws the clock at one time without a grid: E(t) has the law of (t / D(1))^alpha.
     *
     * @param t time, positive
     * @param random where it comes from
     * @return a positive number
     * @throws IllegalArgumentException if the time is not positive
     */
    public double exact(double t, RandomStream random) {
        Require.positive("t", t);
        double alpha = subordinator.alpha();
        double log = Elementary.log(t) - Elementary.log(subordinator.increment(1, random));
        return Elementary.exp(alpha * log);
    }
}
