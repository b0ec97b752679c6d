package org.konvergo.problem;

import org.ejml.data.DMatrixRMaj;

/**
 * A function of the form f(x) = phi(A x). A method that moves along a segment need not multiply by
 * A for each trial: A x moves along a segment too.
 */
public interface LinearlyComposed extends Smooth {
    /**
     * The matrix.
     *
     * @return A, p x n; not a copy
     */
    DMatrixRMaj matrix();

    /**
     * The outer function.
     *
     * @param u of length p
     * @return phi(u); plus infinity outside its domain
     */
    double outerValue(double[] u);

    /**
     * The gradient of the outer function.
     *
     * @param u of length p, in the domain
     * @param slopes of length p, overwritten; not u itself
     */
    void outerGradient(double[] u, double[] slopes);
}
