package org.konvergo.dynamics;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;

/**
 * The classical Runge-Kutta method of order 4 with equal steps (Hairer, Norsett and Wanner, Solving
 * Ordinary Differential Equations I, 1993, section II.1).
 *
 * @param steps number of steps from one time to the other, at least 1
 */
public record ClassicalRungeKutta(int steps) implements Integrator {
    /**
     * Checks the argument.
     *
     * @param steps as above
     * @throws IllegalArgumentException if it is below 1
     */
    public ClassicalRungeKutta {
        Require.atLeast("steps", steps, 1);
    }

    @Override
    public void advance(VectorField field, double from, double to, double[] x) {
        Require.notNull("field", field);
        Require.finite("from", from);
        Require.finite("to", to);
        Require.finite("x", Require.length("x", x, field.dimension()));
        double h = (to - from) / steps;
        for (int k = 0; k < steps; k++) {
            step(field, from + k * h, h, x);
        }
    }

    /**
     * One step.
     *
     * @param field f
     * @param t the state's time
     * @param h length of the step; negative to go back
     * @param x the state; replaced by the one at t + h
     */
    public static void step(VectorField field, double t, double h, double[] x) {
        var slope = new double[x.length];
        var sum = new double[x.length];
        var at = new double[x.length];
        double[] reach = {0, 0.5, 0.5, 1};
        double[] share = {1, 2, 2, 1};
        for (int stage = 0; stage < 4; stage++) {
            System.arraycopy(x, 0, at, 0, x.length);
            if (stage > 0) {
                Kernels.axpy(reach[stage] * h, slope, at);
            }
            field.slope(t + reach[stage] * h, at, slope);
            Kernels.axpy(share[stage], slope, sum);
        }
        Kernels.axpy(h / 6, sum, x);
    }
}
