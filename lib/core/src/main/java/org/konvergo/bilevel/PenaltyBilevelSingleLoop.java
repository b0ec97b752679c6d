package org.konvergo.bilevel;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.Updates;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.method.RecursiveMomentum;
import org.konvergo.problem.BilevelObjective;
import org.konvergo.problem.Proximable;
import org.konvergo.problem.StochasticBilevelProblem;
import org.konvergo.random.RandomStream;

/**
 * The single loop of the penalty method: in step k one stochastic step each of z on g, of y on
 * sigma_k f + g and of x on the surrogate psi_sigma_k, all from the same (x, y, z), with sigma_k
 * falling. Each of the three gradients is a {@link RecursiveMomentum} estimate from one sample a
 * step (Kwon, Kwon, Wright and Nowak, On Penalty Methods for Nonconvex Bilevel Optimization and
 * First-Order Stochastic Approximation, 2024).
 *
 * <p>For x the samples of g at y and at z are drawn apart, so that their noise is divided by sigma.
 *
 * @param samples of f and g, with the sets of x and y
 * @param schedule of sigma, the steps and the momentum
 * @param x0 start of x
 * @param y0 start of y and z
 * @param random where the samples are drawn from; a run draws from a split of it, so that runs
 *     repeat
 */
public record PenaltyBilevelSingleLoop(
        StochasticBilevelProblem samples,
        Schedule schedule,
        double[] x0,
        double[] y0,
        RandomStream random)
        implements Method<PenaltyBilevelSingleLoop.State> {
    /**
     * Checks the arguments.
     *
     * @param samples as above
     * @param schedule as above
     * @param x0 as above
     * @param y0 as above
     * @param random as above
     * @throws IllegalArgumentException if one is null or a start does not fit
     */
    public PenaltyBilevelSingleLoop {
        Require.notNull("samples", samples);
        Require.notNull("schedule", schedule);
        Require.finite("x0", Require.length("x0", x0, samples.dimensionX()));
        Require.finite("y0", Require.length("y0", y0, samples.dimensionY()));
        Require.notNull("random", random);
    }

    /**
     * With t = k + k0: sigma_k = t^(-1/5), step of y and z gamma_k = gamma0 t^(-2/5), step of x
     * alpha_k = alpha0 t^(-3/5), momentum eta_k = min(1, c t^(-4/5)).
     *
     * @param k0 at least 1
     * @param gamma0 positive
     * @param alpha0 positive
     * @param c positive; infinity for no momentum, eta = 1
     */
    public record Schedule(double k0, double gamma0, double alpha0, double c) {
        /**
         * Checks the arguments.
         *
         * @param k0 as above
         * @param gamma0 as above
         * @param alpha0 as above
         * @param c as above
         * @throws IllegalArgumentException if one is out of range
         */
        public Schedule {
            Require.that(k0 >= 1 && Double.isFinite(k0), "k0", "at least 1 and finite", k0);
            Require.positive("gamma0", gamma0);
            Require.positive("alpha0", alpha0);
            Require.that(c > 0, "c", "positive", c);
        }

        /**
         * The defaults: k0 = 100, gamma0 = 1, alpha0 = 0.3 and c = 20.
         *
         * @return the schedule
         */
        public static Schedule standard() {
            return new Schedule(100, 1, 0.3, 20);
        }

        /**
         * The same without momentum.
         *
         * @return this schedule with eta = 1
         */
        public Schedule withoutMomentum() {
            return new Schedule(k0, gamma0, alpha0, Double.POSITIVE_INFINITY);
        }

        /**
         * The penalty.
         *
         * @param k number of the step, from 0
         * @return sigma_k in (0, 1]
         */
        public double sigma(long k) {
            return StrictMath.pow(k + k0, -0.2);
        }

        /**
         * The step of y and z.
         *
         * @param k number of the step, from 0
         * @return gamma_k
         */
        public double gamma(long k) {
            return gamma0 * StrictMath.pow(k + k0, -0.4);
        }

        /**
         * The step of x.
         *
         * @param k number of the step, from 0
         * @return alpha_k
         */
        public double alpha(long k) {
            return alpha0 * StrictMath.pow(k + k0, -0.6);
        }

        /**
         * The weight of the new sample.
         *
         * @param k number of the step, from 0
         * @return eta_k in (0, 1]
         */
        public double eta(long k) {
            return Math.min(1, c * StrictMath.pow(k + k0, -0.8));
        }
    }

    /** An iterate. */
    public static final class State {
        private double[] x;
        private double[] y;
        private double[] z;
        private double[] formerX;
        private double[] formerY;
        private double[] formerZ;
        private double formerSigma;
        private long k;
        private final RecursiveMomentum ofX;
        private final RecursiveMomentum ofY;
        private final RecursiveMomentum ofZ;
        private final RandomStream random;

        private State(double[] x0, double[] y0, RandomStream random) {
            this.random = random;
            x = x0.clone();
            y = y0.clone();
            z = y0.clone();
            ofX = new RecursiveMomentum(x.length);
            ofY = new RecursiveMomentum(y.length);
            ofZ = new RecursiveMomentum(z.length);
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
         * The lower variable of the penalty function.
         *
         * @return of length m, not a copy
         */
        public double[] y() {
            return y;
        }

        /**
         * The lower variable of the lower objective.
         *
         * @return of length m, not a copy
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
        double sigma = schedule.sigma(s.k);
        double eta = schedule.eta(s.k);
        boolean twice = s.k > 0 && eta < 1;
        var gForZ = samples.lower().sample(s.random);
        var fForY = samples.upper().sample(s.random);
        var gForY = samples.lower().sample(s.random);
        var fForX = samples.upper().sample(s.random);
        var gAtY = samples.lower().sample(s.random);
        var gAtZ = samples.lower().sample(s.random);

        var now = new double[s.z.length];
        var before = new double[s.z.length];
        gForZ.gradientY(s.x, s.z, now);
        if (twice) {
            gForZ.gradientY(s.formerX, s.formerZ, before);
        }
        double[] ofZ = s.ofZ.update(eta, now, before);

        BilevelObjective.combination(sigma, fForY, 1, gForY).gradientY(s.x, s.y, now);
        if (twice) {
            BilevelObjective.combination(s.formerSigma, fForY, 1, gForY)
                    .gradientY(s.formerX, s.formerY, before);
        }
        double[] ofY = s.ofY.update(eta, now, before);

        now = new double[s.x.length];
        before = new double[s.x.length];
        surrogate(sigma, fForX, gAtY, gAtZ, s.x, s.y, s.z, now);
        if (twice) {
            surrogate(s.formerSigma, fForX, gAtY, gAtZ, s.formerX, s.formerY, s.formerZ, before);
        }
        double[] ofX = s.ofX.update(eta, now, before);

        s.formerX = s.x;
        s.formerY = s.y;
        s.formerZ = s.z;
        s.formerSigma = sigma;
        s.z = moved(s.z, schedule.gamma(s.k), ofZ, samples.domainY());
        s.y = moved(s.y, schedule.gamma(s.k), ofY, samples.domainY());
        s.x = moved(s.x, schedule.alpha(s.k), ofX, samples.domainX());
        s.k++;
        calls.add(Oracle.GRADIENT, twice ? 12 : 6);
        calls.add(Oracle.PROX, 3);
        return s;
    }

    /** grad_x f(x, y) + (grad_x g(x, y) - grad_x g(x, z)) / sigma, of three samples. */
    private static void surrogate(
            double sigma,
            BilevelObjective f,
            BilevelObjective gAtY,
            BilevelObjective gAtZ,
            double[] x,
            double[] y,
            double[] z,
            double[] gradient) {
        var atY = new double[x.length];
        var atZ = new double[x.length];
        gAtY.gradientX(x, y, atY);
        gAtZ.gradientX(x, z, atZ);
        Kernels.axpy(-1, atZ, atY);
        f.gradientX(x, y, gradient);
        Kernels.axpy(1 / sigma, atY, gradient);
    }

    private static double[] moved(double[] u, double step, double[] gradient, Proximable set) {
        var moved = new double[u.length];
        Updates.gradientStep(u, step, gradient, moved);
        set.prox(step, moved, moved);
        return moved;
    }
}
