package org.konvergo.method;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.konvergo.Require;

/**
 * Zeros of a continuous function of one variable by bisection: where it goes from positive to not
 * positive, or back.
 */
public final class BisectionRoot {
    private BisectionRoot() {}

    /**
     * One zero between two points.
     *
     * @param function continuous, positive at one end and not at the other
     * @param low lower end, finite
     * @param high upper end, finite, above the lower
     * @param tolerance length of the enclosure at which to stop, positive; halving also stops where
     *     no double lies between its ends
     * @return the middle of the enclosure
     * @throws IllegalArgumentException if the ends are in the wrong order, the function is NaN or
     *     has the same sign at both ends
     */
    public static double of(
            DoubleUnaryOperator function, double low, double high, double tolerance) {
        Require.notNull("function", function);
        Require.finite("low", low);
        Require.finite("high", high);
        Require.that(low < high, "high", "above low = " + low, high);
        Require.positive("tolerance", tolerance);
        boolean positive = positive(function, low);
        Require.that(
                positive(function, high) != positive,
                "function",
                "positive at one of " + low + " and " + high,
                (positive ? "positive" : "not positive") + " at both");
        var enclosure = new BisectionThreshold(low, high);
        double middle = enclosure.middle();
        while (enclosure.high() - enclosure.low() > tolerance
                && middle > enclosure.low()
                && middle < enclosure.high()) {
            enclosure = enclosure.half(positive(function, middle) == positive);
            middle = enclosure.middle();
        }
        return middle;
    }

    /**
     * A zero between each two neighbours of a grid where the function changes its sign. Of two
     * zeros between neighbours it sees none.
     *
     * @param function continuous
     * @param grid at least two points, finite and ascending
     * @param tolerance as for {@link #of}
     * @return the zeros, ascending
     * @throws IllegalArgumentException if the grid is not ascending, the tolerance not positive or
     *     the function NaN at a point
     */
    public static double[] all(DoubleUnaryOperator function, double[] grid, double tolerance) {
        Require.notNull("function", function);
        Require.atLeast("length of grid", Require.finite("grid", grid).length, 2);
        Require.positive("tolerance", tolerance);
        var roots = DoubleStream.builder();
        boolean before = positive(function, grid[0]);
        for (int i = 1; i < grid.length; i++) {
            Require.that(grid[i - 1] < grid[i], "grid[" + i + "]", "above the one before", grid[i]);
            boolean here = positive(function, grid[i]);
            if (here != before) {
                roots.add(of(function, grid[i - 1], grid[i], tolerance));
            }
            before = here;
        }
        return roots.build().toArray();
    }

    private static boolean positive(DoubleUnaryOperator function, double x) {
        double value = function.applyAsDouble(x);
        Require.that(!Double.isNaN(value), "function", "a number at " + x, value);
        return value > 0;
    }
}
