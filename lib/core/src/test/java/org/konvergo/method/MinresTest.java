package org.konvergo.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.LinearSolver;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

class MinresTest {
    private static Minres of(DMatrixRMaj a, double[] b) {
        return new Minres((x, y) -> Kernels.gemv(a, x, y), b, new double[b.length]);
    }

    private static double residual(DMatrixRMaj a, double[] x, double[] b) {
        var ax = new double[b.length];
        Kernels.gemv(a, x, ax);
        return Kernels.distance2(ax, b);
    }

    /** [B G'; G 0] with a symmetric B that need not be definite: n + m rows. */
    private static DMatrixRMaj kkt(int n, int m, RandomStream random) {
        var k = new DMatrixRMaj(n + m, n + m);
        for (int i = 0; i < n + m; i++) {
            for (int j = 0; j <= i && j < n; j++) {
                double entry = random.gaussian() + (i == j ? 3 : 0) + (i == n + j ? 3 : 0);
                k.set(i, j, entry);
                k.set(j, i, entry);
            }
        }
        return k;
    }

    /** Q diag(values) Q'. */
    private static DMatrixRMaj symmetric(double[] values, RandomStream random) {
        int n = values.length;
        var q = RandomMatrices.orthonormal(n, n, random);
        var scaled = q.copy();
        Kernels.scaleColumns(scaled, values);
        var a = new DMatrixRMaj(n, n);
        Kernels.gemmTransB(scaled, q, a);
        return a;
    }

    @Property(tries = 60)
    void agreesWithADirectSolveOnKktSystems(
            @ForAll @IntRange(min = 1, max = 10) int n,
            @ForAll @IntRange(min = 0, max = 5) int m,
            @ForAll @IntRange(min = 0, max = 1000) int seed) {
        var random = new RandomStreams(seed).stream("minres", n);
        var a = kkt(n, Math.min(n, m), random);
        double[] b = random.gaussians(a.numRows);
        double[] exact = LinearSolver.lu().solve(a, b).orElseThrow();
        var state = of(a, b).solve(1e-12, 40 * b.length, new OracleCounter());
        double condition = Math.max(1, Kernels.norm2(exact));
        assertArrayEquals(exact, state.x(), 1e-8 * condition * condition);
        assertEquals(residual(a, state.x(), b), state.residual(), 1e-8 * condition);
    }

    /** Both minimise the residual over the same space, by different ways. */
    @Property(tries = 40)
    void theResidualFallsAsThatOfGmres(
            @ForAll @IntRange(min = 2, max = 12) int n,
            @ForAll @IntRange(min = 0, max = 1000) int seed) {
        var random = new RandomStreams(seed).stream("falls", n);
        var a = kkt(n, n / 2, random);
        double[] b = random.gaussians(a.numRows);
        var minres = of(a, b);
        var gmres = new Gmres(minres.a(), b, new double[b.length]);
        var state = minres.start();
        var other = gmres.start();
        double before = state.residual();
        assertEquals(Kernels.norm2(b), before, 1e-14 * before);
        for (int k = 0; k < 3 * n; k++) {
            state = minres.step(state);
            assertTrue(state.residual() <= before);
            before = state.residual();
            if (k < n) {
                other = gmres.step(other);
                assertEquals(other.residual(), state.residual(), 1e-7 * Kernels.norm2(b));
            }
        }
    }

    @Property(tries = 40)
    void aSingularConsistentSystemHasTheSolutionOfLeastNorm(
            @ForAll @IntRange(min = 2, max = 9) int n,
            @ForAll @IntRange(min = 0, max = 1000) int seed) {
        var random = new RandomStreams(seed).stream("singular", n);
        var values = new double[n];
        for (int i = 0; i < n; i++) { // of both signs; the last half of them zero
            values[i] = i < (n + 1) / 2 ? (i % 2 == 0 ? 1 : -1) * (1 + random.uniform()) : 0;
        }
        var a = symmetric(values, random);
        double[] y = random.gaussians(n);
        var leastNorm = new double[n]; // A y has no part outside the range of A, and one inside
        Kernels.gemv(a, y, leastNorm);
        var b = new double[n];
        Kernels.gemv(a, leastNorm, b);
        var state = of(a, b).solve(1e-13, 5 * n, new OracleCounter());
        assertArrayEquals(leastNorm, state.x(), 1e-9 * Math.max(1, Kernels.norm2(leastNorm)));
        // From elsewhere: the solution nearest to the start, which keeps the start's part outside.
        double[] x0 = random.gaussians(n);
        var moved = new Minres(of(a, b).a(), b, x0).solve(1e-13, 5 * n, new OracleCounter());
        var step = moved.x().clone();
        Kernels.axpy(-1, x0, step);
        double[] free = state.x().clone();
        Kernels.axpy(-1, moved.x(), free); // a vector of the null space
        assertEquals(0, Kernels.dot(step, free), 1e-8 * Math.max(1, Kernels.dot(x0, x0)));
        assertEquals(0, residual(a, moved.x(), b), 1e-9 * Math.max(1, Kernels.norm2(b)));
    }

    /** The first iterate minimises the residual along b. */
    @Test
    void firstStepIsTheBestMultipleOfB() {
        var a = new DMatrixRMaj(new double[][] {{2, 1}, {1, 0}});
        double[] b = {1, 1};
        double[] x = of(a, b).step(of(a, b).start()).x();
        assertArrayEquals(new double[] {0.4, 0.4}, x, 1e-14); // b'(Ab) / |Ab|^2 with Ab = (3, 1)
    }

    /** Here the matrix in the first Krylov space is zero, on which conjugate gradients fail. */
    @Test
    void goesPastAZeroCurvature() {
        var a = new DMatrixRMaj(new double[][] {{0, 1}, {1, 0}});
        var method = of(a, new double[] {1, 0});
        var state = method.step(method.start());
        assertArrayEquals(new double[] {0, 0}, state.x());
        assertEquals(1, state.residual());
        state = method.step(state);
        assertArrayEquals(new double[] {0, 1}, state.x(), 1e-15);
        assertTrue(state.complete());
        assertEquals(2, state.steps());
    }

    @Test
    void endsEarlyWhereTheSpaceIsComplete() {
        var identity = new DMatrixRMaj(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
        var state = of(identity, new double[] {1, 2, 3}).solve(1e-14, 3, new OracleCounter());
        assertEquals(1, state.steps());
        assertArrayEquals(new double[] {1, 2, 3}, state.x(), 1e-14);
        var zero = of(identity, new double[3]).solve(0, 3, new OracleCounter());
        assertTrue(zero.complete());
        assertEquals(0, zero.relativeResidual());
        var calls = new OracleCounter();
        of(identity, new double[] {1, 2, 3}).solve(0, 9, calls);
        assertEquals(1, calls.count(Oracle.HESSIAN_VECTOR));
    }

    @Test
    void leavesASingularSystemWithTheBestResidual() {
        var a = new DMatrixRMaj(new double[][] {{1, 0}, {0, 0}});
        var state = of(a, new double[] {1, 1}).solve(0, 10, new OracleCounter());
        assertTrue(state.complete());
        assertEquals(1, state.x()[0], 1e-12);
        assertEquals(1, state.residual(), 1e-12);
        var nothing =
                of(new DMatrixRMaj(2, 2), new double[] {3, 4}).solve(0, 9, new OracleCounter());
        assertTrue(nothing.complete());
        assertArrayEquals(new double[2], nothing.x());
        assertEquals(5, nothing.residual());
    }

    @Test
    void badInputIsNamed() {
        var a = new DMatrixRMaj(2, 2);
        Rejects.bad(
                () -> new Minres((x, y) -> Kernels.gemv(a, x, y), new double[2], new double[1]),
                "x0");
        Rejects.bad(() -> new Minres(null, new double[1], new double[1]), "a");
        Rejects.bad(() -> of(a, new double[] {Double.NaN, 0}), "b[0]", "finite");
        Rejects.bad(() -> of(a, new double[2]).solve(-1, 1, new OracleCounter()), "tolerance");
        Rejects.bad(() -> of(a, new double[2]).solve(0, -1, new OracleCounter()), "maxSteps");
    }
}
