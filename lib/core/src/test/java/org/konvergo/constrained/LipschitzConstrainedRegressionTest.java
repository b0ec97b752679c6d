package org.konvergo.constrained;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Run;
import org.konvergo.method.Stop;
import org.konvergo.random.RandomStreams;

class LipschitzConstrainedRegressionTest {
    private static final MetricGraph PAIR = MetricGraph.chain(2, 1);

    /** The step function on n cells of [-1/2, 1/2]. */
    private static LipschitzConstrainedRegression sign(int n, double alpha) {
        var y = new double[n];
        Arrays.setAll(y, i -> i < n / 2 ? -1 : 1);
        return LipschitzConstrainedRegression.squared(MetricGraph.chain(n, 1.0 / n), y, alpha);
    }

    private static LipschitzConstrainedRegression cloud(int n, double alpha) {
        var random = new RandomStreams(1).stream("cloud", 0);
        var points = new DMatrixRMaj(n, 3);
        Arrays.setAll(points.data, i -> random.gaussian());
        var y = new double[n];
        Arrays.setAll(y, i -> random.bernoulli(0.5) ? 1 : -1);
        return LipschitzConstrainedRegression.squared(MetricGraph.complete(points), y, alpha);
    }

    @Test
    void twoNodes() {
        var problem = LipschitzConstrainedRegression.squared(PAIR, new double[] {1, -1}, 1);
        var solution = problem.solve(1, 1e-13, 5000);
        assertArrayEquals(new double[] {0.5, -0.5}, solution.f().data, 1e-12);
        assertEquals(0.25, solution.loss(), 1e-12);
        assertEquals(0.5, solution.flow().data[0], 1e-12);
        assertEquals(0.5, solution.lambda()[0], 1e-12);
        assertTrue(solution.residual() <= 1e-13);
    }

    @Test
    void threeNodesOnALine() {
        var points = new DMatrixRMaj(new double[][] {{0}, {1}, {2}});
        var solution =
                LipschitzConstrainedRegression.squared(
                                MetricGraph.complete(points), new double[] {0, 3, 0}, 1)
                        .solve(1, 1e-12, 20_000);
        assertArrayEquals(new double[] {2 / 3.0, 5 / 3.0, 2 / 3.0}, solution.f().data, 1e-10);
        assertEquals(8 / 9.0, solution.loss(), 1e-10);
    }

    @Test
    void extremesOfTheBound() {
        double[] y = {1, -2, 4};
        var graph = MetricGraph.chain(3, 0.5);
        var free = LipschitzConstrainedRegression.squared(graph, y, 12).solve(1, 1e-12, 5000);
        assertArrayEquals(y, free.f().data, 1e-11);
        assertArrayEquals(new double[2], free.lambda(), 1e-11);
        var constant = LipschitzConstrainedRegression.squared(graph, y, 0).solve(1, 1e-12, 20_000);
        assertArrayEquals(new double[] {1, 1, 1}, constant.f().data, 1e-10);
    }

    @Test
    void stepFunctionHasAClosedForm() {
        int n = 40;
        double alpha = 4;
        var solution = sign(n, alpha).solve(1, 1e-13, 20_000);
        for (int i = 0; i < n; i++) {
            double x = (i + 0.5) / n - 0.5;
            double exact = Math.max(-1, Math.min(1, alpha * x));
            assertEquals(exact, solution.f().data[i], 1e-11);
        }
        for (int e = 0; e < n - 1; e++) {
            double x = (e + 1.0) / n - 0.5;
            double rest = Math.max(0, 1 - alpha * Math.abs(x));
            assertEquals(rest * rest / (alpha * alpha), n * solution.lambda()[e], 1e-11);
        }
        assertEquals(1 / 16.0, n * solution.lambda()[n / 2 - 1], 1e-11);
        assertEquals(1 / 6.0 - alpha / (6.0 * n * n), solution.loss(), 1e-12);
    }

    @Test
    void valuesSolveThePoissonEquationOfTheMultipliers() {
        var problem = cloud(12, 0.4);
        var solution = problem.solve(6, 1e-11, 50_000);
        double[] f = solution.f().data;
        var smoothed = new double[12];
        problem.graph().laplacian(solution.lambda()).apply(f, smoothed);
        for (int i = 0; i < 12; i++) {
            assertEquals(0, 2 * (f[i] - problem.targets().data[i]) / 12 + smoothed[i], 1e-9);
        }
        double[] slopes = problem.graph().slopes(f);
        for (int e = 0; e < slopes.length; e++) {
            assertTrue(slopes[e] <= 0.4 + 1e-10);
            assertTrue(solution.lambda()[e] < 1e-9 || slopes[e] > 0.4 - 1e-9);
        }
    }

    @Test
    void vectorsTurnWithTheirTargets() {
        // Targets along one direction of the plane: the solution is the scalar one along it.
        var scalar = cloud(10, 0.3);
        var plane = new DMatrixRMaj(10, 2);
        for (int i = 0; i < 10; i++) {
            plane.set(i, 0, 0.6 * scalar.targets().data[i]);
            plane.set(i, 1, 0.8 * scalar.targets().data[i]);
        }
        var vector =
                new LipschitzConstrainedRegression(scalar.graph(), plane, 0.3, PointLoss.squared());
        var one = scalar.solve(5, 1e-10, 50_000);
        var two = vector.solve(5, 1e-10, 50_000);
        assertEquals(one.loss(), two.loss(), 1e-9);
        for (int i = 0; i < 10; i++) {
            assertEquals(0.6 * one.f().data[i], two.f().data[2 * i], 1e-8);
            assertEquals(0.8 * one.f().data[i], two.f().data[2 * i + 1], 1e-8);
        }
        assertArrayEquals(one.lambda(), two.lambda(), 1e-7);
    }

    @Test
    void lossFallsWithTheBoundByTheMultipliers() {
        var check = EnvelopeCheck.of(sign(40, 4), 0.02, 1, 1e-12, 20_000);
        assertTrue(check.relativeError() < 1e-3, check.toString());
        // The trapezoidal rule for -alpha times the integral of lambda*.
        assertEquals(-2 / 48.0 - 1 / 4800.0, check.byMultipliers(), 1e-10);
        var images = EnvelopeCheck.of(cloud(12, 0.4), 1e-3, 6, 1e-11, 50_000);
        assertTrue(images.relativeError() < 1e-3, images.toString());
    }

    @Test
    void smoothingWithLearntWeightsTendsToTheSameSaddle() {
        var problem = LipschitzConstrainedRegression.squared(PAIR, new double[] {1, -1}, 1);
        var method = new LaplacianSmoothing(problem, 0.1, 0.1, 2000);
        var state = Run.of(method).every(4000).stop(Stop.iterations(4000)).start().state();
        assertArrayEquals(new double[] {0.5, -0.5}, state.f(), 1e-6);
        assertEquals(0.5, state.lambda()[0], 1e-6);
        assertArrayEquals(state.f(), state.meanF(), 1e-6);
        assertArrayEquals(state.lambda(), state.meanLambda(), 1e-6);
    }

    @Test
    void penaltyMatchesTheBound() {
        var problem = cloud(20, 0.5);
        var penalized = new LaplacianPenalizedRegression(problem.graph(), problem.targets().data);
        double[] f = penalized.solveForLipschitz(0.5);
        assertEquals(0.5, problem.graph().lipschitz(f), 1e-6);
        double best = problem.solve(10, 1e-10, 50_000).loss();
        assertTrue(problem.meanLoss(f) > best);
        assertArrayEquals(problem.targets().data, penalized.solve(0), 1e-14);
        assertArrayEquals(problem.targets().data, penalized.solveForLipschitz(1e6), 0);
    }

    @Test
    void pNormTendsToTheLeastLipschitzConstant() {
        int n = 40;
        var problem = sign(n, 1);
        var smoothing = new PNormSmoothing(problem.graph(), problem.targets().data, 1 / 6.0);
        var solutions = smoothing.solve(PNormSmoothing.doubling(64));
        assertEquals(6, solutions.size());
        double former = Double.POSITIVE_INFINITY;
        for (var s : solutions) {
            assertEquals(1 / 6.0, s.loss(), 1e-8);
            assertEquals(s.largestSlope(), problem.graph().lipschitz(s.f()), 0);
            assertTrue(s.largestSlope() < former * 1.01);
            assertTrue(s.largestSlope() > 4 * 0.99);
            assertTrue(s.norm() <= s.largestSlope());
            former = s.largestSlope();
        }
        assertEquals(4, former, 0.4);
        // p = 2 is the penalised solution with gamma = 1 / (2 theta m).
        var two = solutions.get(0);
        double[] direct =
                new LaplacianPenalizedRegression(problem.graph(), problem.targets().data)
                        .solve(1 / (2 * two.theta() * (n - 1)));
        assertArrayEquals(direct, two.f(), 1e-8);
    }

    @Test
    void graphsOfPoints() {
        var graph = cloud(9, 1).graph();
        assertEquals(36, graph.edges());
        assertEquals(9, graph.differenceNormSquared());
        assertEquals(4, MetricGraph.chain(9, 1).differenceNormSquared());
        double[] f = new RandomStreams(2).stream("f", 0).gaussians(18);
        double[] p = new RandomStreams(2).stream("p", 0).gaussians(72);
        var kf = new double[72];
        var ktp = new double[18];
        graph.differences(f, kf);
        graph.outflow(p, ktp);
        assertEquals(Kernels.dot(kf, p), Kernels.dot(f, ktp), 1e-12);
        assertEquals(DoubleStream.of(graph.slopes(f)).max().orElseThrow(), graph.lipschitz(f), 0);
    }

    @Test
    void refusesBadInput() {
        double[] y = {1, -1};
        var graph = PAIR;
        bad(() -> LipschitzConstrainedRegression.squared(graph, y, -1), "alpha");
        bad(() -> LipschitzConstrainedRegression.squared(graph, y, Double.NaN), "alpha");
        bad(() -> LipschitzConstrainedRegression.squared(graph, new double[3], 1), "targets");
        bad(() -> LipschitzConstrainedRegression.squared(graph, null, 1), "targets");
        bad(() -> LipschitzConstrainedRegression.squared(null, y, 1), "graph");
        bad(
                () -> new LipschitzConstrainedRegression(graph, new DMatrixRMaj(2, 1), 1, null),
                "loss");
        var problem = LipschitzConstrainedRegression.squared(graph, y, 1);
        bad(() -> problem.solve(0, 1e-6, 10), "balance");
        bad(() -> new LaplacianSmoothing(problem, 0, 1, 0), "primalStep");
        bad(() -> new LaplacianSmoothing(problem, 1, -1, 0), "dualStep");
        bad(() -> new LaplacianSmoothing(problem, 1, 1, -1), "averagedFrom");
        bad(() -> EnvelopeCheck.of(problem, 1, 1, 1e-6, 10), "step");
        bad(() -> new PNormSmoothing(graph, y, 1), "budget");
        bad(() -> new PNormSmoothing(graph, y, 0.5).solve(1), "exponent");
        bad(() -> PNormSmoothing.doubling(6), "last");
        bad(() -> new LaplacianPenalizedRegression(graph, y).solve(-1), "gamma");
        bad(() -> new LaplacianPenalizedRegression(graph, y).solveForLipschitz(0), "constant");
        bad(() -> MetricGraph.chain(0, 1), "nodes");
        bad(() -> MetricGraph.chain(2, 0), "length");
        bad(() -> MetricGraph.complete(new DMatrixRMaj(2, 1)), "points 0 and 1", "different");
        bad(
                () -> new MetricGraph(2, new int[] {0, 1}, new int[] {1, 0}, new double[] {1, 1}),
                "edge 1,0",
                "once");
        bad(() -> graph.slopes(new double[3]), "f", "2 nodes");
    }
}
