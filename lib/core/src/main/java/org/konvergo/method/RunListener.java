package org.konvergo.method;

/** Hears of a run's iterations, to show progress for instance. */
@FunctionalInterface
public interface RunListener {
    /**
     * Called after each iteration and once before the first.
     *
     * @param view the run; valid during the call
     */
    void iteration(RunView view);

    /**
     * Called once when the run has ended, however it ended.
     *
     * @param status how
     */
    default void ended(Status status) {}
}
