package org.konvergo.games;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.PerronVector;
import org.konvergo.linalg.SimplexProjection;
import org.konvergo.linalg.SpectralRadius;
import org.konvergo.method.Oracle;
import org.konvergo.method.Run;
import org.konvergo.method.Status;
import org.konvergo.method.Stop;
import org.konvergo.metric.BestReplyResidual;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

class InterferenceGameTest {
    private static final Schedule SIMULTANEOUS = new Schedule.Simultaneous();
    private static final Schedule SEQUENTIAL = new Schedule.Sequential();
    private static final double[][] OFF_DIAGONAL = {{0.6, 0.4}, {0.6, 0.4}};

    private static RandomStream stream(long seed) {
        return new RandomStreams(seed).stream("games", 0);
    }

    /** Two users, two carriers, all direct gains 1. */
    private static InterferenceGame pair(double cross) {
        double[] one = {1, 1};
        double[] other = {cross, cross};
        return new InterferenceGame(
                new double[][][] {{one, other}, {other, one}}, 0.1, new double[] {1, 1});
    }

    /** Bounded direct gains and weak cross gains, so that the contraction condition holds. */
    private static InterferenceGame random(int users, int carriers, double cross, long seed) {
        var random = stream(seed);
        var gains = new double[users][users][carriers];
        for (int r = 0; r < users; r++) {
            for (int q = 0; q < users; q++) {
                for (int k = 0; k < carriers; k++) {
                    double g = random.exponential();
                    gains[r][q][k] = r == q ? 0.5 + 0.5 * g : cross * g;
                }
            }
        }
        var budgets = new double[users];
        Arrays.fill(budgets, 1);
        return new InterferenceGame(gains, 0.1, budgets);
    }

    private static double[] simplexPoint(int n, RandomStream random) {
        var ones = new double[n];
        Arrays.fill(ones, 1);
        return random.dirichlet(ones);
    }

    @Test
    void waterFillingByHand() {
        var w = WaterFilling.of(new double[] {0.1, 0.4, 1.0}, 1);
        assertArrayEquals(new double[] {0.65, 0.35, 0}, w.power(), 1e-15);
        assertEquals(0.75, w.level(), 1e-15);
        assertArrayEquals(
                new double[] {0.2, 0, 0},
                WaterFilling.of(new double[] {0.1, 0.4, 2}, 0.2).power(),
                1e-15);
        // A level exactly at a carrier's noise leaves it empty.
        assertArrayEquals(new double[] {1, 0}, WaterFilling.of(new double[] {0, 1}, 1).power(), 0);
    }

    @Property
    void waterFillingIsTheProjection(
            @ForAll @IntRange(min = 1, max = 40) int n,
            @ForAll @DoubleRange(min = 0.01, max = 100) double budget,
            @ForAll @LongRange long seed) {
        var random = stream(seed);
        var noise = new double[n];
        Arrays.setAll(noise, k -> random.exponential());
        double[] minus = noise.clone();
        Kernels.scale(-1, minus);
        double[] p = WaterFilling.of(noise, budget).power();
        assertArrayEquals(SimplexProjection.project(minus, budget), p, 1e-12 * Math.max(1, budget));
        assertEquals(budget, Kernels.sum(p), 1e-12 * Math.max(1, budget));
    }

    @Property(tries = 200)
    void projectionIsNearestAndNonexpansive(
            @ForAll @IntRange(min = 1, max = 10) int n, @ForAll @LongRange long seed) {
        var random = stream(seed);
        double[] v = random.gaussians(n);
        double[] w = random.gaussians(n);
        double[] p = SimplexProjection.project(v, 1);
        double[] rival = simplexPoint(n, random);
        assertTrue(Kernels.distance2(v, p) <= Kernels.distance2(v, rival) + 1e-12);
        assertTrue(
                Kernels.distance2(p, SimplexProjection.project(w, 1))
                        <= Kernels.distance2(v, w) + 1e-12);
        assertArrayEquals(p, SimplexProjection.project(p, 1), 1e-15);
    }

    @Test
    void oneUserIsOptimalAfterOneStep() {
        var game = random(1, 8, 0, 3);
        var trace =
                Run.of(new BestResponseDynamics(game, SIMULTANEOUS, game.uniform(), stream(0)))
                        .measure("residual", s -> BestReplyResidual.of(game, s.profile()))
                        .stop(Stop.below("residual", 1e-15).or(Stop.iterations(9)))
                        .start();
        assertEquals(1, trace.iteration());
        double rate = game.payoff(0, trace.state().profile());
        var random = stream(1);
        for (int i = 0; i < 1000; i++) {
            assertTrue(game.payoff(0, new double[][] {simplexPoint(8, random)}) <= rate + 1e-12);
        }
    }

    @Test
    void rateByHand() {
        var game = pair(2);
        double[][] profile = {{1, 0}, {0.25, 0.75}};
        // log2(1 + 1 / (0.1 + 2 * 0.25))
        assertEquals(Math.log(1 + 1 / 0.6) / Math.log(2), game.payoff(0, profile), 1e-14);
    }

    @Test
    void symmetricPairAttainsTheBound() {
        var game = pair(0.5);
        assertEquals(0.5, SpectralRadius.of(game.interferenceMatrix()), 1e-15);
        var trace =
                Run.of(new BestResponseDynamics(game, SIMULTANEOUS, OFF_DIAGONAL, stream(0)))
                        .measure("distance", s -> Math.abs(s.profile()[0][0] - 0.5))
                        .stop(Stop.iterations(10))
                        .start();
        double[] distance = trace.values("distance");
        for (int t = 0; t < distance.length; t++) {
            assertEquals(Math.scalb(0.1, -t), distance[t], 1e-15);
        }
    }

    @Test
    void strongInterferenceFlipsForEver() {
        var method = new BestResponseDynamics(pair(2), SIMULTANEOUS, OFF_DIAGONAL, stream(0));
        double[][] expected = {{0.3, 0.7}, {0.9, 0.1}, {0, 1}, {1, 0}, {0, 1}, {1, 0}};
        var state = method.start();
        for (double[] e : expected) {
            state = method.step(state);
            assertArrayEquals(e, state.profile()[0], 1e-12);
            assertArrayEquals(e, state.profile()[1], 1e-12);
        }
    }

    @Test
    void sequentialSettlesWhereSimultaneousFlips() {
        var game = pair(2);
        var trace =
                Run.of(new BestResponseDynamics(game, SEQUENTIAL, OFF_DIAGONAL, stream(0)))
                        .measure("residual", s -> BestReplyResidual.of(game, s.profile()))
                        .stop(Stop.below("residual", 1e-12).or(Stop.iterations(20)))
                        .start();
        assertEquals(Status.CONVERGED, trace.status());
        assertTrue(trace.state().moves() <= 4, "moves: " + trace.state().moves());
        double[][] p = trace.state().profile();
        assertEquals(1, Math.abs(p[0][0] - p[1][0]), 1e-12);
    }

    @Test
    void dampingMultipliesTheErrorByOneMinusThreeBeta() {
        var method =
                new BestResponseDynamics(pair(2), SIMULTANEOUS, OFF_DIAGONAL, stream(0))
                        .withDamping(0.3);
        var state = method.start();
        double error = 0.1;
        for (int t = 0; t < 8; t++) {
            state = method.step(state);
            error *= 0.1;
            assertEquals(error, state.profile()[0][0] - 0.5, 1e-14);
        }
    }

    @Property(tries = 100)
    void bestRepliesContract(@ForAll @LongRange long seed) {
        var game = random(4, 8, 0.05, seed);
        var perron = PerronVector.of(game.interferenceMatrix());
        var random = stream(seed).split("profiles", 0);
        var p = new double[4][];
        var q = new double[4][];
        for (int i = 0; i < 4; i++) {
            p[i] = simplexPoint(8, random);
            q[i] = simplexPoint(8, random);
        }
        double before = 0;
        double after = 0;
        for (int i = 0; i < 4; i++) {
            double w = perron.vector()[i];
            before = Math.max(before, Kernels.distance2(p[i], q[i]) / w);
            after =
                    Math.max(
                            after,
                            Kernels.distance2(game.bestReply(i, p), game.bestReply(i, q)) / w);
        }
        assertTrue(after <= perron.radius() * before + 1e-12);
    }

    @Test
    void everyScheduleReachesTheSameEquilibrium() {
        var game = random(5, 16, 0.02, 7);
        assertTrue(PerronVector.of(game.interferenceMatrix()).radius() < 1);
        double[][] reference = null;
        for (Schedule schedule :
                new Schedule[] {SIMULTANEOUS, SEQUENTIAL, new Schedule.Asynchronous(5, 0.5)}) {
            var trace =
                    Run.of(new BestResponseDynamics(game, schedule, game.uniform(), stream(1)))
                            .measure("residual", s -> BestReplyResidual.of(game, s.profile()))
                            .stop(Stop.below("residual", 1e-12).or(Stop.iterations(3000)))
                            .start();
            assertEquals(Status.CONVERGED, trace.status());
            var p = trace.state().profile();
            if (reference == null) {
                reference = p;
            }
            for (int q = 0; q < 5; q++) {
                assertArrayEquals(reference[q], p[q], 1e-11);
            }
            long[] replies = trace.calls(Oracle.PROX);
            assertEquals(trace.state().moves(), replies[replies.length - 1]);
        }
    }

    @Test
    void asynchronousWithoutDelayAndAlwaysMovingIsSimultaneous() {
        var game = random(3, 4, 0.5, 2);
        var jacobi = new BestResponseDynamics(game, SIMULTANEOUS, game.uniform(), stream(0));
        var async =
                new BestResponseDynamics(
                        game, new Schedule.Asynchronous(1, 1), game.uniform(), stream(0));
        var a = jacobi.start();
        var b = async.start();
        for (int t = 0; t < 5; t++) {
            a = jacobi.step(a);
            b = async.step(b);
            assertTrue(Arrays.deepEquals(a.profile(), b.profile()));
        }
    }

    @Test
    void runsRepeatBitForBit() {
        var game = random(3, 4, 0.5, 2);
        var method =
                new BestResponseDynamics(
                                game, new Schedule.Asynchronous(5, 0.5), game.uniform(), stream(9))
                        .withReply((q, seen, noise) -> game.noisyReply(q, seen, 0.1, noise));
        var a = Run.of(method).stop(Stop.iterations(40)).start().state().profile();
        var b = Run.of(method).stop(Stop.iterations(40)).start().state().profile();
        assertTrue(Arrays.deepEquals(a, b));
        assertNotEquals(
                a[0][0],
                Run.of(method.withReply((q, seen, noise) -> game.bestReply(q, seen)))
                        .stop(Stop.iterations(40))
                        .start()
                        .state()
                        .profile()[0][0]);
    }

    @Test
    void noiseWithoutSpreadIsExact() {
        var game = random(3, 4, 0.5, 2);
        assertArrayEquals(
                game.bestReply(1, game.uniform()),
                game.noisyReply(1, game.uniform(), 0, stream(0)));
    }

    @Test
    void indicesAreTransmitterThenReceiver() {
        // User 0 is heard by user 1 (gain 0.5), not the other way round.
        double[] one = {1};
        var game =
                new InterferenceGame(
                        new double[][][] {{one, {0.5}}, {{0}, one}}, 1, new double[] {2, 1});
        assertEquals(0.5, game.interferenceMatrix().get(1, 0));
        assertEquals(0, game.interferenceMatrix().get(0, 1));
        assertArrayEquals(new double[] {2}, game.interference(1, new double[][] {{2}, {1}}));
        assertArrayEquals(new double[] {1}, game.interference(0, new double[][] {{2}, {1}}));
    }

    /** Many carriers, of which few lie under water: the bits of sorting them all. */
    @Test
    void waterFillingOfManyCarriersIsThatOfSortingThem() {
        for (int trial = 0; trial < 300; trial++) {
            var random = new RandomStreams(5).stream("carriers", trial);
            double[] noise = random.uniforms(20 + random.integer(100));
            if (trial % 3 == 0) {
                Arrays.setAll(noise, k -> Math.rint(8 * noise[k]) / 8); // ties
            }
            double budget = trial % 5 == 0 ? 1e-3 : trial % 7 == 0 ? 100 : 1;
            double[] sorted = noise.clone();
            Arrays.sort(sorted);
            double sum = 0;
            double level = Double.NaN;
            for (int m = 1; m <= sorted.length; m++) {
                sum += sorted[m - 1];
                double candidate = (budget + sum) / m;
                if (!(sorted[m - 1] < candidate)) {
                    break;
                }
                level = candidate;
            }
            assertEquals(level, WaterFilling.of(noise, budget).level(), 0);
        }
    }

    /** Asking for the residual before each step changes nothing. */
    @Test
    void measuredRepliesAreThoseOfTheStep() {
        var random = new RandomStreams(6).stream("measured", 0);
        var game = strongGame();
        for (var schedule :
                List.of(
                        new Schedule.Simultaneous(),
                        new Schedule.Sequential(),
                        new Schedule.Asynchronous(3, 0.5))) {
            var dynamics = new BestResponseDynamics(game, schedule, game.uniform(), random);
            for (var method : List.of(dynamics, dynamics.withDamping(0.5))) {
                var asked = method.start();
                var plain = method.start();
                for (int t = 0; t < 12; t++) {
                    assertEquals(
                            BestReplyResidual.of(game, plain.profile()), method.residual(asked), 0);
                    asked = method.step(asked);
                    plain = method.step(plain);
                    assertTrue(Arrays.deepEquals(asked.profile(), plain.profile()));
                }
            }
        }
    }

    @Test
    void oddPowersAreSeen() {
        var game = strongGame();
        double[][] profile = game.uniform();
        profile[0][1] = Double.NaN;
        Rejects.bad(() -> game.bestReply(0, profile), "profile[0][1]", "NaN");
        profile[0][1] = -1;
        Rejects.bad(() -> game.bestReply(1, profile), "profile[0][1]", "-1");
        // What a user sends itself does not matter.
        profile[0][1] = Double.POSITIVE_INFINITY;
        assertArrayEquals(game.bestReply(0, game.uniform()), game.bestReply(0, profile), 0);
        Rejects.bad(() -> game.bestReply(0, new double[][] {{1, 1}, {1}}), "profile[1]");
        Rejects.bad(() -> game.bestReply(0, new double[][] {{1, 1}}), "profile", "2 users");
    }

    private static InterferenceGame strongGame() {
        double[][] one = {{1, 0.5}, {0.3, 0.2}};
        double[][] two = {{0.1, 0.4}, {0.7, 1}};
        return new InterferenceGame(new double[][][] {one, two}, 0.1, new double[] {1, 2});
    }

    @Test
    void badGamesAreRefused() {
        double[] one = {1, 1};
        double[] zero = {0, 1};
        double[] budgets = {1, 1};
        double[][][] good = {{one, zero}, {zero, one}};
        Rejects.bad(() -> new InterferenceGame(good, 0, budgets), "noise", "0.0");
        Rejects.bad(() -> new InterferenceGame(good, 1, new double[] {1}), "budgets", "length 2");
        Rejects.bad(() -> new InterferenceGame(good, 1, new double[] {1, 0}), "budgets[1]");
        Rejects.bad(
                () -> new InterferenceGame(new double[][][] {{zero, one}, {one, one}}, 1, budgets),
                "gains[0][0][0]",
                "positive");
        Rejects.bad(
                () ->
                        new InterferenceGame(
                                new double[][][] {{one, {1, -1}}, {one, one}}, 1, budgets),
                "gains[0][1][1]");
        Rejects.bad(
                () -> new InterferenceGame(new double[][][] {{one}, {one, one}}, 1, budgets),
                "gains[0]",
                "length 2");
        var game = pair(1);
        Rejects.bad(() -> game.bestReply(2, game.uniform()), "player", "0..1");
        Rejects.bad(() -> game.bestReply(0, new double[1][2]), "profile", "2 users");
        Rejects.bad(() -> game.bestReply(0, new double[2][3]), "profile[0]", "length 2");
        Rejects.bad(
                () -> game.payoff(0, new double[][] {{1, -1}, {1, 0}}), "profile[0][1]", "-1.0");
        Rejects.bad(() -> game.noisyReply(0, game.uniform(), -1, stream(0)), "spread");
        Rejects.bad(() -> WaterFilling.of(new double[0], 1), "carriers");
        Rejects.bad(() -> WaterFilling.of(new double[] {Double.NaN}, 1), "noise[0]");
        Rejects.bad(() -> WaterFilling.of(new double[] {1}, 0), "budget");
        Rejects.bad(() -> SimplexProjection.project(new double[0], 1), "length of v");
        Rejects.bad(() -> SimplexProjection.project(new double[] {1}, -1), "radius");
        Rejects.bad(() -> new Schedule.Asynchronous(0, 0.5), "delays");
        Rejects.bad(() -> new Schedule.Asynchronous(1, 0), "probability");
        var dynamics = new BestResponseDynamics(game, SIMULTANEOUS, game.uniform(), stream(0));
        Rejects.bad(() -> dynamics.withDamping(0), "damping");
        Rejects.bad(() -> dynamics.withDamping(1.1), "damping", "1.1");
        Rejects.bad(
                () -> new BestResponseDynamics(game, SIMULTANEOUS, new double[1][2], stream(0)),
                "initial");
    }
}
