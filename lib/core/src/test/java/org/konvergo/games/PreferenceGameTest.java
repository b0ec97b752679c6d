package org.konvergo.games;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Oracle;
import org.konvergo.method.Run;
import org.konvergo.method.Stop;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

class PreferenceGameTest {
    /** With P(1,2) = 1/2 + a, P(2,3) = 1/2 + b, P(3,1) = 1/2 + c the equilibrium is (b, c, a). */
    private static final PreferenceGame CYCLE =
            new PreferenceGame(
                    new DMatrixRMaj(new double[][] {{.5, .9, .2}, {.1, .5, .8}, {.8, .2, .5}}));

    private static RandomStream stream(long replicate) {
        return new RandomStreams(1).stream("preference games", replicate);
    }

    /** Half random, half transitive. */
    private static PreferenceGame random(int n, RandomStream random) {
        double[] rewards = random.gaussians(n);
        var scores = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double score = random.gaussian() + rewards[i] - rewards[j];
                scores.set(i, j, score);
                scores.set(j, i, -score);
            }
        }
        return PreferenceGame.ofScores(scores);
    }

    private static double[] policy(int n, RandomStream random) {
        var ones = new double[n];
        Arrays.fill(ones, 1);
        return random.dirichlet(ones);
    }

    @Test
    void cyclicEquilibriumIsKnown() {
        assertArrayEquals(new double[] {.3, .3, .4}, CYCLE.solveNash(), 1e-12);
        assertEquals(0, CYCLE.nashGap(new double[] {.3, .3, .4}), 1e-15);
        assertEquals(0.3, CYCLE.nashGap(new double[] {0, 0, 1}), 1e-15);
    }

    @Property(tries = 50)
    void cyclesHaveTheClosedForm(@ForAll @LongRange long seed) {
        var random = stream(seed);
        double a = random.uniform(0.05, 0.5);
        double b = random.uniform(0.05, 0.5);
        double c = random.uniform(0.05, 0.5);
        var p =
                new DMatrixRMaj(
                        new double[][] {
                            {.5, .5 + a, .5 - c}, {.5 - a, .5, .5 + b}, {.5 + c, .5 - b, .5}
                        });
        double total = a + b + c;
        assertArrayEquals(
                new double[] {b / total, c / total, a / total},
                new PreferenceGame(p).solveNash(),
                1e-11);
    }

    @Property(tries = 30)
    void linearProgrammeLeavesNoGap(@ForAll @LongRange long seed) {
        var random = stream(seed);
        var game = random(2 + random.integer(30), random);
        double[] nash = game.solveNash();
        assertEquals(1, Kernels.sum(nash), 1e-12);
        assertTrue(Arrays.stream(nash).allMatch(p -> p >= 0));
        assertEquals(0, game.nashGap(nash), 1e-9);
    }

    @Test
    void largerGamesAreSolved() {
        var game = random(120, stream(7));
        assertEquals(0, game.nashGap(game.solveNash()), 1e-9);
    }

    @Test
    void nobodyBeatsItself() {
        var random = stream(0);
        var game = random(9, random);
        for (int i = 0; i < 10; i++) {
            double[] policy = policy(9, random);
            double[] other = policy(9, random);
            assertEquals(0.5, game.winRate(policy, policy), 1e-12);
            assertEquals(1, game.winRate(policy, other) + game.winRate(other, policy), 1e-12);
            assertTrue(game.nashGap(policy) >= -1e-12);
        }
    }

    @Test
    void transitiveGamesAreWonByTheBestResponse() {
        var game = PreferenceGame.bradleyTerry(new double[] {0.3, 1.2, -0.5, 1.1});
        assertArrayEquals(new double[] {0, 1, 0, 0}, game.solveNash(), 1e-12);
        assertEquals(1 / (1 + Math.exp(-0.1)), game.preferences().get(1, 3), 1e-15);
        assertEquals(0, game.nashGap(new double[] {0, 1, 0, 0}), 0);
    }

    @Test
    void oneRoundByHand() {
        var game = new PreferenceGame(new DMatrixRMaj(new double[][] {{.5, .8}, {1 - .8, .5}}));
        assertArrayEquals(new double[] {.65, .35}, game.winRates(game.uniform()), 1e-15);
        var method = MultiplicativeWeights.selfPlay(game, 1);
        var state = method.start();
        assertArrayEquals(new double[] {.5, .5}, state.average(), 0);
        assertTrue(Double.isNaN(state.logNormaliser()));
        state = method.step(state);
        assertEquals(0.5744425, state.policy()[0], 5e-8);
        assertEquals(1 / (1 + Math.exp(-.3)), state.policy()[0], 1e-15);
        assertArrayEquals(new double[] {.5, .5}, state.average(), 1e-16);
        assertEquals(Math.log((Math.exp(.65) + Math.exp(.35)) / 2), state.logNormaliser(), 1e-15);
        assertEquals(1, state.rounds());
    }

    @Test
    void averageKeepsItsBound() {
        for (int seed = 0; seed < 4; seed++) {
            var game = random(20, stream(seed));
            for (int rounds : new int[] {50, 200, 800}) {
                var method =
                        MultiplicativeWeights.selfPlay(
                                game, MultiplicativeWeights.step(20, rounds));
                var trace = Run.of(method).stop(Stop.iterations(rounds)).start();
                double gap = game.nashGap(trace.state().average());
                assertTrue(gap <= MultiplicativeWeights.regretBound(20, rounds), "gap " + gap);
                long[] calls = trace.calls(Oracle.GRADIENT);
                assertEquals(rounds, calls[calls.length - 1]);
            }
        }
    }

    @Test
    void normaliserIsNearHalfOfEta() {
        var game = random(15, stream(3));
        double eta = 0.7;
        var method = MultiplicativeWeights.selfPlay(game, eta);
        var state = method.start();
        for (int t = 0; t < 300; t++) {
            state = method.step(state);
            // Hoeffding's lemma: payoffs lie in an interval of length 1 and have the mean 1/2.
            assertTrue(Math.abs(state.logNormaliser() - eta / 2) <= eta * eta / 8 + 1e-12);
        }
    }

    @Test
    void cyclesKeepTheLastPolicyAway() {
        var trace =
                Run.of(MultiplicativeWeights.selfPlay(CYCLE, 0.05))
                        .stop(Stop.iterations(20_000))
                        .start();
        assertArrayEquals(new double[] {.3, .3, .4}, trace.state().average(), 0.005);
        assertTrue(CYCLE.nashGap(trace.state().policy()) > 0.02);
    }

    @Test
    void probabilitiesMayUnderflow() {
        var game = PreferenceGame.bradleyTerry(new double[] {3, 0, -3});
        var method = MultiplicativeWeights.selfPlay(game, 5);
        var state = method.start();
        for (int t = 0; t < 2000; t++) {
            state = method.step(state);
        }
        assertArrayEquals(new double[] {1, 0, 0}, state.policy(), 0);
        assertTrue(state.logPolicy()[2] < -3000 && Double.isFinite(state.logPolicy()[2]));
    }

    @Test
    void payoffsMayComeFromAnywhere() {
        // One expert is always right: the regret against it stays within the bound.
        int rounds = 400;
        double[] payoff = {1, 0, 0.5};
        var method =
                new MultiplicativeWeights(
                        policy -> payoff, MultiplicativeWeights.step(3, rounds), new double[3]);
        var state = method.start();
        double earned = 0;
        for (int t = 0; t < rounds; t++) {
            earned += Kernels.dot(payoff, state.policy());
            state = method.step(state);
        }
        assertTrue(1 - earned / rounds <= MultiplicativeWeights.regretBound(3, rounds));
    }

    @Test
    void badInputIsRefused() {
        Rejects.bad(() -> new PreferenceGame(new DMatrixRMaj(2, 3)), "preferences", "square");
        Rejects.bad(() -> new PreferenceGame(new DMatrixRMaj(0, 0)), "number of responses");
        double[][] sum = {{.5, .7}, {.4, .5}};
        Rejects.bad(
                () -> new PreferenceGame(new DMatrixRMaj(sum)),
                "preferences(1, 0) + preferences(0, 1)",
                "1.1");
        double[][] diagonal = {{.6, .7}, {.3, .5}};
        Rejects.bad(() -> new PreferenceGame(new DMatrixRMaj(diagonal)), "preferences(0, 0)");
        double[][] beyond = {{.5, 1.5}, {-.5, .5}};
        Rejects.bad(() -> new PreferenceGame(new DMatrixRMaj(beyond)), "preferences(0, 1)", "1.5");
        double[][] nan = {{.5, Double.NaN}, {.5, .5}};
        Rejects.bad(() -> new PreferenceGame(new DMatrixRMaj(nan)), "preferences(0, 1)", "NaN");
        double[][] symmetric = {{0, 1}, {1, 0}};
        Rejects.bad(() -> PreferenceGame.ofScores(new DMatrixRMaj(symmetric)), "scores(0, 1)");
        Rejects.bad(() -> PreferenceGame.bradleyTerry(new double[] {0, Double.NaN}), "rewards[1]");
        Rejects.bad(() -> PreferenceGame.bradleyTerry(new double[0]), "number of responses");
        Rejects.bad(() -> CYCLE.winRates(new double[2]), "policy", "length 3");
        Rejects.bad(() -> CYCLE.winRate(new double[4], new double[3]), "policy", "length 3");
        Rejects.bad(() -> CYCLE.nashGap(new double[2]), "policy");
        Rejects.bad(() -> MultiplicativeWeights.selfPlay(CYCLE, 0), "eta", "0.0");
        Rejects.bad(() -> MultiplicativeWeights.selfPlay(null, 1), "game");
        Rejects.bad(() -> new MultiplicativeWeights(p -> p, 1, new double[0]), "actions");
        Rejects.bad(
                () -> new MultiplicativeWeights(p -> p, 1, new double[] {Double.NaN}),
                "initial[0]");
        Rejects.bad(() -> MultiplicativeWeights.step(1, 10), "actions", "at least 2");
        Rejects.bad(() -> MultiplicativeWeights.regretBound(2, 0), "rounds", "at least 1");
        var shrinking = new MultiplicativeWeights(p -> new double[1], 1, new double[2]);
        Rejects.bad(() -> shrinking.step(shrinking.start()), "payoff", "length 2");
    }
}
