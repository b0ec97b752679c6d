package org.konvergo.bilevel;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.Updates;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.StochasticBilevelProblem;
import org.konvergo.random.RandomStream;

/**
 * stocBiO: in a step y takes some stochastic gradient steps on g, the multiplier is a truncated
 * Neumann series with a fresh sample in each factor,
 *
 * <p>z = nu sum over q below Q of (I - nu g_yy) ... (I - nu g_yy) grad_y f, with q factors,
 *
 * <p>and x takes a plain step along grad_x f - g_xy z (Ji, Yang and Liang, Bilevel optimization:
 * convergence analysis and enhanced design, 2021). In a direction of curvature mu the series
 * reaches the share 1 - (1 - nu mu)^Q of the exact multiplier.
 *
 * @param samples of f and g, with the sets of x and y
 * @param lower how y moves; its steps of z at the start are not used
 * @param terms Q, at least 1
 * @param nu scale of the series, positive and below 2 over the largest curvature of g in y
 * @param eta step of x, positive
 * @param x0 start of x
 * @param y0 start of y, before its refinement
 * @param random where the samples are drawn from; a run draws from a split of it, so that runs
 *     repeat
 */
public record StocBio(
        StochasticBilevelProblem samples,
        LowerUpdates lower,
        int terms,
        double nu,
        double eta,
        double[] x0,
        double[] y0,
        RandomStream random)
        implements Method<StocBio.State> {
    /**
     * Checks the arguments.
     *
     * @param samples as above
     * @param lower as above
     * @param terms as above
     * @param nu as above
     * @param eta as above
     * @param x0 as above
     * @param y0 as above
     * @param random as above
     * @throws IllegalArgumentException if one is null or out of range, or a start does not fit
     */
    public StocBio {
        Require.notNull("samples", samples);
        Require.notNull("lower", lower);
        Require.atLeast("terms", terms, 1);
        Require.positive("nu", nu);
        Require.positive("eta", eta);
        Require.finite("x0", Require.length("x0", x0, samples.dimensionX()));
        Require.finite("y0", Require.length("y0", y0, samples.dimensionY()));
        Require.notNull("random", random);
    }

    /** An iterate. */
    public static final class State {
        private final double[] x;
        private final double[] y;
        private final double[] z;
        private final RandomStream random;
        private long k;

        private State(double[] x0, double[] y0, RandomStream random) {
            x = x0.clone();
            y = y0.clone();
            z = new double[y0.length];
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
         * The last truncated multiplier.
         *
         * @return of length m, not a copy; zero before the first step
         */
        public double[] z() {
            return z;
        }
    }

    @Override
    public State start() {
        return new State(x0, y0, random.split("samples", 0));
    }

    @Override
    public State step(State s, OracleCounter calls) {
        if (s.k == 0) {
            lower.refinement().refine(samples, s.x, s.y, s.random, calls);
        }
        lower.apply(s.k, samples, s.x, s.y, s.random, calls);
        neumann(s, calls);
        var gradient = new double[s.x.length];
        samples.upper().sample(s.random).gradientX(s.x, s.y, gradient);
        var mixed = new double[s.x.length];
        samples.lower().sample(s.random).hessianXY(s.x, s.y, s.z, mixed);
        Kernels.axpy(-1, mixed, gradient);
        Updates.gradientStep(s.x, eta, gradient, s.x);
        samples.domainX().prox(eta, s.x, s.x);
        calls.add(Oracle.GRADIENT, 1);
        calls.add(Oracle.HESSIAN_VECTOR, 1);
        calls.add(Oracle.PROX, 1);
        s.k++;
        return s;
    }

    private void neumann(State s, OracleCounter calls) {
        var term = new double[s.z.length];
        samples.upper().sample(s.random).gradientY(s.x, s.y, term);
        System.arraycopy(term, 0, s.z, 0, term.length);
        var product = new double[term.length];
        for (int q = 1; q < terms; q++) {
            samples.lower().sample(s.random).hessianYY(s.x, s.y, term, product);
            Updates.gradientStep(term, nu, product, term);
            Kernels.axpy(1, term, s.z);
        }
        Kernels.scale(nu, s.z);
        calls.add(Oracle.GRADIENT, 1);
        calls.add(Oracle.HESSIAN_VECTOR, terms - 1);
    }
}
