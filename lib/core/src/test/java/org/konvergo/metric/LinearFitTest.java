package org.konvergo.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;

class LinearFitTest {
    @Property(tries = 50)
    void aLineIsFound(
            @ForAll @DoubleRange(min = -5, max = 5) double slope,
            @ForAll @DoubleRange(min = -5, max = 5) double intercept) {
        double[] x = {-1, 0, 2, 7};
        var y = new double[4];
        java.util.Arrays.setAll(y, i -> intercept + slope * x[i]);
        var fit = LinearFit.of(x, y);
        assertEquals(slope, fit.slope(), 1e-13);
        assertEquals(intercept, fit.intercept(), 1e-13);
        if (Math.abs(slope) > 1e-6) {
            assertEquals(Math.signum(slope), fit.correlation(), 1e-8);
            assertEquals(1, fit.rSquared(), 1e-8);
        }
    }

    /** Anscombe, Graphs in statistical analysis, 1973, first data set: y = 3 + x / 2, R^2 0.67. */
    @Test
    void anscombe() {
        double[] x = {10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5};
        double[] y = {8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68};
        var fit = LinearFit.of(x, y);
        assertEquals(0.5, fit.slope(), 5e-4);
        assertEquals(3, fit.intercept(), 5e-3);
        assertEquals(0.6665, fit.rSquared(), 5e-5);
    }

    @Test
    void badArgumentsAreRefused() {
        double[] two = {1, 2};
        Rejects.bad(() -> LinearFit.of(two, new double[3]), "y", "length 2");
        Rejects.bad(() -> LinearFit.of(new double[1], new double[1]), "number of points");
        Rejects.bad(() -> LinearFit.of(new double[2], two), "x", "all equal");
        Rejects.bad(() -> LinearFit.of(two, new double[] {1, Double.NaN}), "y");
        assertTrue(Double.isNaN(LinearFit.of(two, new double[2]).correlation()));
    }
}
