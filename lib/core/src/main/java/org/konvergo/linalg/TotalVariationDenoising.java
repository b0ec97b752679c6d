package org.konvergo.linalg;

import org.konvergo.Require;

/**
 * The proximal map of the total variation in one dimension, exactly: the minimiser over x of
 *
 * <p>sum of (x_i - y_i)^2 / 2 + weight * sum of |x_(i+1) - x_i|,
 *
 * <p>in O(n) operations, whatever y is. Let h_k(b) be the least value of the terms up to k, given
 * x_(k+1) = b. Its derivative is that of the terms up to k with x_k = b, cut off at -weight and
 * +weight: piecewise linear, non-decreasing, and a step adds two knots and takes some away. Where
 * it is cut off says x_k once x_(k+1) is known.
 *
 * <p>Source: Johnson, A dynamic programming algorithm for the fused lasso and L0-segmentation,
 * Journal of Computational and Graphical Statistics, 2013.
 */
public final class TotalVariationDenoising {
    private final double[] y;
    private final double weight;

    /** Knots: where the derivative bends, and what is added to its slope and intercept there. */
    private final double[] knots;

    private final double[] slopes;
    private final double[] intercepts;
    private int first;
    private int last;

    /** Where the derivative is cut off: x_k lies between the two. */
    private final double[] low;

    private final double[] high;

    private TotalVariationDenoising(double[] y, double weight) {
        this.y = y;
        this.weight = weight;
        int n = y.length;
        knots = new double[2 * n];
        slopes = new double[2 * n];
        intercepts = new double[2 * n];
        first = n;
        last = n - 1;
        low = new double[n];
        high = new double[n];
    }

    /**
     * Denoises a sequence.
     *
     * @param y of any length, finite
     * @param weight not negative
     * @return the minimiser, a new array
     * @throws IllegalArgumentException if y is not finite or the weight out of range
     */
    public static double[] of(double[] y, double weight) {
        Require.finite("y", y);
        Require.nonNegative("weight", weight);
        if (y.length < 2 || weight == 0) {
            return y.clone();
        }
        return new TotalVariationDenoising(y, weight).solve();
    }

    private double[] solve() {
        int n = y.length;
        for (int k = 0; k < n - 1; k++) {
            cut(k);
        }
        var x = new double[n];
        x[n - 1] = zero(n - 1);
        for (int k = n - 2; k >= 0; k--) {
            x[k] = Math.min(Math.max(x[k + 1], low[k]), high[k]);
        }
        return x;
    }

    /** Cuts the derivative of the terms up to k off at both ends. */
    private void cut(int k) {
        // From the left: slope and intercept of the piece on which the derivative is -weight.
        double slope = 1;
        double intercept = leftmost(k);
        while (first <= last && slope * knots[first] + intercept <= -weight) {
            slope += slopes[first];
            intercept += intercepts[first];
            first++;
        }
        low[k] = (-weight - intercept) / slope;
        double rightSlope = 1;
        double rightIntercept = -y[k] + (k == 0 ? 0 : weight);
        while (first <= last && rightSlope * knots[last] + rightIntercept >= weight) {
            rightSlope -= slopes[last];
            rightIntercept -= intercepts[last];
            last--;
        }
        high[k] = (weight - rightIntercept) / rightSlope;
        first--;
        knots[first] = low[k];
        slopes[first] = slope;
        intercepts[first] = intercept + weight;
        last++;
        knots[last] = high[k];
        slopes[last] = -rightSlope;
        intercepts[last] = weight - rightIntercept;
    }

    /** Intercept of the derivative of the terms up to k left of all knots; its slope is 1 there. */
    private double leftmost(int k) {
        return -y[k] - (k == 0 ? 0 : weight);
    }

    /** Where the derivative of all terms up to k is zero. */
    private double zero(int k) {
        double slope = 1;
        double intercept = leftmost(k);
        for (int i = first; i <= last && slope * knots[i] + intercept <= 0; i++) {
            slope += slopes[i];
            intercept += intercepts[i];
        }
        return -intercept / slope;
    }
}
