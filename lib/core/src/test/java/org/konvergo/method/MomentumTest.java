package org.konvergo.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.linalg.Kernels;
import org.konvergo.random.RandomStreams;

class MomentumTest {
    @Test
    void averageByHand() {
        var momentum = new MomentumAverage(2, 0.75);
        assertArrayEquals(new double[2], momentum.average());
        assertArrayEquals(new double[] {4, -8}, momentum.update(new double[] {4, -8}));
        // 0.25 (0, 4) + 0.75 (4, -8)
        assertArrayEquals(new double[] {3, -5}, momentum.update(new double[] {0, 4}));
        assertArrayEquals(new double[] {3, -5}, momentum.average());
    }

    /** Variance (1 - beta) / (1 + beta) of that of the gradients. */
    @Test
    void averagesNoise() {
        var random = new RandomStreams(1).stream("noise", 0);
        var momentum = new MomentumAverage(1, 0.8);
        double sum = 0;
        int steps = 200_000;
        for (int k = 0; k < steps; k++) {
            double m = momentum.update(new double[] {random.gaussian()})[0];
            sum += m * m / steps;
        }
        assertEquals(0.2 / 1.8, sum, 0.003);
    }

    @Property(tries = 50)
    void lengthOfSteps(
            @ForAll @DoubleRange(min = -100, max = 100) double a,
            @ForAll @DoubleRange(min = 0.01, max = 100) double b,
            @ForAll @DoubleRange(min = 0.01, max = 1) double eta) {
        double[] m = {a, b};
        double norm = Kernels.norm2(m);
        assertEquals(eta * norm, moved(MomentumStep.plain(eta), m), 1e-12);
        assertEquals(eta, moved(MomentumStep.normalized(eta), m), 1e-14);
        assertEquals(eta * Math.min(norm, 2), moved(MomentumStep.clipped(eta, 2), m), 1e-12);
    }

    private static double moved(MomentumStep step, double[] m) {
        double[] x = {0, 0};
        step.apply(m, x);
        assertEquals(0, Kernels.dot(x, new double[] {m[1], -m[0]}), 1e-9);
        return Kernels.norm2(x);
    }

    @Test
    void zeroMomentumMovesNothing() {
        double[] x = {1, 2};
        MomentumStep.normalized(0.1).apply(new double[2], x);
        MomentumStep.clipped(0.1, 1).apply(new double[2], x);
        assertArrayEquals(new double[] {1, 2}, x);
    }

    @Test
    void badArgumentsAreRefused() {
        Rejects.bad(() -> new MomentumAverage(0, 0.5), "dimension");
        Rejects.bad(() -> new MomentumAverage(1, 1), "beta", "[0, 1)", "1.0");
        Rejects.bad(() -> new MomentumAverage(1, Double.NaN), "beta");
        Rejects.bad(() -> new MomentumAverage(2, 0).update(new double[1]), "gradient", "length 2");
        Rejects.bad(() -> MomentumStep.plain(0), "eta");
        Rejects.bad(() -> MomentumStep.normalized(-1), "eta");
        Rejects.bad(() -> MomentumStep.clipped(1, 0), "clip");
        Rejects.bad(
                () -> MomentumStep.plain(1).apply(new double[] {1, 1}, new double[1]), "length");
    }
}
