package org.konvergo.constrained;

import org.konvergo.Require;

/**
 * The radius of robustness that a Lipschitz constant certifies: if f is alpha-Lipschitz, no change
 * of x of length below |f(x)| / alpha can change the sign of f(x).
 */
public final class CertifiedRadius {
    private CertifiedRadius() {}

    /**
     * The certified radius of a decision by sign.
     *
     * @param value f(x)
     * @param label the right sign, +1 or -1
     * @param alpha Lipschitz constant of f, positive
     * @return |f(x)| / alpha if f(x) has the label's sign, else 0
     * @throws IllegalArgumentException if the label is not +1 or -1, alpha is not positive, or the
     *     value is not finite
     */
    public static double of(double value, double label, double alpha) {
        Require.finite("value", value);
        Require.that(label == 1 || label == -1, "label", "+1 or -1", label);
        Require.positive("alpha", alpha);
        return Math.max(0, value * label) / alpha;
    }
}
