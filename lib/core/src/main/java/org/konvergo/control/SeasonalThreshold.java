package org.konvergo.control;

import java.util.stream.IntStream;
import org.konvergo.Require;
import org.konvergo.method.BisectionRoot;

/**
 * The shares of the unfavourable season at which a population's fate changes: the zeros of log
 * rho(theta) of a {@link SeasonalFloquet}.
 *
 * @param roots the zeros, ascending
 * @param persistsWithout whether the population grows in a year without the unfavourable season
 */
public record SeasonalThreshold(double[] roots, boolean persistsWithout) {
    private static final double MARGIN = 1e-9;
    private static final double TOLERANCE = 1e-13;

    /**
     * Looks for zeros between the points of a grid on [1e-9, 1 - 1e-9] and bisects to 1e-13.
     *
     * @param year the seasons
     * @param points points of the grid, at least 2
     * @return the thresholds
     * @throws IllegalArgumentException if there are fewer points
     */
    public static SeasonalThreshold of(SeasonalFloquet year, int points) {
        Require.notNull("year", year);
        Require.atLeast("points", points, 2);
        double[] grid =
                IntStream.range(0, points)
                        .mapToDouble(i -> MARGIN + i * (1 - 2 * MARGIN) / (points - 1))
                        .toArray();
        double[] roots = BisectionRoot.all(year::logRadius, grid, TOLERANCE);
        return new SeasonalThreshold(roots, year.logRadius(grid[0]) > 0);
    }

    /**
     * Whether there is one threshold, with persistence below and extinction above it.
     *
     * @return whether the sharp seasonal threshold property holds on the grid
     */
    public boolean sharp() {
        return roots.length == 1 && persistsWithout;
    }

    /**
     * The only threshold.
     *
     * @return theta_*
     * @throws IllegalArgumentException if there is none or are several
     */
    public double value() {
        Require.that(roots.length == 1, "number of thresholds", "1", roots.length);
        return roots[0];
    }

    /**
     * Limit of the threshold for long years, in which each season has time to find its own growth
     * rate: lambda_F / (lambda_F - lambda_U).
     *
     * @param year the seasons; their length does not matter
     * @return the limit, in (0, 1)
     * @throws IllegalArgumentException unless lambda_F &gt; 0 &gt; lambda_U
     */
    public static double ofLongYears(SeasonalFloquet year) {
        Require.notNull("year", year);
        Require.that(year.growth() > 0, "growth", "positive", year.growth());
        Require.that(year.decline() < 0, "decline", "negative", year.decline());
        return year.growth() / (year.growth() - year.decline());
    }

    /**
     * Limit of the threshold for short years, in which the mean of the matrices decides.
     *
     * @param year the seasons; their length does not matter
     * @return the limit, in (0, 1)
     * @throws IllegalArgumentException unless lambda_F &gt; 0 &gt;= lambda_U
     */
    public static double ofShortYears(SeasonalFloquet year) {
        Require.notNull("year", year);
        return BisectionRoot.of(year::averagedGrowth, 0, 1, TOLERANCE);
    }
}
