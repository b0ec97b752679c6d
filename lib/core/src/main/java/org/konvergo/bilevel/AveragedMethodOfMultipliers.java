package org.konvergo.bilevel;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.Updates;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.BilevelProblem;

/**
 * The averaged method of multipliers in its single loop (sl-BAMM). With psi = mu F + (1 - mu) f, a
 * step moves the lower variable, the multiplier and the upper variable at once, all from the old
 * ones:
 *
 * <ul>
 *   <li>y = y - beta grad_y psi(x, y),
 *   <li>v = v - eta (psi_yy(x, y) v - grad_y F(x, y)),
 *   <li>x = P(x - alpha (grad_x F(x, y) - psi_xy(x, y) v)).
 * </ul>
 *
 * <p>As mu falls slowly to zero it finds points that fulfil the first-order conditions of the
 * optimistic problem, also where f is merely convex in y (Liu, Liu, Yao, Zeng and Zhang, Averaged
 * Method of Multipliers for Bi-Level Optimization without Lower-Level Strong Convexity, 2023). For
 * a lower level without constraints.
 *
 * @param problem with F the upper and f the lower objective
 * @param schedule of mu and the steps
 * @param steepest whether v takes the exact step of steepest descent instead of eta
 * @param x0 start of x
 * @param y0 start of y; v starts at zero
 */
public record AveragedMethodOfMultipliers(
        BilevelProblem problem, Schedule schedule, boolean steepest, double[] x0, double[] y0)
        implements Method<AveragedMethodOfMultipliers.State> {
    /** Keeps the exact step finite where the residual of v is zero. */
    private static final double TINY = 1e-12;

    /**
     * Checks the arguments.
     *
     * @param problem as above
     * @param schedule as above
     * @param steepest as above
     * @param x0 as above
     * @param y0 as above
     * @throws IllegalArgumentException if one is null or a start does not fit
     */
    public AveragedMethodOfMultipliers {
        Require.notNull("problem", problem);
        Require.notNull("schedule", schedule);
        Require.finite("x0", Require.length("x0", x0, problem.dimensionX()));
        Require.finite("y0", Require.length("y0", y0, problem.dimensionY()));
    }

    /**
     * What a step takes.
     *
     * @param mu weight of the upper objective, in [0, 1); 0 is the loop without averaging
     * @param beta step of y, positive
     * @param eta step of v, positive
     * @param alpha step of x, positive
     */
    public record Steps(double mu, double beta, double eta, double alpha) {
        /**
         * Checks the arguments.
         *
         * @param mu as above
         * @param beta as above
         * @param eta as above
         * @param alpha as above
         * @throws IllegalArgumentException if one is out of range
         */
        public Steps {
            Require.that(mu >= 0 && mu < 1, "mu", "in [0, 1)", mu);
            Require.positive("beta", beta);
            Require.positive("eta", eta);
            Require.positive("alpha", alpha);
        }
    }

    /** The weight and the steps of each iteration. */
    @FunctionalInterface
    public interface Schedule {
        /**
         * Of one iteration.
         *
         * @param k its number, from 0
         * @return weight and steps
         */
        Steps at(long k);

        /**
         * The schedule of the theory: mu = mu0 (k+1)^(-1/p), beta = eta0, eta = eta0
         * (k+1)^(-tau/2), alpha = eta0 (k+1)^(-3 tau/2) mu^3.
         *
         * @param mu0 in (0, 1)
         * @param p positive; the larger, the slower mu falls
         * @param tau at least 0
         * @param eta0 positive
         * @return the schedule
         * @throws IllegalArgumentException if an argument is out of range
         */
        static Schedule theory(double mu0, double p, double tau, double eta0) {
            Require.that(mu0 > 0 && mu0 < 1, "mu0", "in (0, 1)", mu0);
            Require.positive("p", p);
            Require.nonNegative("tau", tau);
            Require.positive("eta0", eta0);
            return k -> {
                double mu = mu0 * StrictMath.pow(k + 1.0, -1 / p);
                double eta = eta0 * StrictMath.pow(k + 1.0, -tau / 2);
                double alpha = eta0 * StrictMath.pow(k + 1.0, -1.5 * tau) * mu * mu * mu;
                return new Steps(mu, eta0, eta, alpha);
            };
        }

        /**
         * The constants of the authors' programme: mu0 = 0.9, tau = 1/40, eta0 = 0.1.
         *
         * @param p positive; 10 there
         * @return the schedule
         * @throws IllegalArgumentException if p is not positive
         */
        static Schedule standard(double p) {
            return theory(0.9, p, 1.0 / 40, 0.1);
        }

        /**
         * Constant steps without averaging, mu = 0: implicit differentiation in a single loop.
         *
         * @param lower step of y and v, positive
         * @param upper step of x, positive
         * @return the schedule
         * @throws IllegalArgumentException if a step is not positive
         */
        static Schedule withoutAveraging(double lower, double upper) {
            var steps = new Steps(0, lower, lower, upper);
            return k -> steps;
        }
    }

    /** An iterate. */
    public static final class State {
        private final double[] x;
        private final double[] y;
        private final double[] v;
        private long k;

        private State(double[] x0, double[] y0) {
            x = x0.clone();
            y = y0.clone();
            v = new double[y0.length];
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
        public double[] v() {
            return v;
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
        return new State(x0, y0);
    }

    @Override
    public State step(State s, OracleCounter calls) {
        var now = schedule.at(s.k);
        boolean averaged = now.mu > 0;
        var psi = averaged ? problem.average(now.mu) : problem.lower();
        int m = s.y.length;

        var upperByY = new double[m];
        problem.upper().gradientY(s.x, s.y, upperByY);
        var byY = new double[m];
        problem.lower().gradientY(s.x, s.y, byY);
        Kernels.axpby(now.mu, upperByY, 1 - now.mu, byY);

        var residual = new double[m];
        psi.hessianYY(s.x, s.y, s.v, residual);
        Kernels.axpy(-1, upperByY, residual);

        var byX = new double[s.x.length];
        problem.upper().gradientX(s.x, s.y, byX);
        var mixed = new double[s.x.length];
        psi.hessianXY(s.x, s.y, s.v, mixed);
        Kernels.axpy(-1, mixed, byX);

        double eta = now.eta;
        if (steepest) {
            var product = new double[m];
            psi.hessianYY(s.x, s.y, residual, product);
            eta = Kernels.dot(residual, residual) / (Kernels.dot(residual, product) + TINY);
        }
        Updates.gradientStep(s.y, now.beta, byY, s.y);
        Updates.gradientStep(s.v, eta, residual, s.v);
        Updates.gradientStep(s.x, now.alpha, byX, s.x);
        problem.domainX().prox(now.alpha, s.x, s.x);
        s.k++;
        calls.add(Oracle.GRADIENT, 3);
        calls.add(Oracle.HESSIAN_VECTOR, (averaged ? 2L : 1L) * (steepest ? 3 : 2));
        calls.add(Oracle.PROX, 1);
        return s;
    }
}
