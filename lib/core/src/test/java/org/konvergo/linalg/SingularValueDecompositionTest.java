package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStreams;

class SingularValueDecompositionTest {
    private static double distance(DMatrixRMaj a, DMatrixRMaj b) {
        return Kernels.distance2(a.data, b.data);
    }

    private static DMatrixRMaj product(SingularValueDecomposition svd) {
        DMatrixRMaj scaled = svd.left().copy();
        var diagonal = new DMatrixRMaj(svd.left().numCols, svd.right().numCols);
        for (int k = 0; k < svd.values().length; k++) {
            diagonal.set(k, k, svd.values()[k]);
        }
        var middle = new DMatrixRMaj(scaled.numRows, diagonal.numCols);
        Kernels.gemm(scaled, diagonal, middle);
        var result = new DMatrixRMaj(scaled.numRows, svd.right().numRows);
        Kernels.gemmTransB(middle, svd.right(), result);
        return result;
    }

    private static double fromOrthogonal(DMatrixRMaj q) {
        var gram = new DMatrixRMaj(q.numCols, q.numCols);
        Kernels.syrkTransA(q, gram);
        var eye = new DMatrixRMaj(q.numCols, q.numCols);
        for (int i = 0; i < q.numCols; i++) {
            eye.set(i, i, 1);
        }
        return distance(gram, eye);
    }

    @Property(tries = 100)
    void multipliesBackAndIsOrdered(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 7) int rows,
            @ForAll @IntRange(min = 1, max = 7) int cols,
            @ForAll @IntRange(min = 0, max = 7) int rank) {
        var random = new RandomStreams(seed).stream("svd", 0);
        var a = new DMatrixRMaj(rows, cols);
        if (rank > 0) {
            Kernels.gemm(
                    RandomMatrices.gaussian(rows, rank, random),
                    RandomMatrices.gaussian(rank, cols, random),
                    a);
        }
        var svd = SingularValueDecomposition.of(a);
        double scale = 1 + svd.values()[0];
        assertEquals(0, distance(a, product(svd)), 1e-13 * scale);
        assertEquals(0, fromOrthogonal(svd.left()), 1e-13);
        assertEquals(0, fromOrthogonal(svd.right()), 1e-13);
        for (int k = 0; k < svd.values().length; k++) {
            double next = k + 1 < svd.values().length ? svd.values()[k + 1] : 0;
            assertTrue(svd.values()[k] >= next);
        }
        int least = Math.min(rank, Math.min(rows, cols));
        assertTrue(svd.rank(1e-12 * scale) <= least);
        DMatrixRMaj kernel = svd.nullSpace(1e-12 * scale);
        if (kernel.numCols > 0) {
            var zero = new DMatrixRMaj(rows, kernel.numCols);
            Kernels.gemm(a, kernel, zero);
            assertEquals(0, Kernels.norm2(zero.data), 1e-11 * scale);
        }
        assertEquals(cols, svd.rank(1e-12 * scale) + kernel.numCols);
    }

    @Test
    void knownValues() {
        var svd = SingularValueDecomposition.of(new DMatrixRMaj(new double[][] {{0, -2}, {3, 0}}));
        assertArrayEquals(new double[] {3, 2}, svd.values(), 1e-15);
        var zero = SingularValueDecomposition.of(new DMatrixRMaj(2, 3));
        assertArrayEquals(new double[2], zero.values());
        assertEquals(0, zero.rank(0));
        assertEquals(3, zero.nullSpace(0).numCols);
        assertEquals(2, zero.leftNullSpace(0).numCols);
        assertEquals(0, zero.range(0).numCols);
    }

    @Test
    void rangeAndItsComplementAreTheBasis() {
        var a = new DMatrixRMaj(new double[][] {{1, 2}, {2, 4}, {0, 0}});
        var svd = SingularValueDecomposition.of(a);
        assertEquals(1, svd.rank(1e-12));
        DMatrixRMaj range = svd.range(1e-12);
        assertEquals(2, range.get(1, 0) / range.get(0, 0), 1e-14);
        assertEquals(2, svd.leftNullSpace(1e-12).numCols);
    }

    @Test
    void refusesBadInput() {
        bad(() -> SingularValueDecomposition.of(null), "a");
        bad(() -> SingularValueDecomposition.of(new DMatrixRMaj(0, 2)), "a", "not empty");
        bad(
                () ->
                        SingularValueDecomposition.of(
                                new DMatrixRMaj(new double[][] {{1, Double.NaN}})),
                "a[1]");
        var svd = SingularValueDecomposition.of(new DMatrixRMaj(1, 1));
        bad(() -> svd.rank(-1), "threshold");
        bad(() -> svd.nullSpace(Double.NaN), "threshold");
    }
}
