package org.konvergo.problem;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;

/**
 * The function weight * |x|_1; its proximal map is soft thresholding.
 *
 * @param weight at least 0
 */
public record L1Norm(double weight) implements Proximable {
    /**
     * Checks the argument.
     *
     * @param weight as above
     * @throws IllegalArgumentException if the weight is negative or not finite
     */
    public L1Norm {
        Require.nonNegative("weight", weight);
    }

    @Override
    public double value(double[] x) {
        return weight * Kernels.norm1(x);
    }

    @Override
    public void prox(double step, double[] x, double[] result) {
        double threshold = weight * Require.positive("step", step);
        Require.length("result", result, x.length);
        for (int i = 0; i < x.length; i++) {
            result[i] = Math.copySign(Math.max(Math.abs(x[i]) - threshold, 0), x[i]);
        }
    }
}
