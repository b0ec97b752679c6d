package org.konvergo.method;

/**
 * An iterative algorithm. Its parameters are immutable; what changes is the state. It does no input
 * or output and knows no clock.
 *
 * @param <S> the state of an iteration
 */
public interface Method<S> {
    /**
     * The state before the first step.
     *
     * @return a new state
     */
    S start();

    /**
     * One iteration.
     *
     * @param state the current state; used up by the call, so keep no reference to it
     * @param calls where the oracle calls of this step are counted
     * @return the next state, possibly the same object
     */
    S step(S state, OracleCounter calls);

    /**
     * One iteration, uncounted.
     *
     * @param state the current state; used up by the call
     * @return the next state
     */
    default S step(S state) {
        return step(state, new OracleCounter());
    }
}
