package org.konvergo.saddle;

import org.konvergo.Require;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.MonotoneInclusion;

/**
 * The extra anchored gradient method: with beta = 1 / (k + 2) and anchor a = beta z_0 + (1 - beta)
 * z_k, the trial w = J(a - eta F(z_k)), then z_(k+1) = J(a - eta F(w)). For monotone, L-Lipschitz F
 * the last iterate's residual falls like 1/k (Yoon and Ryu, Accelerated algorithms for smooth
 * convex-concave minimax problems with O(1/k^2) rate on squared gradient norm, 2021).
 *
 * @param problem the inclusion 0 in F(z) + G(z), with F the operator of a saddle problem
 * @param step eta, positive
 * @param z0 start, of the problem's dimension
 */
public record ExtraAnchoredGradient(MonotoneInclusion problem, double step, double[] z0)
        implements Method<ExtraAnchoredGradient.State> {
    /**
     * An iterate.
     *
     * @param k iterations done
     * @param z of length n
     */
    public record State(long k, double[] z) {}

    /**
     * Checks the arguments.
     *
     * @param problem as above
     * @param step as above
     * @param z0 as above
     * @throws IllegalArgumentException if the step is not positive or the start does not fit
     */
    public ExtraAnchoredGradient {
        Require.notNull("problem", problem);
        Require.positive("step", step);
        Require.finite("z0", Require.length("z0", z0, problem.dimension()));
    }

    @Override
    public State start() {
        return new State(0, z0.clone());
    }

    @Override
    public State step(State state, OracleCounter calls) {
        double[] z = state.z();
        var f = new double[z.length];
        problem.operator().apply(z, f);
        double beta = 1.0 / (state.k() + 2);
        var anchor = new double[z.length];
        for (int i = 0; i < z.length; i++) {
            anchor[i] = Math.fma(beta, z0[i], (1 - beta) * z[i]);
        }
        var trial = new double[z.length];
        problem.move(step, anchor, f, trial);
        problem.operator().apply(trial, f);
        problem.move(step, anchor, f, z);
        calls.add(Oracle.GRADIENT, 2);
        calls.add(Oracle.PROX, 2);
        return new State(state.k() + 1, z);
    }
}
