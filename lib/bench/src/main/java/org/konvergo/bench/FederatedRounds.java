package org.konvergo.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.federated.Clients;
import org.konvergo.federated.FedProx;
import org.konvergo.federated.FederatedData;
import org.konvergo.federated.LocalSgd;
import org.konvergo.federated.Participation;
import org.konvergo.federated.StragglerModel;
import org.konvergo.federated.SyntheticFederatedData;
import org.konvergo.problem.FederatedProblem;
import org.konvergo.problem.MultinomialLogistic;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

/**
 * Rounds of FedAvg or FedProx with local minibatch SGD on multinomial logistic regression, on the
 * data Synthetic(1, 1) of the FedProx paper. Peers visit the same clients and samples in the same
 * order: the inputs hold what the library draws.
 */
final class FederatedRounds extends Workload {
    private static final int PER_ROUND = 10;
    private static final int EPOCHS = 20;
    private static final int BATCH = 10;
    private static final double STEP = 0.01;
    private static final int CLASSES = SyntheticFederatedData.CLASSES;

    private final double mu;
    private final int largest;
    private final int rounds;

    /**
     * A workload.
     *
     * @param kind fedavg or fedprox
     * @param mu weight of the proximal term
     * @param largest number of samples of a client at most
     * @param rounds how many
     */
    FederatedRounds(String kind, double mu, int largest, int rounds) {
        super(kind, Integer.toString(rounds));
        this.mu = mu;
        this.largest = largest;
        this.rounds = rounds;
    }

    @Override
    String title() {
        String method = mu == 0 ? "FedAvg" : "FedProx";
        return method + ", softmax regression, " + rounds + " rounds of 10 clients x 20 epochs";
    }

    private static Participation everyoneFinishes() {
        return Participation.of(PER_ROUND, new StragglerModel(0, EPOCHS));
    }

    private static RandomStream roundsStream() {
        return new RandomStreams(1).stream("bench rounds", 0);
    }

    @Override
    Inputs draw(RandomStream random) {
        FederatedData data =
                SyntheticFederatedData.heterogeneous(1, 1).capped(largest).generate(random);
        int total = data.train().stream().mapToInt(MultinomialLogistic::terms).sum();
        int width = data.train().get(0).features().numCols;
        var features = new DMatrixRMaj(total, width);
        var labels = new int[total];
        var first = new int[data.clients() + 1];
        for (int k = 0; k < data.clients(); k++) {
            var client = data.train().get(k);
            int m = client.terms();
            System.arraycopy(client.features().data, 0, features.data, first[k] * width, m * width);
            System.arraycopy(client.labels(), 0, labels, first[k], m);
            first[k + 1] = first[k] + m;
        }
        var inputs =
                new Inputs()
                        .with("features", features)
                        .with("labels", labels)
                        .with("first", first)
                        .with("mu", mu)
                        .with("rounds", rounds)
                        .with("epochs", EPOCHS)
                        .with("perRound", PER_ROUND)
                        .with("batch", BATCH)
                        .with("step", STEP)
                        .with("classes", CLASSES);
        return withDraws(inputs);
    }

    /**
     * Adds the clients of each round and the order in which each of them visits its samples, drawn
     * as {@link FedProx} and {@link LocalSgd} draw them.
     */
    private Inputs withDraws(Inputs inputs) {
        int[] first = inputs.indices("first");
        var clients = IntStream.builder();
        var order = IntStream.builder();
        FederatedProblem problem = problem(inputs);
        for (int t = 0; t < rounds; t++) {
            var draws = roundsStream().split("round", t);
            int[] drawn =
                    everyoneFinishes()
                            .sampling()
                            .draw(problem, PER_ROUND, draws.split("clients", 0));
            for (int slot = 0; slot < PER_ROUND; slot++) {
                int k = drawn[slot];
                clients.add(k);
                var work = draws.split("work", slot);
                for (int e = 0; e < EPOCHS; e++) {
                    for (int i : work.permutation(first[k + 1] - first[k])) {
                        order.add(first[k] + i);
                    }
                }
            }
        }
        return inputs.with("clients", clients.build().toArray())
                .with("order", order.build().toArray());
    }

    private static FederatedProblem problem(Inputs in) {
        var features = in.matrix("features");
        int[] first = in.indices("first");
        int width = features.numCols;
        var clients = new ArrayList<MultinomialLogistic>();
        for (int k = 0; k + 1 < first.length; k++) {
            double[] rows =
                    Arrays.copyOfRange(features.data, first[k] * width, first[k + 1] * width);
            int[] labels = Arrays.copyOfRange(in.indices("labels"), first[k], first[k + 1]);
            var matrix = DMatrixRMaj.wrap(labels.length, width, rows);
            clients.add(new MultinomialLogistic(matrix, labels, CLASSES));
        }
        return new Clients(List.copyOf(clients));
    }

    @Override
    Map<String, Function<Inputs, Solver<?>>> solvers() {
        var solvers = new LinkedHashMap<String, Function<Inputs, Solver<?>>>();
        solvers.put(
                KONVERGO,
                in -> {
                    FederatedProblem problem = problem(in);
                    return Solver.of(() -> solve(problem));
                });
        solvers.put("PyTorch", TorchFederatedRounds::solver);
        return solvers;
    }

    private double[] solve(FederatedProblem problem) {
        var sgd = new LocalSgd(STEP, BATCH);
        var method = FedProx.of(problem, sgd, mu, everyoneFinishes(), roundsStream());
        var state = method.start();
        for (int t = 0; t < rounds; t++) {
            state = method.step(state);
        }
        return state.model();
    }

    /** Largest difference of the model from the one that plain loops find. */
    @Override
    double measure(Inputs in, double[] model) {
        int[] first = in.indices("first");
        int width = in.matrix("features").numCols;
        var server = new double[CLASSES * width];
        int next = 0;
        for (int t = 0; t < rounds; t++) {
            var sum = new double[server.length];
            double total = 0;
            for (int c = 0; c < PER_ROUND; c++) {
                int k = in.indices("clients")[t * PER_ROUND + c];
                int m = first[k + 1] - first[k];
                double[] local = server.clone();
                for (int e = 0; e < EPOCHS; e++, next += m) {
                    for (int from = next; from < next + m; from += BATCH) {
                        batch(in, from, Math.min(from + BATCH, next + m), server, local);
                    }
                }
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += m * local[i];
                }
                total += m;
            }
            for (int i = 0; i < sum.length; i++) {
                server[i] = sum[i] / total;
            }
        }
        return Plain.difference(model, server);
    }

    private void batch(Inputs in, int from, int to, double[] server, double[] w) {
        var features = in.matrix("features");
        int width = features.numCols;
        var gradient = new double[w.length];
        for (int i = 0; i < w.length; i++) {
            gradient[i] = mu * (w[i] - server[i]);
        }
        for (int s = from; s < to; s++) {
            int row = in.indices("order")[s];
            var p = new double[CLASSES];
            double total = 0;
            for (int c = 0; c < CLASSES; c++) {
                for (int j = 0; j < width; j++) {
                    p[c] += w[c * width + j] * features.get(row, j);
                }
                p[c] = StrictMath.exp(p[c]); // Scores of these data are small.
                total += p[c];
            }
            for (int c = 0; c < CLASSES; c++) {
                double slope = p[c] / total - (c == in.indices("labels")[row] ? 1 : 0);
                for (int j = 0; j < width; j++) {
                    gradient[c * width + j] += slope / (to - from) * features.get(row, j);
                }
            }
        }
        for (int i = 0; i < w.length; i++) {
            w[i] -= STEP * gradient[i];
        }
    }

    @Override
    double tolerance() {
        return 1e-9;
    }
}
