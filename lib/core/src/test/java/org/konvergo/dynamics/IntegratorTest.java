package org.konvergo.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.metric.LogLogSlope;

class IntegratorTest {
    /** x' = 2 t x, y' = -x: x = exp(t^2). */
    private static final VectorField GROWTH =
            new VectorField() {
                @Override
                public int dimension() {
                    return 2;
                }

                @Override
                public void slope(double t, double[] x, double[] slope) {
                    slope[0] = 2 * t * x[0];
                    slope[1] = -x[0];
                }
            };

    private static double error(Integrator integrator) {
        double[] x = {1, 0};
        integrator.advance(GROWTH, 0, 1, x);
        return Math.abs(x[0] - Math.E);
    }

    @Test
    void rungeKuttaHasOrderFour() {
        double[] steps = {10, 20, 40, 80};
        var errors = new double[4];
        for (int i = 0; i < 4; i++) {
            errors[i] = error(new ClassicalRungeKutta((int) steps[i]));
        }
        assertEquals(-4, LogLogSlope.of(steps, errors).slope(), 0.1);
    }

    @Test
    void dormandAndPrinceKeepTheirTolerance() {
        assertEquals(0, error(new DormandPrince(1e-12)), 1e-11);
        assertEquals(0, error(new DormandPrince(1e-5)), 1e-4);
    }

    @Test
    void backAgain() {
        double[] x = {1, 0};
        for (var integrator :
                new Integrator[] {new ClassicalRungeKutta(200), new DormandPrince(1e-12)}) {
            integrator.advance(GROWTH, 0, 1, x);
            integrator.advance(GROWTH, 1, 0, x);
            assertArrayEquals(new double[] {1, 0}, x, 1e-8);
            integrator.advance(GROWTH, 0.5, 0.5, x);
            assertArrayEquals(new double[] {1, 0}, x, 1e-8);
        }
    }

    @Test
    void refuseBadArguments() {
        Rejects.bad(() -> new ClassicalRungeKutta(0), "steps", "at least 1");
        Rejects.bad(() -> new DormandPrince(0), "tolerance");
        Rejects.bad(() -> new DormandPrince(1), "tolerance", "0.1");
        for (var integrator :
                new Integrator[] {new ClassicalRungeKutta(3), new DormandPrince(1e-3)}) {
            Rejects.bad(() -> integrator.advance(null, 0, 1, new double[2]), "field");
            Rejects.bad(() -> integrator.advance(GROWTH, Double.NaN, 1, new double[2]), "from");
            Rejects.bad(() -> integrator.advance(GROWTH, 0, 1 / 0.0, new double[2]), "to");
            Rejects.bad(() -> integrator.advance(GROWTH, 0, 1, new double[3]), "x", "length 2");
            Rejects.bad(
                    () -> integrator.advance(GROWTH, 0, 1, new double[] {0, Double.NaN}), "x[1]");
        }
    }
}
