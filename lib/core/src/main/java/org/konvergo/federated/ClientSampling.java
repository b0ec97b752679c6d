package org.konvergo.federated;

import org.konvergo.Require;
import org.konvergo.problem.FederatedProblem;
import org.konvergo.random.RandomStream;

/** How the server draws the clients of a round and weighs what they return. */
public enum ClientSampling {
    /**
     * Clients drawn uniformly without replacement; models weighted by numbers of samples (the
     * reference code of FedProx and McMahan et al., 2017).
     */
    UNIFORM {
        @Override
        public int[] draw(FederatedProblem problem, int count, RandomStream random) {
            Require.that(
                    count >= 1 && count <= problem.clients(),
                    "count",
                    "in 1.." + problem.clients(),
                    count);
            return random.subset(problem.clients(), count);
        }

        @Override
        public double weight(FederatedProblem problem, int client) {
            return problem.client(client).terms();
        }
    },
    /**
     * Clients drawn with probabilities p_k, with replacement; models weighted equally (algorithm 2
     * of the FedProx paper). A client drawn twice works twice.
     */
    PROPORTIONAL {
        @Override
        public int[] draw(FederatedProblem problem, int count, RandomStream random) {
            Require.atLeast("count", count, 1);
            double[] weights = problem.weights();
            var drawn = new int[count];
            for (int i = 0; i < count; i++) {
                double rest = random.uniform();
                int k = 0;
                while (k < weights.length - 1 && rest >= weights[k]) {
                    rest -= weights[k++];
                }
                drawn[i] = k;
            }
            return drawn;
        }

        @Override
        public double weight(FederatedProblem problem, int client) {
            return 1;
        }
    };

    /**
     * Draws the clients of a round.
     *
     * @param problem whose clients
     * @param count how many, at least 1
     * @param random stream to draw from
     * @return their numbers
     * @throws IllegalArgumentException if the count is out of range
     */
    public abstract int[] draw(FederatedProblem problem, int count, RandomStream random);

    /**
     * Weight of a returned model in the server's average.
     *
     * @param problem whose client
     * @param client its number
     * @return positive; the server divides by the sum of the weights
     */
    public abstract double weight(FederatedProblem problem, int client);
}
