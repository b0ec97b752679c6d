package org.konvergo.problem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.linalg.AffineProjection;
import org.konvergo.linalg.Kernels;
import org.konvergo.random.RandomStreams;

class IndicatorTest {
    private static double[] project(Indicator set, double... z) {
        var p = new double[z.length];
        set.prox(1, z, p);
        return p;
    }

    @Test
    void knownProjections() {
        assertArrayEquals(new double[] {-1, 5}, project(Indicator.none(), -1, 5));
        assertArrayEquals(new double[] {-0.5, 2}, project(Indicator.box(-0.5, 2), -3, 4));
        assertArrayEquals(
                new double[] {0.75, 0.25, 1},
                project(Indicator.simplices(2, 1), 3, 2.5, -8),
                1e-15);
    }

    @Test
    void valueIsZeroInsideAndInfiniteOutside() {
        var set = Indicator.simplices(2);
        assertEquals(0, set.value(new double[] {0.5, 0.5}));
        assertEquals(Double.POSITIVE_INFINITY, set.value(new double[] {0.5, 0.6}));
        assertEquals(0, Indicator.box(0, Double.POSITIVE_INFINITY).value(new double[] {0, 9}));
    }

    @Property(tries = 200)
    void projectingTwiceChangesNothingAndDistancesDoNotGrow(
            @ForAll long seed, @ForAll @DoubleRange(min = 0.01, max = 50) double scale) {
        var random = new RandomStreams(seed).stream("indicator", 0);
        double[] z = random.gaussians(6);
        double[] other = random.gaussians(6);
        Kernels.scale(scale, z);
        Kernels.scale(scale, other);
        for (var set : new Indicator[] {Indicator.simplices(2, 4), Indicator.box(-1, 3)}) {
            double[] p = project(set, z);
            assertArrayEquals(p, project(set, p), 1e-14);
            assertTrue(
                    Kernels.distance2(p, project(set, other))
                            <= Kernels.distance2(z, other) + 1e-12);
        }
    }

    @Test
    void aProjectionMakesASet() {
        var line =
                Indicator.of(
                        AffineProjection.onNullSpace(new DMatrixRMaj(new double[][] {{1, 1}})));
        assertArrayEquals(new double[] {1, -1}, project(line, 3, 1), 1e-15);
        assertEquals(0, line.value(new double[] {2, -2}));
        assertEquals(Double.POSITIVE_INFINITY, line.value(new double[] {2, -1}));
    }

    @Test
    void refusesBadInput() {
        bad(() -> Indicator.of(null), "projection");
        bad(() -> Indicator.box(1, 0), "high", "1.0");
        bad(() -> Indicator.box(Double.NaN, 0), "high");
        bad(() -> Indicator.simplices(), "simplices");
        bad(() -> Indicator.simplices(2, 0), "sizes[1]");
        bad(() -> project(Indicator.simplices(2), 1, 2, 3), "z");
        bad(() -> Indicator.none().prox(0, new double[1], new double[1]), "step");
        bad(() -> Indicator.none().prox(1, new double[1], new double[2]), "result");
    }
}
