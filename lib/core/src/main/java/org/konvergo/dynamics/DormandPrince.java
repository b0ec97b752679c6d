package org.konvergo.dynamics;

import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.konvergo.Require;

/**
 * The method of Dormand and Prince of order 8 with steps of its own choice, by Hipparchus (Hairer,
 * Norsett and Wanner, Solving Ordinary Differential Equations I, 1993, section II.10). For accurate
 * references.
 *
 * @param tolerance of the error of a step, absolute and relative, in (0, 0.1]
 */
public record DormandPrince(double tolerance) implements Integrator {
    /**
     * Checks the argument.
     *
     * @param tolerance as above
     * @throws IllegalArgumentException if it is out of range
     */
    public DormandPrince {
        Require.positive("tolerance", tolerance);
        Require.within("tolerance", tolerance, 0, 0.1);
    }

    @Override
    public void advance(VectorField field, double from, double to, double[] x) {
        Require.notNull("field", field);
        Require.finite("from", from);
        Require.finite("to", to);
        Require.finite("x", Require.length("x", x, field.dimension()));
        double length = Math.abs(to - from);
        if (length == 0) {
            return;
        }
        var method = new DormandPrince853Integrator(length * 1e-12, length, tolerance, tolerance);
        var end = method.integrate(equation(field), new ODEState(from, x), to);
        System.arraycopy(end.getPrimaryState(), 0, x, 0, x.length);
    }

    private static OrdinaryDifferentialEquation equation(VectorField field) {
        return new OrdinaryDifferentialEquation() {
            @Override
            public int getDimension() {
                return field.dimension();
            }

            @Override
            public double[] computeDerivatives(double t, double[] y) {
                var slope = new double[y.length];
                field.slope(t, y, slope);
                return slope;
            }
        };
    }
}
