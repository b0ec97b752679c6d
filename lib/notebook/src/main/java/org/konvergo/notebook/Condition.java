package org.konvergo.notebook;

import java.util.function.DoublePredicate;
import org.konvergo.Require;
import org.konvergo.notebook.display.Numbers;

/**
 * What a measured figure must fulfil. NaN fulfils none.
 *
 * @param text for the reader, such as {@code >= 10}
 * @param test the condition itself
 */
public record Condition(String text, DoublePredicate test) {
    /**
     * At least a bound.
     *
     * @param bound finite; allowed itself
     * @return the condition
     * @throws IllegalArgumentException if the bound is not finite
     */
    public static Condition atLeast(double bound) {
        Require.finite("bound", bound);
        return new Condition(">= " + Numbers.format(bound), x -> x >= bound);
    }

    /**
     * At most a bound.
     *
     * @param bound finite; allowed itself
     * @return the condition
     * @throws IllegalArgumentException if the bound is not finite
     */
    public static Condition atMost(double bound) {
        Require.finite("bound", bound);
        return new Condition("<= " + Numbers.format(bound), x -> x <= bound);
    }

    /**
     * In a closed interval.
     *
     * @param low lower end, finite
     * @param high upper end, finite, not below low
     * @return the condition
     * @throws IllegalArgumentException if the ends are not finite or in the wrong order
     */
    public static Condition between(double low, double high) {
        Require.finite("low", low);
        Require.finite("high", high);
        Require.that(low <= high, "high", "at least low = " + low, high);
        return new Condition(
                "in [" + Numbers.format(low) + ", " + Numbers.format(high) + "]",
                x -> x >= low && x <= high);
    }

    /**
     * Near a target.
     *
     * @param target finite
     * @param tolerance largest distance allowed, not negative
     * @return the condition
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static Condition within(double target, double tolerance) {
        Require.finite("target", target);
        Require.nonNegative("tolerance", tolerance);
        return new Condition(
                Numbers.format(target) + " ± " + Numbers.format(tolerance),
                x -> Math.abs(x - target) <= tolerance);
    }

    boolean holds(double x) {
        return !Double.isNaN(x) && test.test(x);
    }
}
