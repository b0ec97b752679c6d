package org.konvergo.bench;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One way to solve a workload, ready to run: what it needs is prepared, and every call of {@code
 * solve} does the whole work anew.
 *
 * @param solve the work that is timed
 * @param answer turns its result into numbers that a {@link Workload} can judge; not timed; null
 *     for a limit, such as a copy through memory, which solves nothing
 * @param <T> type of the result
 */
record Solver<T>(Supplier<T> solve, Function<T, double[]> answer) {
    static Solver<double[]> of(Supplier<double[]> solve) {
        return new Solver<>(solve, Function.identity());
    }

    static Solver<double[]> limit(Supplier<double[]> work) {
        return new Solver<>(work, null);
    }

    boolean isLimit() {
        return answer == null;
    }

    double[] solveOnce() {
        return answer.apply(solve.get());
    }
}
