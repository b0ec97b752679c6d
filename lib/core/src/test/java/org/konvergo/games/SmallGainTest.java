package org.konvergo.games;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.linalg.Elementary;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Run;
import org.konvergo.method.Stop;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStreams;
import org.konvergo.saddle.RungeKutta4;

class SmallGainTest {
    private static final double A = 10;
    private static final double B = 0.05;
    private static final QuadraticGame TOY = QuadraticGame.scalar(new double[][] {{1, A}, {B, 1}});

    /** Two players with n variables each, coupled by lambda a R and lambda b R'. */
    private static QuadraticGame coupled(int n, double lambda) {
        var r = RandomMatrices.orthogonal(n, new RandomStreams(1).stream("rotation", 0));
        var one = new DMatrixRMaj(n, n);
        var a12 = new DMatrixRMaj(n, n);
        var a21 = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            one.set(i, i, 1);
            for (int j = 0; j < n; j++) {
                a12.set(i, j, lambda * A * r.get(i, j));
                a21.set(i, j, lambda * B * r.get(j, i));
            }
        }
        return QuadraticGame.twoPlayers(one, a12, one, a21);
    }

    @Test
    void figuresOfTheToyGame() {
        double root = Math.sqrt(A * B);
        assertEquals(-4.025, MonotonicityMargin.of(TOY.jacobian()).margin(), 1e-12);
        var certificate = SmallGainCertificate.of(TOY);
        assertEquals(0.2928932188, certificate.margin(1, 200), 1e-10);
        assertEquals(1 - root, certificate.bestMargin(), 1e-12);
        assertArrayEquals(new double[] {1, 200}, certificate.bestWeights(), 1e-9);
        var weighted = MonotonicityMargin.of(TOY.jacobian(), new double[] {1, 200});
        assertEquals(1 + root, weighted.lipschitz(), 1e-12);
        assertEquals(1 - root, weighted.margin(), 1e-12);
        assertEquals(root, certificate.gain(), 1e-12);
        var band = certificate.band(0).orElseThrow();
        assertEquals(34.314575, band.low(), 1e-6);
        assertEquals(1165.685425, band.high(), 1e-6);
        assertTrue(band.contains(200));
        assertFalse(band.contains(30));
        assertEquals(0, certificate.margin(1, band.low()), 1e-12);
        assertEquals(0, certificate.margin(1, band.high()), 1e-12);
    }

    @Test
    void figuresOfTheLinearQuadraticGame() {
        var game = coupled(8, 0.5);
        assertEquals(-1.5125, MonotonicityMargin.of(game.jacobian()).margin(), 1e-10);
        var certificate = SmallGainCertificate.of(game);
        double[] w = {1, 200};
        assertEquals(0.6464466, certificate.margin(w), 1e-7);
        double beta = MonotonicityMargin.of(game.jacobian(), game.spread(w)).lipschitz();
        assertEquals(1.3535534, beta, 1e-7);
        assertEquals(0.705687, SmallGainCertificate.eulerStep(certificate.margin(w), beta), 1e-6);
        assertEquals(1.4775922, StabilityThreshold.EULER.of(game.jacobian()), 1e-7);
        // The closed form for real eigenvalues: RK4 leaves its region at -2.785293563.
        assertEquals(
                2.785293563 / (1 + 0.5 * Math.sqrt(0.5)),
                StabilityThreshold.RUNGE_KUTTA_4.of(game.jacobian()),
                1e-8);
        assertEquals(2.5 / beta, SmallGainCertificate.rungeKuttaStep(beta), 1e-12);
    }

    @Test
    void onePlayerAndNoCoupling() {
        var one = new SmallGainCertificate(new double[] {3}, new double[1][1]);
        assertEquals(3, one.margin(5), 1e-15);
        assertEquals(3, one.bestMargin(), 1e-15);
        var apart = new SmallGainCertificate(new double[] {3, 2, 7}, new double[3][3]);
        assertEquals(2, apart.margin(1, 10, 0.1), 1e-14);
        assertEquals(2, apart.bestMargin(), 1e-9);
        assertEquals(0, apart.gain(), 1e-9);
        var band =
                new SmallGainCertificate(new double[] {3, 2}, new double[2][2])
                        .band(1)
                        .orElseThrow();
        assertEquals(0, band.low());
        assertEquals(Double.POSITIVE_INFINITY, band.high());
    }

    @Test
    void couplingOneWay() {
        var certificate =
                new SmallGainCertificate(new double[] {1, 2}, new double[][] {{0, 3}, {0, 0}});
        var band = certificate.band(0).orElseThrow();
        assertEquals(9 / 8.0, band.low(), 1e-15);
        assertEquals(Double.POSITIVE_INFINITY, band.high());
        assertEquals(0, certificate.margin(1, 9 / 8.0), 1e-14);
        assertTrue(certificate.bestMargin() > 0.99, () -> "" + certificate.bestMargin());
        assertTrue(certificate.band(1).isEmpty());
        assertTrue(certificate.band(3).isEmpty());
    }

    @Test
    void zeroSumGamesMayDefeatTheCertificate() {
        var game = QuadraticGame.scalar(new double[][] {{1, 2}, {-2, 1}});
        assertEquals(1, MonotonicityMargin.of(game.jacobian()).margin(), 1e-14);
        var certificate = SmallGainCertificate.of(game);
        assertEquals(-1, certificate.bestMargin(), 1e-12);
        assertEquals(2, certificate.gain(), 1e-12);
        assertTrue(certificate.band(0).isEmpty());
    }

    private static SmallGainCertificate random(int players, long seed) {
        var random = new RandomStreams(seed).stream("game", 0);
        var mu = new double[players];
        Arrays.setAll(mu, i -> random.uniform(0.5, 2));
        var l = new double[players][players];
        for (double[] row : l) {
            Arrays.setAll(row, j -> random.uniform(0.01, 1));
        }
        return new SmallGainCertificate(mu, l);
    }

    @Property(tries = 50)
    void noWeightsBeatTheBest(
            @ForAll @IntRange(min = 2, max = 5) int players, @ForAll @LongRange long seed) {
        var certificate = random(players, seed);
        double best = certificate.bestMargin();
        assertEquals(best > 0, certificate.gain() < 1);
        var random = new RandomStreams(seed).stream("weights", 0);
        double[] w = certificate.bestWeights();
        for (int t = 0; t < 30; t++) {
            double[] other = w.clone();
            for (int i = 0; i < players; i++) {
                other[i] *= Elementary.exp(random.uniform(-1, 1) * (t < 15 ? 1 : 0.01));
            }
            assertTrue(certificate.margin(other) <= best + 1e-12);
        }
    }

    @Property(tries = 30)
    void scalesOfTheWeightsDoNotMatter(
            @ForAll @LongRange long seed, @ForAll @DoubleRange(min = 0.01, max = 100) double c) {
        var certificate = random(3, seed);
        double[] w = {1, 2.5, 0.3};
        double[] scaled = {c, 2.5 * c, 0.3 * c};
        assertEquals(certificate.margin(w), certificate.margin(scaled), 1e-12);
        var j = RandomMatrices.gaussian(3, 3, new RandomStreams(seed).stream("j", 0));
        var before = MonotonicityMargin.of(j, w);
        var after = MonotonicityMargin.of(j, scaled);
        assertEquals(before.margin(), after.margin(), 1e-12);
        assertEquals(before.lipschitz(), after.lipschitz(), 1e-12);
    }

    @Property(tries = 30)
    void theBandIsWhereTheMarginIsLarge(@ForAll @LongRange long seed) {
        var certificate = random(2, seed);
        double alpha = certificate.bestMargin() - 0.1;
        var band = certificate.band(alpha).orElseThrow();
        assertEquals(alpha, certificate.margin(1, band.low()), 1e-10);
        assertEquals(alpha, certificate.margin(1, band.high()), 1e-10);
        assertTrue(band.contains(certificate.bestWeights()[1]));
        assertTrue(certificate.band(certificate.bestMargin() + 1e-3).isEmpty());
    }

    @Property(tries = 20)
    void theCertificateIsSound(@ForAll @LongRange long seed) {
        var random = new RandomStreams(seed).stream("game", 0);
        int[] sizes = {2, 3, 1};
        var blocks = new DMatrixRMaj[3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                blocks[i][j] = RandomMatrices.gaussian(sizes[i], sizes[j], random);
                if (i == j) {
                    var g = blocks[i][i].copy();
                    Kernels.syrkTransA(g, blocks[i][i]);
                    for (int k = 0; k < sizes[i]; k++) {
                        blocks[i][i].add(k, k, 1);
                    }
                }
            }
        }
        var game = QuadraticGame.of(blocks);
        double[] w = {1, random.uniform(0.1, 10), random.uniform(0.1, 10)};
        double certified = SmallGainCertificate.of(game).margin(w);
        var actual = MonotonicityMargin.of(game.jacobian(), game.spread(w));
        assertTrue(certified <= actual.margin() + 1e-12);
        var metric = new DMatrixRMaj(6, 6);
        double[] weights = game.spread(w);
        for (int i = 0; i < 6; i++) {
            metric.set(i, i, weights[i]);
        }
        var general = MonotonicityMargin.of(game.jacobian(), metric);
        assertEquals(actual.margin(), general.margin(), 1e-11);
        assertEquals(actual.lipschitz(), general.lipschitz(), 1e-11);
    }

    @Test
    void theFlowDecaysAsCertifiedWhereTheEuclideanNormGrows() {
        double[] w = {1, 200};
        double[] start = {0.15, -0.15};
        var trace =
                Run.of(new RungeKutta4(TOY, 5e-4, start))
                        .measure("plain", Kernels::norm2)
                        .measure("weighted", x -> Math.sqrt(x[0] * x[0] + 200 * x[1] * x[1]))
                        .stop(Stop.iterations(3000))
                        .start();
        double largest = Arrays.stream(trace.values("plain")).max().orElseThrow();
        assertEquals(3.1865, largest / Kernels.norm2(start), 0.001);
        double[] weighted = trace.values("weighted");
        double alpha = SmallGainCertificate.of(TOY).margin(w);
        for (int k = 1; k < weighted.length; k++) {
            assertTrue(
                    weighted[k] <= weighted[k - 1] * Elementary.exp(-alpha * 5e-4) * (1 + 1e-12));
        }
    }

    @Test
    void gradientsOfCosts() {
        var random = new RandomStreams(5).stream("costs", 0);
        var q1 = new DMatrixRMaj(new double[][] {{2, 0.5}, {0.5, 3}});
        var q2 = new DMatrixRMaj(new double[][] {{1.5}});
        var game =
                QuadraticGame.twoPlayers(
                                q1,
                                RandomMatrices.gaussian(2, 1, random),
                                q2,
                                RandomMatrices.gaussian(1, 2, random))
                        .withLinear(random.gaussians(3));
        assertEquals(2, game.players());
        assertEquals(3, game.dimension());
        assertEquals(2, game.size(0));
        double[] x = random.gaussians(3);
        var f = new double[3];
        game.apply(x, f);
        for (int k = 0; k < 3; k++) {
            int player = k < 2 ? 0 : 1;
            double h = 1e-5;
            double[] at = x.clone();
            at[k] = x[k] + h;
            double above = game.cost(player, at);
            at[k] = x[k] - h;
            assertEquals(f[k], (above - game.cost(player, at)) / (2 * h), 1e-8);
        }
        assertArrayEquals(new double[] {4, 4, 9}, game.spread(new double[] {4, 9}));
        assertEquals(1.5, game.curvatures()[1]);
        assertEquals(0, game.couplings()[0][0]);
    }

    @Test
    void thresholdsByHand() {
        var euler = StabilityThreshold.EULER;
        var rk4 = StabilityThreshold.RUNGE_KUTTA_4;
        assertEquals(2 * 3 / 25.0, euler.of(3, 4), 1e-15);
        assertEquals(0, euler.of(0, 1));
        assertEquals(0, euler.of(-1, 0));
        assertEquals(2.785293563405282, rk4.of(1, 0), 1e-12);
        assertEquals(2 * Math.sqrt(2) / 3, rk4.of(0, 3), 1e-9);
        assertEquals(0, rk4.of(-1e-3, 1));
        assertEquals(0, rk4.of(0, 0));
        assertEquals(1 - 0.3 + 0.045 - 0.0045 + 0.0003375, rk4.amplification(0.3, 1, 0), 1e-15);
        var spiral = new DMatrixRMaj(new double[][] {{3, -4}, {4, 3}});
        assertEquals(0.24, euler.of(spiral), 1e-14);
        double h = rk4.of(spiral);
        assertEquals(1, rk4.radius(spiral, h), 1e-12);
        assertTrue(rk4.radius(spiral, 0.99 * h) < 1);
        assertTrue(rk4.radius(spiral, 1.01 * h) > 1);
    }

    @Test
    void contractionFactor() {
        double h = SmallGainCertificate.eulerStep(0.3, 1.7);
        assertEquals(1, SmallGainCertificate.eulerFactor(h, 0.3, 1.7), 1e-12);
        assertTrue(SmallGainCertificate.eulerFactor(h / 2, 0.3, 1.7) < 1);
        assertEquals(0, SmallGainCertificate.eulerFactor(1, 1, 1));
    }

    @Test
    void badCertificates() {
        var l = new double[2][2];
        double[] mu = {1, 1};
        bad(() -> new SmallGainCertificate(new double[] {1, 0}, l), "curvatures[1]", "positive");
        bad(() -> new SmallGainCertificate(new double[0], l), "number of players", "0");
        bad(() -> new SmallGainCertificate(mu, null), "couplings", "given");
        bad(() -> new SmallGainCertificate(mu, new double[3][2]), "couplings", "length 2", "3");
        bad(
                () -> new SmallGainCertificate(mu, new double[][] {{0, -1}, {1, 0}}),
                "couplings[0][1]",
                "non-negative");
        var certificate = new SmallGainCertificate(mu, l);
        bad(() -> certificate.margin(1, 0), "weights[1]", "positive");
        bad(() -> certificate.margin(1), "weights", "length 2");
        bad(() -> certificate.band(Double.NaN), "alpha", "finite");
        bad(
                () -> new SmallGainCertificate(new double[] {1}, new double[1][1]).band(0),
                "number of players",
                "2");
        bad(() -> SmallGainCertificate.eulerStep(0, 1), "margin", "positive");
        bad(() -> SmallGainCertificate.eulerFactor(1, 1, -1), "lipschitz", "positive");
        bad(() -> SmallGainCertificate.rungeKuttaStep(0), "lipschitz", "positive");
    }

    @Test
    void badGamesAndMatrices() {
        var one = new DMatrixRMaj(new double[][] {{1}});
        var wide = new DMatrixRMaj(1, 2);
        bad(() -> QuadraticGame.of(null), "blocks", "given");
        bad(() -> QuadraticGame.of(new DMatrixRMaj[0][0]), "number of players", "0");
        bad(
                () -> QuadraticGame.of(new DMatrixRMaj[][] {{one}, {one, one}}),
                "blocks[0]",
                "length 2");
        bad(() -> QuadraticGame.twoPlayers(wide, one, one, one), "blocks[0][0]", "square");
        bad(() -> QuadraticGame.twoPlayers(one, wide, one, one), "blocks[0][1]", "1 x 1");
        var skew = new DMatrixRMaj(new double[][] {{1, 2}, {0, 1}});
        bad(() -> QuadraticGame.of(new DMatrixRMaj[][] {{skew}}), "blocks[0][0]", "symmetric");
        bad(() -> QuadraticGame.scalar(new double[][] {{Double.NaN}}), "blocks[0][0]", "finite");
        bad(() -> TOY.withLinear(new double[3]), "b", "length 2");
        bad(() -> TOY.cost(2, new double[2]), "player", "0..1");
        bad(() -> TOY.cost(0, new double[1]), "x", "length 2");
        bad(() -> TOY.size(-1), "player");
        bad(() -> TOY.spread(new double[1]), "byPlayer", "length 2");
        bad(() -> MonotonicityMargin.of(wide), "j", "square");
        bad(() -> MonotonicityMargin.of(skew, new double[] {1, -1}), "weights[1]", "positive");
        bad(() -> MonotonicityMargin.of(skew, new double[1]), "weights", "length 2");
        bad(() -> MonotonicityMargin.of(skew, new DMatrixRMaj(2, 2)), "metric", "definite");
        bad(() -> StabilityThreshold.EULER.of(wide), "j", "square");
        bad(() -> StabilityThreshold.EULER.of(Double.NaN, 1), "re", "finite");
        bad(() -> StabilityThreshold.EULER.amplification(1, 1, Double.NaN), "im", "finite");
    }
}
