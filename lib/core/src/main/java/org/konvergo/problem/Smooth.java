package org.konvergo.problem;

/** A differentiable function f from R^n to R. */
public interface Smooth {
    /**
     * Number of variables.
     *
     * @return n, at least 1
     */
    int dimension();

    /**
     * The function.
     *
     * @param x point of length n
     * @return f(x)
     */
    double value(double[] x);

    /**
     * The gradient.
     *
     * @param x point of length n
     * @param gradient of length n, overwritten; not x itself
     */
    void gradient(double[] x, double[] gradient);

    /**
     * The function and its gradient at once, which is often cheaper than one after the other.
     *
     * @param x point of length n
     * @param gradient of length n, overwritten; not x itself
     * @return f(x)
     */
    default double valueAndGradient(double[] x, double[] gradient) {
        gradient(x, gradient);
        return value(x);
    }

    /**
     * The function -f, for instance to maximise f by a method that minimises.
     *
     * @return -f, computed from f at each call
     */
    default Smooth negated() {
        return new Negated(this);
    }
}
