package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

class KernelsTest {
    private static RandomStream stream(long seed) {
        return new RandomStreams(seed).stream("kernels", 0);
    }

    /** The order that the package page promises, written as plainly as possible. */
    private static double lanes(double[] x, double[] y) {
        var s = new double[8];
        for (int i = 0; i < x.length; i++) {
            s[i % 8] = Math.fma(x[i], y[i], s[i % 8]);
        }
        return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
    }

    @Property
    void dotHasThePromisedOrder(@ForAll @IntRange(max = 70) int n, @ForAll @LongRange long seed) {
        var random = stream(seed);
        double[] x = random.gaussians(n);
        double[] y = random.gaussians(n);
        assertEquals(lanes(x, y), Kernels.dot(x, y));
    }

    @Property
    void dotOfARangeIsDotOfItsCopy(
            @ForAll @IntRange(max = 20) int from, @ForAll @IntRange(max = 20) int n) {
        var random = stream(n);
        double[] x = random.gaussians(from + n + 3);
        double[] y = random.gaussians(n);
        double[] part = java.util.Arrays.copyOfRange(x, from, from + n);
        assertEquals(Kernels.dot(part, y), Kernels.dot(x, from, y, 0, n));
    }

    @Property
    void softmaxIsAProbabilityAndShiftInvariant(
            @ForAll @IntRange(min = 1, max = 40) int n, @ForAll @LongRange long seed) {
        double[] x = stream(seed).gaussians(n);
        var p = new double[n];
        Kernels.softmax(x, p);
        assertEquals(1, Kernels.sum(p), 1e-14);
        double[] shifted = x.clone();
        java.util.Arrays.setAll(shifted, i -> x[i] + 512);
        var q = new double[n];
        Kernels.softmax(shifted, q);
        for (int i = 0; i < n; i++) {
            assertTrue(p[i] > 0 && p[i] <= 1);
            assertEquals(p[i], q[i], 1e-12);
        }
    }

    @Test
    void sumsOfNothingAreZero() {
        var empty = new double[0];
        assertEquals(0, Kernels.sum(empty));
        assertEquals(0, Kernels.dot(empty, empty));
        assertEquals(0, Kernels.norm1(empty));
        assertEquals(0, Kernels.normInf(empty));
        assertEquals(Double.NEGATIVE_INFINITY, Kernels.logSumExp(empty));
    }

    @Test
    void normsByHand() {
        double[] x = {3, -4, 0};
        assertEquals(7, Kernels.norm1(x));
        assertEquals(5, Kernels.norm2(x));
        assertEquals(4, Kernels.normInf(x));
        assertEquals(-1, Kernels.sum(x));
        assertEquals(5, Kernels.distance2(x, new double[3]));
        assertEquals(Double.NaN, Kernels.normInf(new double[] {1, Double.NaN, 2}));
    }

    @Test
    void updatesByHand() {
        double[] x = {1, 2};
        double[] y = {10, 20};
        Kernels.axpy(3, x, y);
        assertArrayEquals(new double[] {13, 26}, y);
        Kernels.axpby(2, x, -1, y);
        assertArrayEquals(new double[] {-11, -22}, y);
        Kernels.scale(0.5, y);
        assertArrayEquals(new double[] {-5.5, -11}, y);
    }

    @Test
    void logSumExpNeitherOverflowsNorUnderflows() {
        assertEquals(1000 + Math.log(2), Kernels.logSumExp(new double[] {1000, 1000}), 1e-12);
        assertEquals(-1000 + Math.log(2), Kernels.logSumExp(new double[] {-1000, -1000}), 1e-12);
        double minus = Double.NEGATIVE_INFINITY;
        assertEquals(minus, Kernels.logSumExp(new double[] {minus, minus}));
        assertEquals(3, Kernels.logSumExp(new double[] {minus, 3}));
        assertEquals(Double.NaN, Kernels.logSumExp(new double[] {1, Double.NaN}));
        var a = new DMatrixRMaj(new double[][] {{0, 0}, {1, 1}});
        var rows = new double[2];
        Kernels.logSumExpRows(a, rows);
        assertArrayEquals(new double[] {Math.log(2), 1 + Math.log(2)}, rows, 1e-15);
    }

    @Test
    void productsAgreeWithEjml() {
        var random = stream(3);
        var a = RandomMatrices.gaussian(17, 23, random);
        var b = RandomMatrices.gaussian(23, 9, random);
        var c = new DMatrixRMaj(17, 9);
        Kernels.gemm(a, b, c);
        var expected = new DMatrixRMaj(17, 9);
        CommonOps_DDRM.mult(a, b, expected);
        assertArrayEquals(expected.data, c.data, 1e-12);

        var at = new DMatrixRMaj(23, 17);
        CommonOps_DDRM.transpose(a, at);
        var bt = new DMatrixRMaj(9, 23);
        CommonOps_DDRM.transpose(b, bt);
        var viaA = new DMatrixRMaj(17, 9);
        Kernels.gemmTransA(at, b, viaA);
        var viaB = new DMatrixRMaj(17, 9);
        Kernels.gemmTransB(a, bt, viaB);
        // The same terms in the same order: the same bits.
        assertArrayEquals(c.data, viaA.data);
        assertArrayEquals(c.data, viaB.data);

        double[] x = random.gaussians(23);
        var y = new double[17];
        Kernels.gemv(a, x, y);
        var z = new double[17];
        Kernels.gemvTransposed(at, x, z);
        assertArrayEquals(y, z, 1e-13);
    }

    @Test
    void scalingByHand() {
        var a = new DMatrixRMaj(new double[][] {{1, 2}, {3, 4}});
        Kernels.scaleRows(new double[] {2, 10}, a);
        assertArrayEquals(new double[] {2, 4, 30, 40}, a.data);
        Kernels.scaleColumns(a, new double[] {1, 0.5});
        assertArrayEquals(new double[] {2, 2, 30, 20}, a.data);
    }

    @Test
    void elementwiseMayWorkInPlace() {
        double[] x = {0, 1, -2};
        double[] y = x.clone();
        Kernels.exp(y, y);
        assertArrayEquals(new double[] {1, Math.E, Math.exp(-2)}, y, 1e-15);
        Kernels.log(y, y);
        assertArrayEquals(x, y, 1e-15);
        var a = new DMatrixRMaj(new double[][] {{1, 1}, {0, Math.log(3)}});
        Kernels.softmaxRows(a, a);
        assertArrayEquals(new double[] {0.5, 0.5, 0.25, 0.75}, a.data, 1e-15);
    }

    @Test
    void wrongShapesAndAliasesAreRefused() {
        var two = new double[2];
        var three = new double[3];
        var a = new DMatrixRMaj(2, 3);
        Rejects.bad(() -> Kernels.dot(two, three), "y", "length 2", "length 3");
        Rejects.bad(() -> Kernels.dot(two, 1, three, 0, 2), "range of x", "0..2", "1..3");
        Rejects.bad(() -> Kernels.dot(two, -1, three, 0, 2), "range of x");
        Rejects.bad(() -> Kernels.axpy(1, two, three), "y");
        Rejects.bad(() -> Kernels.axpby(1, two, 1, three), "y");
        Rejects.bad(() -> Kernels.dot(null, two), "x", "null");
        Rejects.bad(() -> Kernels.sum(null), "x", "null");
        Rejects.bad(() -> Kernels.norm1(null), "x", "null");
        Rejects.bad(() -> Kernels.norm2(null), "x", "null");
        Rejects.bad(() -> Kernels.normInf(null), "x", "null");
        Rejects.bad(() -> Kernels.scale(1, null), "x", "null");
        Rejects.bad(() -> Kernels.axpy(1, three, 0, three, 1, 2), "range of y", "apart");
        Rejects.bad(() -> Kernels.distance2(two, three), "y");
        Rejects.bad(() -> Kernels.gemv(a, two, two), "x", "length 3");
        Rejects.bad(() -> Kernels.gemv(two, 2, three, 0, 2, two), "range of a", "0..2", "0..4");
        Rejects.bad(() -> Kernels.gemv(two, 1, three, 2, 2, new double[1]), "range of x", "2..4");
        Rejects.bad(() -> Kernels.gemv(two, 1, three, 0, 2, two), "y", "length 1");
        Rejects.bad(() -> Kernels.gemvTransposed(a, three, three), "x", "length 2");
        var square = new DMatrixRMaj(2, 2);
        Rejects.bad(() -> Kernels.gemv(square, two, two), "y", "other than x");
        Rejects.bad(() -> Kernels.gemv(null, two, two), "a", "null");
        Rejects.bad(() -> Kernels.gemv(square, two, square.data), "y");
        Rejects.bad(() -> Kernels.gemv(new DMatrixRMaj(1, 2), two, new double[2]), "y", "length 1");
        var column = new DMatrixRMaj(2, 1);
        Rejects.bad(() -> Kernels.gemv(column, new double[1], column.data), "y", "other than a");
        Rejects.bad(() -> Kernels.gemvTransposed(a, two, two), "y", "length 3");
        Rejects.bad(() -> Kernels.scaleRows(column.data, column), "a", "other than d");
        Rejects.bad(() -> Kernels.gemm(a, a, a), "b", "3 x 3", "2 x 3");
        Rejects.bad(() -> Kernels.gemm(square, square, square), "c", "other than a");
        Rejects.bad(() -> Kernels.gemmTransA(a, square, square), "c", "3 x 2");
        Rejects.bad(() -> Kernels.gemmTransB(a, square, square), "b");
        Rejects.bad(() -> Kernels.exp(two, three), "y");
        Rejects.bad(() -> Kernels.log(two, three), "y");
        Rejects.bad(() -> Kernels.softmax(two, three), "y");
        Rejects.bad(() -> Kernels.softmaxRows(a, square), "b");
        Rejects.bad(() -> Kernels.logSumExpRows(a, three), "y");
        Rejects.bad(() -> Kernels.logSumExp(two, 1, 2), "range of x");
        Rejects.bad(() -> Kernels.scaleRows(three, a), "d");
        Rejects.bad(() -> Kernels.scaleColumns(a, two), "d");
    }
}
