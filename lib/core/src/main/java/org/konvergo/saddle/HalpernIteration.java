package org.konvergo.saddle;

import java.util.function.LongToDoubleFunction;
import org.konvergo.Require;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.MonotoneInclusion;

/**
 * Halpern's iteration, anchored at the start: z_(k+1) = J(anchor_k - eta F(z_k)) with anchor_k =
 * lambda_k z_0 + (1 - lambda_k) z_k (mixed inside the resolvent), or z_(k+1) = lambda_k z_0 + (1 -
 * lambda_k) J(z_k - eta F(z_k)) (mixed outside). For a cocoercive F with constant 1/L and eta = 1/L
 * the residual of the last iterate falls like 1/k (Halpern, Fixed points of nonexpanding maps,
 * 1967; Diakonikolas, Halpern iteration for near-optimal and parameter-free monotone inclusion,
 * 2020).
 *
 * @param problem the inclusion 0 in F(z) + G(z)
 * @param step eta, positive
 * @param weight lambda_k in [0, 1] of the iteration k = 0, 1, ...
 * @param inside whether the start is mixed in before the resolvent is taken
 * @param z0 start, of the problem's dimension
 */
public record HalpernIteration(
        MonotoneInclusion problem,
        double step,
        LongToDoubleFunction weight,
        boolean inside,
        double[] z0)
        implements Method<HalpernIteration.State> {
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
     * @param weight as above
     * @param inside as above
     * @param z0 as above
     * @throws IllegalArgumentException if the step is not positive or the start does not fit
     */
    public HalpernIteration {
        Require.notNull("problem", problem);
        Require.positive("step", step);
        Require.notNull("weight", weight);
        Require.finite("z0", Require.length("z0", z0, problem.dimension()));
    }

    /**
     * The classical weights 1 / (k + 2), mixed outside the resolvent.
     *
     * @param problem the inclusion
     * @param step positive
     * @param z0 start
     * @return the method
     * @throws IllegalArgumentException as the constructor
     */
    public static HalpernIteration classical(MonotoneInclusion problem, double step, double[] z0) {
        return new HalpernIteration(problem, step, k -> 1.0 / (k + 2), false, z0);
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
        double lambda = Require.within("weight", weight.applyAsDouble(state.k()), 0, 1);
        if (inside) {
            mix(lambda, z);
            problem.move(step, z, f, z);
        } else {
            problem.move(step, z, f, z);
            mix(lambda, z);
        }
        calls.add(Oracle.GRADIENT, 1);
        calls.add(Oracle.PROX, 1);
        return new State(state.k() + 1, z);
    }

    private void mix(double lambda, double[] z) {
        for (int i = 0; i < z.length; i++) {
            z[i] = Math.fma(lambda, z0[i], (1 - lambda) * z[i]);
        }
    }
}
