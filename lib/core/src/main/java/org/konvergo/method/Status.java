package org.konvergo.method;

/** How a run ended. */
public enum Status {
    /** A tolerance was reached. */
    CONVERGED,
    /** A budget of iterations, oracle calls or time was used up. */
    EXHAUSTED,
    /** A measure became NaN or infinite. */
    DIVERGED,
    /**
     * The thread was interrupted, by Jupyter's stop button for instance; the trace so far is kept.
     */
    INTERRUPTED
}
