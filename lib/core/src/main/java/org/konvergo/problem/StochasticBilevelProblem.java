package org.konvergo.problem;

import org.konvergo.Require;
import org.konvergo.random.RandomStream;

/**
 * A bilevel problem whose levels are known by samples.
 *
 * @param upper samples of the upper objective
 * @param lower samples of the lower objective
 * @param domainX indicator of the set of x
 * @param domainY indicator of the set of y
 */
public record StochasticBilevelProblem(
        StochasticBilevelObjective upper,
        StochasticBilevelObjective lower,
        Proximable domainX,
        Proximable domainY) {
    /**
     * Checks the arguments.
     *
     * @param upper as above
     * @param lower as above
     * @param domainX as above
     * @param domainY as above
     * @throws IllegalArgumentException if one is null or the dimensions of the levels differ
     */
    public StochasticBilevelProblem {
        Require.notNull("upper", upper);
        Require.notNull("lower", lower);
        // The checks of the problem itself are those of its means.
        new BilevelProblem(upper.mean(), lower.mean(), domainX, domainY);
    }

    /**
     * A problem with additive Gaussian noise on each entry of each gradient.
     *
     * @param problem the problem
     * @param deviation of the noise, at least 0
     * @return its samples
     * @throws IllegalArgumentException if the problem is null or the deviation negative
     */
    public static StochasticBilevelProblem noisy(BilevelProblem problem, double deviation) {
        Require.notNull("problem", problem);
        return new StochasticBilevelProblem(
                StochasticBilevelObjective.noisy(problem.upper(), deviation, 0),
                StochasticBilevelObjective.noisy(problem.lower(), deviation, 0),
                problem.domainX(),
                problem.domainY());
    }

    /**
     * A problem with additive Gaussian noise on each entry of each gradient and of each product
     * with a second derivative. A sample draws the noise of a derivative when it is first asked for
     * it, so that those that are not asked for cost nothing.
     *
     * @param problem the problem
     * @param deviation of the noise, at least 0
     * @return its samples
     * @throws IllegalArgumentException if the problem is null or the deviation negative
     */
    public static StochasticBilevelProblem noisyThroughout(
            BilevelProblem problem, double deviation) {
        Require.notNull("problem", problem);
        Require.nonNegative("deviation", deviation);
        return new StochasticBilevelProblem(
                NoiseWhereAsked.samples(problem.upper(), deviation),
                NoiseWhereAsked.samples(problem.lower(), deviation),
                problem.domainX(),
                problem.domainY());
    }

    /**
     * Number of upper variables.
     *
     * @return n, at least 1
     */
    public int dimensionX() {
        return upper.mean().dimensionX();
    }

    /**
     * Number of lower variables.
     *
     * @return m, at least 1
     */
    public int dimensionY() {
        return upper.mean().dimensionY();
    }

    /**
     * A sample of the penalty function sigma f + g, from one sample of each level.
     *
     * @param sigma positive
     * @param random where from
     * @return the sample
     * @throws IllegalArgumentException if sigma is not positive
     */
    public BilevelObjective penalty(double sigma, RandomStream random) {
        Require.positive("sigma", sigma);
        return BilevelObjective.combination(sigma, upper.sample(random), 1, lower.sample(random));
    }
}
