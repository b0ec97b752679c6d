package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

class FloatKernelsTest {
    private static final FloatLanes SCALAR = new ScalarFloatLanes();
    private static final FloatLanes VECTOR =
            Simd.choose(FloatLanes.class, "VectorFloatLanes", SCALAR);

    private static RandomStream stream(long seed) {
        return new RandomStreams(seed).stream("floats", 0);
    }

    private static float[] values(int n, RandomStream random, boolean special) {
        float[] odd = {0, -0f, Float.MIN_VALUE, -1e-40f, Float.NaN, Float.POSITIVE_INFINITY, 1e38f};
        var x = new float[n];
        for (int i = 0; i < n; i++) {
            boolean strange = special && random.integer(9) == 0;
            x[i] = strange ? odd[random.integer(odd.length)] : (float) random.gaussian();
        }
        return x;
    }

    @Property
    void dotHasThePromisedOrder(
            @ForAll @IntRange(max = 100) int n,
            @ForAll @IntRange(max = 9) int p,
            @ForAll @LongRange long seed,
            @ForAll boolean special) {
        float[] x = values(n + p, stream(seed), special);
        float[] y = values(n, stream(seed + 1), special);
        var s = new float[16];
        for (int i = 0; i < n; i++) {
            s[i % 16] = Math.fma(x[p + i], y[i], s[i % 16]);
        }
        for (int half = 8; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                s[i] = s[i] + s[i + half];
            }
        }
        assertEquals(s[0], SCALAR.dot(x, p, y, 0, n));
        assertEquals(s[0], VECTOR.dot(x, p, y, 0, n));
    }

    @Property(tries = 200)
    void products(
            @ForAll @IntRange(min = 1, max = 50) int m,
            @ForAll @IntRange(min = 1, max = 70) int n,
            @ForAll @IntRange(max = 60) int k,
            @ForAll @LongRange long seed,
            @ForAll boolean special) {
        compare(m, n, k, stream(seed), special);
    }

    @Test
    void productsOfSeveralPanels() {
        compare(41, 1077, 813, stream(1), false);
    }

    private static void compare(int m, int n, int k, RandomStream random, boolean special) {
        float[] a = values(m * k, random, special);
        float[] b = values(k * n, random, special);
        var plain = new float[m * n];
        var registers = new float[m * n];
        for (int way = 0; way < 4; way++) {
            int rowA = way % 2 == 0 ? k : 1;
            int colA = way % 2 == 0 ? 1 : m;
            int rowB = way < 2 ? n : 1;
            int colB = way < 2 ? 1 : k;
            SCALAR.gemm(m, n, k, a, rowA, colA, b, rowB, colB, plain);
            VECTOR.gemm(m, n, k, a, rowA, colA, b, rowB, colB, registers);
            assertArrayEquals(plain, registers);
            float entry = 0;
            for (int l = 0; l < k; l++) {
                entry = Math.fma(a[(m - 1) * rowA + l * colA], b[l * rowB], entry);
            }
            assertEquals(entry, plain[(m - 1) * n]);
        }
    }

    @Test
    void theFourTransposesByHand() {
        var a = new FMatrixRMaj(new float[][] {{1, 2, 3}, {4, 5, 6}});
        var at = new FMatrixRMaj(new float[][] {{1, 4}, {2, 5}, {3, 6}});
        var b = new FMatrixRMaj(new float[][] {{1, 0}, {0, 1}, {1, 1}});
        var bt = new FMatrixRMaj(new float[][] {{1, 0, 1}, {0, 1, 1}});
        float[] expected = {4, 5, 10, 11};
        var c = new FMatrixRMaj(2, 2);
        FloatKernels.gemm(a, b, c);
        assertArrayEquals(expected, c.data);
        FloatKernels.gemmTransA(at, b, c);
        assertArrayEquals(expected, c.data);
        FloatKernels.gemmTransB(a, bt, c);
        assertArrayEquals(expected, c.data);
        FloatKernels.gemmTransAB(at, bt, c);
        assertArrayEquals(expected, c.data);
        assertEquals(32, FloatKernels.dot(new float[] {1, 2, 3}, new float[] {4, 5, 6}));
        assertEquals(0, FloatKernels.dot(new float[0], new float[0]));
    }

    @Test
    void badArgumentsAreNamed() {
        var a = new FMatrixRMaj(2, 3);
        var square = new FMatrixRMaj(2, 2);
        Rejects.bad(() -> FloatKernels.dot(null, new float[1]), "x", "null");
        Rejects.bad(() -> FloatKernels.dot(new float[1], new float[2]), "y", "length 1");
        Rejects.bad(() -> FloatKernels.gemm(null, a, a), "a", "null");
        Rejects.bad(() -> FloatKernels.gemm(a, a, a), "b", "3 x 3");
        Rejects.bad(() -> FloatKernels.gemmTransA(a, square, square), "c", "3 x 2");
        Rejects.bad(() -> FloatKernels.gemm(square, square, square), "c", "other than a");
        var huge = new FMatrixRMaj(1, 1);
        huge.numRows = 1 << 20;
        huge.numCols = 1 << 20;
        Rejects.bad(() -> FloatKernels.gemm(huge, huge, huge), "range of a");
    }
}
