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
import org.konvergo.random.RandomStreams;

class GmresTest {
    private static Gmres of(DMatrixRMaj a, double[] b) {
        return new Gmres((x, y) -> Kernels.gemv(a, x, y), b, new double[b.length]);
    }

    @Property(tries = 60)
    void solvesInAtMostNSteps(
            @ForAll @IntRange(min = 1, max = 12) int n,
            @ForAll @IntRange(min = 0, max = 1000) int seed) {
        var random = new RandomStreams(seed).stream("gmres", n);
        var a = new DMatrixRMaj(n, n, true, random.gaussians(n * n));
        for (int i = 0; i < n; i++) {
            a.add(i, i, 4);
        }
        double[] b = random.gaussians(n);
        var method = of(a, b);
        var state = method.start();
        double before = state.residual();
        for (int k = 0; k < n; k++) {
            state = method.step(state);
            assertTrue(state.residual() <= before * (1 + 1e-12));
            before = state.residual();
            var ax = new double[n];
            Kernels.gemv(a, state.x(), ax);
            assertEquals(Kernels.distance2(ax, b), state.residual(), 1e-9);
        }
        assertArrayEquals(LinearSolver.lu().solve(a, b).orElseThrow(), state.x(), 1e-7);
    }

    /** The first iterate minimises the residual along b. */
    @Test
    void firstStepIsTheBestMultipleOfB() {
        var a = new DMatrixRMaj(new double[][] {{2, 1}, {0, 1}});
        double[] b = {1, 1};
        double[] x = of(a, b).step(of(a, b).start()).x();
        assertArrayEquals(new double[] {0.4, 0.4}, x, 1e-14); // b'(Ab) / |Ab|^2 with Ab = (3, 1)
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
    }

    @Test
    void leavesASingularSystemWithTheBestResidual() {
        var a = new DMatrixRMaj(new double[][] {{1, 0}, {0, 0}});
        var state = of(a, new double[] {1, 1}).solve(0, 10, new OracleCounter());
        assertTrue(state.complete());
        assertTrue(Double.isFinite(state.x()[0]));
        assertEquals(1, state.residual(), 1e-12);
    }

    @Test
    void badInputIsNamed() {
        var a = new DMatrixRMaj(2, 2);
        Rejects.bad(
                () -> new Gmres((x, y) -> Kernels.gemv(a, x, y), new double[2], new double[1]),
                "x0");
        Rejects.bad(() -> of(a, new double[] {Double.NaN, 0}), "b[0]", "finite");
        Rejects.bad(() -> of(a, new double[2]).solve(-1, 1, new OracleCounter()), "tolerance");
        Rejects.bad(() -> of(a, new double[2]).solve(0, -1, new OracleCounter()), "maxSteps");
    }
}
