package org.konvergo.constrained;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.random.RandomStreams;

class McShaneExtensionTest {
    private static McShaneExtension fitted() {
        var random = new RandomStreams(3).stream("points", 0);
        var points = new DMatrixRMaj(15, 2);
        Arrays.setAll(points.data, i -> random.gaussian());
        var y = new double[15];
        Arrays.setAll(y, i -> random.bernoulli(0.5) ? 1 : -1);
        var solution =
                LipschitzConstrainedRegression.squared(MetricGraph.complete(points), y, 0.7)
                        .solve(7, 1e-13, 100_000);
        return new McShaneExtension(points, solution.f().data, 0.7);
    }

    private static final McShaneExtension FITTED = fitted();

    @Test
    void interpolates() {
        for (int i = 0; i < 15; i++) {
            double[] x = {FITTED.points().get(i, 0), FITTED.points().get(i, 1)};
            assertEquals(FITTED.values()[i], FITTED.value(x), 1e-12);
        }
    }

    @Property(tries = 200)
    void isLipschitz(
            @ForAll @DoubleRange(min = -3, max = 3) double a,
            @ForAll @DoubleRange(min = -3, max = 3) double b,
            @ForAll @DoubleRange(min = -3, max = 3) double c,
            @ForAll @DoubleRange(min = -3, max = 3) double d) {
        double distance = Math.sqrt((a - c) * (a - c) + (b - d) * (b - d));
        double change =
                Math.abs(FITTED.value(new double[] {a, b}) - FITTED.value(new double[] {c, d}));
        assertTrue(change <= 0.7 * distance + 1e-14);
    }

    @Test
    void certificateIsThatOfTheValue() {
        double[] x = {0.1, 0.2};
        double value = FITTED.value(x);
        double label = value > 0 ? 1 : -1;
        assertEquals(Math.abs(value) / 0.7, FITTED.certifiedRadius(x, label), 0);
        assertEquals(0, FITTED.certifiedRadius(x, -label), 0);
        assertEquals(1.5, CertifiedRadius.of(-3, -1, 2), 0);
    }

    @Test
    void refusesBadInput() {
        var points = new DMatrixRMaj(2, 3);
        bad(() -> new McShaneExtension(null, new double[2], 1), "points");
        bad(() -> new McShaneExtension(points, new double[3], 1), "values");
        bad(() -> new McShaneExtension(points, new double[2], -1), "alpha");
        bad(() -> new McShaneExtension(points, new double[2], 1).value(new double[2]), "x");
        bad(() -> CertifiedRadius.of(1, 0.5, 1), "label");
        bad(() -> CertifiedRadius.of(1, 1, 0), "alpha");
        bad(() -> CertifiedRadius.of(Double.NaN, 1, 1), "value");
    }
}
