package org.konvergo.bench;

import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.Updates;
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

/**
 * Vectors and matrices against the memory's bandwidth: the triad z = x + 3 y of STREAM (McCalpin,
 * 1995) on as many bytes is the limit.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BandwidthBenchmark {
    /** Length of the vectors and order of the matrix. */
    @Param({"256", "4000"})
    public int n;

    private DMatrixRMaj a;
    private double[] x;
    private double[] y;
    private double[] z;
    private double[] u;
    private double[] v;
    private double[] w;

    /** For JMH. */
    public BandwidthBenchmark() {}

    /** Draws the operands. */
    @Setup
    public void draw() {
        var random = new RandomStreams(1).stream("bench", 0);
        a = RandomMatrices.gaussian(n, n, random);
        x = random.gaussians(n);
        y = random.gaussians(n);
        z = new double[n];
        // Together as many bytes as the matrix.
        int third = n * n / 3;
        u = new double[third];
        v = random.gaussians(third);
        w = random.gaussians(third);
    }

    private static double[] triad(double[] to, double[] from, double[] other) {
        for (int i = 0; i < to.length; i++) {
            to[i] = from[i] + 3 * other[i];
        }
        return to;
    }

    /**
     * Triad of three vectors of length n.
     *
     * @return the sum
     */
    @Benchmark
    public double[] triadVector() {
        return triad(z, x, y);
    }

    /**
     * Triad of three vectors that are as large as the matrix together.
     *
     * @return the sum
     */
    @Benchmark
    public double[] triadMatrix() {
        return triad(u, v, w);
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
     * Distance.
     *
     * @return the distance
     */
    @Benchmark
    public double distance2() {
        return Kernels.distance2(x, y);
    }

    /**
     * Largest absolute value.
     *
     * @return the norm
     */
    @Benchmark
    public double normInf() {
        return Kernels.normInf(x);
    }

    /**
     * Proximal gradient step of the 1-norm.
     *
     * @return the point
     */
    @Benchmark
    public double[] proximalGradientStep() {
        Updates.proximalGradientStep(x, 0.1, y, 0.2, z);
        return z;
    }

    /**
     * Matrix times vector.
     *
     * @return the product
     */
    @Benchmark
    public double[] gemv() {
        Kernels.gemv(a, x, z);
        return z;
    }

    /**
     * Transposed matrix times vector.
     *
     * @return the product
     */
    @Benchmark
    public double[] gemvTransposed() {
        Kernels.gemvTransposed(a, x, z);
        return z;
    }

    /**
     * Matrix times vector by EJML.
     *
     * @return the product
     */
    @Benchmark
    public DMatrixRMaj gemvEjml() {
        return CommonOps_DDRM.mult(a, DMatrixRMaj.wrap(n, 1, x), DMatrixRMaj.wrap(n, 1, z));
    }
}
