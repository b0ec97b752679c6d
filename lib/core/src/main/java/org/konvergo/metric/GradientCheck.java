package org.konvergo.metric;

import org.konvergo.Require;
import org.konvergo.problem.Smooth;

/** Holds a gradient against central differences of the value. */
public final class GradientCheck {
    private GradientCheck() {}

    /**
     * The largest relative error of some components.
     *
     * @param f the function with its gradient
     * @param x where, of the function's dimension; kept
     * @param step of the differences, positive
     * @param components which, at least one
     * @return largest |derivative - difference| / max(|difference|, 1e-3 of the largest component
     *     of the gradient)
     * @throws IllegalArgumentException if a length, the step or a component is out of range
     */
    public static double relativeError(Smooth f, double[] x, double step, int... components) {
        int n = Require.notNull("f", f).dimension();
        Require.finite("x", Require.length("x", x, n));
        Require.positive("step", step);
        Require.atLeast("number of components", components.length, 1);
        var gradient = new double[n];
        f.gradient(x, gradient);
        double least = 0;
        for (double g : gradient) {
            least = Math.max(least, 1e-3 * Math.abs(g));
        }
        double worst = 0;
        for (int i : components) {
            Require.index("component", i, n);
            double[] at = x.clone();
            at[i] = x[i] + step;
            double ahead = f.value(at);
            at[i] = x[i] - step;
            double difference = (ahead - f.value(at)) / (2 * step);
            double scale = Math.max(Math.abs(difference), least);
            double error = Math.abs(gradient[i] - difference);
            worst = Math.max(worst, error == 0 ? 0 : error / scale);
        }
        return worst;
    }
}
