package org.konvergo.problem;

/**
 * A differentiable function phi(x, y) of an upper variable x in R^n and a lower variable y in R^m,
 * as both levels of a {@link BilevelProblem} are. Second derivatives are known by products; a
 * method that asks for none never calls them.
 */
public interface BilevelObjective {
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
     * The function.
     *
     * @param x of length n
     * @param y of length m
     * @return phi(x, y)
     */
    double value(double[] x, double[] y);

    /**
     * The gradient in x.
     *
     * @param x of length n
     * @param y of length m
     * @param gradient of length n, overwritten; not x itself
     */
    void gradientX(double[] x, double[] y, double[] gradient);

    /**
     * The gradient in y.
     *
     * @param x of length n
     * @param y of length m
     * @param gradient of length m, overwritten; not y itself
     */
    void gradientY(double[] x, double[] y, double[] gradient);

    /**
     * The Hessian in y times a vector.
     *
     * @param x of length n
     * @param y of length m
     * @param v of length m
     * @param product of length m, overwritten; none of the other arrays
     * @throws UnsupportedOperationException if the function has no second derivatives
     */
    void hessianYY(double[] x, double[] y, double[] v, double[] product);

    /**
     * The mixed Hessian times a vector: entry i is the sum over j of the derivative by x[i] and
     * y[j] times v[j].
     *
     * @param x of length n
     * @param y of length m
     * @param v of length m
     * @param product of length n, overwritten; none of the other arrays
     * @throws UnsupportedOperationException if the function has no second derivatives
     */
    void hessianXY(double[] x, double[] y, double[] v, double[] product);

    /**
     * The function of y alone, at a fixed x.
     *
     * @param x of length n; not copied, so that the function follows it
     * @return y to phi(x, y)
     */
    default TwiceSmooth inY(double[] x) {
        return new BilevelSlice(this, x);
    }

    /**
     * A linear combination a f + b g, such as a penalty function or an average of two levels.
     *
     * @param a any finite number
     * @param f a function
     * @param b any finite number
     * @param g a function of the same variables
     * @return the combination, computed from both at each call
     * @throws IllegalArgumentException if a number is not finite, a function is null or the
     *     dimensions differ
     */
    static BilevelObjective combination(
            double a, BilevelObjective f, double b, BilevelObjective g) {
        return new BilevelCombination(a, f, b, g);
    }
}
