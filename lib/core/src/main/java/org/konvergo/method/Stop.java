package org.konvergo.method;

import java.util.Optional;
import org.konvergo.Require;

/** A stopping rule. Rules compose with {@link #or} and {@link #and}. */
public interface Stop {
    /**
     * Why a run ends.
     *
     * @param status how it ended
     * @param message a sentence for the reader
     */
    record Reason(Status status, String message) {}

    /**
     * Decides after each iteration, and once before the first.
     *
     * @param view the run
     * @return a reason to end it, or nothing
     */
    Optional<Reason> check(RunView view);

    /**
     * How far the run is on its way to this rule's budget.
     *
     * @param view the run
     * @return a number in [0, 1]; 0 if the rule has no budget
     */
    default double fraction(RunView view) {
        return 0;
    }

    /**
     * Ends after a number of iterations.
     *
     * @param limit at least 0
     * @return the rule
     * @throws IllegalArgumentException if the limit is negative
     */
    static Stop iterations(long limit) {
        Require.that(limit >= 0, "limit", "at least 0", limit);
        return new Budget(
                "iterations", limit, view -> view.iteration(), () -> limit + " iterations done");
    }

    /**
     * Ends when an oracle has been called a number of times; the last iteration may overshoot.
     *
     * @param oracle which
     * @param limit at least 1
     * @return the rule
     * @throws IllegalArgumentException if the limit is below 1
     */
    static Stop calls(Oracle oracle, long limit) {
        Require.that(limit >= 1, "limit", "at least 1", limit);
        return new Budget(
                oracle.label(),
                limit,
                view -> view.calls(oracle),
                () -> limit + " " + oracle.label() + " used");
    }

    /**
     * Ends after a time in steps. What such a run returns depends on the machine.
     *
     * @param limit in seconds, positive
     * @return the rule
     * @throws IllegalArgumentException if the limit is not positive
     */
    static Stop seconds(double limit) {
        Require.positive("limit", limit);
        return new Budget("seconds", limit, RunView::seconds, () -> limit + " s used");
    }

    /**
     * Ends when a measured quantity is at most a tolerance. Looked at only where it is measured.
     *
     * @param measure its name, as given to the run
     * @param tolerance finite
     * @return the rule
     * @throws IllegalArgumentException if the tolerance is not finite
     */
    static Stop below(String measure, double tolerance) {
        Require.finite("tolerance", tolerance);
        return view ->
                view.measured() && view.measure(measure) <= tolerance
                        ? Optional.of(
                                new Reason(
                                        Status.CONVERGED,
                                        measure + " " + view.measure(measure) + " <= " + tolerance))
                        : Optional.empty();
    }

    /**
     * Ends when either rule does; this one is asked first.
     *
     * @param other the second rule
     * @return the rule
     */
    default Stop or(Stop other) {
        return new Either(this, Require.notNull("other", other));
    }

    /**
     * Ends when both rules do; counts as converged only if both are.
     *
     * @param other the second rule
     * @return the rule
     */
    default Stop and(Stop other) {
        return new Both(this, Require.notNull("other", other));
    }
}
