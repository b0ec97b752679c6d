package org.konvergo.method;

/** What stopping rules and listeners see of a run. */
public interface RunView {
    /**
     * Steps done.
     *
     * @return 0 before the first step
     */
    long iteration();

    /**
     * Time spent in steps, measuring apart.
     *
     * @return seconds
     */
    double seconds();

    /**
     * Oracle calls so far.
     *
     * @param oracle which
     * @return how many
     */
    long calls(Oracle oracle);

    /**
     * Whether the measures were taken at this iteration.
     *
     * @return true if {@link #measure} is of this iteration
     */
    boolean measured();

    /**
     * The last measured value of a quantity.
     *
     * @param name as given to the run
     * @return its value
     * @throws IllegalArgumentException if the run has no such measure; names those it has
     */
    double measure(String name);

    /**
     * How far the run is on its way to its budget.
     *
     * @return a number in [0, 1]; 0 where the rules have no budget
     */
    double fraction();
}
