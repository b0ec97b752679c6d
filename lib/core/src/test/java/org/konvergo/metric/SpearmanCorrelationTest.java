package org.konvergo.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.konvergo.Rejects.bad;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.konvergo.linalg.Elementary;
import org.konvergo.random.RandomStreams;

class SpearmanCorrelationTest {
    @Test
    void knownValues() {
        double[] x = {1, 2, 3, 4};
        assertEquals(1, SpearmanCorrelation.of(x, new double[] {-5, 0, 0.1, 900}), 1e-15);
        assertEquals(-1, SpearmanCorrelation.of(x, new double[] {4, 3, 2, 1}), 1e-15);
        // Ranks 1, 2.5, 2.5, 4: covariance 4.5, variances 5 and 4.5.
        assertEquals(
                4.5 / Math.sqrt(5 * 4.5),
                SpearmanCorrelation.of(x, new double[] {0, 7, 7, 8}),
                1e-15);
        assertEquals(Double.NaN, SpearmanCorrelation.of(x, new double[4]));
    }

    @Property(tries = 50)
    void onlyTheOrderCounts(@ForAll @LongRange(min = 0, max = 1000) long seed) {
        var random = new RandomStreams(seed).stream("ranks", 0);
        double[] x = random.gaussians(12);
        double[] y = random.gaussians(12);
        double[] warped = java.util.Arrays.stream(y).map(Elementary::exp).toArray();
        assertEquals(SpearmanCorrelation.of(x, y), SpearmanCorrelation.of(x, warped));
        assertEquals(SpearmanCorrelation.of(x, y), SpearmanCorrelation.of(y, x));
    }

    @Test
    void refusesBadInput() {
        bad(() -> SpearmanCorrelation.of(new double[1], new double[1]), "length of x");
        bad(() -> SpearmanCorrelation.of(new double[2], new double[3]), "y");
        bad(() -> SpearmanCorrelation.of(new double[2], new double[] {0, Double.NaN}), "y[1]");
        bad(() -> SpearmanCorrelation.of(null, new double[2]), "x");
    }
}
