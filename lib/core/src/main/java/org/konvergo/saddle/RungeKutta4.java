package org.konvergo.saddle;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.MonotoneOperator;

/**
 * The flow z' = -F(z) by the classical Runge-Kutta method of order 4 with a constant step (Hairer,
 * Norsett and Wanner, Solving Ordinary Differential Equations I, 1993, section II.1). With one
 * evaluation instead of four it is {@link GradientDescentAscent}, Euler's method.
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
        var slope = new double[z.length];
        var sum = new double[z.length];
        var at = new double[z.length];
        double[] reach = {0, 0.5, 0.5, 1};
        double[] share = {1, 2, 2, 1};
        for (int stage = 0; stage < 4; stage++) {
            System.arraycopy(z, 0, at, 0, z.length);
            if (stage > 0) {
                Kernels.axpy(-reach[stage] * step, slope, at);
            }
            operator.apply(at, slope);
            Kernels.axpy(share[stage], slope, sum);
        }
        Kernels.axpy(-step / 6, sum, z);
        calls.add(Oracle.GRADIENT, 4);
        return z;
    }
}
