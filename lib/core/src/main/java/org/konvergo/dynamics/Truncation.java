package org.konvergo.dynamics;

import java.util.function.DoubleUnaryOperator;
import org.konvergo.Require;

/**
 * How far out a scheme with a given step believes in coefficients that grow faster than linearly:
 * within |x| &lt;= K(step). If mu bounds the coefficients, sup of |f|, |g|, |g g_x| over |x| &lt;=
 * r at most mu(r), the radius is mu^-1(h step^-epsilon), so that no step is longer than about h
 * step^(1 - epsilon) (Mao, The truncated Euler-Maruyama method for stochastic differential
 * equations, Journal of Computational and Applied Mathematics 290, 2015).
 *
 * @param radius gives K, positive or infinite, for a step
 */
public record Truncation(DoubleUnaryOperator radius) {
    /**
     * Checks the argument.
     *
     * @param radius as above
     * @throws IllegalArgumentException if it is missing
     */
    public Truncation {
        Require.notNull("radius", radius);
    }

    /**
     * No truncation, as in the classical schemes.
     *
     * @return an infinite radius
     */
    public static Truncation none() {
        return new Truncation(step -> Double.POSITIVE_INFINITY);
    }

    /**
     * The rule for coefficients of polynomial growth, mu(r) = c r^p: K = (h step^-epsilon / c)^(1 /
     * p).
     *
     * @param coefficient c, positive
     * @param power p, positive
     * @param level h, at least mu(1) = c
     * @param epsilon in (0, 1/4]
     * @return the rule
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static Truncation polynomial(
            double coefficient, double power, double level, double epsilon) {
        Require.positive("coefficient", coefficient);
        Require.positive("power", power);
        Require.finite("level", level);
        Require.that(level >= coefficient, "level", "at least mu(1) = " + coefficient, level);
        Require.positive("epsilon", epsilon);
        Require.within("epsilon", epsilon, 0, 0.25);
        return new Truncation(
                step ->
                        StrictMath.pow(
                                level * StrictMath.pow(step, -epsilon) / coefficient, 1 / power));
    }

    /**
     * The radius for a step.
     *
     * @param step positive
     * @return K, above zero, perhaps infinite
     * @throws IllegalArgumentException if the step is not positive or the rule gives no radius
     */
    public double at(double step) {
        double k = radius.applyAsDouble(Require.positive("step", step));
        Require.that(k > 0, "radius of step " + step, "above zero", k);
        return k;
    }
}
