package org.konvergo.control;

import java.util.function.DoubleUnaryOperator;
import org.konvergo.Require;

/**
 * One-phase Stefan problem with its free boundary as a control: a u_xx = u_t in 0 &lt; x &lt; s(t),
 * u(x, 0) = phi(x), a u_x(0, t) = g(t), a u_x(s(t), t) + gamma s'(t) = chi(t) (Abdulla and
 * Goldfarb, Optimal control of coefficients in parabolic free boundary problems modeling laser
 * ablation, 2017). That u is at the melting temperature on the front is left to the cost.
 *
 * @param start s(0), positive
 * @param horizon T, positive
 * @param latentHeat gamma, finite
 * @param initial phi on [0, s(0)]
 * @param chi on [0, T]
 */
public record StefanProblem(
        double start,
        double horizon,
        double latentHeat,
        DoubleUnaryOperator initial,
        DoubleUnaryOperator chi) {
    /**
     * Checks the arguments.
     *
     * @param start as above
     * @param horizon as above
     * @param latentHeat as above
     * @param initial as above
     * @param chi as above
     * @throws IllegalArgumentException if a number is out of range or a function missing
     */
    public StefanProblem {
        Require.positive("start", start);
        Require.positive("horizon", horizon);
        Require.finite("latentHeat", latentHeat);
        Require.notNull("initial", initial);
        Require.notNull("chi", chi);
    }
}
