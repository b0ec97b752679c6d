package org.konvergo.saddle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.konvergo.linalg.ConditionNumber;
import org.konvergo.linalg.EigenvaluesNonsymmetric;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.method.Run;
import org.konvergo.method.Status;
import org.konvergo.method.Stop;
import org.konvergo.problem.Indicator;
import org.konvergo.problem.L1Norm;
import org.konvergo.problem.MatrixSaddleProblem;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStreams;
import org.konvergo.transport.AssignmentProblem;
import org.konvergo.transport.HungarianSolver;

class AdaptivePredictionCorrectionPdhgTest {
    private static AssignmentProblem random(int n, long seed) {
        var random = new RandomStreams(seed).stream("cost", 0);
        return new AssignmentProblem(DMatrixRMaj.wrap(n, n, random.uniforms(n * n)));
    }

    /** The exact solution: the permutation matrix, then the potentials. */
    private static double[][] saddlePoint(AssignmentProblem problem) {
        int n = problem.size();
        var exact = HungarianSolver.solve(problem.cost());
        var x = new double[n * n];
        for (int i = 0; i < n; i++) {
            x[i * n + exact.columns()[i]] = 1;
        }
        var y = Arrays.copyOf(exact.rowPotentials(), 2 * n);
        System.arraycopy(exact.columnPotentials(), 0, y, n, n);
        return new double[][] {x, y};
    }

    private static double squaredDistance(
            AdaptivePredictionCorrectionPdhg.State s, double r, double q, double[][] to) {
        double dx = Kernels.distance2(s.x(), to[0]);
        double dy = Kernels.distance2(s.y(), to[1]);
        return r * dx * dx + q * dy * dy;
    }

    @Test
    void solvesAssignmentsExactly() {
        for (long seed = 0; seed < 3; seed++) {
            for (double product : new double[] {2, 6, 12}) {
                var problem = random(12, seed);
                var trace =
                        Run.of(AdaptivePredictionCorrectionPdhg.of(problem, product, 1))
                                .measure("residual", s -> problem.residual(s.x(), s.y()))
                                .every(10)
                                .stop(Stop.below("residual", 1e-9).or(Stop.iterations(20_000)))
                                .start();
                assertEquals(Status.CONVERGED, trace.status(), trace.message());
                assertEquals(
                        HungarianSolver.solve(problem.cost()).cost(),
                        problem.objective(trace.state().last().x()),
                        1e-6);
            }
        }
    }

    /** The guarantee of the method, at every step and towards the exact solution. */
    @Test
    void contractsTowardsTheSaddlePoint() {
        var problem = random(10, 7);
        double[][] solution = saddlePoint(problem);
        var method = AdaptivePredictionCorrectionPdhg.of(problem, 5, 1);
        var s = method.start();
        for (int k = 0; k < 1500; k++) {
            double r = s.primalWeight();
            double q = s.dualWeight();
            double before = squaredDistance(s, r, q, solution);
            s = method.step(s);
            if (s.primalWeight() == r) {
                double step = s.last().alpha() * s.last().alpha() * s.last().squaredLength();
                assertTrue(
                        squaredDistance(s, r, q, solution)
                                <= before - 0.2 / 1.8 * step + 1e-12 * before + 1e-26,
                        "at " + k);
            }
        }
        assertTrue(problem.residual(s.x(), s.y()) < 1e-8);
    }

    @Test
    void keepsTheTransposedProduct() {
        var problem = random(10, 3);
        var method = AdaptivePredictionCorrectionPdhg.of(problem, 5, 1);
        var s = method.start();
        for (int k = 0; k < 3000; k++) {
            s = method.step(s);
        }
        var fresh = new double[100];
        problem.applyTransposed(s.y(), fresh);
        assertArrayEquals(fresh, s.transposed(), 1e-12);
    }

    @Test
    void refusesFewPredictions() {
        // ceil(log_1.5(rho / (4 nu^2 r0 s0))), with rho = 2n.
        int n = 15;
        var problem = random(n, 4);
        var method = AdaptivePredictionCorrectionPdhg.of(problem, 0.01, 1);
        var calls = new OracleCounter();
        var s = method.start();
        for (int k = 0; k < 300; k++) {
            s = method.step(s, calls);
        }
        double bound = Math.ceil(StrictMath.log(2.0 * n / (4 * 0.81 * 0.01)) / StrictMath.log(1.5));
        long failures = s.predictions() - 300;
        assertTrue(failures > 0 && failures <= bound, failures + " of at most " + bound);
        assertEquals(0.01 * StrictMath.pow(1.5, (double) failures), s.product(), 1e-9);
        assertEquals(s.predictions(), calls.count(Oracle.GRADIENT));
        assertEquals(2 * s.predictions(), calls.count(Oracle.PROX));
    }

    /** The test holds for every displacement once 4 nu^2 r s is at least rho(A'A). */
    @Property(tries = 100)
    void acceptanceTestHoldsForLargeWeights(
            @ForAll @IntRange(min = 1, max = 6) int m,
            @ForAll @IntRange(min = 1, max = 6) int n,
            @ForAll @DoubleRange(min = 0.01, max = 100) double ratio,
            @ForAll @LongRange long seed) {
        var random = new RandomStreams(seed).stream("test", 0);
        var a = RandomMatrices.gaussian(m, n, random);
        double norm = ConditionNumber.of(a).largest();
        double product = norm * norm / (4 * 0.81) * (1 + 1e-12);
        var problem = new MatrixSaddleProblem(a, new L1Norm(0.1), Indicator.box(-0.5, 0.5));
        var base = AdaptivePredictionCorrectionPdhg.of(problem, product, ratio);
        var method =
                new AdaptivePredictionCorrectionPdhg(
                        problem,
                        base.primalWeight(),
                        base.dualWeight(),
                        0.9,
                        1.8,
                        1.5,
                        random.gaussians(n),
                        random.gaussians(m));
        var s = method.start();
        for (int k = 0; k < 20; k++) {
            s = method.step(s);
        }
        assertEquals(20, s.predictions());
        assertEquals(product, s.product(), 1e-12 * product);
    }

    @Test
    void convergesOnTheGameOnWhichArrowHurwiczCircles() {
        var problem =
                new MatrixSaddleProblem(
                        new DMatrixRMaj(new double[][] {{1}}), Indicator.none(), Indicator.none());
        for (double product : new double[] {0.5, 1, 4}) {
            double w = Math.sqrt(product);
            var method =
                    new AdaptivePredictionCorrectionPdhg(
                            problem, w, w, 0.9, 1.8, 1.5, new double[] {1}, new double[] {1});
            var s = method.start();
            for (int k = 0; k < 2000; k++) {
                s = method.step(s);
            }
            assertTrue(Math.abs(s.x()[0]) + Math.abs(s.y()[0]) < 1e-8, "rs = " + product);
        }
    }

    /** On min max -xy a step of Arrow and Hurwicz is a linear map of determinant 1. */
    @Test
    void arrowHurwiczPreservesArea() {
        var problem =
                new MatrixSaddleProblem(
                        new DMatrixRMaj(new double[][] {{1}}), Indicator.none(), Indicator.none());
        for (double product : new double[] {0.2, 0.26, 1, 4}) {
            double w = Math.sqrt(product);
            var matrix = new DMatrixRMaj(2, 2);
            for (int j = 0; j < 2; j++) {
                var method =
                        new PrimalDualHybridGradient(
                                problem, w, w, 0, new double[] {1 - j}, new double[] {j});
                var s = method.step(method.start());
                matrix.set(0, j, s.x()[0]);
                matrix.set(1, j, s.y()[0]);
            }
            double[] m = matrix.data;
            assertEquals(1, m[0] * m[3] - m[1] * m[2], 1e-15);
            var eigenvalues = EigenvaluesNonsymmetric.of(matrix);
            double modulus = StrictMath.hypot(eigenvalues.real()[0], eigenvalues.imaginary()[0]);
            if (product > 0.25) {
                assertEquals(1, modulus, 1e-14, "rs = " + product);
            } else {
                assertTrue(Math.abs(modulus - 1) > 0.1, "rs = " + product);
            }
        }
    }

    @Test
    void staysAtASaddlePoint() {
        var problem = new AssignmentProblem(new DMatrixRMaj(new double[][] {{1, 2}, {3, 1}}));
        double[] x = {1, 0, 0, 1};
        double[] y = {0, 0, 1, 1};
        var method = new AdaptivePredictionCorrectionPdhg(problem, 1, 1, 0.9, 1.8, 1.5, x, y);
        var trace =
                Run.of(method)
                        .measure("residual", s -> problem.residual(s.x(), s.y()))
                        .measure("alpha", s -> s.last().alpha())
                        .stop(Stop.iterations(3))
                        .start();
        assertEquals(Status.EXHAUSTED, trace.status());
        assertArrayEquals(new double[4], trace.values("residual"));
        assertArrayEquals(new double[4], trace.values("alpha"));
        assertArrayEquals(x, trace.state().x());
        assertArrayEquals(y, trace.state().y());
        assertEquals(3, trace.state().predictions());
    }

    @Test
    void overflowEndsTheStep() {
        var problem = new AssignmentProblem(new DMatrixRMaj(new double[][] {{1, 2}, {3, 1}}));
        var huge = new double[] {1e300, -1e300, 1e300, 1e300};
        var method =
                new AdaptivePredictionCorrectionPdhg(
                        problem, 1, 1, 0.9, 1.8, 1.5, huge, new double[4]);
        var trace =
                Run.of(method)
                        .measure("residual", s -> problem.residual(s.x(), s.y()))
                        .stop(Stop.iterations(10))
                        .start();
        assertEquals(Status.DIVERGED, trace.status());
    }

    @Test
    void refusesBadInput() {
        var problem = random(2, 1);
        var x = new double[4];
        var y = new double[4];
        bad(() -> AdaptivePredictionCorrectionPdhg.of(null, 1, 1), "problem");
        bad(() -> AdaptivePredictionCorrectionPdhg.of(problem, 0, 1), "product");
        bad(() -> AdaptivePredictionCorrectionPdhg.of(problem, Double.NaN, 1), "product");
        bad(() -> AdaptivePredictionCorrectionPdhg.of(problem, 1, -1), "ratio");
        bad(() -> make(problem, 0, 1, 0.9, 1.8, 1.5, x, y), "primalWeight");
        bad(() -> make(problem, 1, -1, 0.9, 1.8, 1.5, x, y), "dualWeight");
        for (double nu : new double[] {0, 1, -0.5, Double.NaN}) {
            bad(() -> make(problem, 1, 1, nu, 1.8, 1.5, x, y), "nu");
        }
        for (double gamma : new double[] {0, 2, 2.5, Double.NaN}) {
            bad(() -> make(problem, 1, 1, 0.9, gamma, 1.5, x, y), "gamma");
        }
        for (double growth : new double[] {1, 0.5, Double.POSITIVE_INFINITY, Double.NaN}) {
            bad(() -> make(problem, 1, 1, 0.9, 1.8, growth, x, y), "growth");
        }
        bad(() -> make(problem, 1, 1, 0.9, 1.8, 1.5, new double[3], y), "x0", "4");
        bad(() -> make(problem, 1, 1, 0.9, 1.8, 1.5, x, new double[5]), "y0", "4");
        bad(
                () -> make(problem, 1, 1, 0.9, 1.8, 1.5, new double[] {0, 0, 0, Double.NaN}, y),
                "x0[3]");
    }

    private static AdaptivePredictionCorrectionPdhg make(
            AssignmentProblem problem,
            double r,
            double s,
            double nu,
            double gamma,
            double growth,
            double[] x,
            double[] y) {
        return new AdaptivePredictionCorrectionPdhg(problem, r, s, nu, gamma, growth, x, y);
    }
}
