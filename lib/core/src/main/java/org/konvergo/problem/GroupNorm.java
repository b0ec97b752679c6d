package org.konvergo.problem;

import org.konvergo.Require;

/**
 * The weighted sum of the Euclidean norms of groups of variables: h(x) = sum over g of weights[g]
 * |x_g|, where group g is the run of {@code size} entries from g * size on. Its proximal map
 * shrinks each group towards zero by step * weights[g], or sets it to zero (group soft
 * thresholding). With groups of one variable it is the weighted l1 norm.
 *
 * @param weights one a group, non-negative
 * @param size number of variables in a group, at least 1
 */
public record GroupNorm(double[] weights, int size) implements Proximable {
    /**
     * Checks the arguments; the weights are not copied.
     *
     * @param weights as above
     * @param size as above
     * @throws IllegalArgumentException if a weight is negative or not finite, or the size is below
     *     1
     */
    public GroupNorm {
        Require.nonNegative("weights", weights);
        Require.atLeast("size", size, 1);
    }

    @Override
    public double value(double[] x) {
        Require.length("x", x, weights.length * size);
        double sum = 0;
        for (int g = 0; g < weights.length; g++) {
            sum = Math.fma(weights[g], norm(x, g), sum);
        }
        return sum;
    }

    @Override
    public void prox(double step, double[] x, double[] result) {
        Require.positive("step", step);
        Require.length("x", x, weights.length * size);
        Require.length("result", result, x.length);
        if (size == 1) {
            for (int g = 0; g < weights.length; g++) {
                double left = Math.max(Math.abs(x[g]) - step * weights[g], 0);
                result[g] = Math.copySign(left, x[g]);
            }
            return;
        }
        for (int g = 0; g < weights.length; g++) {
            double norm = norm(x, g);
            double threshold = step * weights[g];
            double factor = norm > threshold ? 1 - threshold / norm : 0;
            for (int k = g * size; k < (g + 1) * size; k++) {
                result[k] = factor * x[k];
            }
        }
    }

    private double norm(double[] x, int group) {
        if (size == 1) {
            return Math.abs(x[group]);
        }
        double sum = 0;
        for (int k = group * size; k < (group + 1) * size; k++) {
            sum = Math.fma(x[k], x[k], sum);
        }
        return Math.sqrt(sum);
    }
}
