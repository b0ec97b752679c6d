package org.konvergo.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.LinearOperator;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStreams;

class ConjugateGradientTest {
    private static LinearOperator operator(DMatrixRMaj a) {
        return (x, y) -> Kernels.gemv(a, x, y);
    }

    private static DMatrixRMaj positiveDefinite(int n, long seed) {
        var g = RandomMatrices.gaussian(n, n, new RandomStreams(seed).stream("spd", 0));
        var a = new DMatrixRMaj(n, n);
        Kernels.gemmTransA(g, g, a);
        for (int i = 0; i < n; i++) {
            a.add(i, i, 1);
        }
        return a;
    }

    @Property(tries = 60)
    void solvesPositiveDefiniteSystems(
            @ForAll @IntRange(min = 1, max = 15) int n, @ForAll @LongRange long seed) {
        var a = positiveDefinite(n, seed);
        double[] solution = new RandomStreams(seed).stream("x", 0).gaussians(n);
        var b = new double[n];
        Kernels.gemv(a, solution, b);
        var diagonal = new double[n];
        for (int i = 0; i < n; i++) {
            diagonal[i] = a.get(i, i);
        }
        var calls = new OracleCounter();
        var s = new ConjugateGradient(operator(a), b, diagonal).solve(1e-13, 20 * n, calls);
        assertTrue(Kernels.distance2(solution, s.x()) <= 1e-9 * (1 + Kernels.norm2(solution)));
        assertEquals(s.steps(), calls.count(Oracle.HESSIAN_VECTOR));
    }

    /**
     * The theory: the error in the A-norm falls at every step, and by the rate of the condition.
     */
    @Test
    void errorFallsAsTheConditionNumberSays() {
        int n = 60;
        var scales = new double[n];
        var solution = new double[n];
        var b = new double[n];
        for (int i = 0; i < n; i++) {
            scales[i] = 1 + 99.0 * i / (n - 1); // condition number 100
            solution[i] = 1;
            b[i] = scales[i];
        }
        LinearOperator a =
                (x, y) -> {
                    for (int i = 0; i < n; i++) {
                        y[i] = scales[i] * x[i];
                    }
                };
        var trace =
                Run.of(ConjugateGradient.plain(a, b))
                        .measure("error", s -> energy(scales, solution, s.x()))
                        .stop(Stop.iterations(40))
                        .start();
        double[] error = trace.values("error");
        double bound = 2 * error[0];
        for (int k = 1; k < error.length; k++) {
            bound *= (10.0 - 1) / (10.0 + 1);
            assertTrue(error[k] < error[k - 1], "falls at " + k);
            assertTrue(error[k] <= bound, "bound at " + k);
        }
    }

    private static double energy(double[] scales, double[] solution, double[] x) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += scales[i] * (x[i] - solution[i]) * (x[i] - solution[i]);
        }
        return Math.sqrt(sum);
    }

    @Test
    void jacobiSolvesADiagonalSystemInOneStep() {
        double[] d = {1, 100, 1e4};
        LinearOperator a =
                (x, y) -> {
                    for (int i = 0; i < d.length; i++) {
                        y[i] = d[i] * x[i];
                    }
                };
        var s =
                new ConjugateGradient(a, new double[] {1, 2, 3}, d)
                        .solve(1e-14, 10, new OracleCounter());
        assertEquals(1, s.steps());
        assertArrayEquals(new double[] {1, 0.02, 3e-4}, s.x(), 1e-15);
    }

    @Test
    void singularButConsistentSystem() {
        // Path graph Laplacian, singular along (1, 1, 1); the right side is orthogonal to it.
        var a = new DMatrixRMaj(new double[][] {{1, -1, 0}, {-1, 2, -1}, {0, -1, 1}});
        var s =
                ConjugateGradient.plain(operator(a), new double[] {1, 0, -1})
                        .solve(1e-12, 10, new OracleCounter());
        assertArrayEquals(new double[] {1, 0, -1}, s.x(), 1e-12);
        assertFalse(s.brokenDown());
    }

    @Test
    void zeroRightSideNeedsNoStep() {
        var s =
                ConjugateGradient.plain(operator(positiveDefinite(3, 1)), new double[3])
                        .solve(1e-10, 10, new OracleCounter());
        assertEquals(0, s.steps());
        assertArrayEquals(new double[3], s.x());
        assertEquals(0, s.relativeResidual());
    }

    @Test
    void indefiniteOperatorIsReported() {
        LinearOperator a = (x, y) -> y[0] = -x[0];
        var method = ConjugateGradient.plain(a, new double[] {1});
        var s = method.solve(1e-10, 10, new OracleCounter());
        assertTrue(s.brokenDown());
        assertArrayEquals(new double[] {0}, s.x());
        assertEquals(1, method.step(s).steps(), "a further step does nothing");
    }

    @Test
    void capOfTheSteps() {
        var b = new double[20];
        b[3] = 1;
        assertEquals(
                2,
                ConjugateGradient.plain(operator(positiveDefinite(20, 2)), b)
                        .solve(0, 2, new OracleCounter())
                        .steps());
    }

    @Test
    void badArgumentsAreRefused() {
        LinearOperator a = (x, y) -> {};
        double[] one = {1};
        Rejects.bad(() -> ConjugateGradient.plain(null, one), "a should");
        Rejects.bad(() -> ConjugateGradient.plain(a, new double[] {Double.NaN}), "b[0]");
        Rejects.bad(() -> new ConjugateGradient(a, one, new double[2]), "preconditioner");
        Rejects.bad(
                () -> new ConjugateGradient(a, one, new double[] {0}),
                "preconditioner[0]",
                "positive");
        var method = ConjugateGradient.plain(a, one);
        Rejects.bad(() -> method.solve(-1, 1, new OracleCounter()), "tolerance");
        Rejects.bad(() -> method.solve(0, -1, new OracleCounter()), "maxSteps");
    }
}
