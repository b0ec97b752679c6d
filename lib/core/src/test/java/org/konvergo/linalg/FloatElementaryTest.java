package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.konvergo.random.RandomStreams;

/** Single precision against double precision, and vector registers against plain Java. */
class FloatElementaryTest {
    private static final FloatElementaryLanes SCALAR = new ScalarFloatElementaryLanes();
    private static final FloatElementaryLanes VECTOR =
            Simd.choose(FloatElementaryLanes.class, "VectorFloatElementaryLanes", SCALAR);

    @Test
    void expIsWithinOneUlpAtEveryExponent() {
        var random = new RandomStreams(1).stream("float", 0);
        int n = 1 << 20;
        var x = new float[n];
        // Sign and exponent run through all their values, the significand is drawn; half of them
        // are spread over the range in which the results are not trivial.
        for (int i = 0; i < n; i++) {
            x[i] =
                    i < n / 2
                            ? Float.intBitsToFloat((i & 511) << 23 | random.integer(1 << 23))
                            : (float) random.uniform(-104.5, 89);
        }
        var y = new float[n];
        FloatKernels.exp(x, y);
        double worst = 0;
        for (int i = 0; i < n; i++) {
            double exact = Elementary.exp(x[i]);
            float rounded = (float) exact;
            if (Float.isNaN(rounded) || Float.isInfinite(rounded)) {
                assertEquals(rounded, y[i]);
            } else {
                worst = Math.max(worst, Math.abs(y[i] - exact) / Math.ulp(rounded));
            }
        }
        assertTrue(worst > 0.5 && worst < 0.88, worst + " ulps");
    }

    @Test
    void sameBits() {
        var random = new RandomStreams(2).stream("float", 0);
        float[] odd = {
            0,
            -0f,
            Float.MIN_VALUE,
            88.72283f,
            88.72284f,
            -87.4f,
            -103.97207f,
            -103.97208f,
            -103.97209f,
            1e30f,
            -1e30f,
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY
        };
        for (int n = 0; n <= 70; n++) {
            int p = random.integer(9);
            int q = random.integer(9);
            var x = new float[p + n];
            for (int i = 0; i < x.length; i++) {
                x[i] =
                        random.integer(5) == 0
                                ? odd[random.integer(odd.length)]
                                : (float) random.uniform(-110, 90);
            }
            var expected = new float[q + n + 1];
            var actual = new float[q + n + 1];
            SCALAR.exp(x, p, expected, q, n);
            VECTOR.exp(x, p, actual, q, n);
            assertArrayEquals(expected, actual);
            VECTOR.exp(x, p, x, p, n);
            assertArrayEquals(
                    Arrays.copyOfRange(expected, q, q + n), Arrays.copyOfRange(x, p, p + n));
        }
    }

    @Test
    void edges() {
        float[] x = {0, -0f, 88.72284f, -104, -103.9f, Float.NaN, Float.POSITIVE_INFINITY};
        FloatKernels.exp(x, x);
        float inf = Float.POSITIVE_INFINITY;
        assertArrayEquals(new float[] {1, 1, inf, 0, Float.MIN_VALUE, Float.NaN, inf}, x);
    }

    @Test
    void badInputIsNamed() {
        var x = new float[2];
        var e = assertThrows(IllegalArgumentException.class, () -> FloatKernels.exp(null, x));
        assertTrue(e.getMessage().startsWith("x "));
        e = assertThrows(IllegalArgumentException.class, () -> FloatKernels.exp(x, null));
        assertTrue(e.getMessage().startsWith("y "));
        e = assertThrows(IllegalArgumentException.class, () -> FloatKernels.exp(x, new float[3]));
        assertTrue(e.getMessage().startsWith("y "));
    }
}
