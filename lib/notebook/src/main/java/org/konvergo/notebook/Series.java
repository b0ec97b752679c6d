package org.konvergo.notebook;

import java.util.Arrays;
import org.konvergo.Require;
import org.konvergo.method.Oracle;
import org.konvergo.method.Trace;

/**
 * A named sequence of points, drawn as a line, as points or as bars.
 *
 * @param name for the legend
 * @param x abscissas
 * @param y ordinates; NaN leaves a gap
 */
public record Series(String name, double[] x, double[] y) {
    /**
     * Checks the arguments.
     *
     * @param name for the legend, not empty
     * @param x abscissas, finite
     * @param y ordinates, as many
     * @throws IllegalArgumentException if the name is empty, an abscissa is not finite, or the
     *     lengths differ
     */
    public Series {
        Require.that(name != null && !name.isEmpty(), "name", "not empty", "" + name);
        Require.finite("x of " + name, x);
        Require.length("y of " + name, y, x.length);
        Require.atLeast("number of points of " + name, x.length, 1);
    }

    /**
     * Points.
     *
     * @param name for the legend
     * @param x abscissas
     * @param y ordinates
     * @return the series
     */
    public static Series of(String name, double[] x, double[] y) {
        return new Series(name, x.clone(), y.clone());
    }

    /**
     * Points over integers.
     *
     * @param name for the legend
     * @param x abscissas
     * @param y ordinates
     * @return the series
     */
    public static Series of(String name, int[] x, double[] y) {
        return new Series(name, Arrays.stream(x).asDoubleStream().toArray(), y.clone());
    }

    /**
     * Points over integers.
     *
     * @param name for the legend
     * @param x abscissas
     * @param y ordinates
     * @return the series
     */
    public static Series of(String name, long[] x, double[] y) {
        return new Series(name, Arrays.stream(x).asDoubleStream().toArray(), y.clone());
    }

    /**
     * Points over their index.
     *
     * @param name for the legend
     * @param y ordinates; the abscissas are 0, 1, 2, ...
     * @return the series
     */
    public static Series of(String name, double... y) {
        var x = new double[y.length];
        Arrays.setAll(x, i -> i);
        return new Series(name, x, y.clone());
    }

    /**
     * A measure of a trace over the iterations.
     *
     * @param name for the legend
     * @param trace the trace
     * @param measure the measure's name
     * @return the series
     * @throws IllegalArgumentException if the trace has no such measure
     */
    public static Series of(String name, Trace<?> trace, String measure) {
        return of(name, trace.iterations(), trace.values(measure));
    }

    /**
     * A measure of a trace over the calls of an oracle.
     *
     * @param name for the legend
     * @param trace the trace
     * @param oracle whose calls are the abscissa
     * @param measure the measure's name
     * @return the series
     * @throws IllegalArgumentException if the trace has no such measure
     */
    public static Series of(String name, Trace<?> trace, Oracle oracle, String measure) {
        return of(name, trace.calls(oracle), trace.values(measure));
    }
}
