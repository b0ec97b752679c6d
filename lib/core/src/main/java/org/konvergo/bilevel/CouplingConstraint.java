package org.konvergo.bilevel;

/**
 * Constraints of a lower level that hold both variables: g(x, y) &lt;= 0 or g(x, y) = 0 in R^p, g
 * differentiable and, for inequalities, convex in y. The gradients are those of lambda'g, which is
 * all that a first-order method asks for.
 */
public interface CouplingConstraint {
    /**
     * Number of upper variables.
     *
     * @return n, at least 1
     */
    int dimensionX();

    /**
     * Number of lower variables.
     *
     * @return m, at least 1
     */
    int dimensionY();

    /**
     * Number of constraints.
     *
     * @return p, at least 0
     */
    int count();

    /**
     * Which kind they are.
     *
     * @return true for g = 0, false for g &lt;= 0
     */
    boolean equality();

    /**
     * The constraints.
     *
     * @param x of length n
     * @param y of length m
     * @param g of length p, overwritten
     */
    void value(double[] x, double[] y, double[] g);

    /**
     * The gradient of lambda'g in x.
     *
     * @param x of length n
     * @param y of length m
     * @param lambda of length p
     * @param gradient of length n, overwritten; none of the other arrays
     */
    void gradientX(double[] x, double[] y, double[] lambda, double[] gradient);

    /**
     * The gradient of lambda'g in y.
     *
     * @param x of length n
     * @param y of length m
     * @param lambda of length p
     * @param gradient of length m, overwritten; none of the other arrays
     */
    void gradientY(double[] x, double[] y, double[] lambda, double[] gradient);
}
