package org.konvergo.dynamics;

import java.util.function.DoubleBinaryOperator;
import org.konvergo.Require;

/**
 * A stochastic differential equation dX = f(t, X) dt + g(t, X) dB with one unknown. Each function
 * is given t and x, in this order, and must be free of side effects.
 *
 * @param drift f
 * @param diffusion g
 * @param diffusionSlope derivative of g in x
 */
public record ScalarSde(
        DoubleBinaryOperator drift,
        DoubleBinaryOperator diffusion,
        DoubleBinaryOperator diffusionSlope) {
    /**
     * Checks the arguments.
     *
     * @param drift as above
     * @param diffusion as above
     * @param diffusionSlope as above
     * @throws IllegalArgumentException if one is missing
     */
    public ScalarSde {
        Require.notNull("drift", drift);
        Require.notNull("diffusion", diffusion);
        Require.notNull("diffusionSlope", diffusionSlope);
    }
}
