package org.konvergo.saddle;

import org.konvergo.Require;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.MonotoneInclusion;

/**
 * The optimistic gradient method: z_(k+1) = J(z_k - eta (2 F(z_k) - F(z_(k-1)))), one evaluation a
 * step. Converges for monotone, L-Lipschitz F and eta below 1/(2L) (Popov, A modification of the
 * Arrow-Hurwicz method, 1980; with a resolvent: Malitsky and Tam, A forward-backward splitting
 * method for monotone inclusions without cocoercivity, 2020).
 *
 * @param problem the inclusion 0 in F(z) + G(z), with F the operator of a saddle problem
 * @param step eta, positive
 * @param z0 start, of the problem's dimension
 */
public record OptimisticGradient(MonotoneInclusion problem, double step, double[] z0)
        implements Method<OptimisticGradient.State> {
    /**
     * An iterate.
     *
     * @param z of length n
     * @param previous F at the iterate before, of length n; null before the first step
     */
    public record State(double[] z, double[] previous) {}

    /**
     * Checks the arguments.
     *
     * @param problem as above
     * @param step as above
     * @param z0 as above
     * @throws IllegalArgumentException if the step is not positive or the start does not fit
     */
    public OptimisticGradient {
        Require.notNull("problem", problem);
        Require.positive("step", step);
        Require.finite("z0", Require.length("z0", z0, problem.dimension()));
    }

    @Override
    public State start() {
        return new State(z0.clone(), null);
    }

    @Override
    public State step(State state, OracleCounter calls) {
        double[] z = state.z();
        var f = new double[z.length];
        problem.operator().apply(z, f);
        double[] before = state.previous() == null ? f : state.previous();
        var direction = new double[z.length];
        for (int i = 0; i < z.length; i++) {
            direction[i] = 2 * f[i] - before[i];
        }
        problem.move(step, z, direction, z);
        calls.add(Oracle.GRADIENT, 1);
        calls.add(Oracle.PROX, 1);
        return new State(z, f);
    }
}
