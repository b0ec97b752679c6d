package org.konvergo.method;

/** How {@link SketchAndProject} draws the vector s of a step. */
public enum SketchDistribution {
    /** A unit vector, each row as likely as any other: randomized Kaczmarz on normalised rows. */
    KACZMARZ,
    /**
     * A unit vector, each row in proportion to its squared norm (Strohmer and Vershynin, A
     * randomized Kaczmarz algorithm with exponential convergence, 2009).
     */
    WEIGHTED_KACZMARZ,
    /** A standard Gaussian vector. */
    GAUSSIAN
}
