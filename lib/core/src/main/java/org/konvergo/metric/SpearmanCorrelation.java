package org.konvergo.metric;

import java.util.Arrays;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;

/**
 * Spearman's rank correlation: the correlation of the ranks, where equal numbers share the mean of
 * theirs. It is 1 exactly if y rises whenever x does, and -1 if it falls.
 *
 * <p>Source: Spearman, The proof and measurement of association between two things, 1904.
 */
public final class SpearmanCorrelation {
    private SpearmanCorrelation() {}

    /**
     * The rank correlation.
     *
     * @param x at least two numbers, finite
     * @param y as many
     * @return in [-1, 1]; NaN if all of x or all of y are equal
     * @throws IllegalArgumentException if there are fewer than two numbers, the lengths differ or a
     *     number is not finite
     */
    public static double of(double[] x, double[] y) {
        Require.finite("x", x);
        Require.atLeast("length of x", x.length, 2);
        Require.finite("y", Require.length("y", y, x.length));
        double[] p = centredRanks(x);
        double[] q = centredRanks(y);
        return Kernels.dot(p, q) / Math.sqrt(Kernels.dot(p, p) * Kernels.dot(q, q));
    }

    private static double[] centredRanks(double[] x) {
        double[] sorted = x.clone();
        Arrays.sort(sorted);
        double mean = (x.length + 1) / 2.0;
        return Arrays.stream(x)
                .map(
                        value -> {
                            int below = 0;
                            int equal = 0;
                            for (double other : sorted) {
                                below += other < value ? 1 : 0;
                                equal += other == value ? 1 : 0;
                            }
                            return below + (equal + 1) / 2.0 - mean;
                        })
                .toArray();
    }
}
