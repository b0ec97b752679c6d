package org.konvergo.control;

import java.util.function.DoubleUnaryOperator;
import org.konvergo.Require;

/**
 * How far a solution of a {@link StefanProblem} is from what was measured: b0 times the integral of
 * |u(x, T) - w(x)|^2 over the final domain, b1 times that of |u(s(t), t) - mu(t)|^2 over time, and
 * b2 |s(T) - s_*|^2.
 *
 * @param finalWeight b0, non-negative
 * @param frontWeight b1, non-negative
 * @param positionWeight b2, non-negative
 * @param temperature w
 * @param temperatureSlope w'
 * @param melting mu
 * @param position s_*, positive
 * @param errors factors that w is multiplied by at the nodes y = 0, h, ..., 1, all 1 without noise
 */
public record FinalTimeCost(
        double finalWeight,
        double frontWeight,
        double positionWeight,
        DoubleUnaryOperator temperature,
        DoubleUnaryOperator temperatureSlope,
        DoubleUnaryOperator melting,
        double position,
        double[] errors) {
    /**
     * Checks the arguments.
     *
     * @param finalWeight as above
     * @param frontWeight as above
     * @param positionWeight as above
     * @param temperature as above
     * @param temperatureSlope as above
     * @param melting as above
     * @param position as above
     * @param errors as above
     * @throws IllegalArgumentException if a number is out of range or a function missing
     */
    public FinalTimeCost {
        Require.nonNegative("finalWeight", finalWeight);
        Require.nonNegative("frontWeight", frontWeight);
        Require.nonNegative("positionWeight", positionWeight);
        Require.notNull("temperature", temperature);
        Require.notNull("temperatureSlope", temperatureSlope);
        Require.notNull("melting", melting);
        Require.positive("position", position);
        Require.atLeast("length of errors", Require.finite("errors", errors).length, 3);
    }

    /** u - w at the nodes at the time T. */
    double[] misfit(double end, double... last) {
        Require.length("errors", errors, last.length);
        var d = new double[last.length];
        for (int i = 0; i < d.length; i++) {
            double x = i * end / (d.length - 1);
            d[i] = last[i] - errors[i] * temperature.applyAsDouble(x);
        }
        return d;
    }

    /** Weights of the trapezoidal rule on [0, 1]. */
    static double weight(int i, int cells) {
        return (i == 0 || i == cells ? 0.5 : 1) / cells;
    }

    /**
     * The cost.
     *
     * @param solver the mesh
     * @param control of the solution
     * @param v the solution, as {@link StefanStateSolver#solve} gives it
     * @return J, non-negative
     */
    public double value(StefanStateSolver solver, StefanControl control, double[][] v) {
        int n = solver.steps();
        int m = solver.cells();
        double end = control.front()[n - 1];
        double[] d = misfit(end, v[n]);
        double last = 0;
        for (int i = 0; i <= m; i++) {
            last += weight(i, m) * d[i] * d[i];
        }
        double front = 0;
        for (int k = 1; k <= n; k++) {
            double e = v[k][m] - melting.applyAsDouble(k * solver.tau());
            front += solver.tau() * e * e;
        }
        double miss = end - position;
        return finalWeight * end * last + frontWeight * front + positionWeight * miss * miss;
    }
}
