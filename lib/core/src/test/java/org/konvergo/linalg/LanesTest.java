package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

/** Vector registers and plain Java give the same bits. */
class LanesTest {
    private static final Lanes SCALAR = new ScalarLanes();
    private static final Lanes VECTOR = Simd.choose(Lanes.class, "VectorLanes", SCALAR);
    private static final ElementaryLanes SCALAR_FUNCTIONS = new ScalarElementaryLanes();
    private static final ElementaryLanes VECTOR_FUNCTIONS =
            Simd.choose(ElementaryLanes.class, "VectorElementaryLanes", SCALAR_FUNCTIONS);
    private static final ProductLanes SCALAR_PRODUCTS = new ScalarProductLanes();
    private static final ProductLanes VECTOR_PRODUCTS =
            Simd.choose(ProductLanes.class, "VectorProductLanes", SCALAR_PRODUCTS);

    private static RandomStream stream(long seed) {
        return new RandomStreams(seed).stream("lanes", 0);
    }

    /** Gaussians over many orders of magnitude, and now and then a value that needs care. */
    private static double[] values(int n, RandomStream random, boolean special) {
        double[] odd = {
            0,
            -0.0,
            Double.MIN_VALUE,
            -1e-310,
            709.79,
            -745.2,
            -720,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY
        };
        var x = new double[n];
        Arrays.setAll(
                x,
                i ->
                        special && random.integer(9) == 0
                                ? odd[random.integer(odd.length)]
                                : random.gaussian() * StrictMath.exp(random.uniform(-6, 6)));
        return x;
    }

    private static void same(double expected, double actual) {
        assertEquals(Double.doubleToLongBits(expected), Double.doubleToLongBits(actual));
    }

    @Test
    void thisMachineTestsVectors() {
        assertNotEquals(0, VECTOR.width(), "the tests should run with jdk.incubator.vector");
        assertEquals(0, SCALAR.width());
    }

    @Property
    void sums(
            @ForAll @IntRange(max = 70) int n,
            @ForAll @IntRange(max = 9) int p,
            @ForAll @LongRange long seed,
            @ForAll boolean special) {
        var random = stream(seed);
        double[] x = values(n + p, random, special);
        double[] y = values(n, random, special);
        same(SCALAR.dot(x, p, y, 0, n), VECTOR.dot(x, p, y, 0, n));
        same(SCALAR.sum(y), VECTOR.sum(y));
        same(SCALAR_FUNCTIONS.sumExp(x, p, n, 1.5), VECTOR_FUNCTIONS.sumExp(x, p, n, 1.5));
        var a = new double[n];
        var b = new double[n];
        same(
                SCALAR_FUNCTIONS.sumExp(x, p, n, 1.5, a, 0),
                VECTOR_FUNCTIONS.sumExp(x, p, n, 1.5, b, 0));
        assertArrayEquals(a, b);
        SCALAR_FUNCTIONS.exp(x, p, a, 0, n);
        VECTOR_FUNCTIONS.exp(x, p, b, 0, n);
        assertArrayEquals(a, b);
        SCALAR.axpy(0.7, x, p, a, 0, n);
        VECTOR.axpy(0.7, x, p, b, 0, n);
        assertArrayEquals(a, b);
    }

    @Test
    void exponentialsOfEveryRange() {
        var random = stream(1);
        int n = 200_000;
        var x = new double[n];
        Arrays.setAll(x, i -> i % 2 == 0 ? random.uniform(-760, 720) : random.gaussian());
        var a = new double[n];
        var b = new double[n];
        SCALAR_FUNCTIONS.exp(x, 0, a, 0, n);
        VECTOR_FUNCTIONS.exp(x, 0, b, 0, n);
        assertArrayEquals(a, b);
    }

    @Property(tries = 200)
    void matrixTimesVector(
            @ForAll @IntRange(max = 30) int rows,
            @ForAll @IntRange(max = 40) int cols,
            @ForAll @IntRange(max = 3) int p,
            @ForAll @LongRange long seed) {
        var random = stream(seed);
        double[] a = values(rows * cols, random, false);
        double[] x = values(p + cols, random, false);
        var y = new double[rows];
        var z = new double[rows];
        SCALAR.gemv(a, rows, x, p, cols, y);
        VECTOR.gemv(a, rows, x, p, cols, z);
        assertArrayEquals(y, z);
    }

    @Property(tries = 200)
    void products(
            @ForAll @IntRange(min = 1, max = 50) int m,
            @ForAll @IntRange(min = 1, max = 50) int n,
            @ForAll @IntRange(min = 1, max = 60) int k,
            @ForAll boolean transA,
            @ForAll boolean transB,
            @ForAll @LongRange long seed) {
        compareProducts(m, n, k, transA, transB, stream(seed));
    }

    @Test
    void productsOfSeveralPanels() {
        // More rows than a panel of A, more depth than a panel of B, and ragged borders.
        compareProducts(251, 77, 613, false, false, stream(1));
        compareProducts(130, 33, 600, true, true, stream(2));
    }

    private static void compareProducts(
            int m, int n, int k, boolean transA, boolean transB, RandomStream random) {
        double[] a = values(m * k, random, false);
        double[] b = values(k * n, random, false);
        int rowA = transA ? 1 : k;
        int colA = transA ? m : 1;
        int rowB = transB ? 1 : n;
        int colB = transB ? k : 1;
        var c = new double[m * n];
        var d = new double[m * n];
        Arrays.fill(d, Double.NaN); // what stood there does not matter
        SCALAR_PRODUCTS.gemm(m, n, k, a, rowA, colA, b, rowB, colB, c);
        VECTOR_PRODUCTS.gemm(m, n, k, a, rowA, colA, b, rowB, colB, d);
        assertArrayEquals(c, d);
        int i = m / 2;
        int j = n - 1;
        double entry = 0;
        for (int l = 0; l < k; l++) {
            entry = Math.fma(a[i * rowA + l * colA], b[l * rowB + j * colB], entry);
        }
        same(entry, d[i * n + j]);
    }
}
