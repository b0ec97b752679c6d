package org.konvergo.metric;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;

/**
 * Least-squares line y = intercept + slope x through points, and how well it describes them.
 *
 * @param slope of the line
 * @param intercept at x = 0
 * @param correlation of x and y (Pearson), in [-1, 1]; NaN if all y are equal
 */
public record LinearFit(double slope, double intercept, double correlation) {
    /**
     * Fits a line.
     *
     * @param x abscissas, finite, at least two different ones
     * @param y ordinates, finite
     * @return the line
     * @throws IllegalArgumentException if lengths differ, there are fewer than two points, a value
     *     is not finite or all x are equal
     */
    public static LinearFit of(double[] x, double[] y) {
        Require.finite("x", x);
        Require.finite("y", Require.length("y", y, x.length));
        int n = Require.atLeast("number of points", x.length, 2);
        double meanX = Kernels.sum(x) / n;
        double meanY = Kernels.sum(y) / n;
        var dx = new double[n];
        var dy = new double[n];
        for (int i = 0; i < n; i++) {
            dx[i] = x[i] - meanX;
            dy[i] = y[i] - meanY;
        }
        double sxx = Kernels.dot(dx, dx);
        Require.that(sxx > 0, "x", "not all equal", "all equal");
        double sxy = Kernels.dot(dx, dy);
        double slope = sxy / sxx;
        return new LinearFit(
                slope,
                meanY - slope * meanX,
                sxy / (Math.sqrt(sxx) * Math.sqrt(Kernels.dot(dy, dy))));
    }

    /**
     * The share of the variance of y that the line explains.
     *
     * @return R^2, the square of the correlation, in [0, 1]; NaN if all y are equal
     */
    public double rSquared() {
        return correlation * correlation;
    }
}
