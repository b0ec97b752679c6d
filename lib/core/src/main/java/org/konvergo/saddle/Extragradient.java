package org.konvergo.saddle;

import org.konvergo.Require;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.MonotoneInclusion;

/**
 * The extragradient method: a trial step w = J(z - eta F(z)), then z = J(z - eta F(w)). Converges
 * for monotone, L-Lipschitz F and eta below 1/L, also where gradient descent ascent turns in
 * circles (Korpelevich, The extragradient method for finding saddle points, 1976).
 *
 * @param problem the inclusion 0 in F(z) + G(z), with F the operator of a saddle problem
 * @param step eta, positive
 * @param z0 start, of the problem's dimension
 */
public record Extragradient(MonotoneInclusion problem, double step, double[] z0)
        implements Method<double[]> {
    /**
     * Checks the arguments.
     *
     * @param problem as above
     * @param step as above
     * @param z0 as above
     * @throws IllegalArgumentException if the step is not positive or the start does not fit
     */
    public Extragradient {
        Require.notNull("problem", problem);
        Require.positive("step", step);
        Require.finite("z0", Require.length("z0", z0, problem.dimension()));
    }

    @Override
    public double[] start() {
        return z0.clone();
    }

    @Override
    public double[] step(double[] z, OracleCounter calls) {
        var f = new double[z.length];
        var trial = new double[z.length];
        problem.operator().apply(z, f);
        problem.move(step, z, f, trial);
        problem.operator().apply(trial, f);
        problem.move(step, z, f, z);
        calls.add(Oracle.GRADIENT, 2);
        calls.add(Oracle.PROX, 2);
        return z;
    }
}
