package org.konvergo.dynamics;

/** Follows a vector field in time. Stateless: may be used by several threads. */
public interface Integrator {
    /**
     * Advances a state along x' = f(t, x).
     *
     * @param field f
     * @param from the state's time
     * @param to the time to go to; may lie before the other
     * @param x the state, of the field's dimension, finite; replaced by the one at the new time
     * @throws IllegalArgumentException if a time is not finite or the state does not fit
     */
    void advance(VectorField field, double from, double to, double[] x);
}
