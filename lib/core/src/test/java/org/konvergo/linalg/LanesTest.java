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

    private static RandomStream stream(long seed) {
        return new RandomStreams(seed).stream("lanes", 0);
    }

    /** Gaussians over many orders of magnitude, and now and then a value that needs care. */
    static double[] values(int n, RandomStream random, boolean special) {
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
        same(SCALAR.squaredDistance(x, p, y, 0, n), VECTOR.squaredDistance(x, p, y, 0, n));
        same(SCALAR.sum(y), VECTOR.sum(y));
        same(SCALAR.norm1(y), VECTOR.norm1(y));
        same(SCALAR.normInf(y), VECTOR.normInf(y));
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
            @ForAll @LongRange long seed,
            @ForAll boolean special) {
        var random = stream(seed);
        double[] a = values(rows * cols, random, special);
        double[] x = values(p + cols, random, special);
        var y = new double[rows];
        var z = new double[rows];
        SCALAR.gemv(a, rows, x, p, cols, y);
        VECTOR.gemv(a, rows, x, p, cols, z);
        assertArrayEquals(y, z);
    }
}
