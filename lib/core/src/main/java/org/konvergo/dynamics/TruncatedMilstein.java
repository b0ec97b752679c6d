package org.konvergo.dynamics;

import org.konvergo.Require;

/**
 * The truncated Milstein scheme: with y = clip(X_k, -K, K), X_{k+1} = X_k + f(t_k, y) h + g(t_k, y)
 * dB + g g_x(t_k, y) (dB^2 - h) / 2 (Liu, Wu and Zuo, A Milstein-type method for highly non-linear
 * non-autonomous time-changed stochastic differential equations, 2023). Without truncation it is
 * Milstein's.
 *
 * @param sde the equation
 * @param truncation the rule for K
 */
public record TruncatedMilstein(ScalarSde sde, Truncation truncation) implements SdeScheme {
    /**
     * Checks the arguments.
     *
     * @param sde as above
     * @param truncation as above
     * @throws IllegalArgumentException if one is missing
     */
    public TruncatedMilstein {
        Require.notNull("sde", sde);
        Require.notNull("truncation", truncation);
    }

    @Override
    public double increment(double t, double at, double step, double db) {
        double g = sde.diffusion().applyAsDouble(t, at);
        double correction = 0.5 * g * sde.diffusionSlope().applyAsDouble(t, at);
        return sde.drift().applyAsDouble(t, at) * step + g * db + correction * (db * db - step);
    }
}
