package org.konvergo.problem;

/**
 * A convex problem in two parts: min f(x) + g(z) subject to A x = z, where g is known by its
 * proximal map and f by the minimiser of f plus a quadratic in A x. Many constraints fit: what is
 * hard to project onto at once is copied into z piece by piece.
 */
public interface SplitProblem {
    /**
     * Number of variables x.
     *
     * @return n, at least 1
     */
    int primalDimension();

    /**
     * Number of variables z.
     *
     * @return m, at least 1
     */
    int splitDimension();

    /**
     * The coupling.
     *
     * @param x of length n
     * @param ax of length m, overwritten with A x
     */
    void apply(double[] x, double[] ax);

    /**
     * The minimiser over x of f(x) + (rho/2) |A x - target|^2.
     *
     * @param rho positive
     * @param target of length m; kept
     * @param x of length n, overwritten with the minimiser
     */
    void minimize(double rho, double[] target, double[] x);

    /**
     * The second part.
     *
     * @return g
     */
    Proximable split();
}
