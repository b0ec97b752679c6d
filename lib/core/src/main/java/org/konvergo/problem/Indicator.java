package org.konvergo.problem;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.konvergo.Require;
import org.konvergo.linalg.SimplexProjection;

/**
 * The function that is 0 on a closed convex set and infinite elsewhere. Its proximal map is the
 * projection on the set, whatever the step.
 */
public final class Indicator implements Proximable {
    private static final double TOLERANCE = 1e-12;
    private final UnaryOperator<double[]> projection;

    private Indicator(UnaryOperator<double[]> projection) {
        this.projection = projection;
    }

    /**
     * A set that is known by its projection, such as an {@link
     * org.konvergo.linalg.AffineProjection}.
     *
     * @param projection takes a point, which it leaves as it is, to the nearest one of the set
     * @return the set
     * @throws IllegalArgumentException if the projection is null
     */
    public static Indicator of(UnaryOperator<double[]> projection) {
        return new Indicator(Require.notNull("projection", projection));
    }

    /**
     * The whole space: the function 0.
     *
     * @return an indicator whose projection changes nothing
     */
    public static Indicator none() {
        return new Indicator(z -> z);
    }

    /**
     * The box low &lt;= z &lt;= high.
     *
     * @param low lower bound of all entries, possibly minus infinity
     * @param high upper bound of all entries, at least low, possibly infinite
     * @return the box
     * @throws IllegalArgumentException if high is below low or one is NaN
     */
    public static Indicator box(double low, double high) {
        Require.that(low <= high, "high", "at least low = " + low, high);
        return new Indicator(
                z -> {
                    var p = new double[z.length];
                    Arrays.setAll(p, i -> Math.min(Math.max(z[i], low), high));
                    return p;
                });
    }

    /**
     * The box low[i] &lt;= z[i] &lt;= high[i].
     *
     * @param low lower bound of each entry, possibly minus infinity
     * @param high upper bound of each entry, at least the lower, possibly infinite
     * @return the box
     * @throws IllegalArgumentException if the lengths differ, or an upper bound is below the lower
     *     or one is NaN
     */
    public static Indicator box(double[] low, double[] high) {
        Require.length("high", high, Require.notNull("low", low).length);
        for (int i = 0; i < low.length; i++) {
            Require.that(
                    low[i] <= high[i],
                    "high[" + i + "]",
                    "at least low[" + i + "] = " + low[i],
                    high[i]);
        }
        double[] least = low.clone();
        double[] most = high.clone();
        return new Indicator(
                z -> {
                    Require.length("z", z, least.length);
                    var p = new double[z.length];
                    Arrays.setAll(p, i -> Math.min(Math.max(z[i], least[i]), most[i]));
                    return p;
                });
    }

    /**
     * A product of probability simplices: consecutive blocks of entries, each non-negative with sum
     * 1.
     *
     * @param sizes lengths of the blocks, each at least 1
     * @return the set of strategies of as many players
     * @throws IllegalArgumentException if there is no block or one is empty
     */
    public static Indicator simplices(int... sizes) {
        Require.notNull("sizes", sizes);
        Require.atLeast("number of simplices", sizes.length, 1);
        int total = 0;
        for (int i = 0; i < sizes.length; i++) {
            total += Require.atLeast("sizes[" + i + "]", sizes[i], 1);
        }
        int n = total;
        int[] blocks = sizes.clone();
        return new Indicator(
                z -> {
                    Require.length("z", z, n);
                    var p = new double[n];
                    int from = 0;
                    for (int size : blocks) {
                        double[] block = Arrays.copyOfRange(z, from, from + size);
                        System.arraycopy(SimplexProjection.project(block, 1), 0, p, from, size);
                        from += size;
                    }
                    return p;
                });
    }

    /** 0 if z lies in the set to 1e-12 of its largest entry, else infinity. */
    @Override
    public double value(double[] z) {
        double[] p = projection.apply(z);
        double scale = 1;
        double gap = 0;
        for (int i = 0; i < z.length; i++) {
            scale = Math.max(scale, Math.abs(z[i]));
            gap = Math.max(gap, Math.abs(z[i] - p[i]));
        }
        return gap <= TOLERANCE * scale ? 0 : Double.POSITIVE_INFINITY;
    }

    @Override
    public void prox(double step, double[] z, double[] result) {
        Require.positive("step", step);
        Require.length("result", result, z.length);
        System.arraycopy(projection.apply(z), 0, result, 0, z.length);
    }
}
