package org.konvergo.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.L1Norm;
import org.konvergo.problem.LeastSquares;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

class LassoDescentTest {
    private static final RandomStream RANDOM = new RandomStreams(1).stream("lasso", 0);

    private static LeastSquares squares(int m, int n) {
        var a = new DMatrixRMaj(m, n, true, RANDOM.split("a", n).gaussians(m * n));
        return new LeastSquares(a, RANDOM.split("b", n).gaussians(m));
    }

    private static Trace<LassoDescent.State> solve(LassoDescent method, double gap) {
        return Run.of(method)
                .measure("gap", LassoDescent.State::gap)
                .stop(Stop.below("gap", gap).or(Stop.iterations(1000)))
                .start();
    }

    @Test
    void orthogonalColumnsAreThresholdedOnce() {
        var problem = LeastSquares.separable(new double[] {1, 2, 4}, new double[] {3, -1, 0.1});
        // Each minimises c/2 (w - z)^2 + |w| / 2: z less 1 / (2c), towards 0.
        var method = new LassoDescent(problem, new L1Norm(0.5), new double[] {7, 7, 7});
        var s = method.step(method.start());
        assertArrayEquals(new double[] {2.5, -0.75, 0}, s.x(), 1e-14);
        assertEquals(0.125 + 1.25 + 0.0625 + 0.375 + 0.02, s.value(), 1e-14);
        assertEquals(0, s.gap(), 1e-14);
    }

    @Test
    void solutionsMeetTheConditionsOfOptimality() {
        for (int n : new int[] {5, 60}) {
            var problem = squares(30, n);
            double weight = 0.05;
            var trace = solve(new LassoDescent(problem, new L1Norm(weight), new double[n]), 1e-14);
            assertEquals(Status.CONVERGED, trace.status());
            double[] x = trace.state().x();
            var gradient = new double[n];
            problem.gradient(x, gradient);
            for (int j = 0; j < n; j++) {
                if (x[j] == 0) {
                    assertTrue(Math.abs(gradient[j]) <= weight + 1e-6);
                } else {
                    assertEquals(-Math.signum(x[j]) * weight, gradient[j], 1e-6);
                }
            }
            double value = problem.value(x) + weight * Kernels.norm1(x);
            assertEquals(value, trace.state().value(), 1e-14);
        }
    }

    @Test
    void theGapBoundsTheErrorAndNoSolutionIsLeftOut() {
        var problem = squares(30, 60);
        var norm = new L1Norm(0.1);
        double[] start = RANDOM.split("start", 0).gaussians(60);
        var best = solve(new LassoDescent(problem, norm, new double[60]), 1e-14).state();
        var method = new LassoDescent(problem, norm, start);
        var s = method.start();
        int before = 60;
        for (int k = 0; k < 40; k++) {
            assertTrue(s.value() - best.value() <= s.gap() + 1e-14);
            assertTrue(s.candidates() <= before);
            before = s.candidates();
            s = method.step(s);
        }
        assertTrue(before < 60, "something is left out");
        assertArrayEquals(best.x(), s.x(), 1e-6);
        // The same steps again give the same bits.
        var again = method.start();
        for (int k = 0; k < 40; k++) {
            again = method.step(again);
        }
        assertArrayEquals(s.x(), again.x());
    }

    @Test
    void aColumnOfZerosGetsNoWeight() {
        var a = new DMatrixRMaj(new double[][] {{1, 0}, {0, 0}});
        var problem = new LeastSquares(a, new double[] {4, 1});
        var method = new LassoDescent(problem, new L1Norm(1), new double[] {1, 5});
        assertArrayEquals(new double[] {2, 0}, method.step(method.start()).x(), 1e-14);
    }

    @Test
    void badArgumentsAreNamed() {
        var problem = squares(3, 2);
        var norm = new L1Norm(1);
        bad(() -> new LassoDescent(null, norm, new double[2]), "problem");
        bad(() -> new LassoDescent(problem, null, new double[2]), "norm");
        bad(() -> new LassoDescent(problem, new L1Norm(0), new double[2]), "weight", "positive");
        bad(() -> new LassoDescent(problem, norm, new double[3]), "x0", "2");
        bad(() -> new LassoDescent(problem, norm, new double[] {0, Double.NaN}), "x0");
    }
}
