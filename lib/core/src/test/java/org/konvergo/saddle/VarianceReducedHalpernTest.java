package org.konvergo.saddle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.method.Run;
import org.konvergo.method.Stop;
import org.konvergo.problem.FiniteSumOperator;
import org.konvergo.problem.Indicator;
import org.konvergo.problem.LeastSquares;
import org.konvergo.problem.MonotoneInclusion;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

class VarianceReducedHalpernTest {
    private static RandomStream stream(String name) {
        return new RandomStreams(5).stream(name, 0);
    }

    private static FiniteSumOperator sum(int m, int n) {
        var random = stream("sum");
        var a = RandomMatrices.gaussian(m, n, random);
        return FiniteSumOperator.gradientOf(new LeastSquares(a, random.gaussians(m)));
    }

    private static double[] after(Method<VarianceReducedHalpern.State> method, int steps) {
        var s = method.start();
        for (int k = 0; k < steps; k++) {
            s = method.step(s);
        }
        return s.u();
    }

    private static double[] anchored(FiniteSumOperator f, double[] u0, int steps) {
        var method =
                new HalpernIteration(
                        new MonotoneInclusion(f, Indicator.box(-1, 1)),
                        0.1,
                        k -> 2.0 / (k + 4),
                        true,
                        u0);
        var s = method.start();
        for (int k = 0; k < steps; k++) {
            s = method.step(s);
        }
        return s.z();
    }

    @Test
    void alwaysAnewIsHalpernBitForBit() {
        var f = sum(30, 4);
        double[] u0 = {0.5, -0.5, 1, 0};
        var method =
                new VarianceReducedHalpern(
                        new PageEstimator(f, 3, k -> 1),
                        Indicator.box(-1, 1),
                        0.1,
                        k -> 2.0 / (k + 4),
                        u0,
                        stream("run"));
        assertArrayEquals(anchored(f, u0, 50), after(method, 50), 0);
    }

    @Test
    void oneTermIsHalpernBitForBit() {
        var f = sum(1, 4);
        double[] u0 = {0.5, -0.5, 1, 0};
        var method = VarianceReducedHalpern.of(f, Indicator.box(-1, 1), 0.1, u0, stream("run"));
        assertArrayEquals(anchored(f, u0, 50), after(method, 50), 0);
    }

    /**
     * Least squares with the mean matrix diag(1/j^2) and a given solution, for any number of rows.
     */
    private static LeastSquares whitened(int m, double[] solution) {
        int n = solution.length;
        var a = RandomMatrices.orthonormal(m, n, stream("rows " + m));
        for (int k = 0; k < m * n; k++) {
            a.data[k] *= Math.sqrt(m) / (k % n + 1);
        }
        var b = new double[m];
        Kernels.gemv(a, solution, b);
        return new LeastSquares(a, b);
    }

    @Test
    void sameOperatorInMorePiecesGivesTheSameHalpernIterates() {
        double[] solution = {1, -2, 3, 0.5};
        double[][] ends = new double[2][];
        int[] sizes = {50, 700};
        for (int i = 0; i < 2; i++) {
            var sum = whitened(sizes[i], solution);
            var gram = new DMatrixRMaj(4, 4);
            Kernels.gemmTransA(sum.a(), sum.a(), gram);
            for (int k = 0; k < 16; k++) {
                double entry = k % 5 == 0 ? 1.0 / ((k / 5 + 1) * (k / 5 + 1)) : 0;
                assertEquals(entry, gram.data[k] / sizes[i], 1e-12);
            }
            var f = FiniteSumOperator.gradientOf(sum);
            var method = HalpernIteration.classical(MonotoneInclusion.of(f), 1, new double[4]);
            var calls = new OracleCounter();
            var s = method.start();
            for (int k = 0; k < 100; k++) {
                s = method.step(s, calls);
            }
            assertEquals(100, calls.count(Oracle.GRADIENT)); // each of as many terms as there are
            ends[i] = s.z();
        }
        assertArrayEquals(ends[0], ends[1], 1e-10);
    }

    @Test
    void firstStepFromZero() {
        var f = sum(30, 4);
        var full = new double[4];
        f.apply(new double[4], full);
        Kernels.scale(-0.1, full);
        var method =
                VarianceReducedHalpern.of(f, Indicator.none(), 0.1, new double[4], stream("run"));
        assertArrayEquals(full, after(method, 1), 0);
    }

    @Test
    void countsTermsAndRepeats() {
        var f = sum(100, 4);
        var method =
                VarianceReducedHalpern.of(f, Indicator.none(), 0.01, new double[4], stream("run"));
        var trace =
                Run.of(method)
                        .measure("norm", s -> Kernels.norm2(s.u()))
                        .stop(Stop.iterations(60))
                        .start();
        long[] calls = trace.calls(Oracle.COMPONENT);
        assertEquals(0, calls[0]);
        assertEquals(100, calls[1]);
        boolean anew = false;
        boolean carried = false;
        for (int k = 2; k <= 60; k++) {
            long cost = calls[k] - calls[k - 1];
            assertTrue(cost == 100 || cost == 2 * 10, "cost " + cost);
            anew |= cost == 100;
            carried |= cost == 20;
        }
        assertTrue(anew && carried);
        assertEquals(60, trace.calls(Oracle.PROX)[60]);
        assertArrayEquals(after(method, 60), trace.state().u(), 0);
    }

    @Test
    void probabilitiesAreThoseOfTheArticle() {
        var p = PageEstimator.forHalpern(sum(16, 2)).probability();
        assertEquals(4, PageEstimator.forHalpern(sum(16, 2)).batch());
        assertEquals(5, PageEstimator.forHalpern(sum(17, 2)).batch());
        assertEquals(0.8, p.applyAsDouble(1)); // 4 / (k + 5) at k = 0
        assertEquals(4.0 / 9, p.applyAsDouble(5)); // at k = 4 = root n
        assertEquals(4.0 / 9, p.applyAsDouble(6));
        assertEquals(4.0 / 9, p.applyAsDouble(1000));
    }

    @Test
    void estimateHasTheRightMean() {
        var f = sum(60, 3);
        double[] before = {1, 2, 3};
        double[] u = {1.5, 1, 3.5};
        var estimator = new PageEstimator(f, 2, k -> 1e-9);
        var random = stream("mean");
        var mean = new double[3];
        int repetitions = 20_000;
        var calls = new OracleCounter();
        for (int r = 0; r < repetitions; r++) {
            double[] estimate = estimator.start(before, calls);
            assertFalse(estimator.update(1, u, before, estimate, random, calls));
            Kernels.axpy(1.0 / repetitions, estimate, mean);
        }
        assertEquals(repetitions * (60 + 4L), calls.count(Oracle.COMPONENT));
        var full = new double[3];
        f.apply(u, full);
        assertArrayEquals(full, mean, 0.05);
    }

    @Test
    void residualFallsLikeOneOverK() {
        // Rows of norm at most 1 make each term 1-cocoercive: L = 1.
        int m = 400;
        var random = stream("rows");
        var a = RandomMatrices.gaussian(m, 5, random);
        for (int i = 0; i < m; i++) {
            double norm = Math.sqrt(Kernels.dot(a.data, 5 * i, a.data, 5 * i, 5));
            for (int j = 0; j < 5; j++) {
                a.data[5 * i + j] /= norm;
            }
        }
        double[] solution = random.gaussians(5);
        var b = new double[m];
        Kernels.gemv(a, solution, b);
        var f = FiniteSumOperator.gradientOf(new LeastSquares(a, b));
        var problem = MonotoneInclusion.of(f);
        var method =
                VarianceReducedHalpern.of(f, Indicator.none(), 0.25, new double[5], stream("run"));
        var s = method.start();
        for (int k = 1; k <= 500; k++) {
            s = method.step(s);
            assertEquals(k, s.k());
            assertTrue(k * problem.residual(1, s.u()) <= 16 * Kernels.norm2(solution), "at " + k);
        }
        assertEquals(5, s.estimate().length);
        assertEquals(5, s.estimated().length);
    }

    @Test
    void refusesBadInput() {
        var f = sum(30, 4);
        var start = new double[4];
        var none = Indicator.none();
        var estimator = PageEstimator.forHalpern(f);
        var random = stream("run");
        bad(() -> PageEstimator.forHalpern(null), "operator");
        bad(() -> PageEstimator.forHalpern(empty()), "terms of operator", "at least 1", "0");
        bad(() -> new PageEstimator(f, 0, k -> 1), "batch");
        bad(() -> new PageEstimator(f, 1, null), "probability");
        for (double p : new double[] {0, -0.1, 1.1, Double.NaN}) {
            var wrong = new PageEstimator(f, 1, k -> p);
            bad(
                    () -> wrong.update(1, start, start, start, random, new OracleCounter()),
                    "probability");
        }
        bad(() -> make(null, 1, start, random), "estimator");
        bad(() -> make(estimator, 0, start, random), "step");
        bad(() -> make(estimator, Double.NaN, start, random), "step");
        bad(() -> make(estimator, 1, new double[3], random), "u0", "4");
        bad(() -> make(estimator, 1, start, null), "random");
        bad(
                () -> new VarianceReducedHalpern(estimator, null, 1, k -> 1, start, random),
                "constraint");
        bad(() -> new VarianceReducedHalpern(estimator, none, 1, null, start, random), "weight");
        var heavy = new VarianceReducedHalpern(estimator, none, 1, k -> 2, start, random);
        bad(() -> heavy.step(heavy.start()), "weight");
        bad(() -> VarianceReducedHalpern.of(null, none, 1, start, random), "operator");
    }

    private static VarianceReducedHalpern make(
            PageEstimator estimator, double step, double[] start, RandomStream random) {
        return new VarianceReducedHalpern(
                estimator, Indicator.none(), step, k -> 0.5, start, random);
    }

    private static FiniteSumOperator empty() {
        return new FiniteSumOperator() {
            @Override
            public int dimension() {
                return 1;
            }

            @Override
            public int terms() {
                return 0;
            }

            @Override
            public void apply(double[] z, double[] result) {
                result[0] = z[0];
            }

            @Override
            public void apply(int[] terms, double[] z, double[] result) {
                result[0] = z[0];
            }
        };
    }

    /** The condition number of the matrix decides nothing here: rows may even repeat. */
    @Test
    void repeatedRowsAreFine() {
        var a = new DMatrixRMaj(9, 1);
        java.util.Arrays.fill(a.data, 1);
        var f = FiniteSumOperator.gradientOf(new LeastSquares(a, new double[9]));
        var method =
                VarianceReducedHalpern.of(
                        f, Indicator.none(), 0.5, new double[] {1}, stream("run"));
        assertTrue(Math.abs(after(method, 400)[0]) < 0.02);
    }
}
