package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.random.RandomStreams;

class UpdatesTest {
    @Test
    void byHand() {
        double[] x = {1, -2, 3};
        double[] g = {2, 2, -4};
        var z = new double[3];
        Updates.multiply(x, g, z);
        assertArrayEquals(new double[] {2, -4, -12}, z);
        Updates.gradientStep(x, 0.5, g, z);
        assertArrayEquals(new double[] {0, -3, 5}, z);
        Updates.proximalGradientStep(x, 0.5, g, 1, z);
        assertArrayEquals(new double[] {0, -2, 4}, z);
        Updates.extrapolate(x, g, 0.5, z);
        assertArrayEquals(new double[] {0.5, -4, 6.5}, z);
    }

    @Property
    void softThresholdIsTheDefinition(
            @ForAll @IntRange(max = 40) int n,
            @ForAll @DoubleRange(min = 0, max = 2) double t,
            @ForAll long seed) {
        double[] x = new RandomStreams(seed).stream("soft", 0).gaussians(n);
        var expected = new double[n];
        for (int i = 0; i < n; i++) {
            expected[i] = x[i] > t ? x[i] - t : x[i] < -t ? x[i] + t : 0;
        }
        var z = new double[n];
        Updates.softThreshold(x, t, z);
        assertArrayEquals(expected, z);
        Updates.softThreshold(x, t, x);
        assertArrayEquals(expected, x);
    }

    @Test
    void softThresholdOfSpecialValues() {
        double infinity = Double.POSITIVE_INFINITY;
        double[] x = {Double.NaN, infinity, -infinity, 0, -0.0, Double.MIN_VALUE};
        Updates.softThreshold(x, 1, x);
        assertArrayEquals(new double[] {Double.NaN, infinity, -infinity, 0, 0, 0}, x);
    }

    @Property
    void theFusedStepIsTheTwoSteps(
            @ForAll @IntRange(max = 40) int n,
            @ForAll @DoubleRange(min = 0, max = 2) double t,
            @ForAll long seed) {
        var random = new RandomStreams(seed).stream("fused", 0);
        double[] x = random.gaussians(n);
        double[] g = random.gaussians(n);
        var two = new double[n];
        Updates.gradientStep(x, 0.3, g, two);
        Updates.softThreshold(two, t, two);
        Updates.proximalGradientStep(x, 0.3, g, t, x);
        assertArrayEquals(two, x);
    }

    @Test
    void badArgumentsAreNamed() {
        var two = new double[2];
        var three = new double[3];
        Rejects.bad(() -> Updates.multiply(null, two, two), "x", "null");
        Rejects.bad(() -> Updates.multiply(two, three, two), "y", "length 2");
        Rejects.bad(() -> Updates.multiply(two, two, three), "z");
        Rejects.bad(() -> Updates.gradientStep(two, 1, three, two), "g");
        Rejects.bad(() -> Updates.gradientStep(two, 1, two, null), "z", "null");
        Rejects.bad(() -> Updates.softThreshold(two, -1, two), "t", "-1");
        Rejects.bad(() -> Updates.softThreshold(two, Double.NaN, two), "t");
        Rejects.bad(() -> Updates.softThreshold(two, 1, three), "z");
        Rejects.bad(() -> Updates.proximalGradientStep(two, 1, two, -1, two), "t");
        Rejects.bad(() -> Updates.proximalGradientStep(two, 1, three, 1, two), "g");
        Rejects.bad(() -> Updates.extrapolate(two, three, 1, two), "previous");
        Rejects.bad(() -> Updates.extrapolate(two, two, 1, three), "z");
    }
}
