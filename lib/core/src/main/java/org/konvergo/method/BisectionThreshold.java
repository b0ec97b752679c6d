package org.konvergo.method;

import java.util.function.DoublePredicate;
import org.konvergo.Require;

/**
 * The value of a parameter at which a property changes, enclosed by bisection: the largest step
 * with which a method converges, for instance. If it changes several times, one of the changes.
 * {@link BisectionRoot} is the same for the sign of a function.
 *
 * @param low lower end of the enclosure
 * @param high upper end, not below the lower
 */
public record BisectionThreshold(double low, double high) {
    /**
     * Checks the arguments.
     *
     * @param low as above
     * @param high as above
     * @throws IllegalArgumentException if an end is not finite or they are in the wrong order
     */
    public BisectionThreshold {
        Require.finite("low", low);
        Require.finite("high", high);
        Require.that(low <= high, "high", "at least low = " + low, high);
    }

    /**
     * Halves an interval a number of times, keeping the half at whose ends the property differs.
     *
     * @param property asked at both ends and once a step
     * @param low lower end, finite
     * @param high upper end, above the lower
     * @param steps number of halvings, at least 0
     * @return an enclosure of length (high - low) / 2^steps
     * @throws IllegalArgumentException if the ends are in the wrong order or the property is the
     *     same at both
     */
    public static BisectionThreshold of(
            DoublePredicate property, double low, double high, int steps) {
        Require.notNull("property", property);
        Require.atLeast("steps", steps, 0);
        var enclosure = new BisectionThreshold(low, high);
        boolean atLow = property.test(low);
        Require.that(
                property.test(high) != atLow,
                "property",
                "different at " + low + " and " + high,
                atLow + " at both");
        for (int step = 0; step < steps; step++) {
            enclosure = enclosure.half(property.test(enclosure.middle()) == atLow);
        }
        return enclosure;
    }

    /** The upper half if the middle is like the lower end, else the lower half. */
    BisectionThreshold half(boolean likeLow) {
        return likeLow
                ? new BisectionThreshold(middle(), high)
                : new BisectionThreshold(low, middle());
    }

    /**
     * The best single figure.
     *
     * @return the middle of the enclosure
     */
    public double middle() {
        return low + (high - low) / 2;
    }
}
