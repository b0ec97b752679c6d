package org.konvergo.games;

import org.konvergo.Require;

/** Who moves at a tick of best-reply dynamics, and what the movers see of the others. */
public sealed interface Schedule {
    /** All players reply to the present profile at every tick (Jacobi). */
    record Simultaneous() implements Schedule {}

    /** One player moves at a tick, in turn (Gauss-Seidel). */
    record Sequential() implements Schedule {}

    /**
     * Each player moves with a probability and sees the others as they were some ticks ago
     * (Bertsekas and Tsitsiklis, Parallel and Distributed Computation, 1989, chapter 6).
     *
     * @param delays number of possible delays D; each is uniform on 0..D-1, drawn anew for each
     *     pair of players and tick
     * @param probability of moving, in (0, 1]
     */
    record Asynchronous(int delays, double probability) implements Schedule {
        /**
         * Checks the arguments.
         *
         * @param delays as above
         * @param probability as above
         * @throws IllegalArgumentException if delays is below 1 or the probability not in (0, 1]
         */
        public Asynchronous {
            Require.atLeast("delays", delays, 1);
            Require.that(
                    probability > 0 && probability <= 1, "probability", "in (0, 1]", probability);
        }
    }
}
