package org.konvergo.problem;

/**
 * A convex-concave saddle problem with a bilinear coupling: min over x in R^n, max over y in R^m of
 * theta1(x) - y'Ax - theta2(y), both functions convex, closed and known by their proximal maps, A
 * known by its products. With theta2(y) = -b'y it is the Lagrangian of min theta1(x) subject to Ax
 * = b.
 */
public interface BilinearSaddleProblem {
    /**
     * Number of primal variables.
     *
     * @return n, at least 1
     */
    int primalDimension();

    /**
     * Number of dual variables.
     *
     * @return m, at least 1
     */
    int dualDimension();

    /**
     * The primal function.
     *
     * @return theta1
     */
    Proximable primal();

    /**
     * The dual function.
     *
     * @return theta2
     */
    Proximable dual();

    /**
     * The coupling.
     *
     * @param x of length n
     * @param ax of length m, overwritten with A x
     */
    void apply(double[] x, double[] ax);

    /**
     * The transposed coupling.
     *
     * @param y of length m
     * @param aty of length n, overwritten with A'y
     */
    void applyTransposed(double[] y, double[] aty);
}
