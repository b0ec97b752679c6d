package org.konvergo.method;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;

/**
 * How far to go along a momentum m: x = x - factor(|m|) m. The length of the step is what tells
 * gradient descent from its clipped and normalised kin.
 */
@FunctionalInterface
public interface MomentumStep {
    /**
     * The factor of the momentum.
     *
     * @param norm |m|, positive
     * @return what m is multiplied by
     */
    double factor(double norm);

    /**
     * Moves a point. Where the momentum is zero nothing moves.
     *
     * @param momentum m
     * @param x the point, as long, overwritten
     * @throws IllegalArgumentException if the lengths differ
     */
    default void apply(double[] momentum, double[] x) {
        double norm = Kernels.norm2(momentum);
        if (norm != 0) {
            Kernels.axpy(-factor(norm), momentum, x);
        }
    }

    /**
     * The plain step, as long as the gradient wants: x - eta m.
     *
     * @param eta positive
     * @return the rule
     * @throws IllegalArgumentException if eta is not positive
     */
    static MomentumStep plain(double eta) {
        Require.positive("eta", eta);
        return norm -> eta;
    }

    /**
     * The normalised step, of length eta whatever the gradient: x - eta m / |m| (Cutkosky and
     * Mehta, Momentum improves normalized SGD, 2020).
     *
     * @param eta length of the step, positive
     * @return the rule
     * @throws IllegalArgumentException if eta is not positive
     */
    static MomentumStep normalized(double eta) {
        Require.positive("eta", eta);
        return norm -> eta / norm;
    }

    /**
     * The clipped step, plain up to |m| = clip and of length eta clip beyond.
     *
     * @param eta positive
     * @param clip positive
     * @return the rule
     * @throws IllegalArgumentException if an argument is not positive
     */
    static MomentumStep clipped(double eta, double clip) {
        Require.positive("eta", eta);
        Require.positive("clip", clip);
        return norm -> eta * Math.min(1, clip / norm);
    }
}
