package org.konvergo.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.problem.SampleData.assertRefused;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.konvergo.random.RandomStreams;

class GradientDissimilarityTest {
    @Test
    void twoGradientsByHand() {
        // E g^2 = 5, mean 2, variance 1.
        var d = GradientDissimilarity.of(new double[][] {{1}, {3}}, new double[] {1, 1});
        assertEquals(Math.sqrt(5) / 2, d.dissimilarity(), 1e-15);
        assertEquals(1, d.variance(), 1e-15);
        assertEquals(2, d.gradientNorm(), 1e-15);
    }

    @Test
    void weightsCount() {
        // Mean (3 * 1 + 1 * 5) / 4 = 2, E g^2 = (3 + 25) / 4 = 7, variance 3.
        var d = GradientDissimilarity.of(new double[][] {{1}, {5}}, new double[] {3, 1});
        assertEquals(Math.sqrt(7) / 2, d.dissimilarity(), 1e-15);
        assertEquals(3, d.variance(), 1e-15);
    }

    @Test
    void equalGradientsGiveOne() {
        double[] g = {0.1, -0.7, 3};
        var d = GradientDissimilarity.of(new double[][] {g, g, g}, new double[] {1, 2, 5});
        assertEquals(1, d.dissimilarity(), 1e-15);
        assertEquals(0, d.variance(), 1e-30);
    }

    @Test
    void isUndefinedAtAStationaryPoint() {
        var d = GradientDissimilarity.of(new double[][] {{1}, {-1}}, new double[] {1, 1});
        assertTrue(Double.isNaN(d.dissimilarity()));
        assertEquals(1, d.variance());
    }

    @Property(tries = 100)
    void varianceIsTheExcessOfTheSquare(
            @ForAll long replicate, @ForAll @DoubleRange(min = 0.1, max = 5) double weight) {
        var g = new RandomStreams(1).stream("gradients", replicate).gaussians(6);
        var d =
                GradientDissimilarity.of(
                        new double[][] {{g[0], g[1]}, {g[2], g[3]}, {g[4], g[5]}},
                        new double[] {1, weight, 2});
        double b = d.dissimilarity();
        double norm = d.gradientNorm();
        assertTrue(b >= 1 - 1e-12);
        assertEquals(d.variance(), (b * b - 1) * norm * norm, 1e-12);
    }

    @Test
    void refusesBadInput() {
        double[][] one = {{1}};
        assertRefused("gradients", () -> GradientDissimilarity.of(null, new double[1]));
        assertRefused(
                "number of gradients",
                () -> GradientDissimilarity.of(new double[0][], new double[0]));
        assertRefused("weights", () -> GradientDissimilarity.of(one, new double[2]));
        assertRefused("weights[0]", () -> GradientDissimilarity.of(one, new double[] {-1}));
        assertRefused("sum of weights", () -> GradientDissimilarity.of(one, new double[1]));
        assertRefused(
                "gradients[1]",
                () -> GradientDissimilarity.of(new double[][] {{1}, {1, 2}}, new double[] {1, 1}));
    }
}
