package org.konvergo.bench;

import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.DMatrixSparseCSC;
import org.ejml.sparse.csc.CommonOps_DSCC;
import org.konvergo.linalg.SparseKernels;
import org.konvergo.random.RandomStreams;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Products of a sparse matrix of 10 entries a row with vectors, beside those of EJML. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SparseBenchmark {
    /** Order of the matrix. */
    @Param({"1000", "100000"})
    public int n;

    private DMatrixSparseCSC a;
    private DMatrixSparseCSC transposed;
    private double[] x;
    private double[] y;
    private DMatrixRMaj columnX;
    private DMatrixRMaj columnY;

    /** For JMH. */
    public SparseBenchmark() {}

    /** Draws the operands. */
    @Setup
    public void draw() {
        var random = new RandomStreams(1).stream("bench", 0);
        a = new DMatrixSparseCSC(n, n, 10 * n);
        for (int j = 0; j < n; j++) {
            int first = random.integer(n / 10);
            for (int k = 0; k < 10; k++) {
                a.nz_rows[10 * j + k] = k * (n / 10) + (first + 7 * k) % (n / 10);
                a.nz_values[10 * j + k] = random.gaussian();
            }
            a.col_idx[j + 1] = 10 * (j + 1);
        }
        a.nz_length = 10 * n;
        transposed = CommonOps_DSCC.transpose(a, null, null);
        x = random.gaussians(n);
        y = new double[n];
        columnX = DMatrixRMaj.wrap(n, 1, x);
        columnY = DMatrixRMaj.wrap(n, 1, new double[n]);
    }

    /**
     * Matrix times vector, column by column.
     *
     * @return the product
     */
    @Benchmark
    public double[] gemv() {
        SparseKernels.gemv(a, x, y);
        return y;
    }

    /**
     * The same product through the stored transpose, row by row.
     *
     * @return the product
     */
    @Benchmark
    public double[] gemvOfTranspose() {
        SparseKernels.gemvTransposed(transposed, x, y);
        return y;
    }

    /**
     * Transposed matrix times vector.
     *
     * @return the product
     */
    @Benchmark
    public double[] gemvTransposed() {
        SparseKernels.gemvTransposed(a, x, y);
        return y;
    }

    /**
     * Matrix times vector by EJML.
     *
     * @return the product
     */
    @Benchmark
    public DMatrixRMaj gemvEjml() {
        return CommonOps_DSCC.mult(a, columnX, columnY);
    }

    /**
     * Transposed matrix times vector by EJML.
     *
     * @return the product
     */
    @Benchmark
    public DMatrixRMaj gemvTransposedEjml() {
        return CommonOps_DSCC.multTransA(a, columnX, columnY, null);
    }
}
