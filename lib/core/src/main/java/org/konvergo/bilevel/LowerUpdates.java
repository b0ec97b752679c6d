package org.konvergo.bilevel;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.StochasticBilevelProblem;
import org.konvergo.random.RandomStream;

/**
 * When and how a stochastic bilevel method moves its lower variable y: once at the start by {@link
 * EpochSgd}, and then only every so many steps of x, by so many stochastic gradient steps that stay
 * in a ball about the y before them.
 *
 * @param interval steps of x from one update of y to the next, at least 1
 * @param steps gradient steps of an update, at least 1
 * @param gamma their length, positive
 * @param radius of the ball, positive; infinity for none
 * @param refinement at the start
 * @param multiplierSteps steps of z at the start, after the refinement, at least 0
 */
public record LowerUpdates(
        int interval,
        int steps,
        double gamma,
        double radius,
        EpochSgd refinement,
        int multiplierSteps) {
    /**
     * Checks the arguments.
     *
     * @param interval as above
     * @param steps as above
     * @param gamma as above
     * @param radius as above
     * @param refinement as above
     * @param multiplierSteps as above
     * @throws IllegalArgumentException if one is out of range or null
     */
    public LowerUpdates {
        Require.atLeast("interval", interval, 1);
        Require.atLeast("steps", steps, 1);
        Require.positive("gamma", gamma);
        Require.that(radius > 0, "radius", "positive", radius);
        Require.notNull("refinement", refinement);
        Require.atLeast("multiplierSteps", multiplierSteps, 0);
    }

    /**
     * Updates at every step of x, without a ball and without anything special at the start.
     *
     * @param steps gradient steps, at least 1
     * @param gamma their length, positive
     * @return the updates
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static LowerUpdates everyStep(int steps, double gamma) {
        return new LowerUpdates(1, steps, gamma, Double.POSITIVE_INFINITY, EpochSgd.none(), 0);
    }

    /**
     * These updates at another interval.
     *
     * @param steps of x from one update of y to the next, at least 1
     * @return otherwise the same
     * @throws IllegalArgumentException if it is below 1
     */
    public LowerUpdates every(int steps) {
        return new LowerUpdates(steps, this.steps, gamma, radius, refinement, multiplierSteps);
    }

    /**
     * These updates with another start.
     *
     * @param first refinement of y
     * @param ofMultiplier steps of z after it, at least 0
     * @return otherwise the same
     * @throws IllegalArgumentException if one is null or out of range
     */
    public LowerUpdates startingWith(EpochSgd first, int ofMultiplier) {
        return new LowerUpdates(interval, steps, gamma, radius, first, ofMultiplier);
    }

    /** What happens to y in step k of x. */
    void apply(
            long k,
            StochasticBilevelProblem samples,
            double[] x,
            double[] y,
            RandomStream random,
            OracleCounter calls) {
        if (k % interval != 0) {
            return;
        }
        if (radius == Double.POSITIVE_INFINITY) {
            EpochSgd.descend(samples, steps, gamma, x, y, random, calls);
            return;
        }
        double[] centre = y.clone();
        for (int t = 0; t < steps; t++) {
            EpochSgd.descend(samples, 1, gamma, x, y, random, calls);
            double distance = Kernels.distance2(y, centre);
            if (distance > radius) {
                double share = radius / distance;
                Kernels.axpby(1 - share, centre, share, y);
            }
        }
    }
}
