package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.konvergo.Rejects.bad;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.ZMatrixRMaj;
import org.ejml.dense.row.CommonOps_ZDRM;
import org.junit.jupiter.api.Test;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

class ComplexKernelsTest {
    private static ZMatrixRMaj gaussian(int rows, int cols, RandomStream random) {
        return new ZMatrixRMaj(rows, cols, true, random.gaussians(2 * rows * cols));
    }

    @Property(tries = 50)
    void productsAgreeWithEjml(
            @ForAll @IntRange(min = 1, max = 9) int m,
            @ForAll @IntRange(min = 1, max = 40) int n,
            @ForAll @IntRange(min = 1, max = 9) int q,
            @ForAll long seed) {
        var random = new RandomStreams(seed).stream("products", 0);
        var b = gaussian(n, q, random);
        var a = gaussian(m, n, random);
        var c = new ZMatrixRMaj(m, q);
        CommonOps_ZDRM.mult(a, b, c);
        assertArrayEquals(c.data, ComplexKernels.product(a, b).data, 1e-13 * n);
        var tall = gaussian(n, m, random);
        CommonOps_ZDRM.multTransA(tall, b, c);
        assertArrayEquals(c.data, ComplexKernels.adjointProduct(tall, b).data, 1e-13 * n);
        CommonOps_ZDRM.mult(CommonOps_ZDRM.transpose(tall, null), b, c);
        assertArrayEquals(c.data, ComplexKernels.transposedProduct(tall, b).data, 1e-13 * n);
    }

    /** With g = i the transposed product is i i = -1, the adjoint one is conj(i) i = 1. */
    @Test
    void transposedIsNotAdjoint() {
        var g = new ZMatrixRMaj(1, 1, true, 0, 1);
        assertArrayEquals(new double[] {-1, 0}, ComplexKernels.transposedProduct(g, g).data);
        assertArrayEquals(new double[] {1, 0}, ComplexKernels.adjointProduct(g, g).data);
    }

    @Test
    void columnsAndBack() {
        var a = gaussian(3, 4, new RandomStreams(1).stream("a", 0));
        double[] columns = ComplexKernels.columns(a, false);
        assertEquals(a.getReal(2, 1), columns[2 * (3 + 2)]);
        assertArrayEquals(a.data, ComplexKernels.ofColumns(columns, 3, 4).data);
        double[] conjugate = ComplexKernels.columns(a, true);
        assertEquals(-a.getImag(2, 1), conjugate[2 * (3 + 2) + 1]);
        assertArrayEquals(new double[] {-2, 1}, ComplexKernels.turned(new double[] {1, 2}));
    }

    @Test
    void norms() {
        var a = new ZMatrixRMaj(1, 2, true, 1, 2, 3, 4);
        var b = new ZMatrixRMaj(1, 2, true, 1, 2, 3, 1);
        assertEquals(30, ComplexKernels.squaredNorm(a));
        assertEquals(3, ComplexKernels.distance(a, b));
        assertArrayEquals(new double[] {2, 4, 6, 8}, ComplexKernels.scaled(2, a).data);
        assertArrayEquals(new double[] {1, 2, 3, 4}, a.data);
    }

    /** A matrix may stand in an array that is longer than it. */
    @Test
    void spareRoomDoesNotCount() {
        var a = gaussian(3, 3, new RandomStreams(1).stream("a", 0));
        a.reshape(1, 2);
        var same = new ZMatrixRMaj(1, 2, true, a.data[0], a.data[1], a.data[2], a.data[3]);
        assertEquals(ComplexKernels.squaredNorm(same), ComplexKernels.squaredNorm(a));
        assertEquals(0, ComplexKernels.distance(a, same));
        assertArrayEquals(
                ComplexKernels.adjointProduct(same, same).data,
                ComplexKernels.adjointProduct(a, a).data);
        assertArrayEquals(ComplexKernels.scaled(3, same).data, ComplexKernels.scaled(3, a).data);
    }

    @Test
    void refusesBadInput() {
        var a = new ZMatrixRMaj(2, 3);
        bad(() -> ComplexKernels.product(a, a), "rows of b should be 3", "2");
        bad(() -> ComplexKernels.transposedProduct(a, new ZMatrixRMaj(3, 2)), "rows of b");
        bad(() -> ComplexKernels.adjointProduct(null, a), "a");
        bad(() -> ComplexKernels.ofColumns(new double[5], 1, 3), "columns");
        bad(() -> ComplexKernels.turned(new double[3]), "length of x", "even");
        bad(() -> ComplexKernels.distance(a, new ZMatrixRMaj(3, 2)), "b");
    }
}
