package org.konvergo.linalg;

/** A linear map of R^n into itself, known by its products with vectors. */
@FunctionalInterface
public interface LinearOperator {
    /**
     * Operator times vector.
     *
     * @param x vector of length n
     * @param y vector of length n, overwritten with the product; not x itself
     */
    void apply(double[] x, double[] y);
}
