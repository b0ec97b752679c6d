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
}
