package org.konvergo.constrained;

import org.ejml.data.ZMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.ComplexKernels;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;

/**
 * Alternating minimisation of J(P, f) of a {@link RobustPrecoder}, from the MMSE precoder. A sweep
 * is
 *
 * <ol>
 *   <li>the best precoder for the scale: p_k = f (conj(g_k) g_k' + R_k + lambda f^2 I)^-1
 *       conj(g_k), with the least multiplier lambda that keeps |P|^2 within the power;
 *   <li>the best scale for the precoder.
 * </ol>
 *
 * <p>J never rises. The multiplier is found through mu = lambda f^2 by Newton's method on 1 / |Q|,
 * which is concave and nearly straight in mu (More and Sorensen, Computing a trust region step,
 * 1983): it takes a few steps where bisection takes fifty. Each costs one solution of the systems
 * of all users, counted as {@link Oracle#PROX}. The limit is the closed form {@link
 * RobustPrecoder#solution()}, the rate {@link RobustPrecoder#contraction()}.
 *
 * <p>Source: Mashdour, Flores and de Lamare, Robust Precoding for Resilient Cell-Free Networks,
 * 2025.
 *
 * @param problem the problem
 */
public record AlternatingRobustPrecoder(RobustPrecoder problem)
        implements Method<AlternatingRobustPrecoder.State> {
    private static final int NEWTON_STEPS = 100;

    /** Of the size. P is scaled to the power in any case, and J feels the square of this. */
    private static final double ACCURACY = 1e-10;

    /** From here a step of Newton's method, which squares the error, is the last one. */
    private static final double NEAR = 1e-5;

    /**
     * Checks the argument.
     *
     * @param problem as above
     * @throws IllegalArgumentException if it is null
     */
    public AlternatingRobustPrecoder {
        Require.notNull("problem", problem);
    }

    /**
     * A sweep's end.
     *
     * @param precoder P, antennas x users
     * @param scale the best f for it
     * @param objective J(P, f)
     * @param change by which J has fallen in this sweep, relative to J before; NaN at the start
     * @param regularisation mu = lambda f^2 of this sweep; that of the closed form at the start
     * @param size |Q(mu)|^2, where Newton's method goes on
     * @param slope minus half the derivative of the size in mu
     */
    public record State(
            ZMatrixRMaj precoder,
            double scale,
            double objective,
            double change,
            double regularisation,
            double size,
            double slope) {}

    @Override
    public State start() {
        var mmse =
                LinearPrecoder.MMSE.precoder(problem.estimate(), problem.noise(), problem.power());
        double mu = problem.bestRegularisation();
        return scaled(problem.columns(mmse), mu, problem.regularised(mu), Double.NaN);
    }

    @Override
    public State step(State state, OracleCounter calls) {
        double target = problem.power() / (state.scale() * state.scale());
        double mu = state.regularisation();
        double excess = excess(state.size(), target);
        double mend = state.size() / state.slope() * excess;
        RobustPrecoder.Regularised q;
        boolean near;
        int steps = 0;
        do {
            near = Math.abs(excess) <= NEAR;
            mu = Math.max(0, mu + mend);
            q = problem.regularised(mu);
            calls.add(Oracle.PROX, 1);
            excess = excess(q.size(), target);
            mend = q.size() / q.slope() * excess;
            near |= Math.abs(excess) <= ACCURACY || (mu == 0 && excess <= 0);
            steps++;
        } while (!near && steps < NEWTON_STEPS);
        // Without a multiplier less than the whole power may do.
        double share = mu > 0 ? 1 : Math.min(1, q.size() / target);
        return scaled(q.scaledTo(share * problem.power()), mu, q, state.objective());
    }

    private static double excess(double size, double target) {
        return Math.sqrt(size / target) - 1;
    }

    private State scaled(double[] columns, double mu, RobustPrecoder.Regularised q, double before) {
        var terms = problem.terms(columns);
        double scale = terms.bestScale();
        double objective = terms.objective(scale);
        return new State(
                ComplexKernels.ofColumns(
                        columns, problem.estimate().numRows, problem.estimate().numCols),
                scale,
                objective,
                (before - objective) / before,
                mu,
                q.size(),
                q.slope());
    }
}
