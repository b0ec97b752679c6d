package org.konvergo.federated;

import org.konvergo.Require;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.Proximable;
import org.konvergo.random.RandomStream;

/**
 * Exact local solves (gamma = 0), for clients whose objective has a proximal map: the minimiser of
 * h is the map at the anchor with step 1/mu. With mu = 0 each client minimises its own objective,
 * so the map must take an infinite step.
 */
public record ExactLocal() implements LocalSolver {
    /**
     * Solves the local problem, however many epochs are allowed.
     *
     * @throws IllegalArgumentException if the client's objective is not {@link Proximable}
     */
    @Override
    public double[] solve(
            LocalProblem problem, int epochs, RandomStream random, OracleCounter calls) {
        Require.that(
                problem.objective() instanceof Proximable,
                "client objective",
                "Proximable for an exact solve",
                problem.objective().getClass().getSimpleName());
        var w = new double[problem.dimension()];
        ((Proximable) problem.objective()).prox(1 / problem.mu(), problem.anchor(), w);
        calls.add(Oracle.PROX, 1);
        return w;
    }
}
