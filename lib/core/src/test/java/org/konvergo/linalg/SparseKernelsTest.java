package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.DMatrixSparseCSC;
import org.ejml.ops.DConvertMatrixStruct;
import org.ejml.sparse.csc.CommonOps_DSCC;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

class SparseKernelsTest {
    private static DMatrixSparseCSC sparse(int rows, int cols, RandomStream random) {
        var dense = new DMatrixRMaj(rows, cols);
        for (int i = 0; i < rows * cols; i++) {
            dense.data[i] = random.integer(4) == 0 ? random.gaussian() : 0;
        }
        return DConvertMatrixStruct.convert(dense, (DMatrixSparseCSC) null, 0);
    }

    @Property(tries = 200)
    void productsAreThoseOfEjmlAndOfTheTranspose(
            @ForAll @IntRange(min = 1, max = 30) int rows,
            @ForAll @IntRange(min = 1, max = 30) int cols,
            @ForAll @LongRange long seed) {
        var random = new RandomStreams(seed).stream("sparse", 0);
        var a = sparse(rows, cols, random);
        double[] x = random.gaussians(cols);
        var y = new double[rows];
        SparseKernels.gemv(a, x, y);
        var column = DMatrixRMaj.wrap(cols, 1, x);
        assertArrayEquals(CommonOps_DSCC.mult(a, column, null).data, y, 1e-13);
        var transposed = CommonOps_DSCC.transpose(a, null, null);
        var z = new double[rows];
        SparseKernels.gemvTransposed(transposed, x, z);
        assertArrayEquals(y, z);
        double[] w = random.gaussians(rows);
        var u = new double[cols];
        SparseKernels.gemvTransposed(a, w, u);
        var v = new double[cols];
        SparseKernels.gemv(transposed, w, v);
        assertArrayEquals(u, v);
    }

    @Test
    void storedZerosAreTerms() {
        var a = new DMatrixSparseCSC(1, 1, 1);
        a.set(0, 0, 0);
        var y = new double[1];
        SparseKernels.gemv(a, new double[] {Double.NaN}, y);
        assertEquals(Double.NaN, y[0]);
        SparseKernels.gemvTransposed(a, new double[] {Double.POSITIVE_INFINITY}, y);
        assertEquals(Double.NaN, y[0]);
    }

    @Test
    void badArgumentsAreNamed() {
        var a = new DMatrixSparseCSC(2, 3, 4);
        var two = new double[2];
        var three = new double[3];
        Rejects.bad(() -> SparseKernels.gemv(null, three, two), "a", "null");
        Rejects.bad(() -> SparseKernels.gemv(a, two, two), "x", "length 3");
        Rejects.bad(() -> SparseKernels.gemv(a, three, three), "y", "length 2");
        Rejects.bad(() -> SparseKernels.gemvTransposed(a, two, null), "y", "null");
        var square = new DMatrixSparseCSC(2, 2, 2);
        Rejects.bad(() -> SparseKernels.gemv(square, two, two), "y", "other than x");
        Rejects.bad(() -> SparseKernels.gemv(square, two, square.nz_values), "y", "other than a");
    }
}
