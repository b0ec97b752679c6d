package org.konvergo.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;

class MetricsTest {
    @Property(tries = 100)
    void powerLawsAreReadOff(
            @ForAll @DoubleRange(min = -3, max = 3) double exponent,
            @ForAll @DoubleRange(min = 0.1, max = 10) double factor) {
        double[] x = {1, 2, 4, 8, 16};
        var y = new double[5];
        java.util.Arrays.setAll(y, i -> factor * StrictMath.pow(x[i], exponent));
        var line = LogLogSlope.of(x, y);
        assertEquals(exponent, line.slope(), 1e-12);
        assertEquals(StrictMath.log(factor), line.intercept(), 1e-12);
        assertTrue(line.standardError() < 1e-10);
    }

    @Test
    void ratesAreReadOff() {
        double[] k = {0, 1, 2, 3};
        double[] error = {1, 0.5, 0.25, 0.125};
        assertEquals(-Math.log(2), LogLogSlope.semiLog(k, error).slope(), 1e-15);
        // Residuals +-e around a flat line: slope error sqrt(4 e^2 / 2 / 5).
        double e = Math.log(2);
        double[] zigzag = {2, 0.5, 0.5, 2};
        assertEquals(
                Math.sqrt(4 * e * e / 2 / 5),
                LogLogSlope.semiLog(k, zigzag).standardError(),
                1e-15);
        double[] kept = {0, 1, 2, 3};
        org.junit.jupiter.api.Assertions.assertArrayEquals(kept, k);
    }

    @Test
    void wilsonByTheBook() {
        // Brown, Cai and DasGupta 2001: 0 of 10 gives [0, 0.2775].
        var none = WilsonInterval.of(0, 10);
        assertEquals(0, none.low(), 1e-15);
        assertEquals(0.2775, none.high(), 5e-5);
        var half = WilsonInterval.of(50, 100);
        assertEquals(0.4038, half.low(), 5e-5);
        assertEquals(0.5962, half.high(), 5e-5);
    }

    @Property
    void wilsonHoldsTheFraction(
            @ForAll @IntRange(min = 1, max = 500) int trials,
            @ForAll @IntRange(max = 500) int some) {
        int successes = Math.min(some, trials);
        var interval = WilsonInterval.of(successes, trials);
        double p = (double) successes / trials;
        assertTrue(interval.low() <= p + 1e-15 && p <= interval.high() + 1e-15);
        assertTrue(interval.low() >= 0 && interval.high() <= 1);
    }

    @Test
    void badInputIsRefused() {
        double[] two = {1, 2};
        Rejects.bad(() -> LogLogSlope.of(two, new double[] {1, 0}), "y[1]", "0.0");
        Rejects.bad(() -> LogLogSlope.of(two, new double[] {1}), "y", "length 2");
        Rejects.bad(() -> LogLogSlope.of(new double[] {1}, new double[] {1}), "number of points");
        Rejects.bad(() -> LogLogSlope.of(new double[] {2, 2}, two), "x", "all equal");
        Rejects.bad(() -> LogLogSlope.semiLog(new double[] {0, Double.NaN}, two), "x[1]");
        Rejects.bad(() -> WilsonInterval.of(3, 2), "successes", "0..2");
        Rejects.bad(() -> WilsonInterval.of(0, 0), "trials");
    }
}
