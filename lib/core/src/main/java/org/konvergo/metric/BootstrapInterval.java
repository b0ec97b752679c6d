package org.konvergo.metric;

import java.util.Arrays;
import org.konvergo.Require;
import org.konvergo.random.RandomStream;

/**
 * Median of a sample with its percentile bootstrap interval (Efron and Tibshirani, An Introduction
 * to the Bootstrap, 1993, chapter 13): the middle part of the medians of samples drawn from the
 * sample with replacement.
 *
 * @param median of the sample
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
public record BootstrapInterval(double median, double low, double high) {
    /**
     * The interval of a median.
     *
     * @param sample at least one number, all finite
     * @param level part of the resampled medians that the interval holds, in (0, 1)
     * @param resamples how many samples to draw, at least 1
     * @param random where the draws come from
     * @return the median and the ends of the interval; all equal for a sample of one
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static BootstrapInterval ofMedian(
            double[] sample, double level, int resamples, RandomStream random) {
        Require.finite("sample", sample);
        Require.atLeast("length of sample", sample.length, 1);
        Require.that(level > 0 && level < 1, "level", "in (0, 1)", level);
        Require.atLeast("resamples", resamples, 1);
        Require.notNull("random", random);
        var medians = new double[resamples];
        var drawn = new double[sample.length];
        for (int r = 0; r < resamples; r++) {
            for (int i = 0; i < drawn.length; i++) {
                drawn[i] = sample[random.integer(sample.length)];
            }
            medians[r] = quantile(drawn, 0.5);
        }
        return new BootstrapInterval(
                quantile(sample, 0.5),
                quantile(medians, (1 - level) / 2),
                quantile(medians, (1 + level) / 2));
    }

    /**
     * Quantile of a sample, linear between the two nearest order statistics (type 7 of Hyndman and
     * Fan, Sample quantiles in statistical packages, 1996).
     *
     * @param sample at least one number, none NaN; stays as it is
     * @param probability in [0, 1]
     * @return the quantile
     * @throws IllegalArgumentException if the sample is empty or holds NaN, or the probability is
     *     out of range
     */
    public static double quantile(double[] sample, double probability) {
        Require.atLeast("length of sample", Require.notNull("sample", sample).length, 1);
        Require.within("probability", probability, 0, 1);
        var sorted = sample.clone();
        Arrays.sort(sorted);
        Require.that(!Double.isNaN(sorted[sorted.length - 1]), "sample", "without NaN", "with NaN");
        double position = probability * (sorted.length - 1);
        int below = (int) position;
        double part = position - below;
        return part == 0
                ? sorted[below]
                : Math.fma(part, sorted[below + 1] - sorted[below], sorted[below]);
    }
}
