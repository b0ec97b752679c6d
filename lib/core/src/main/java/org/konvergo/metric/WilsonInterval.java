package org.konvergo.metric;

import org.konvergo.Require;

/**
 * Interval for a probability from a count of successes (Wilson, Probable inference, the law of
 * succession, and statistical inference, JASA 22, 1927). Unlike the normal interval it stays inside
 * [0, 1] and is right for counts near 0 or all.
 *
 * @param low lower end, in [0, 1]
 * @param high upper end, in [0, 1]
 */
public record WilsonInterval(double low, double high) {
    /** Standard normal quantile of a two-sided 95 % interval. */
    private static final double Z = 1.959963984540054;

    /**
     * The 95 % interval.
     *
     * @param successes in 0..trials
     * @param trials at least 1
     * @return the interval
     * @throws IllegalArgumentException if a count is out of range
     */
    public static WilsonInterval of(int successes, int trials) {
        Require.atLeast("trials", trials, 1);
        Require.that(
                successes >= 0 && successes <= trials, "successes", "in 0.." + trials, successes);
        double p = (double) successes / trials;
        double z2 = Z * Z / trials;
        double centre = (p + z2 / 2) / (1 + z2);
        double half = Z / (1 + z2) * Math.sqrt(p * (1 - p) / trials + z2 / (4 * trials));
        return new WilsonInterval(Math.max(0, centre - half), Math.min(1, centre + half));
    }
}
