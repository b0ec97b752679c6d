package org.konvergo.federated;

import java.util.ArrayList;
import java.util.List;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.Parallel;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.FederatedProblem;
import org.konvergo.random.RandomStream;

/**
 * FedProx, and FedAvg as its special case: each round some clients start from the server's model
 * and work on F_k(w) + (mu/2) |w - model|^2; the server averages their models.
 *
 * <p>Li, Sahu, Zaheer, Sanjabi, Talwalkar and Smith, Federated Optimization in Heterogeneous
 * Networks, MLSys 2020, algorithm 2; FedAvg: McMahan, Moore, Ramage, Hampson and Aguera y Arcas,
 * AISTATS 2017.
 *
 * <p>What is drawn in round t depends on the stream and t alone: methods with the same stream meet
 * the same clients, stragglers and minibatches.
 *
 * @param problem the clients
 * @param solver their local solver
 * @param mu weight of the proximal term, at least 0
 * @param participation who takes part in a round
 * @param w0 first model, of the problem's dimension
 * @param random stream from which each round's draws are split; nothing is drawn from it directly
 */
public record FedProx(
        FederatedProblem problem,
        LocalSolver solver,
        double mu,
        Participation participation,
        double[] w0,
        RandomStream random)
        implements Method<FedProx.State> {
    /** Products of samples, epochs and parameters in a round from which threads pay. */
    private static final double PARALLEL_WORK = 3e6;

    /**
     * The server between two rounds.
     *
     * @param round rounds done
     * @param model the server's model w^t
     */
    public record State(long round, double[] model) {}

    /**
     * Checks the arguments.
     *
     * @param problem as above
     * @param solver as above
     * @param mu as above
     * @param participation as above
     * @param w0 as above
     * @param random as above
     * @throws IllegalArgumentException if mu is negative, more clients are drawn than there are or
     *     the first model does not fit
     */
    public FedProx {
        Require.notNull("problem", problem);
        Require.notNull("solver", solver);
        Require.nonNegative("mu", mu);
        Require.notNull("participation", participation);
        if (participation.sampling() == ClientSampling.UNIFORM) {
            Require.that(
                    participation.perRound() <= problem.clients(),
                    "perRound",
                    "at most the number of clients, " + problem.clients(),
                    participation.perRound());
        }
        Require.finite("w0", Require.length("w0", w0, problem.dimension()));
        Require.notNull("random", random);
    }

    /**
     * FedProx from the zero model.
     *
     * @param problem the clients
     * @param solver their local solver
     * @param mu weight of the proximal term, at least 0
     * @param participation who takes part in a round
     * @param random stream from which each round's draws are split
     * @return the method
     * @throws IllegalArgumentException as the constructor
     */
    public static FedProx of(
            FederatedProblem problem,
            LocalSolver solver,
            double mu,
            Participation participation,
            RandomStream random) {
        Require.notNull("problem", problem);
        return new FedProx(
                problem, solver, mu, participation, new double[problem.dimension()], random);
    }

    /**
     * FedAvg from the zero model: no proximal term, stragglers are dropped.
     *
     * @param problem the clients
     * @param solver their local solver
     * @param participation who takes part in a round; the stragglers' work is dropped
     * @param random stream from which each round's draws are split
     * @return the method
     * @throws IllegalArgumentException as the constructor
     */
    public static FedProx fedAvg(
            FederatedProblem problem,
            LocalSolver solver,
            Participation participation,
            RandomStream random) {
        Require.notNull("participation", participation);
        return of(problem, solver, 0, participation.dropPartial(), random);
    }

    @Override
    public State start() {
        return new State(0, w0.clone());
    }

    @Override
    public State step(State state, OracleCounter calls) {
        var draws = random.split("round", state.round());
        int[] clients =
                participation
                        .sampling()
                        .draw(problem, participation.perRound(), draws.split("clients", 0));
        int[] epochs =
                participation.stragglers().draw(clients.length, draws.split("stragglers", 0));
        int[] used = used(epochs);

        // Algorithm 2, line 5: w_k approximately minimises h_k(w; w^t).
        List<Reply> replies =
                map(
                        used.length,
                        work(clients, epochs, used) > PARALLEL_WORK,
                        i -> {
                            int slot = used[i];
                            var local =
                                    new LocalProblem(
                                            problem.client(clients[slot]), mu, state.model());
                            var count = new OracleCounter();
                            double[] w =
                                    solver.solve(
                                            local, epochs[slot], draws.split("work", slot), count);
                            return new Reply(w, count);
                        });

        // Line 6: the server averages. Without replies it keeps its model.
        double[] model = used.length == 0 ? state.model() : new double[w0.length];
        double total = 0;
        for (int slot : used) {
            total += participation.sampling().weight(problem, clients[slot]);
        }
        for (int i = 0; i < used.length; i++) {
            double weight = participation.sampling().weight(problem, clients[used[i]]);
            Kernels.axpy(weight / total, replies.get(i).model, model);
            for (var oracle : Oracle.values()) {
                calls.add(oracle, replies.get(i).calls.count(oracle));
            }
        }
        calls.add(Oracle.COMMUNICATION_ROUND, 1);
        calls.add(Oracle.FLOATS_SENT, (long) (clients.length + used.length) * w0.length);
        return new State(state.round() + 1, model);
    }

    private record Reply(double[] model, OracleCounter calls) {}

    /** Which of the drawn clients return a model that the server uses. */
    private int[] used(int[] epochs) {
        int full = participation.stragglers().epochs();
        return java.util.stream.IntStream.range(0, epochs.length)
                .filter(i -> participation.keepPartial() || epochs[i] == full)
                .toArray();
    }

    private double work(int[] clients, int[] epochs, int[] used) {
        double work = 0;
        for (int slot : used) {
            work += (double) epochs[slot] * problem.client(clients[slot]).terms() * w0.length;
        }
        return work;
    }

    private static <T> List<T> map(
            int count, boolean parallel, java.util.function.IntFunction<T> function) {
        if (parallel) {
            return Parallel.map(count, function);
        }
        var results = new ArrayList<T>(count);
        for (int i = 0; i < count; i++) {
            results.add(function.apply(i));
        }
        return results;
    }
}
