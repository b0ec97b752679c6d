package org.konvergo.federated;

import java.util.List;
import org.konvergo.Require;
import org.konvergo.problem.FederatedProblem;
import org.konvergo.problem.FiniteSum;

/**
 * A federated problem from any objectives, such as quadratics; a client weighs as many samples as
 * its objective has terms.
 *
 * @param objectives one a client, all of the same dimension
 */
public record Clients(List<? extends FiniteSum> objectives) implements FederatedProblem {
    /**
     * Checks the argument.
     *
     * @param objectives as above
     * @throws IllegalArgumentException if there is no client or the dimensions differ
     */
    public Clients {
        objectives = List.copyOf(Require.notNull("objectives", objectives));
        Require.atLeast("number of clients", objectives.size(), 1);
        int n = objectives.get(0).dimension();
        for (int k = 0; k < objectives.size(); k++) {
            Require.that(
                    objectives.get(k).dimension() == n,
                    "objectives[" + k + "]",
                    "of dimension " + n,
                    objectives.get(k).dimension());
        }
    }

    @Override
    public int clients() {
        return objectives.size();
    }

    @Override
    public FiniteSum client(int k) {
        return objectives.get(Require.index("k", k, objectives.size()));
    }
}
