package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

/** Products in vector registers and in plain Java have the same bits. */
class ProductLanesTest {
    private static final ProductLanes SCALAR = new ScalarProductLanes();
    private static final ProductLanes VECTOR =
            Simd.choose(ProductLanes.class, "VectorProductLanes", SCALAR);

    private static RandomStream stream(long seed) {
        return new RandomStreams(seed).stream("products", 0);
    }

    @Property(tries = 200)
    void products(
            @ForAll @IntRange(min = 1, max = 50) int m,
            @ForAll @IntRange(min = 1, max = 50) int n,
            @ForAll @IntRange(max = 60) int k,
            @ForAll boolean transA,
            @ForAll boolean transB,
            @ForAll @LongRange long seed,
            @ForAll boolean special) {
        compare(m, n, k, transA, transB, stream(seed), special);
    }

    @Test
    void productsOfSeveralPanels() {
        // More columns than a panel of B, more depth than one, and ragged borders.
        compare(61, 1077, 813, false, false, stream(1), false);
        compare(130, 533, 400, true, true, stream(2), false);
    }

    private static void compare(
            int m,
            int n,
            int k,
            boolean transA,
            boolean transB,
            RandomStream random,
            boolean special) {
        double[] a = LanesTest.values(m * k, random, special);
        double[] b = LanesTest.values(k * n, random, special);
        int rowA = transA ? 1 : k;
        int colA = transA ? m : 1;
        int rowB = transB ? 1 : n;
        int colB = transB ? k : 1;
        var c = new double[m * n];
        var d = new double[m * n];
        Arrays.fill(d, Double.NaN); // what stood there does not matter
        SCALAR.gemm(0, m, n, k, a, rowA, colA, b, rowB, colB, c, false);
        VECTOR.gemm(0, m, n, k, a, rowA, colA, b, rowB, colB, d, false);
        assertArrayEquals(c, d);
        int i = m / 2;
        int j = n - 1;
        double entry = 0;
        for (int l = 0; l < k; l++) {
            entry = Math.fma(a[i * rowA + l * colA], b[l * rowB + j * colB], entry);
        }
        assertEquals(entry, d[i * n + j]);
        // Rows of their own are those of the whole.
        var part = new double[m * n];
        VECTOR.gemm(i, m, n, k, a, rowA, colA, b, rowB, colB, part, false);
        assertArrayEquals(
                Arrays.copyOfRange(c, i * n, m * n), Arrays.copyOfRange(part, i * n, m * n));
        assertArrayEquals(new double[i * n], Arrays.copyOf(part, i * n));
        for (ProductLanes lanes : new ProductLanes[] {SCALAR, VECTOR}) {
            var lower = new double[m * n];
            lanes.gemm(i, m, n, k, a, rowA, colA, b, rowB, colB, lower, true);
            for (int r = i; r < m; r++) {
                for (int s = 0; s < Math.min(n, r + 1); s++) {
                    assertEquals(c[r * n + s], lower[r * n + s]);
                }
            }
        }
    }

    @Property(tries = 200)
    void squaredDistances(
            @ForAll @IntRange(max = 20) int m,
            @ForAll @IntRange(max = 30) int n,
            @ForAll @IntRange(max = 40) int d,
            @ForAll @LongRange long seed,
            @ForAll boolean special) {
        var random = stream(seed);
        double[] a = LanesTest.values(m * d, random, special);
        double[] b = LanesTest.values(n * d, random, special);
        var c = new double[m * n];
        var e = new double[m * n];
        SCALAR.squaredDistances(m, n, d, a, b, c);
        VECTOR.squaredDistances(m, n, d, a, b, e);
        assertArrayEquals(c, e);
    }

    @Test
    void squaredDistancesOfLongRows() {
        var random = stream(5);
        double[] a = random.gaussians(2 * 5000);
        double[] b = random.gaussians(9 * 5000);
        var c = new double[18];
        var e = new double[18];
        SCALAR.squaredDistances(2, 9, 5000, a, b, c);
        VECTOR.squaredDistances(2, 9, 5000, a, b, e);
        assertArrayEquals(c, e);
    }
}
