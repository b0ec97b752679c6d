package org.konvergo.problem;

import org.konvergo.Require;

/**
 * A bilevel problem in its optimistic form: minimise F(x, y) over x in X and y in S(x), the set of
 * the minimisers of f(x, .) over Y. F is the upper and f the lower objective.
 *
 * @param upper F
 * @param lower f, of the same variables
 * @param domainX indicator of X, {@link Indicator#none()} for R^n
 * @param domainY indicator of Y, {@link Indicator#none()} for R^m
 */
public record BilevelProblem(
        BilevelObjective upper, BilevelObjective lower, Proximable domainX, Proximable domainY) {
    /**
     * Checks the arguments.
     *
     * @param upper as above
     * @param lower as above
     * @param domainX as above
     * @param domainY as above
     * @throws IllegalArgumentException if one is null or the dimensions of the levels differ
     */
    public BilevelProblem {
        Require.notNull("upper", upper);
        Require.notNull("lower", lower);
        Require.notNull("domainX", domainX);
        Require.notNull("domainY", domainY);
        Require.that(
                lower.dimensionX() == upper.dimensionX(),
                "dimensionX of lower",
                "that of upper, " + upper.dimensionX(),
                lower.dimensionX());
        Require.that(
                lower.dimensionY() == upper.dimensionY(),
                "dimensionY of lower",
                "that of upper, " + upper.dimensionY(),
                lower.dimensionY());
    }

    /**
     * A problem without constraints.
     *
     * @param upper F
     * @param lower f, of the same variables
     * @return the problem with X = R^n and Y = R^m
     * @throws IllegalArgumentException if one is null or the dimensions differ
     */
    public static BilevelProblem of(BilevelObjective upper, BilevelObjective lower) {
        return new BilevelProblem(upper, lower, Indicator.none(), Indicator.none());
    }

    /**
     * Number of upper variables.
     *
     * @return n, at least 1
     */
    public int dimensionX() {
        return upper.dimensionX();
    }

    /**
     * Number of lower variables.
     *
     * @return m, at least 1
     */
    public int dimensionY() {
        return upper.dimensionY();
    }

    /**
     * The penalty function sigma F + f, whose minimisers in y tend to those of F over S(x).
     *
     * @param sigma positive
     * @return the function
     * @throws IllegalArgumentException if sigma is not positive and finite
     */
    public BilevelObjective penalty(double sigma) {
        return BilevelObjective.combination(Require.positive("sigma", sigma), upper, 1, lower);
    }

    /**
     * The average mu F + (1 - mu) f, strongly convex in y wherever F is and f is convex.
     *
     * @param mu above 0 and below 1
     * @return the function
     * @throws IllegalArgumentException if mu lies outside or is NaN
     */
    public BilevelObjective average(double mu) {
        Require.that(mu > 0 && mu < 1, "mu", "in (0, 1)", mu);
        return BilevelObjective.combination(mu, upper, 1 - mu, lower);
    }
}
