package org.konvergo.bench;

import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
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

/** The kernels beside EJML and {@link StrictMath} on the same data. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {
    /** Size of the vectors and of the square matrices. */
    @Param({"64", "256", "512"})
    public int n;

    private DMatrixRMaj a;
    private DMatrixRMaj b;
    private DMatrixRMaj c;
    private double[] x;
    private double[] y;

    /** For JMH. */
    public KernelBenchmark() {}

    /** Draws the operands. */
    @Setup
    public void draw() {
        var random = new RandomStreams(1).stream("bench", 0);
        a = RandomMatrices.gaussian(n, n, random);
        b = RandomMatrices.gaussian(n, n, random);
        c = new DMatrixRMaj(n, n);
        x = random.gaussians(n);
        y = random.gaussians(n);
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
     * Matrix times vector.
     *
     * @return the product
     */
    @Benchmark
    public double[] gemv() {
        Kernels.gemv(a, x, y);
        return y;
    }

    /**
     * Inner product.
     *
     * @return the product
     */
    @Benchmark
    public double dot() {
        return Kernels.dot(x, y);
    }

    /**
     * Exponentials by the kernel.
     *
     * @return the values
     */
    @Benchmark
    public double[] exp() {
        Kernels.exp(x, y);
        return y;
    }

    /**
     * Exponentials by StrictMath.
     *
     * @return the values
     */
    @Benchmark
    public double[] expStrictMath() {
        for (int i = 0; i < n; i++) {
            y[i] = StrictMath.exp(x[i]);
        }
        return y;
    }

    /**
     * Log-sum-exp of the rows of a matrix.
     *
     * @return the values
     */
    @Benchmark
    public double[] logSumExpRows() {
        Kernels.logSumExpRows(a, y);
        return y;
    }
}
