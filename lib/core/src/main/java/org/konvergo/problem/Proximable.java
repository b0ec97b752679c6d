package org.konvergo.problem;

/** A convex function h with a computable proximal map, such as a norm or an indicator. */
public interface Proximable {
    /**
     * The function.
     *
     * @param x point
     * @return h(x), possibly infinite
     */
    double value(double[] x);

    /**
     * The proximal map: the minimiser over z of h(z) + |z - x|^2 / (2 step).
     *
     * @param step positive
     * @param x point
     * @param result of the length of x, overwritten; may be x itself
     */
    void prox(double step, double[] x, double[] result);
}
