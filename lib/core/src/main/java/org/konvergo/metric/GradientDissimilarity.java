package org.konvergo.metric;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;

/**
 * How much the gradients of clients differ at one model, with E the weighted mean over clients k
 * and f the weighted mean of the F_k:
 *
 * <ul>
 *   <li>dissimilarity B = sqrt(E |grad F_k|^2 / |grad f|^2), 1 where all gradients agree;
 *   <li>variance E |grad F_k - grad f|^2 = (B^2 - 1) |grad f|^2.
 * </ul>
 *
 * <p>Li, Sahu, Zaheer, Sanjabi, Talwalkar and Smith, Federated Optimization in Heterogeneous
 * Networks, 2020, definition 3 and section 5.3.3.
 *
 * @param dissimilarity B, at least 1 up to rounding; NaN where the mean gradient is zero
 * @param variance at least 0
 * @param gradientNorm |grad f|
 */
public record GradientDissimilarity(double dissimilarity, double variance, double gradientNorm) {
    /**
     * Measures gradients.
     *
     * @param gradients one a client, all of the same length
     * @param weights one a client, non-negative with a positive sum; need not sum to 1
     * @return the measures
     * @throws IllegalArgumentException if there is no client, the shapes do not fit or a weight is
     *     negative
     */
    public static GradientDissimilarity of(double[][] gradients, double[] weights) {
        Require.notNull("gradients", gradients);
        Require.atLeast("number of gradients", gradients.length, 1);
        Require.length("weights", weights, gradients.length);
        for (int k = 0; k < weights.length; k++) {
            Require.nonNegative("weights[" + k + "]", weights[k]);
        }
        double total = Kernels.sum(weights);
        Require.that(total > 0, "sum of weights", "positive", total);
        var mean = new double[Require.notNull("gradients[0]", gradients[0]).length];
        for (int k = 0; k < weights.length; k++) {
            Require.length("gradients[" + k + "]", gradients[k], mean.length);
            Kernels.axpy(weights[k] / total, gradients[k], mean);
        }
        double meanSquare = 0;
        double variance = 0;
        for (int k = 0; k < weights.length; k++) {
            double square = Kernels.dot(gradients[k], gradients[k]);
            double distance = Kernels.distance2(gradients[k], mean);
            meanSquare = Math.fma(weights[k] / total, square, meanSquare);
            variance = Math.fma(weights[k] / total, distance * distance, variance);
        }
        double norm = Kernels.norm2(mean);
        double dissimilarity = norm > 0 ? Math.sqrt(meanSquare) / norm : Double.NaN;
        return new GradientDissimilarity(dissimilarity, variance, norm);
    }
}
