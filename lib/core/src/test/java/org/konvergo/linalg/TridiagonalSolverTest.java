package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.random.RandomStreams;

class TridiagonalSolverTest {
    @Property(tries = 100)
    void agreesWithADenseSolver(
            @ForAll @IntRange(min = 1, max = 30) int n, @ForAll @LongRange long seed) {
        var random = new RandomStreams(seed).stream("tridiagonal", 0);
        double[] lower = random.gaussians(n);
        double[] upper = random.gaussians(n);
        double[] b = random.gaussians(n);
        var diagonal = new double[n];
        var dense = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            diagonal[i] = 1 + 2 * Math.abs(lower[i]) + 2 * Math.abs(upper[i]);
            dense.set(i, i, diagonal[i]);
            if (i > 0) {
                dense.set(i, i - 1, lower[i]);
            }
            if (i < n - 1) {
                dense.set(i, i + 1, upper[i]);
            }
        }
        double[] x = TridiagonalSolver.solve(lower, diagonal, upper, b);
        assertArrayEquals(LinearSolver.lu().solve(dense, b).orElseThrow(), x, 1e-12);
        double[] p = random.gaussians(n);
        double[] y = TridiagonalSolver.solveTransposed(lower, diagonal, upper, p);
        var transposed = CommonOps_DDRM.transpose(dense, null);
        assertArrayEquals(LinearSolver.lu().solve(transposed, p).orElseThrow(), y, 1e-12);
        double size = Kernels.norm2(p) * Kernels.norm2(x);
        assertEquals(Kernels.dot(p, x), Kernels.dot(y, b), 1e-12 * size);
        var back = new double[n];
        Kernels.gemvTransposed(dense, y, back);
        assertArrayEquals(p, back, 1e-14);
    }

    @Test
    void smoothingKeepsTheMeanAndDampsWaves() {
        var free = new SobolevGradient(0.1, 0.02, false);
        var ones = new double[50];
        Arrays.fill(ones, 3);
        assertArrayEquals(ones, free.smooth(ones), 1e-13);
        var wave = new double[50];
        Arrays.setAll(wave, k -> k % 2 == 0 ? 1 : -1);
        // In the middle by 1 / (1 + 4 l^2 / step^2), more weakly at the ends.
        assertEquals(1 / 101.0, Math.abs(free.smooth(wave)[25]), 1e-3);
        assertTrue(Kernels.normInf(free.smooth(wave)) < 0.1);
        double[] held = new SobolevGradient(0.1, 0.02, true).smooth(ones);
        assertTrue(held[0] < 1 && held[49] > 2.9);
        assertArrayEquals(wave, new SobolevGradient(0, 0.02, true).smooth(wave));
    }

    @Test
    void refuseBadArguments() {
        double[] two = {1, 2};
        double[] one = {1};
        Rejects.bad(() -> TridiagonalSolver.solve(one, two, two, two), "lower", "length 2");
        Rejects.bad(() -> TridiagonalSolver.solve(two, two, one, two), "upper");
        Rejects.bad(() -> TridiagonalSolver.solveTransposed(two, two, two, one), "b should");
        Rejects.bad(
                () ->
                        TridiagonalSolver.solve(
                                new double[0], new double[0], new double[0], new double[0]),
                "length of diagonal");
        assertThrows(
                ArithmeticException.class,
                () -> TridiagonalSolver.solve(two, new double[2], two, two));
        Rejects.bad(() -> new SobolevGradient(-1, 1, true), "length");
        Rejects.bad(() -> new SobolevGradient(1, 0, true), "step");
        Rejects.bad(() -> new SobolevGradient(1, 1, true).smooth(new double[0]), "gradient");
    }
}
