package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hipparchus.dfp.Dfp;
import org.hipparchus.dfp.DfpField;
import org.junit.jupiter.api.Test;
import org.konvergo.random.RandomStreams;

/** Accuracy is measured against Hipparchus' 40-digit arithmetic. */
class ElementaryTest {
    private static final DfpField DIGITS = new DfpField(40);

    private static double ulps(double value, Dfp exact) {
        return exact.subtract(DIGITS.newDfp(value)).abs().toDouble() / Math.ulp(exact.toDouble());
    }

    @Test
    void expIsWithinOneUlp() {
        var random = new RandomStreams(1).stream("exp", 0);
        double worst = 0;
        for (int i = 0; i < 3000; i++) {
            double x = i % 2 == 0 ? random.uniform(-700, 709) : random.uniform(-1, 1);
            worst = Math.max(worst, ulps(Elementary.exp(x), DIGITS.newDfp(x).exp()));
        }
        assertTrue(worst > 0.4 && worst <= 1, "worst error of exp in ulps: " + worst);
    }

    @Test
    void logIsWithinOneUlp() {
        var random = new RandomStreams(1).stream("log", 0);
        double worst = 0;
        for (int i = 0; i < 3000; i++) {
            double x =
                    i % 2 == 0
                            ? random.uniform(0.5, 2)
                            : Math.scalb(random.uniform(1, 2), random.integer(2000) - 1000);
            worst = Math.max(worst, ulps(Elementary.log(x), DIGITS.newDfp(x).log()));
        }
        assertTrue(worst > 0.4 && worst <= 1, "worst error of log in ulps: " + worst);
    }

    @Test
    void everyRangeAgreesWithStrictMath() {
        var random = new RandomStreams(2).stream("both", 0);
        for (int i = 0; i < 200_000; i++) {
            double x = random.uniform(-745, 709);
            double e = Elementary.exp(x);
            // Both are within 1 ulp of the exact value.
            assertTrue(Math.abs(e - StrictMath.exp(x)) <= 2 * Math.ulp(e), "exp " + x);
            double y = Double.longBitsToDouble(random.source().nextLong() & Long.MAX_VALUE);
            if (Double.isFinite(y)) {
                double l = Elementary.log(y);
                assertTrue(Math.abs(l - StrictMath.log(y)) <= 2 * Math.ulp(l), "log " + y);
            }
        }
    }

    @Test
    void edgesOfExp() {
        assertEquals(1, Elementary.exp(0));
        assertEquals(1, Elementary.exp(-0.0));
        assertEquals(Double.POSITIVE_INFINITY, Elementary.exp(709.8));
        assertEquals(Double.POSITIVE_INFINITY, Elementary.exp(Double.POSITIVE_INFINITY));
        assertEquals(StrictMath.exp(709.78), Elementary.exp(709.78), 1e293);
        assertEquals(0, Elementary.exp(-746));
        assertEquals(0, Elementary.exp(Double.NEGATIVE_INFINITY));
        assertEquals(Double.NaN, Elementary.exp(Double.NaN));
        assertEquals(Double.MIN_VALUE, Elementary.exp(-744.6));
        assertEquals(StrictMath.exp(-720), Elementary.exp(-720), 2 * Double.MIN_VALUE);
    }

    @Test
    void edgesOfLog() {
        assertEquals(0, Elementary.log(1));
        assertEquals(Double.NEGATIVE_INFINITY, Elementary.log(0));
        assertEquals(Double.NEGATIVE_INFINITY, Elementary.log(-0.0));
        assertEquals(Double.NaN, Elementary.log(-1));
        assertEquals(Double.NaN, Elementary.log(Double.NaN));
        assertEquals(Double.POSITIVE_INFINITY, Elementary.log(Double.POSITIVE_INFINITY));
        assertEquals(StrictMath.log(Double.MIN_VALUE), Elementary.log(Double.MIN_VALUE), 1e-12);
        assertEquals(StrictMath.log(Double.MAX_VALUE), Elementary.log(Double.MAX_VALUE), 1e-12);
    }
}
