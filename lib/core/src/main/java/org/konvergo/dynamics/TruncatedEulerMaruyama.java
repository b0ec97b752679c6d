package org.konvergo.dynamics;

import org.konvergo.Require;

/**
 * The truncated Euler-Maruyama scheme: with y = clip(X_k, -K, K), X_{k+1} = X_k + f(t_k, y) h +
 * g(t_k, y) dB (Mao, The truncated Euler-Maruyama method for stochastic differential equations,
 * Journal of Computational and Applied Mathematics 290, 2015).
 *
 * @param sde the equation; the derivative of its diffusion is not used
 * @param truncation the rule for K
 */
public record TruncatedEulerMaruyama(ScalarSde sde, Truncation truncation) implements SdeScheme {
    /**
     * Checks the arguments.
     *
     * @param sde as above
     * @param truncation as above
     * @throws IllegalArgumentException if one is missing
     */
    public TruncatedEulerMaruyama {
        Require.notNull("sde", sde);
        Require.notNull("truncation", truncation);
    }

    @Override
    public double increment(double t, double at, double step, double db) {
        return sde.drift().applyAsDouble(t, at) * step + sde.diffusion().applyAsDouble(t, at) * db;
    }
}
