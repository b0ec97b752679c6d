package org.konvergo.constrained;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;

/**
 * Extends values at points to the whole space by a function that is alpha-Lipschitz everywhere: the
 * mean of the least and the largest such extension,
 *
 * <p>f(x) = (max over i of (f_i - alpha |x - x_i|) + min over i of (f_i + alpha |x - x_i|)) / 2.
 *
 * <p>If the values are alpha-Lipschitz among the points, it takes them there. The extension is
 * alpha-Lipschitz even if they are not.
 *
 * <p>Source: McShane, Extension of range of functions, Bulletin of the AMS 40, 1934; Whitney 1934.
 *
 * @param points one row a point, at least one
 * @param values one a point
 * @param alpha the Lipschitz constant, non-negative
 */
public record McShaneExtension(DMatrixRMaj points, double[] values, double alpha) {
    /**
     * Checks the arguments; they are not copied.
     *
     * @param points as above
     * @param values as above
     * @param alpha as above
     * @throws IllegalArgumentException if there is no point, the values are not as many or an entry
     *     is not finite, or alpha is negative
     */
    public McShaneExtension {
        Require.notNull("points", points);
        Require.atLeast("number of points", points.numRows, 1);
        Require.finite("points", points.data);
        Require.finite("values", Require.length("values", values, points.numRows));
        Require.nonNegative("alpha", alpha);
    }

    /**
     * The extension at a point.
     *
     * @param x as many coordinates as the points have
     * @return f(x)
     * @throws IllegalArgumentException if the length is wrong
     */
    public double value(double[] x) {
        Require.length("x", x, points.numCols);
        int d = x.length;
        double low = Double.NEGATIVE_INFINITY;
        double high = Double.POSITIVE_INFINITY;
        for (int i = 0; i < values.length; i++) {
            double reach = alpha * MetricGraph.distance(points.data, i * d, x, 0, d);
            low = Math.max(low, values[i] - reach);
            high = Math.min(high, values[i] + reach);
        }
        return (low + high) / 2;
    }

    /**
     * The radius within which the sign of f is certainly right: |f(x)| / alpha if f(x) has the
     * label's sign, else 0.
     *
     * @param x a point
     * @param label +1 or -1
     * @return the radius, see {@link CertifiedRadius}
     * @throws IllegalArgumentException if the length or the label is wrong, or alpha is 0
     */
    public double certifiedRadius(double[] x, double label) {
        return CertifiedRadius.of(value(x), label, alpha);
    }
}
