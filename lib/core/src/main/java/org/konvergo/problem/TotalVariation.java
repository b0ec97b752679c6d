package org.konvergo.problem;

import org.konvergo.Require;
import org.konvergo.linalg.TotalVariationDenoising;

/**
 * The function weight * sum of |x_(i+1) - x_i|, the total variation of a sequence; its proximal map
 * is exact ({@link TotalVariationDenoising}). It favours sequences that are constant in pieces.
 *
 * @param weight at least 0
 */
public record TotalVariation(double weight) implements Proximable {
    /**
     * Checks the argument.
     *
     * @param weight as above
     * @throws IllegalArgumentException if the weight is negative or not finite
     */
    public TotalVariation {
        Require.nonNegative("weight", weight);
    }

    @Override
    public double value(double[] x) {
        Require.notNull("x", x);
        double sum = 0;
        for (int i = 1; i < x.length; i++) {
            sum += Math.abs(x[i] - x[i - 1]);
        }
        return weight * sum;
    }

    @Override
    public void prox(double step, double[] x, double[] result) {
        Require.positive("step", step);
        Require.length("result", result, Require.notNull("x", x).length);
        System.arraycopy(TotalVariationDenoising.of(x, step * weight), 0, result, 0, x.length);
    }
}
