package org.konvergo.notebook;

import java.util.Arrays;
import org.konvergo.Require;
import org.konvergo.metric.BootstrapInterval;

/**
 * A line with a shaded band, such as the median and two quantiles over seeds.
 *
 * @param name for the legend
 * @param x abscissas
 * @param low lower edge of the band
 * @param middle the line
 * @param high upper edge of the band
 */
public record Band(String name, double[] x, double[] low, double[] middle, double[] high) {
    /**
     * Checks the arguments.
     *
     * @param name for the legend, not empty
     * @param x abscissas, finite
     * @param low lower edge, as many
     * @param middle the line, as many
     * @param high upper edge, as many
     * @throws IllegalArgumentException if the name is empty or lengths differ
     */
    public Band {
        Require.that(name != null && !name.isEmpty(), "name", "not empty", "" + name);
        Require.atLeast("number of points of " + name, Require.finite("x", x).length, 1);
        Require.length("low", low, x.length);
        Require.length("middle", middle, x.length);
        Require.length("high", high, x.length);
    }

    /**
     * Median and quartiles over seeds.
     *
     * @param name for the legend
     * @param x abscissas
     * @param bySeed one array of ordinates a seed, each as long as x
     * @return the band
     * @throws IllegalArgumentException if there is no seed or lengths differ
     */
    public static Band of(String name, double[] x, double[][] bySeed) {
        return of(name, x, bySeed, 0.25, 0.75);
    }

    /**
     * Median and two quantiles over seeds.
     *
     * @param name for the legend
     * @param x abscissas
     * @param bySeed one array of ordinates a seed, each as long as x; where one is NaN there is a
     *     gap
     * @param low probability of the lower edge, in [0, 1]
     * @param high probability of the upper edge, in [0, 1]
     * @return the band
     * @throws IllegalArgumentException if there is no seed, lengths differ or a probability is out
     *     of range
     */
    public static Band of(String name, double[] x, double[][] bySeed, double low, double high) {
        Require.atLeast("number of seeds", Require.notNull("bySeed", bySeed).length, 1);
        for (int s = 0; s < bySeed.length; s++) {
            Require.length("bySeed[" + s + "]", bySeed[s], x.length);
        }
        return new Band(
                name,
                x.clone(),
                quantiles(bySeed, x.length, low),
                quantiles(bySeed, x.length, 0.5),
                quantiles(bySeed, x.length, high));
    }

    private static double[] quantiles(double[][] bySeed, int length, double probability) {
        var quantiles = new double[length];
        var column = new double[bySeed.length];
        for (int i = 0; i < length; i++) {
            for (int s = 0; s < column.length; s++) {
                column[s] = bySeed[s][i];
            }
            quantiles[i] =
                    Arrays.stream(column).anyMatch(Double::isNaN)
                            ? Double.NaN
                            : BootstrapInterval.quantile(column, probability);
        }
        return quantiles;
    }
}
