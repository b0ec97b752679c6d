package org.konvergo.federated;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.problem.SampleData.assertClose;
import static org.konvergo.problem.SampleData.assertRefused;
import static org.konvergo.problem.SampleData.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.Parallel;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.method.Run;
import org.konvergo.method.Status;
import org.konvergo.method.Stop;
import org.konvergo.metric.GradientDissimilarity;
import org.konvergo.problem.FederatedProblem;
import org.konvergo.problem.LeastSquares;
import org.konvergo.problem.MultinomialLogistic;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

class FedProxTest {
    private static final StragglerModel NONE = new StragglerModel(0, 4);

    private static RandomStream stream() {
        return new RandomStreams(1).stream("fedprox test", 0);
    }

    /** Three clients of 4, 5 and 6 samples that a peer program can write down too. */
    private static Clients logistics() {
        var clients = new ArrayList<MultinomialLogistic>();
        for (int k = 0; k < 3; k++) {
            int client = k;
            var labels = new int[k + 4];
            Arrays.setAll(labels, i -> (i + client) % 3);
            clients.add(new MultinomialLogistic(features(k + 4, 3, k), labels, 3));
        }
        return new Clients(clients);
    }

    private static double[] model(Method<FedProx.State> method, int rounds) {
        return Run.of(method).stop(Stop.iterations(rounds)).start().state().model();
    }

    private static Participation all(FederatedProblem problem) {
        return Participation.of(problem.clients(), NONE);
    }

    @Test
    void agreesWithAPeer() {
        // The same three rounds in NumPy 2.4.6: full batches, 4 epochs, step 0.5, mu 0.7.
        double[] expected = {
            0.25174778044951346, -0.33201752680585817, -0.014040399768968693,
            -0.1729890475139539, 0.30882650573424525, -0.050590983320839424,
            -0.07875873293555952, 0.023191021071612906, 0.0646313830898081
        };
        var problem = logistics();
        var method = FedProx.of(problem, new LocalSgd(0.5, 100), 0.7, all(problem), stream());
        assertClose(expected, model(method, 3), 1e-14);
    }

    @Test
    void limitIsBiasedAsTheTheorySays() {
        // F_1 = w^2/2 and F_2 = 2 (w - 1)^2, equal weights: the minimiser of the mean is 0.8, the
        // fixed points of exact rounds 0.5, 8/13 and 22/29.
        var problem =
                new Clients(
                        List.of(
                                LeastSquares.separable(new double[] {1}, new double[] {0}),
                                LeastSquares.separable(new double[] {4}, new double[] {1})));
        double[] mu = {0, 1, 10};
        double[] limit = {0.5, 8.0 / 13, 22.0 / 29};
        for (int i = 0; i < mu.length; i++) {
            var method = FedProx.of(problem, new ExactLocal(), mu[i], all(problem), stream());
            assertEquals(limit[i], model(method, 200)[0], 1e-12, "mu " + mu[i]);
        }
    }

    @Test
    void hugeMuKeepsTheModel() {
        var problem = logistics();
        double[] w0 = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        var quadratic =
                new Clients(
                        List.of(LeastSquares.separable(new double[] {1, 2}, new double[] {5, 5})));
        var exact =
                new FedProx(
                        quadratic,
                        new ExactLocal(),
                        1e9,
                        all(quadratic),
                        new double[] {1, 2},
                        stream());
        assertClose(new double[] {1, 2}, model(exact, 1), 1e-7);
        var sgd = new FedProx(problem, new LocalSgd(1e-9, 2), 1e8, all(problem), w0, stream());
        assertClose(w0, model(sgd, 1), 1e-6);
    }

    @Test
    void withoutStragglersAndMuItIsFedAvgBitForBit() {
        var problem = logistics();
        var rounds = Participation.of(2, NONE);
        var sgd = new LocalSgd(0.3, 2);
        assertArrayEquals(
                model(FedProx.fedAvg(problem, sgd, rounds, stream()), 5),
                model(FedProx.of(problem, sgd, 0, rounds, stream()), 5));
    }

    @Test
    void stragglersMakeTheDifference() {
        var problem = logistics();
        var rounds = Participation.of(3, new StragglerModel(0.5, 4));
        var sgd = new LocalSgd(0.3, 2);
        assertFalse(
                Arrays.equals(
                        model(FedProx.fedAvg(problem, sgd, rounds, stream()), 5),
                        model(FedProx.of(problem, sgd, 0, rounds, stream()), 5)));
    }

    @Test
    void withoutRepliesTheServerKeepsItsModel() {
        var problem = logistics();
        // round(1 (1 - 0.9)) = 0 of one client finish.
        var rounds = Participation.of(1, new StragglerModel(0.9, 4));
        var calls = new OracleCounter();
        double[] w0 = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        var method =
                new FedProx(problem, new LocalSgd(0.3, 2), 0, rounds.dropPartial(), w0, stream());
        var state = method.step(method.start(), calls);
        assertArrayEquals(w0, state.model());
        assertEquals(1, state.round());
        assertEquals(0, calls.count(Oracle.GRADIENT));
        assertEquals(9, calls.count(Oracle.FLOATS_SENT)); // down only
    }

    @Test
    void countsWorkAndMessages() {
        var problem = logistics();
        var calls = new OracleCounter();
        var method = FedProx.of(problem, new LocalSgd(0.3, 2), 0, all(problem), stream());
        method.step(method.start(), calls);
        assertEquals(4 * (2 + 3 + 3), calls.count(Oracle.GRADIENT));
        assertEquals(1, calls.count(Oracle.COMMUNICATION_ROUND));
        assertEquals(2 * 3 * 9, calls.count(Oracle.FLOATS_SENT));
    }

    @Test
    void threadsDoNotChangeBits() {
        var data = SyntheticFederatedData.heterogeneous(1, 1).capped(200).generate(stream());
        var rounds = Participation.of(10, new StragglerModel(0.5, 5));
        var method = FedProx.of(data, new LocalSgd(0.01, 10), 1, rounds, stream());
        double[] parallel = model(method, 2);
        // A loop inside a loop runs on its own thread.
        for (double[] sequential : Parallel.map(2, i -> model(method, 2))) {
            assertArrayEquals(parallel, sequential);
        }
    }

    @Test
    void equalModelsAverageToThemselves() {
        var same = logistics().client(0);
        var problem = new Clients(List.of(same, same, same));
        var one = new Clients(List.of(same));
        var sgd = new LocalSgd(0.5, 100);
        assertClose(
                model(FedProx.of(one, sgd, 0.5, all(one), stream()), 3),
                model(FedProx.of(problem, sgd, 0.5, all(problem), stream()), 3),
                1e-14);
    }

    @Test
    void divergenceIsSeen() {
        var problem =
                new Clients(List.of(LeastSquares.separable(new double[] {1}, new double[] {1})));
        var method = FedProx.of(problem, new LocalSgd(1e200, 1), 0, all(problem), stream());
        var trace =
                Run.of(method)
                        .measure("loss", s -> problem.value(s.model()))
                        .stop(Stop.iterations(5))
                        .start();
        assertEquals(Status.DIVERGED, trace.status());
    }

    @Property(tries = 30)
    void exactRoundsDecreaseAsTheoremFourSays(
            @ForAll @DoubleRange(min = 10, max = 100) double mu,
            @ForAll @DoubleRange(min = 0, max = 0.2) double spread) {
        var draws = stream();
        var clients = new ArrayList<LeastSquares>();
        double smoothness = 0;
        for (int k = 0; k < 6; k++) {
            var a = new double[3];
            var c = new double[3];
            Arrays.setAll(a, j -> draws.uniform(0.5, 1.5));
            Arrays.setAll(c, j -> spread * draws.gaussian());
            smoothness = Math.max(smoothness, Kernels.normInf(a));
            clients.add(LeastSquares.separable(a, c));
        }
        var problem = new Clients(clients);
        var method =
                new FedProx(
                        problem, new ExactLocal(), mu, all(problem), new double[] {5, 5, 5}, draws);
        var state = method.start();
        for (int t = 0; t < 20; t++) {
            double[] w = state.model();
            var d = GradientDissimilarity.of(problem.clientGradients(w), problem.weights());
            double rho = FedProxBound.exact(mu, d.dissimilarity(), smoothness).rho();
            double before = problem.value(w);
            state = method.step(state);
            double gain = before - problem.value(state.model());
            double promised = rho * d.gradientNorm() * d.gradientNorm();
            assertTrue(rho <= 0 || gain >= promised - 1e-12 * before, "round " + t);
        }
    }

    @Test
    void globalGradientIsTheWeightedMean() {
        var problem = logistics();
        double[] w = {0.1, 0, 0.2, 0, -0.3, 0, 0.5, 0, 0};
        assertClose(new double[] {4 / 15.0, 5 / 15.0, 6 / 15.0}, problem.weights(), 1e-16);
        var gradient = new double[9];
        problem.gradient(w, gradient);
        double h = 1e-5;
        for (int j = 0; j < 9; j++) {
            double[] up = w.clone();
            double[] down = w.clone();
            up[j] += h;
            down[j] -= h;
            double slope = (problem.value(up) - problem.value(down)) / (2 * h);
            assertEquals(slope, gradient[j], 1e-8);
        }
    }

    @Test
    void refusesBadInput() {
        var problem = logistics();
        var sgd = new LocalSgd(0.1, 2);
        var two = Participation.of(2, NONE);
        assertRefused("mu", () -> FedProx.of(problem, sgd, -0.1, two, stream()));
        assertRefused("problem", () -> FedProx.of(null, sgd, 0, two, stream()));
        assertRefused("solver", () -> FedProx.of(problem, null, 0, two, stream()));
        assertRefused("participation", () -> FedProx.of(problem, sgd, 0, null, stream()));
        assertRefused("participation", () -> FedProx.fedAvg(problem, sgd, null, stream()));
        assertRefused("random", () -> FedProx.of(problem, sgd, 0, two, null));
        assertRefused("w0", () -> new FedProx(problem, sgd, 0, two, new double[8], stream()));
        assertRefused(
                "perRound", () -> FedProx.of(problem, sgd, 0, Participation.of(4, NONE), stream()));
        assertRefused("perRound", () -> Participation.of(0, NONE));
        assertRefused("stragglers", () -> Participation.of(1, null));
        assertRefused("sampling", () -> new Participation(1, null, NONE, true));
        assertRefused("number of clients", () -> new Clients(List.of()));
        assertRefused(
                "objectives[1]",
                () ->
                        new Clients(
                                List.of(
                                        problem.client(0),
                                        LeastSquares.separable(new double[1], new double[1]))));
        assertRefused("k", () -> problem.client(3));
    }
}
