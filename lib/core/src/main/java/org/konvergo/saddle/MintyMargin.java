package org.konvergo.saddle;

import java.util.function.ToDoubleFunction;
import org.konvergo.Require;
import org.konvergo.linalg.Parallel;
import org.konvergo.problem.MonotoneOperator;

/**
 * The smallest value on a grid of w(z) g(z) . (z - z*): where it is negative, g points away from z*
 * and the Minty variational inequality does not hold. With the weight w = 1 / |z - z*|^2 it is the
 * rate at which the flow of -g approaches z*, at its worst.
 *
 * @param value the smallest value
 * @param place the point of the grid where it is attained, the first if there are several
 */
public record MintyMargin(double value, double[] place) {
    /**
     * The margin with the weight 1.
     *
     * @param field g, on R^n
     * @param saddle z*, of length n
     * @param axes for each variable its values on the grid, at least one
     * @return the margin
     * @throws IllegalArgumentException if a length differs, an axis is empty or a value not finite
     */
    public static MintyMargin of(MonotoneOperator field, double[] saddle, double[]... axes) {
        return weighted(field, z -> 1, saddle, axes);
    }

    /**
     * The margin with a weight. Points with a NaN, such as those of an undefined weight, are left
     * out.
     *
     * @param field g, on R^n; called from several threads at once
     * @param weight w, of the point; called from several threads at once
     * @param saddle z*, of length n
     * @param axes for each variable its values on the grid, at least one
     * @return the margin; its value is NaN if there is no other
     * @throws IllegalArgumentException if a length differs, an axis is empty or a value not finite
     */
    public static MintyMargin weighted(
            MonotoneOperator field,
            ToDoubleFunction<double[]> weight,
            double[] saddle,
            double[]... axes) {
        int n = Require.notNull("field", field).dimension();
        Require.notNull("weight", weight);
        Require.finite("saddle", Require.length("saddle", saddle, n));
        Require.that(axes.length == n, "axes", "of length " + n, "of length " + axes.length);
        for (int i = 0; i < n; i++) {
            String name = "axes[" + i + "]";
            Require.atLeast("length of " + name, Require.finite(name, axes[i]).length, 1);
        }
        var best = new MintyMargin(Double.NaN, saddle.clone());
        for (var slice : Parallel.map(axes[0].length, i -> slice(field, weight, saddle, axes, i))) {
            best = slice.value < best.value || Double.isNaN(best.value) ? slice : best;
        }
        return best;
    }

    /** The points whose first entry is the i-th of its axis. */
    private static MintyMargin slice(
            MonotoneOperator field,
            ToDoubleFunction<double[]> weight,
            double[] saddle,
            double[][] axes,
            int i) {
        int n = saddle.length;
        var index = new int[n];
        index[0] = i;
        var z = new double[n];
        var g = new double[n];
        double least = Double.NaN;
        double[] place = saddle.clone();
        while (index[0] == i) {
            for (int k = 0; k < n; k++) {
                z[k] = axes[k][index[k]];
            }
            field.apply(z, g);
            double product = 0;
            for (int k = 0; k < n; k++) {
                product = Math.fma(g[k], z[k] - saddle[k], product);
            }
            product *= weight.applyAsDouble(z);
            if (product < least || (Double.isNaN(least) && !Double.isNaN(product))) {
                least = product;
                place = z.clone();
            }
            int k = n - 1;
            while (k > 0 && ++index[k] == axes[k].length) {
                index[k--] = 0;
            }
            if (k == 0) {
                index[0]++;
            }
        }
        return new MintyMargin(least, place);
    }
}
