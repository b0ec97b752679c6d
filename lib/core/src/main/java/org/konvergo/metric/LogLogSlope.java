package org.konvergo.metric;

import org.konvergo.Require;
import org.konvergo.linalg.Elementary;
import org.konvergo.linalg.Kernels;

/**
 * Least-squares line through points, as used to read a rate off a chart: the slope of log y against
 * log x is the exponent of a power law, the slope of log y against x the rate of a linear
 * convergence.
 *
 * @param slope of the line
 * @param intercept at 0 of the (transformed) abscissa
 * @param standardError of the slope; NaN for two points
 */
public record LogLogSlope(double slope, double intercept, double standardError) {
    /**
     * Fits log y = intercept + slope * log x.
     *
     * @param x abscissas, positive, at least two different ones
     * @param y ordinates, positive
     * @return the line; natural logarithms
     * @throws IllegalArgumentException if lengths differ, there are fewer than two points, a value
     *     is not positive and finite or all x are equal
     */
    public static LogLogSlope of(double[] x, double[] y) {
        return line(logs("x", x), logs("y", y));
    }

    /**
     * Fits log y = intercept + slope * x.
     *
     * @param x abscissas, finite, at least two different ones
     * @param y ordinates, positive
     * @return the line; natural logarithms
     * @throws IllegalArgumentException as for {@link #of}
     */
    public static LogLogSlope semiLog(double[] x, double[] y) {
        return line(Require.finite("x", x).clone(), logs("y", y));
    }

    private static double[] logs(String name, double[] values) {
        Require.notNull(name, values);
        var logs = new double[values.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = Elementary.log(Require.positive(name + "[" + i + "]", values[i]));
        }
        return logs;
    }

    private static LogLogSlope line(double[] x, double[] y) {
        Require.length("y", y, x.length);
        int n = Require.atLeast("number of points", x.length, 2);
        double meanX = Kernels.sum(x) / n;
        double meanY = Kernels.sum(y) / n;
        for (int i = 0; i < n; i++) {
            x[i] -= meanX;
            y[i] -= meanY;
        }
        double sxx = Kernels.dot(x, x);
        Require.that(sxx > 0, "x", "not all equal", "all equal");
        double slope = Kernels.dot(x, y) / sxx;
        double rss = 0;
        for (int i = 0; i < n; i++) {
            double residual = y[i] - slope * x[i];
            rss = Math.fma(residual, residual, rss);
        }
        return new LogLogSlope(slope, meanY - slope * meanX, Math.sqrt(rss / (n - 2) / sxx));
    }
}
