package org.konvergo.bilevel;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.Updates;
import org.konvergo.method.Method;
import org.konvergo.method.MomentumAverage;
import org.konvergo.method.MomentumStep;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.StochasticBilevelProblem;
import org.konvergo.random.RandomStream;

/**
 * Stochastic bilevel descent with one loop for three variables. With f the upper and g the lower
 * objective, each derivative from a fresh sample, step k is
 *
 * <ul>
 *   <li>y by {@link LowerUpdates}, every so many steps;
 *   <li>z = z - nu (g_yy(x, y) z - grad_y f(x, y)), one step towards the multiplier of the
 *       hypergradient grad_x f - g_xy z;
 *   <li>m = beta m + (1 - beta) (grad_x f(x, y) - g_xy(x, y) z), begun with the first estimate;
 *   <li>x = x - factor(|m|) m, by a {@link MomentumStep}.
 * </ul>
 *
 * <p>The plain step with momentum gives MA-SOBA (Chen, Xiao and Balasubramanian, Optimal algorithms
 * for stochastic bilevel optimization under relaxed smoothness conditions, 2023), with beta = 0 and
 * one lower step SOBA (Dagreou, Ablin, Vaiter and Moreau, A framework for bilevel optimization that
 * enables stochastic and global variance reduction algorithms, 2022); the normalised step gives
 * {@link BoRep}.
 *
 * @param samples of f and g, with the sets of x and y
 * @param lower how y moves
 * @param nu step of z, positive
 * @param beta weight of the past in the momentum, in [0, 1)
 * @param step how x moves along the momentum
 * @param x0 start of x
 * @param y0 start of y, before its refinement; z starts at zero
 * @param random where the samples are drawn from; a run draws from a split of it, so that runs
 *     repeat
 */
public record MomentumBilevelSgd(
        StochasticBilevelProblem samples,
        LowerUpdates lower,
        double nu,
        double beta,
        MomentumStep step,
        double[] x0,
        double[] y0,
        RandomStream random)
        implements Method<MomentumBilevelSgd.State> {
    /**
     * Checks the arguments.
     *
     * @param samples as above
     * @param lower as above
     * @param nu as above
     * @param beta as above
     * @param step as above
     * @param x0 as above
     * @param y0 as above
     * @param random as above
     * @throws IllegalArgumentException if one is null or out of range, or a start does not fit
     */
    public MomentumBilevelSgd {
        Require.notNull("samples", samples);
        Require.notNull("lower", lower);
        Require.positive("nu", nu);
        MomentumAverage.requireBeta(beta);
        Require.notNull("step", step);
        Require.finite("x0", Require.length("x0", x0, samples.dimensionX()));
        Require.finite("y0", Require.length("y0", y0, samples.dimensionY()));
        Require.notNull("random", random);
    }

    /** An iterate. */
    public static final class State {
        private final double[] x;
        private final double[] y;
        private final double[] z;
        private final MomentumAverage momentum;
        private final RandomStream random;
        private long k;

        private State(double[] x0, double[] y0, double beta, RandomStream random) {
            x = x0.clone();
            y = y0.clone();
            z = new double[y0.length];
            momentum = new MomentumAverage(x0.length, beta);
            this.random = random;
        }

        /**
         * The upper variable.
         *
         * @return of length n, not a copy
         */
        public double[] x() {
            return x;
        }

        /**
         * The lower variable.
         *
         * @return of length m, not a copy
         */
        public double[] y() {
            return y;
        }

        /**
         * The multiplier.
         *
         * @return of length m, not a copy
         */
        public double[] z() {
            return z;
        }

        /**
         * The momentum that the last step of x went along.
         *
         * @return of length n, not a copy; zero before the first step
         */
        public double[] m() {
            return momentum.average();
        }

        /**
         * Number of steps done.
         *
         * @return the k of the next step
         */
        public long k() {
            return k;
        }
    }

    @Override
    public State start() {
        return new State(x0, y0, beta, random.split("samples", 0));
    }

    @Override
    public State step(State s, OracleCounter calls) {
        if (s.k == 0) {
            lower.refinement().refine(samples, s.x, s.y, s.random, calls);
            for (int t = 0; t < lower.multiplierSteps(); t++) {
                moveMultiplier(s, calls);
            }
        }
        lower.apply(s.k, samples, s.x, s.y, s.random, calls);
        moveMultiplier(s, calls);
        step.apply(s.momentum.update(hypergradient(s, calls)), s.x);
        samples.domainX().prox(1, s.x, s.x);
        calls.add(Oracle.PROX, 1);
        s.k++;
        return s;
    }

    private void moveMultiplier(State s, OracleCounter calls) {
        var residual = new double[s.z.length];
        samples.lower().sample(s.random).hessianYY(s.x, s.y, s.z, residual);
        var byY = new double[s.z.length];
        samples.upper().sample(s.random).gradientY(s.x, s.y, byY);
        Kernels.axpy(-1, byY, residual);
        Updates.gradientStep(s.z, nu, residual, s.z);
        calls.add(Oracle.HESSIAN_VECTOR, 1);
        calls.add(Oracle.GRADIENT, 1);
    }

    private double[] hypergradient(State s, OracleCounter calls) {
        var estimate = new double[s.x.length];
        samples.upper().sample(s.random).gradientX(s.x, s.y, estimate);
        var mixed = new double[s.x.length];
        samples.lower().sample(s.random).hessianXY(s.x, s.y, s.z, mixed);
        Kernels.axpy(-1, mixed, estimate);
        calls.add(Oracle.HESSIAN_VECTOR, 1);
        calls.add(Oracle.GRADIENT, 1);
        return estimate;
    }
}
