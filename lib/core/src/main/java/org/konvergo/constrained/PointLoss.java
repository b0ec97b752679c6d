package org.konvergo.constrained;

/**
 * A convex loss of one predicted number, with a known derivative and proximal map. The loss of
 * several outputs is the sum over them.
 */
public interface PointLoss {
    /**
     * The loss.
     *
     * @param f what is predicted
     * @param y the target
     * @return the loss, non-negative
     */
    double value(double f, double y);

    /**
     * Its derivative in the prediction; at a kink any subgradient.
     *
     * @param f what is predicted
     * @param y the target
     * @return the derivative
     */
    double derivative(double f, double y);

    /**
     * The minimiser over p of step * loss(p, y) + (p - z)^2 / 2.
     *
     * @param step positive
     * @param z any number
     * @param y the target
     * @return the minimiser
     */
    double prox(double step, double z, double y);

    /**
     * The squared loss (f - y)^2.
     *
     * @return the loss
     */
    static PointLoss squared() {
        return SquaredPointLoss.INSTANCE;
    }

    /**
     * The hinge loss max(0, 1 - y f), for targets +1 and -1.
     *
     * @return the loss
     */
    static PointLoss hinge() {
        return HingePointLoss.INSTANCE;
    }
}
