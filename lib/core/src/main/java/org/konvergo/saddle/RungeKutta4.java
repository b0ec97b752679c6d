package org.konvergo.saddle;

import org.konvergo.Require;
import org.konvergo.dynamics.ClassicalRungeKutta;
import org.konvergo.dynamics.VectorField;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.MonotoneOperator;

/**
 * The flow z' = -F(z) by the classical Runge-Kutta method of order 4 with a constant step ({@link
 * ClassicalRungeKutta}). With one evaluation instead of four it is {@link GradientDescentAscent},
 * Euler's method.
 *
 * @param operator F
 * @param step h, positive
 * @param z0 start, of the operator's dimension
 */
public record RungeKutta4(MonotoneOperator operator, double step, double[] z0)
        implements Method<double[]> {
    /**
     * Checks the arguments.
     *
     * @param operator as above
     * @param step as above
     * @param z0 as above
     * @throws IllegalArgumentException if the step is not positive or the start does not fit
     */
    public RungeKutta4 {
        Require.notNull("operator", operator);
        Require.positive("step", step);
        Require.finite("z0", Require.length("z0", z0, operator.dimension()));
    }

    @Override
    public double[] start() {
        return z0.clone();
    }

    @Override
    public double[] step(double[] z, OracleCounter calls) {
        ClassicalRungeKutta.step(field(operator), 0, -step, z);
        calls.add(Oracle.GRADIENT, 4);
        return z;
    }

    /** F itself: a step of negative length follows -F. */
    private static VectorField field(MonotoneOperator operator) {
        return new VectorField() {
            @Override
            public int dimension() {
                return operator.dimension();
            }

            @Override
            public void slope(double t, double[] x, double[] slope) {
                operator.apply(x, slope);
            }
        };
    }
}
