package org.konvergo.method;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;

/**
 * The moving average of gradients that momentum methods step along, m_k = beta m_(k-1) + (1 - beta)
 * g_k, begun with m_0 = g_0. Where the noise of the g_k is independent, that of m is smaller by the
 * factor (1 - beta) / (1 + beta) in variance, at the price of a lag of about 1 / (1 - beta) steps.
 */
public final class MomentumAverage {
    private final double beta;
    private final double[] average;
    private boolean begun;

    /**
     * An average before its first gradient.
     *
     * @param dimension of the gradients, at least 1
     * @param beta weight of the past, in [0, 1)
     * @throws IllegalArgumentException if an argument is out of range
     */
    public MomentumAverage(int dimension, double beta) {
        average = new double[Require.atLeast("dimension", dimension, 1)];
        this.beta = requireBeta(beta);
    }

    /**
     * Checks a weight of the past.
     *
     * @param beta should be in [0, 1)
     * @return beta
     * @throws IllegalArgumentException if it lies outside or is NaN
     */
    public static double requireBeta(double beta) {
        Require.that(beta >= 0 && beta < 1, "beta", "in [0, 1)", beta);
        return beta;
    }

    /**
     * Takes up a gradient. The first one becomes the average.
     *
     * @param gradient g_k; kept
     * @return m_k, not a copy
     * @throws IllegalArgumentException if the length differs
     */
    public double[] update(double[] gradient) {
        Require.length("gradient", gradient, average.length);
        if (begun) {
            Kernels.axpby(1 - beta, gradient, beta, average);
        } else {
            System.arraycopy(gradient, 0, average, 0, average.length);
            begun = true;
        }
        return average;
    }

    /**
     * The average.
     *
     * @return m_k, not a copy; zero before the first gradient
     */
    public double[] average() {
        return average;
    }
}
