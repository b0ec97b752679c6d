package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStreams;

class ProductsTest {
    private static DMatrixRMaj gaussian(int rows, int cols, long seed) {
        return RandomMatrices.gaussian(rows, cols, new RandomStreams(seed).stream("products", 1));
    }

    private static DMatrixRMaj transposed(DMatrixRMaj a) {
        return CommonOps_DDRM.transpose(a, null);
    }

    @Property(tries = 100)
    void theFourTransposesAreOneProduct(
            @ForAll @IntRange(min = 1, max = 40) int m,
            @ForAll @IntRange(min = 1, max = 40) int n,
            @ForAll @IntRange(min = 1, max = 40) int k) {
        var a = gaussian(m, k, 1);
        var b = gaussian(k, n, 2);
        var c = new DMatrixRMaj(m, n);
        Kernels.gemm(a, b, c);
        assertArrayEquals(CommonOps_DDRM.mult(a, b, null).data, c.data, 1e-12);
        var d = new DMatrixRMaj(m, n);
        Kernels.gemmTransA(transposed(a), b, d);
        assertArrayEquals(c.data, d.data);
        Kernels.gemmTransB(a, transposed(b), d);
        assertArrayEquals(c.data, d.data);
        Kernels.gemmTransAB(transposed(a), transposed(b), d);
        assertArrayEquals(c.data, d.data);
    }

    @Property(tries = 100)
    void syrkIsSymmetricAndHasTheBitsOfGemm(
            @ForAll @IntRange(min = 1, max = 70) int n,
            @ForAll @IntRange(min = 1, max = 70) int k) {
        compareSyrk(gaussian(n, k, 3));
    }

    @Test
    void syrkOfSeveralPanelsAndThreads() {
        compareSyrk(gaussian(561, 60, 3));
        compareSyrk(gaussian(201, 400, 3));
    }

    private static void compareSyrk(DMatrixRMaj a) {
        int n = a.numRows;
        var expected = new DMatrixRMaj(n, n);
        Kernels.gemmTransB(a, a, expected);
        var c = new DMatrixRMaj(n, n);
        Kernels.syrk(a, c);
        assertArrayEquals(expected.data, c.data);
        c.zero();
        Kernels.syrkTransA(transposed(a), c);
        assertArrayEquals(expected.data, c.data);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                assertEquals(c.get(i, j), c.get(j, i));
            }
        }
    }

    @Test
    void bitsDoNotDependOnThreads() {
        var a = gaussian(300, 200, 4);
        var b = gaussian(200, 310, 5);
        var c = new DMatrixRMaj(300, 310);
        Kernels.gemm(a, b, c);
        // Inside a loop the product has one thread.
        var alone =
                Parallel.map(
                        2,
                        2,
                        i -> {
                            assertTrue(Parallel.alone());
                            var d = new DMatrixRMaj(300, 310);
                            Kernels.gemm(a, b, d);
                            return d;
                        });
        assertArrayEquals(c.data, alone.get(0).data);
        assertArrayEquals(c.data, alone.get(1).data);
    }

    @Test
    void anInterruptionDoesNotStopAProduct() {
        var a = gaussian(300, 300, 6);
        var c = new DMatrixRMaj(300, 300);
        Thread.currentThread().interrupt();
        Kernels.gemm(a, a, c);
        assertTrue(Thread.interrupted());
        assertArrayEquals(CommonOps_DDRM.mult(a, a, null).data, c.data, 1e-11);
    }

    @Test
    void squaredDistancesByHandAndOfClosePoints() {
        var a = new DMatrixRMaj(new double[][] {{0, 0}, {1e8, 1e8}});
        var b = new DMatrixRMaj(new double[][] {{3, 4}, {1e8 + 1, 1e8 - 2}, {0, 0}});
        var c = new DMatrixRMaj(2, 3);
        Kernels.squaredDistances(a, b, c);
        assertEquals(25, c.get(0, 0));
        assertEquals(0, c.get(0, 2));
        assertEquals(5, c.get(1, 1));
        var far = gaussian(7, 33, 7);
        var near = gaussian(12, 33, 8);
        var d = new DMatrixRMaj(7, 12);
        Kernels.squaredDistances(far, near, d);
        double[] x = java.util.Arrays.copyOfRange(far.data, 2 * 33, 3 * 33);
        double[] y = java.util.Arrays.copyOfRange(near.data, 5 * 33, 6 * 33);
        assertEquals(Kernels.distance2(x, y), Math.sqrt(d.get(2, 5)));
    }

    @Test
    void emptyMatricesAndUnusedSpaceAreFine() {
        var c = new DMatrixRMaj(2, 2);
        c.fill(7);
        Kernels.gemm(new DMatrixRMaj(2, 0), new DMatrixRMaj(0, 2), c);
        assertArrayEquals(new double[4], c.data);
        Kernels.gemm(new DMatrixRMaj(0, 3), new DMatrixRMaj(3, 2), new DMatrixRMaj(0, 2));
        var roomy = new DMatrixRMaj(5, 5);
        roomy.reshape(1, 2);
        roomy.data[7] = 9;
        Kernels.gemm(new DMatrixRMaj(new double[][] {{2}}), new DMatrixRMaj(1, 2), roomy);
        assertEquals(9, roomy.data[7]);
    }

    @Test
    void badArgumentsAreNamed() {
        var a = new DMatrixRMaj(2, 3);
        var square = new DMatrixRMaj(2, 2);
        var c = new DMatrixRMaj(2, 2);
        Rejects.bad(() -> Kernels.gemm(null, a, c), "a", "null");
        Rejects.bad(() -> Kernels.gemm(a, null, c), "b", "null");
        Rejects.bad(() -> Kernels.gemm(square, square, null), "c", "null");
        Rejects.bad(() -> Kernels.gemm(square, c, c), "c", "other than b");
        Rejects.bad(() -> Kernels.gemmTransAB(a, square, c), "c", "3 x 2");
        Rejects.bad(() -> Kernels.syrk(a, a), "c", "2 x 2");
        Rejects.bad(() -> Kernels.syrk(square, square), "c", "other than a");
        Rejects.bad(() -> Kernels.syrkTransA(a, c), "c", "3 x 3");
        Rejects.bad(() -> Kernels.squaredDistances(a, square, c), "b", "2 x 3");
        Rejects.bad(() -> Kernels.squaredDistances(a, a, new DMatrixRMaj(2, 3)), "c", "2 x 2");
        Rejects.bad(() -> Kernels.squaredDistances(square, square, square), "c");
        var huge = new DMatrixRMaj(1, 1);
        huge.numRows = 1 << 20;
        huge.numCols = 1 << 20;
        Rejects.bad(() -> Kernels.gemm(huge, huge, c), "range of a", "0..1", "1099511627776");
        var one = new double[1];
        var none = new double[0];
        Rejects.bad(() -> Kernels.gemv(one, 1 << 20, none, 0, 1 << 20, one), "range of a");
    }
}
