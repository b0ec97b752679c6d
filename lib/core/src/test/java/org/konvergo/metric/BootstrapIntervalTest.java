package org.konvergo.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

class BootstrapIntervalTest {
    private static RandomStream random(long replicate) {
        return new RandomStreams(1).stream("bootstrap", replicate);
    }

    @Test
    void quantileInterpolatesBetweenOrderStatistics() {
        // numpy.quantile([3, 1, 2, 10], [0, 0.25, 0.5, 0.9, 1])
        double[] sample = {3, 1, 2, 10};
        assertEquals(1, BootstrapInterval.quantile(sample, 0));
        assertEquals(1.75, BootstrapInterval.quantile(sample, 0.25));
        assertEquals(2.5, BootstrapInterval.quantile(sample, 0.5));
        assertEquals(7.9, BootstrapInterval.quantile(sample, 0.9), 1e-12);
        assertEquals(10, BootstrapInterval.quantile(sample, 1));
        assertEquals(3, sample[0], "the sample stays as it is");
    }

    @Property(tries = 100)
    void intervalHoldsTheMedianAndLiesInTheSample(
            @ForAll @Size(min = 1, max = 12) double @DoubleRange(min = -9, max = 9) [] sample) {
        var interval = BootstrapInterval.ofMedian(sample, 0.95, 400, random(0));
        assertTrue(interval.low() <= interval.median() && interval.median() <= interval.high());
        assertTrue(interval.low() >= BootstrapInterval.quantile(sample, 0));
        assertTrue(interval.high() <= BootstrapInterval.quantile(sample, 1));
        assertEquals(interval, BootstrapInterval.ofMedian(sample, 0.95, 400, random(0)));
    }

    @Test
    void coversTheTrueMedianAboutAsOftenAsItSays() {
        int covered = 0;
        for (int k = 0; k < 400; k++) {
            var interval =
                    BootstrapInterval.ofMedian(
                            random(k).gaussians(31), 0.95, 300, random(1000 + k));
            covered += interval.low() <= 0 && 0 <= interval.high() ? 1 : 0;
        }
        // 0.95 less five standard deviations of 400 tosses
        assertTrue(covered >= 358, covered + " of 400");
        assertTrue(covered < 400, "a 95 % interval misses sometimes");
    }

    @Test
    void refusesBadInput() {
        Rejects.bad(() -> BootstrapInterval.ofMedian(new double[0], 0.9, 10, random(0)), "sample");
        double[] nan = {Double.NaN};
        Rejects.bad(() -> BootstrapInterval.ofMedian(nan, 0.9, 10, random(0)), "sample[0]");
        double[] one = {1};
        Rejects.bad(() -> BootstrapInterval.ofMedian(one, 1, 10, random(0)), "level");
        Rejects.bad(() -> BootstrapInterval.ofMedian(one, 0.9, 0, random(0)), "resamples");
        Rejects.bad(() -> BootstrapInterval.ofMedian(one, 0.9, 10, null), "random");
        Rejects.bad(() -> BootstrapInterval.quantile(one, 2), "probability");
        Rejects.bad(() -> BootstrapInterval.quantile(nan, 0.5), "NaN");
    }
}
