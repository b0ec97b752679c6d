package org.konvergo.bench;

import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.konvergo.linalg.FloatKernels;
import org.konvergo.linalg.Kernels;
import org.konvergo.random.RandomMatrices;
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

/** Products of square matrices beside those of EJML. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProductBenchmark {
    /** Order of the matrices. */
    @Param({"64", "256", "512", "1000"})
    public int n;

    private DMatrixRMaj a;
    private DMatrixRMaj b;
    private DMatrixRMaj c;
    private FMatrixRMaj floatA;
    private FMatrixRMaj floatB;
    private FMatrixRMaj floatC;

    /** For JMH. */
    public ProductBenchmark() {}

    /** Draws the operands. */
    @Setup
    public void draw() {
        var random = new RandomStreams(1).stream("bench", 0);
        a = RandomMatrices.gaussian(n, n, random);
        b = RandomMatrices.gaussian(n, n, random);
        c = new DMatrixRMaj(n, n);
        floatA = new FMatrixRMaj(n, n);
        floatB = new FMatrixRMaj(n, n);
        floatC = new FMatrixRMaj(n, n);
        for (int i = 0; i < n * n; i++) {
            floatA.data[i] = (float) a.data[i];
            floatB.data[i] = (float) b.data[i];
        }
    }

    /**
     * Matrix product by the kernel.
     *
     * @return the product
     */
    @Benchmark
    public DMatrixRMaj gemm() {
        Kernels.gemm(a, b, c);
        return c;
    }

    /**
     * Matrix product by EJML.
     *
     * @return the product
     */
    @Benchmark
    public DMatrixRMaj gemmEjml() {
        CommonOps_DDRM.mult(a, b, c);
        return c;
    }

    /**
     * Matrix times its transpose by the kernel.
     *
     * @return the product
     */
    @Benchmark
    public DMatrixRMaj syrk() {
        Kernels.syrk(a, c);
        return c;
    }

    /**
     * Matrix times its transpose by EJML.
     *
     * @return the product
     */
    @Benchmark
    public DMatrixRMaj syrkEjml() {
        CommonOps_DDRM.multOuter(a, c);
        return c;
    }

    /**
     * Pairwise squared distances of rows.
     *
     * @return the distances
     */
    @Benchmark
    public DMatrixRMaj squaredDistances() {
        Kernels.squaredDistances(a, b, c);
        return c;
    }

    /**
     * Matrix product in single precision.
     *
     * @return the product
     */
    @Benchmark
    public FMatrixRMaj gemmFloat() {
        FloatKernels.gemm(floatA, floatB, floatC);
        return floatC;
    }
}
