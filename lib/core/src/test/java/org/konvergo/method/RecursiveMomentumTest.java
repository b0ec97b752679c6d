package org.konvergo.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.random.RandomStreams;

class RecursiveMomentumTest {
    @Test
    void byHand() {
        var momentum = new RecursiveMomentum(2);
        assertArrayEquals(new double[2], momentum.estimate());
        double[] first = {1, 2};
        assertArrayEquals(first, momentum.update(0.25, first, null));
        // (3, 5) + 0.75 ((1, 2) - (2, 2)) = (2.25, 5)
        double[] second = momentum.update(0.25, new double[] {3, 5}, new double[] {2, 2});
        assertArrayEquals(new double[] {2.25, 5}, second, 1e-15);
        double[] third = {7, 8};
        assertArrayEquals(third, momentum.update(1, third, null));
    }

    /** Without noise the estimate is the gradient, whatever the weights. */
    @Property(tries = 50)
    void exactSamplesGiveTheGradient(@ForAll @DoubleRange(min = 0, max = 1) double eta) {
        var momentum = new RecursiveMomentum(1);
        double u = 1;
        for (int k = 0; k < 20; k++) {
            double next = 0.9 * u - 0.1;
            double[] d = momentum.update(eta, new double[] {3 * next}, new double[] {3 * u});
            assertEquals(3 * next, d[0], 1e-13);
            u = next;
        }
    }

    /** At a fixed point with additive noise the variance tends to eta / (2 - eta) of a sample's. */
    @Test
    void averagesNoise() {
        var random = new RandomStreams(1).stream("noise", 0);
        var momentum = new RecursiveMomentum(1);
        double eta = 0.1;
        double sum = 0;
        int steps = 200_000;
        for (int k = 0; k < steps; k++) {
            double[] sample = {random.gaussian()};
            double d = momentum.update(eta, sample, sample)[0];
            sum += d * d / steps;
        }
        assertEquals(eta / (2 - eta), sum, 0.003);
        assertTrue(sum < 0.1);
    }

    @Test
    void badArgumentsAreRefused() {
        Rejects.bad(() -> new RecursiveMomentum(0), "dimension");
        var momentum = new RecursiveMomentum(2);
        Rejects.bad(() -> momentum.update(-0.1, new double[2], new double[2]), "eta");
        Rejects.bad(() -> momentum.update(1, new double[3], new double[2]), "now", "length 2");
        momentum.update(1, new double[2], null);
        Rejects.bad(() -> momentum.update(0.5, new double[2], new double[1]), "before");
    }
}
