package org.konvergo.dynamics;

/** The right-hand side of an ordinary differential equation x' = f(t, x). */
public interface VectorField {
    /**
     * Number of unknowns.
     *
     * @return at least 1
     */
    int dimension();

    /**
     * Evaluates f.
     *
     * @param t time
     * @param x state, of the field's dimension; kept
     * @param slope where f(t, x) goes, of the same length and another array
     */
    void slope(double t, double[] x, double[] slope);
}
