package org.konvergo.transport;

/** A state of a method that maximises an {@link EntropicTransportDual}. */
public interface DualIterate {
    /**
     * The dual variables.
     *
     * @return a new vector (x, y) of length n + m
     */
    double[] potentials();

    /**
     * How far the plan is from its marginals.
     *
     * @return sum of |P1 - r| and |P'1 - c|, kept by the method, so that asking costs nothing
     */
    double error();
}
