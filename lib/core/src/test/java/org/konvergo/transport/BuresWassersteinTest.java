package org.konvergo.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.SymmetricMatrixFunctions;
import org.konvergo.problem.MatrixLoss;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStreams;

class BuresWassersteinTest {
    private static DMatrixRMaj positive(int n, int rank, long seed, String name) {
        var g = RandomMatrices.gaussian(n, rank, new RandomStreams(seed).stream(name, 0));
        var a = new DMatrixRMaj(n, n);
        Kernels.syrk(g, a);
        return a;
    }

    private static DMatrixRMaj diagonal(double... d) {
        return CommonOps_DDRM.diag(d);
    }

    private static DMatrixRMaj times(DMatrixRMaj a, DMatrixRMaj b) {
        var c = new DMatrixRMaj(a.numRows, b.numCols);
        Kernels.gemm(a, b, c);
        return c;
    }

    @Test
    void commutingCovariances() {
        assertEquals(2, BuresWasserstein.squaredDistance(diagonal(1, 4), diagonal(4, 9)), 1e-14);
        // One dimension: (|w| - sqrt(lambda))^2.
        var loss = new BuresWasserstein(diagonal(2)).loss(0);
        for (double w : new double[] {-3, -0.1, 0.5, 1.4}) {
            double expected = (Math.abs(w) - Math.sqrt(2)) * (Math.abs(w) - Math.sqrt(2));
            var matrix = new DMatrixRMaj(1, 1, true, w);
            assertEquals(expected, loss.value(matrix), 1e-14);
            double slope = 2 * (w - Math.copySign(Math.sqrt(2), w));
            assertEquals(slope, loss.gradient(matrix).data[0], 1e-13);
        }
    }

    @Property(tries = 40)
    void isADistance(@ForAll @IntRange(min = 1, max = 7) int n, @ForAll @LongRange long seed) {
        var s = positive(n, n + 2, seed, "s");
        var s0 = positive(n, n + 3, seed, "s0");
        double size = CommonOps_DDRM.trace(s) + CommonOps_DDRM.trace(s0);
        double distance = BuresWasserstein.squaredDistance(s, s0);
        assertTrue(distance > 0);
        assertEquals(distance, BuresWasserstein.squaredDistance(s0, s), 1e-12 * size);
        assertEquals(0, BuresWasserstein.squaredDistance(s, s), 1e-12 * size);
        var here = new BuresWasserstein(s);
        assertTrue(Kernels.normInf(here.gradient(s).data) < 1e-8);
    }

    @Property(tries = 40)
    void theMapTransports(@ForAll @IntRange(min = 1, max = 7) int n, @ForAll @LongRange long seed) {
        var s = positive(n, n + 3, seed, "s");
        var s0 = positive(n, n + 3, seed, "s0");
        var t = new BuresWasserstein(s0).transportMap(s);
        var there = times(times(t, s), t);
        Kernels.axpy(-1, s0.data, there.data);
        assertTrue(Kernels.normInf(there.data) < 1e-10 * Kernels.normInf(s0.data));
    }

    private static void checkGradient(MatrixLoss loss, DMatrixRMaj w, double tolerance) {
        var gradient = loss.gradient(w);
        double size = Kernels.normInf(gradient.data);
        double h = 1e-5;
        for (int k = 0; k < w.getNumElements(); k++) {
            double old = w.data[k];
            w.data[k] = old + h;
            double above = loss.value(w);
            w.data[k] = old - h;
            double below = loss.value(w);
            w.data[k] = old;
            assertEquals((above - below) / (2 * h), gradient.data[k], tolerance * size);
        }
    }

    @Test
    void gradientsAgreeWithDifferences() {
        var bures = new BuresWasserstein(positive(5, 8, 1, "target"));
        var random = new RandomStreams(2).stream("w", 0);
        for (int columns : new int[] {2, 5, 7}) {
            for (double tau : new double[] {0, 0.1}) {
                var w = RandomMatrices.gaussian(5, columns, random);
                checkGradient(bures.loss(tau), w, 1e-6);
            }
        }
        checkGradient(
                MatrixLoss.covarianceSquare(positive(5, 8, 1, "target")),
                RandomMatrices.gaussian(5, 3, random),
                1e-6);
    }

    @Test
    void bothFormsOfTheLossAgree() {
        var s0 = positive(5, 8, 3, "target");
        var bures = new BuresWasserstein(s0);
        var w = RandomMatrices.gaussian(5, 2, new RandomStreams(3).stream("w", 0));
        var s = new DMatrixRMaj(5, 5);
        Kernels.syrk(w, s);
        assertEquals(bures.squaredDistance(s), bures.loss(0).value(w), 1e-12);
        var gradient = times(bures.gradient(s), w);
        Kernels.scale(2, gradient.data);
        assertArrayEquals(gradient.data, bures.loss(0).gradient(w).data, 1e-7);
    }

    @Test
    void criticalPointsKeepEigenpairs() {
        var s0 = diagonal(4, 2, 1, 0.5);
        var bures = new BuresWasserstein(s0);
        var kept = diagonal(4, 0, 1, 0);
        assertEquals(2.5, bures.squaredDistance(kept), 1e-12);
        var projected = times(bures.gradient(kept), SymmetricMatrixFunctions.sqrt(kept));
        assertTrue(Kernels.normInf(projected.data) < 1e-12);
    }

    /**
     * The squares of the distances of POT 0.9.5, ot.gaussian.bures_wasserstein_distance(0, 0, A, B)
     * with A[i, j] = (i == j) * (i + 1) + 0.3 / (1 + i + j) and B[i, j] = (i == j) * (n - i) + 0.1
     * * min(i, j) for n = 2, 3, 5.
     */
    @Test
    void agreesWithPythonOptimalTransport() {
        double[] expected = POT;
        int[] sizes = {2, 3, 5};
        for (int k = 0; k < 3; k++) {
            int n = sizes[k];
            var a = new DMatrixRMaj(n, n);
            var b = new DMatrixRMaj(n, n);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    a.set(i, j, (i == j ? i + 1 : 0) + 0.3 / (1 + i + j));
                    b.set(i, j, (i == j ? n - i : 0) + 0.1 * Math.min(i, j));
                }
            }
            assertEquals(expected[k], BuresWasserstein.squaredDistance(a, b), 1e-8);
        }
    }

    private static final double[] POT = {
        0.24182506479956253, 0.7897488821726801, 2.969858305961594
    };

    @Test
    void badInput() {
        bad(() -> new BuresWasserstein(null), "target", "given");
        bad(() -> new BuresWasserstein(new DMatrixRMaj(1, 2)), "target", "square");
        bad(() -> new BuresWasserstein(diagonal(1, -1)), "smallest eigenvalue", "-1");
        var skew = new DMatrixRMaj(new double[][] {{1, 0}, {2, 1}});
        bad(() -> new BuresWasserstein(skew), "target", "symmetric");
        var bures = new BuresWasserstein(diagonal(1, 2));
        bad(() -> bures.squaredDistance(diagonal(1)), "s", "2 x 2", "1 x 1");
        bad(() -> bures.squaredDistance(skew), "s", "symmetric");
        bad(() -> bures.squaredDistance(diagonal(1, -1)), "s", "semidefinite");
        bad(() -> bures.transportMap(diagonal(1, -1)), "smallest eigenvalue");
        bad(() -> bures.squaredDistance(diagonal(1, Double.NaN)), "s", "finite");
        bad(() -> bures.loss(-1), "tau", "non-negative");
        bad(() -> bures.loss(0).value(new DMatrixRMaj(3, 1)), "w", "2 x 1");
        bad(() -> bures.loss(0).gradient(new DMatrixRMaj(3, 1)), "w", "2 x 1");
        bad(() -> MatrixLoss.covarianceSquare(skew), "target", "symmetric");
        bad(() -> MatrixLoss.covarianceSquare(diagonal(1)).value(new DMatrixRMaj(2, 2)), "w");
    }
}
