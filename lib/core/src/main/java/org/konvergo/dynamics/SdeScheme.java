package org.konvergo.dynamics;

import org.konvergo.Require;

/** An explicit scheme for a {@link ScalarSde} on a grid of equal steps. */
public interface SdeScheme {
    /**
     * The equation.
     *
     * @return dX = f dt + g dB
     */
    ScalarSde sde();

    /**
     * Where the coefficients are cut off.
     *
     * @return the rule; {@link Truncation#none()} for a classical scheme
     */
    Truncation truncation();

    /**
     * What a step adds to the state.
     *
     * @param t time at the beginning of the step
     * @param at the state, within the truncation's radius
     * @param step its length
     * @param db increment of the Brownian motion over it
     * @return the increment of the state
     */
    double increment(double t, double at, double step, double db);

    /**
     * Solves along given increments, from time 0. Only the coefficients see the truncated state;
     * the state itself may lie outside. A path that explodes goes on as infinite or NaN.
     *
     * @param x0 start, finite
     * @param brownian increments and their step
     * @return the states at 0, step, 2 step, ...: one more than increments
     * @throws IllegalArgumentException if the start is not finite
     */
    default double[] path(double x0, BrownianIncrements brownian) {
        Require.finite("x0", x0);
        double step = Require.notNull("brownian", brownian).step();
        double radius = truncation().at(step);
        var x = new double[brownian.size() + 1];
        x[0] = x0;
        for (int k = 0; k < brownian.size(); k++) {
            double at = Math.max(-radius, Math.min(radius, x[k]));
            x[k + 1] = x[k] + increment(k * step, at, step, brownian.increment(k));
        }
        return x;
    }
}
