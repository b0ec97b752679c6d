package org.konvergo.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.konvergo.Rejects.bad;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.ejml.data.ZMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.linalg.ComplexKernels;
import org.konvergo.random.RandomStreams;

class SumRateTest {
    /** Without interference a signal three times the noise carries two bits. */
    @Test
    void withoutInterference() {
        var g = new ZMatrixRMaj(2, 2, true, 0, 1, 0, 0, 0, 0, 1, 0);
        assertEquals(4, SumRate.of(g, g, 1.0 / 3), 1e-15);
    }

    @Test
    void interferenceByHand() {
        // g_1'p_1 = 2, g_1'p_2 = i, g_2'p_1 = 0, g_2'p_2 = 1 with noise 1.
        var g = new ZMatrixRMaj(2, 2, true, 1, 0, 0, 0, 0, 0, 1, 0);
        var p = new ZMatrixRMaj(2, 2, true, 2, 0, 0, 1, 0, 0, 1, 0);
        assertArrayEquals(
                new double[] {StrictMath.log(3) / StrictMath.log(2), 1},
                SumRate.perUser(g, p, 1),
                1e-15);
    }

    /** The channel is transposed, not conjugated: the matched beam is the conjugate. */
    @Test
    void conjugateBeamMatches() {
        var g = new ZMatrixRMaj(2, 1, true, 1, 0, 0, 1);
        var matched = new ZMatrixRMaj(2, 1, true, 1, 0, 0, -1);
        assertEquals(0, SumRate.of(g, g, 1));
        assertEquals(StrictMath.log(5) / StrictMath.log(2), SumRate.of(g, matched, 1), 1e-15);
    }

    @Property(tries = 50)
    void phasesOfBeamsAndCommonScalesDoNotMatter(@ForAll long seed) {
        var random = new RandomStreams(seed).stream("rates", 0);
        var g = new ZMatrixRMaj(4, 3, true, random.gaussians(24));
        var p = new ZMatrixRMaj(4, 3, true, random.gaussians(24));
        double rate = SumRate.of(g, p, 0.1);
        var turned = new ZMatrixRMaj(4, 3, true, ComplexKernels.turned(p.data));
        assertEquals(rate, SumRate.of(g, turned, 0.1), 1e-12);
        assertEquals(rate, SumRate.of(g, ComplexKernels.scaled(2, p), 0.4), 1e-12);
    }

    @Test
    void refusesBadInput() {
        var g = new ZMatrixRMaj(2, 2);
        bad(() -> SumRate.of(g, new ZMatrixRMaj(2, 1), 1), "precoder should be 2 x 2", "2 x 1");
        bad(() -> SumRate.of(null, g, 1), "channel");
        bad(() -> SumRate.of(g, g, 0), "noise");
        bad(() -> SumRate.of(g, g, Double.NaN), "noise");
    }
}
