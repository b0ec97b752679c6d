package org.konvergo.federated;

import org.konvergo.method.OracleCounter;
import org.konvergo.random.RandomStream;

/** How a client works on its local problem. Called for several clients at the same time. */
@FunctionalInterface
public interface LocalSolver {
    /**
     * Works from the anchor.
     *
     * @param problem the client's problem of this round
     * @param epochs how much work it manages, in passes over its samples, at least 1
     * @param random the client's stream of this round
     * @param calls where the work is counted
     * @return the client's model, a new array
     */
    double[] solve(LocalProblem problem, int epochs, RandomStream random, OracleCounter calls);
}
