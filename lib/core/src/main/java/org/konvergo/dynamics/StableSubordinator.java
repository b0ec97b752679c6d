package org.konvergo.dynamics;

import org.konvergo.Require;
import org.konvergo.linalg.Elementary;
import org.konvergo.random.RandomStream;

/**
 * The one-sided stable process D of index alpha in (0, 1): it only rises, by jumps with heavy
 * tails, and the mean of exp(-r D(t)) is exp(-t r^alpha). D(t) has the law of t^(1/alpha) D(1).
 *
 * @param alpha index, in (0, 1)
 */
public record StableSubordinator(double alpha) {
    /**
     * Checks the argument.
     *
     * @param alpha as above
     * @throws IllegalArgumentException if it is out of range
     */
    public StableSubordinator {
        Require.that(alpha > 0 && alpha < 1, "alpha", "in (0, 1)", alpha);
    }

    /**
     * Draws an increment (Kanter, Stable densities under change of scale and total variation
     * inequalities, Annals of Probability 3, 1975).
     *
     * @param dt length of the step, positive
     * @param random where it comes from
     * @return D(t + dt) - D(t), non-negative
     * @throws IllegalArgumentException if the step is not positive
     */
    public double increment(double dt, RandomStream random) {
        return unchecked(Elementary.log(Require.positive("dt", dt)), random);
    }

    /** For loops, in which the logarithm of the step is known. */
    double unchecked(double logStep, RandomStream random) {
        double u = Math.PI * (1 - random.uniform()); // in (0, pi]
        return Elementary.exp(logStep / alpha + logKanter(u, random.exponential()));
    }

    /**
     * Kanter's formula: sin(alpha u) / sin(u)^(1/alpha) * (sin((1 - alpha) u) / w)^((1 - alpha) /
     * alpha), which has the law of D(1) if u is uniform on (0, pi) and w exponential.
     *
     * @param u in (0, pi)
     * @param w positive
     * @return a positive number
     * @throws IllegalArgumentException if an argument is out of range
     */
    public double kanter(double u, double w) {
        Require.that(u > 0 && u < Math.PI, "u", "in (0, pi)", u);
        Require.positive("w", w);
        return Elementary.exp(logKanter(u, w));
    }

    private double logKanter(double u, double w) {
        double rest = Elementary.log(StrictMath.sin((1 - alpha) * u) / w);
        return Elementary.log(StrictMath.sin(alpha * u))
                + ((1 - alpha) * rest - Elementary.log(StrictMath.sin(u))) / alpha;
    }
}
