package org.konvergo.saddle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.LinearSolver;
import org.konvergo.method.BisectionThreshold;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.BilinearGame;
import org.konvergo.problem.Indicator;
import org.konvergo.problem.MinimaxFunction;
import org.konvergo.problem.MinimaxProblem;
import org.konvergo.problem.MonotoneInclusion;
import org.konvergo.problem.QuadraticMinimax;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStreams;

class CompetitiveGradientOptimizationTest {
    private static MinimaxProblem product() {
        return MinimaxFunction.scalar(
                (x, y) -> x * y, (x, y) -> y, (x, y) -> x, (x, y) -> 0, (x, y) -> 1, (x, y) -> 0);
    }

    /** k (x^2 - y^2) / 2 - xy. */
    private static MinimaxProblem hyperbolic(double k) {
        return new QuadraticMinimax(
                new DMatrixRMaj(new double[][] {{k}}),
                new DMatrixRMaj(new double[][] {{-1}}),
                new DMatrixRMaj(new double[][] {{-k}}));
    }

    /** x^2 y + xy, with the saddle at the origin. */
    private static MinimaxProblem cubic() {
        return MinimaxFunction.scalar(
                (x, y) -> x * x * y + x * y,
                (x, y) -> 2 * x * y + y,
                (x, y) -> x * x + x,
                (x, y) -> 2 * y,
                (x, y) -> 2 * x + 1,
                (x, y) -> 0);
    }

    private static Indicator halfPlane() {
        double infinity = Double.POSITIVE_INFINITY;
        return Indicator.box(new double[] {-1 / 3.0, -infinity}, new double[] {infinity, infinity});
    }

    private static BilinearGame game(int n, int m, long seed) {
        return new BilinearGame(
                RandomMatrices.gaussian(n, m, new RandomStreams(seed).stream("game", n)),
                new double[n],
                new double[m]);
    }

    private static double[] field(MinimaxProblem f, double alpha, double... z) {
        var g = new double[z.length];
        CompetitiveField.of(f, alpha).apply(z, g);
        return g;
    }

    private static double[] run(Method<double[]> method, int steps) {
        double[] z = method.start();
        for (int k = 0; k < steps; k++) {
            z = method.step(z);
        }
        return z;
    }

    @Test
    void knownFields() {
        // The gradients of xy at (1, 0) are 0 and 1.
        assertArrayEquals(new double[] {0.5, -0.5}, field(product(), 1, 1, 0), 1e-15);
        assertArrayEquals(new double[] {0.9, 0.7}, field(cubic(), 1, 1, 1), 1e-15);
        assertArrayEquals(new double[] {3, -2}, field(cubic(), 0, 1, 1));
    }

    @Property(tries = 60)
    void bothFormsOfTheFieldAgree(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 5) int n,
            @ForAll @IntRange(min = 1, max = 5) int m,
            @ForAll @DoubleRange(min = 0.01, max = 4) double alpha) {
        var random = new RandomStreams(seed).stream("forms", 0);
        DMatrixRMaj d = RandomMatrices.gaussian(n, m, random);
        var game = new BilinearGame(d, random.gaussians(n), random.gaussians(m));
        double[] z = random.gaussians(n + m);
        double[] g = field(game, alpha, z);
        // The system of n + m equations.
        var block = new DMatrixRMaj(n + m, n + m);
        for (int i = 0; i < n + m; i++) {
            block.set(i, i, 1);
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                block.set(i, n + j, alpha * d.get(i, j));
                block.set(n + j, i, -alpha * d.get(i, j));
            }
        }
        var plain = new double[n + m];
        game.operator().apply(z, plain);
        double[] expected = LinearSolver.lu().solve(block, plain).orElseThrow();
        assertArrayEquals(expected, g, 1e-12 * (1 + Kernels.normInf(plain)));
        // The two inverses: (I + a^2 DD')^-1 (f_x + a D f_y), (I + a^2 D'D)^-1 (-f_y + a D' f_x).
        double[] fx = Arrays.copyOf(plain, n);
        double[] minusFy = Arrays.copyOfRange(plain, n, n + m);
        var rightX = new double[n];
        Kernels.gemv(d, minusFy, rightX);
        Kernels.axpby(1, fx, -alpha, rightX);
        var rightY = new double[m];
        Kernels.gemvTransposed(d, fx, rightY);
        Kernels.axpby(1, minusFy, alpha, rightY);
        var gramX = new DMatrixRMaj(n, n);
        Kernels.syrk(d, gramX);
        var gramY = new DMatrixRMaj(m, m);
        Kernels.syrkTransA(d, gramY);
        double tolerance = 1e-11 * (1 + Kernels.normInf(plain));
        assertArrayEquals(solve(gramX, alpha, rightX), Arrays.copyOf(g, n), tolerance);
        assertArrayEquals(solve(gramY, alpha, rightY), Arrays.copyOfRange(g, n, n + m), tolerance);
    }

    private static double[] solve(DMatrixRMaj gram, double alpha, double[] right) {
        Kernels.scale(alpha * alpha, gram.data);
        for (int i = 0; i < right.length; i++) {
            gram.add(i, i, 1);
        }
        return LinearSolver.lu().solve(gram, right).orElseThrow();
    }

    @Test
    void conjugateGradientsAgreeWithCholesky() {
        for (int[] shape : new int[][] {{12, 20}, {20, 12}, {15, 15}}) {
            var game = game(shape[0], shape[1], 3);
            double[] z = new RandomStreams(5).stream("z", 0).gaussians(shape[0] + shape[1]);
            var direct = new double[z.length];
            var iterated = new double[z.length];
            var calls = new OracleCounter();
            new CompetitiveField(game, 1.5, CompetitiveField.Solve.CHOLESKY).apply(z, direct);
            new CompetitiveField(game, 1.5, CompetitiveField.Solve.CONJUGATE_GRADIENT)
                    .apply(z, iterated, calls);
            assertArrayEquals(direct, iterated, 1e-8);
            assertTrue(calls.count(Oracle.HESSIAN_VECTOR) > 2);
            assertEquals(1, calls.count(Oracle.GRADIENT));
        }
    }

    @Test
    void largeProblemsTakeConjugateGradients() {
        assertEquals(
                CompetitiveField.Solve.CHOLESKY, CompetitiveField.of(game(3, 300, 1), 1).solve());
        assertEquals(
                CompetitiveField.Solve.CONJUGATE_GRADIENT,
                CompetitiveField.of(game(201, 202, 1), 1).solve());
    }

    @Test
    void withoutInteractionItIsGradientDescentAscentBitForBit() {
        double[] start = {1, -2};
        var shared =
                new GradientDescentAscent(
                        new MonotoneInclusion(cubic().operator(), halfPlane()), 0.1, start);
        var here = CompetitiveGradientOptimization.plain(cubic(), halfPlane(), 0.1, 0, start);
        for (int steps : new int[] {1, 2, 20}) {
            assertArrayEquals(run(shared, steps), run(here, steps));
        }
        var extragradient =
                new Extragradient(
                        new MonotoneInclusion(cubic().operator(), halfPlane()), 0.1, start);
        var optimistic =
                CompetitiveGradientOptimization.optimistic(cubic(), halfPlane(), 0.1, 0, start);
        assertArrayEquals(run(extragradient, 20), run(optimistic, 20));
    }

    @Test
    void withTheStepAsWeightItIsCompetitiveGradientDescent() {
        double eta = 0.2;
        double[] start = {1, -2};
        var named =
                CompetitiveGradientOptimization.competitiveGradientDescent(
                        cubic(), Indicator.none(), eta, start);
        var general =
                CompetitiveGradientOptimization.plain(cubic(), Indicator.none(), eta, eta, start);
        assertArrayEquals(run(named, 50), run(general, 50));
        // One step by the formula of Schaefer and Anandkumar.
        double fx = 2 * start[0] * start[1] + start[1];
        double fy = start[0] * start[0] + start[0];
        double d = 2 * start[0] + 1;
        double x = start[0] - eta * (fx + eta * d * fy) / (1 + eta * eta * d * d);
        double y = start[1] + eta * (fy - eta * d * fx) / (1 + eta * eta * d * d);
        assertArrayEquals(new double[] {x, y}, run(named, 1), 1e-14);
    }

    @Property(tries = 50)
    void bilinearGameHasItsExactRate(
            @ForAll @DoubleRange(min = 0, max = 4) double alpha,
            @ForAll @DoubleRange(min = 0.01, max = 2) double eta) {
        double[] start = {1, -2};
        var method =
                CompetitiveGradientOptimization.plain(
                        product(), Indicator.none(), eta, alpha, start);
        double rho = Math.sqrt(1 - (2 * eta * alpha - eta * eta) / (1 + alpha * alpha));
        double before = Kernels.norm2(start);
        assertEquals(rho, Kernels.norm2(run(method, 1)) / before, 1e-13);
        assertEquals(
                StrictMath.pow(rho, 7),
                Kernels.norm2(run(method, 7)) / before,
                1e-12 * Math.max(1, StrictMath.pow(rho, 7)));
    }

    @Test
    void knownRates() {
        double[] start = {1, 1};
        double[][] cases = {{1, 0.5, 0.790569}, {2, 1, 0.632456}, {0.5, 1, 1}};
        for (double[] c : cases) {
            var method =
                    CompetitiveGradientOptimization.plain(
                            product(), Indicator.none(), c[1], c[0], start);
            assertEquals(c[2], Kernels.norm2(run(method, 1)) / Math.sqrt(2), 1e-6);
        }
        var optimistic =
                CompetitiveGradientOptimization.optimistic(
                        product(), Indicator.none(), 0.5, 0, start);
        assertEquals(0.901388, Kernels.norm2(run(optimistic, 1)) / Math.sqrt(2), 1e-6);
    }

    /** 2 Re(lambda) / |lambda|^2 = 2 alpha for every singular value: the largest step. */
    @Test
    void largestStepOfABilinearGameIsTwiceAlpha() {
        var game = game(4, 4, 7);
        double[] start = new RandomStreams(1).stream("start", 0).gaussians(8);
        for (double alpha : new double[] {0.5, 1, 2}) {
            var threshold =
                    BisectionThreshold.of(
                            eta ->
                                    Kernels.norm2(
                                                    run(
                                                            CompetitiveGradientOptimization.plain(
                                                                    game,
                                                                    Indicator.none(),
                                                                    eta,
                                                                    alpha,
                                                                    start),
                                                            50))
                                            < Kernels.norm2(start),
                            1e-3,
                            4 * alpha,
                            20);
            assertEquals(2 * alpha, threshold.middle(), 1e-4);
        }
    }

    @Property(tries = 50)
    void hyperbolicMarginIsExact(
            @ForAll @DoubleRange(min = -2, max = 2) double k,
            @ForAll @DoubleRange(min = 0, max = 4) double alpha,
            @ForAll @DoubleRange(min = -3, max = 3) double x) {
        double[] z = {x, 1};
        double margin = Kernels.dot(field(hyperbolic(k), alpha, z), z) / Kernels.dot(z, z);
        assertEquals((k + alpha) / (1 + alpha * alpha), margin, 1e-12);
    }

    private static double[] axis(double low, double high, int points) {
        return IntStream.range(0, points)
                .mapToDouble(i -> low + (high - low) * i / (points - 1))
                .toArray();
    }

    @Test
    void marginOnAGridFindsItsPlace() {
        double[] x = axis(-1 / 3.0, 3, 101);
        double[] y = axis(-5, 5, 201);
        for (double[] known : new double[][] {{1, -0.0030864, -0.5}, {0.5, -0.0432099, -1}}) {
            double alpha = known[0];
            var margin =
                    MintyMargin.weighted(
                            CompetitiveField.of(cubic(), alpha),
                            z -> 1 + alpha * alpha * (2 * z[0] + 1) * (2 * z[0] + 1),
                            new double[2],
                            x,
                            y);
            assertEquals(known[1], margin.value(), 1e-7);
            assertEquals(-1 / 3.0, margin.place()[0], 1e-15);
            assertEquals(known[2], margin.place()[1], 1e-12);
        }
        var coherent = MintyMargin.of(CompetitiveField.of(cubic(), 1.1), new double[2], x, y);
        assertEquals(0, coherent.value(), 1e-3);
        assertTrue(coherent.value() >= 0);
    }

    @Test
    void marginVisitsEveryPointOnce() {
        var visits = new java.util.concurrent.atomic.AtomicInteger();
        var f =
                new QuadraticMinimax(
                        new DMatrixRMaj(new double[][] {{1, 0}, {0, 2}}),
                        new DMatrixRMaj(2, 1),
                        new DMatrixRMaj(new double[][] {{-3}}));
        var margin =
                MintyMargin.weighted(
                        f.operator(),
                        z -> {
                            visits.incrementAndGet();
                            return Kernels.norm2(z) > 0 ? 1 / Kernels.dot(z, z) : Double.NaN;
                        },
                        new double[3],
                        axis(-1, 1, 3),
                        axis(-1, 1, 5),
                        axis(-1, 1, 7));
        assertEquals(105, visits.get());
        assertEquals(1, margin.value(), 1e-15);
        assertArrayEquals(new double[] {-1, 0, 0}, margin.place());
    }

    @Test
    void cubicConvergesWhereItIsStrictlyCoherent() {
        for (double[] start : new double[][] {{1, 1}, {1, -2}, {2, -1}, {-0.3, 2}}) {
            var method =
                    CompetitiveGradientOptimization.plain(cubic(), halfPlane(), 0.1, 1.5, start);
            assertTrue(Kernels.norm2(run(method, 3000)) < 1e-12);
        }
    }

    @Test
    void boxByEntryProjects() {
        var p = new double[2];
        halfPlane().prox(1, new double[] {-2, -7}, p);
        assertArrayEquals(new double[] {-1 / 3.0, -7}, p);
        bad(() -> Indicator.box(new double[] {0, 1}, new double[] {1, 0}), "high[1]", "1.0");
        bad(() -> Indicator.box(new double[2], new double[1]), "high", "2");
        bad(() -> Indicator.box(null, new double[1]), "low");
        bad(() -> halfPlane().prox(1, new double[3], new double[3]), "z", "2");
    }

    @Test
    void refusesBadInput() {
        double[] start = {1, 1};
        var none = Indicator.none();
        for (double eta : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            bad(() -> CompetitiveGradientOptimization.plain(cubic(), none, eta, 1, start), "eta");
            bad(
                    () ->
                            CompetitiveGradientOptimization.competitiveGradientDescent(
                                    cubic(), none, eta, start),
                    "eta");
        }
        for (double alpha : new double[] {-0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            bad(() -> CompetitiveField.of(cubic(), alpha), "alpha");
            bad(
                    () ->
                            CompetitiveGradientOptimization.optimistic(
                                    cubic(), none, 0.1, alpha, start),
                    "alpha");
        }
        bad(() -> CompetitiveField.of(null, 1), "problem");
        bad(() -> new CompetitiveField(cubic(), 1, null), "solve");
        bad(
                () -> CompetitiveGradientOptimization.plain(cubic(), none, 1, 1, new double[3]),
                "z0",
                "2");
        bad(() -> CompetitiveGradientOptimization.plain(cubic(), null, 1, 1, start), "constraint");
        var field = cubic().operator();
        bad(() -> MintyMargin.of(null, start), "field");
        bad(() -> MintyMargin.of(field, new double[1], start, start), "saddle", "2");
        bad(() -> MintyMargin.of(field, start, start), "axes", "2");
        bad(() -> MintyMargin.of(field, start, start, new double[0]), "axes[1]");
        bad(() -> MintyMargin.weighted(field, null, start, start, start), "weight");
    }

    @Test
    void whatIsNotFinitePassesOnAsNaN() {
        for (var solve : CompetitiveField.Solve.values()) {
            for (int n : new int[] {1, 2}) {
                var infinite = new double[n];
                Arrays.fill(infinite, Double.POSITIVE_INFINITY);
                var z = new double[n + 2];
                System.arraycopy(infinite, 0, z, 2, n);
                var g = new double[n + 2];
                new CompetitiveField(game(2, n, 1), 1, solve).apply(z, g);
                assertTrue(Arrays.stream(g).anyMatch(Double::isNaN), Arrays.toString(g));
            }
        }
    }
}
