package org.konvergo.bilevel;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.Updates;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;

/**
 * The Lagrangian value function-based Hessian-free bilevel algorithm. It descends on F / c_k + f -
 * v, where v is the {@link ProximalLagrangianValueFunction}, with one step a turn for the saddle
 * point of v:
 *
 * <ul>
 *   <li>theta = P_Y(theta - eta [grad_y f(x, theta) + grad_y g(x, theta)'lambda + (theta - y) /
 *       gamma1]),
 *   <li>lambda = P(lambda + eta [g(x, theta) - (lambda - z) / gamma2]), with the old theta,
 *   <li>(x, y) = P_C((x, y) - alpha [grad F / c_k + grad f - grad v]), with the new theta and
 *       lambda in place of the saddle point,
 *   <li>z = P_Z(z + beta (lambda - z) / gamma2), where Z is [0, r]^p, and [-r, r]^p for equations.
 * </ul>
 *
 * <p>It takes gradients of F, f and g alone, and f need be neither strongly convex in y nor have
 * one minimiser. As c_k = c (k + 1)^p rises, f - v falls like K^(-p); with a fixed c the limit is
 * off by O(1 / c) (Yao, Yu, Zeng and Zhang, Constrained Bi-Level Optimization: Proximal Lagrangian
 * Value Function Approach and Hessian-free Algorithm, 2024).
 *
 * @param problem F, f, g and the sets
 * @param settings constants and steps
 * @param x0 start of x
 * @param y0 start of y; the pair is projected on C, theta starts where y does, lambda and z at zero
 */
public record LvHba(ConstrainedBilevelProblem problem, Settings settings, double[] x0, double[] y0)
        implements Method<LvHba.State> {
    /**
     * Checks the arguments.
     *
     * @param problem as above
     * @param settings as above
     * @param x0 as above
     * @param y0 as above
     * @throws IllegalArgumentException if one is null or a start does not fit
     */
    public LvHba {
        Require.notNull("problem", problem);
        Require.notNull("settings", settings);
        Require.finite("x0", Require.length("x0", x0, problem.levels().dimensionX()));
        Require.finite("y0", Require.length("y0", y0, problem.levels().dimensionY()));
    }

    /** The penalty of each iteration. */
    @FunctionalInterface
    public interface Penalty {
        /**
         * Of one iteration.
         *
         * @param k its number, from 0
         * @return c_k, positive
         */
        double at(long k);

        /**
         * The rising penalty of the theory, c (k + 1)^p.
         *
         * @param c positive
         * @param p in [0, 1/2); 0 keeps the penalty fixed
         * @return the penalty
         * @throws IllegalArgumentException if an argument is out of range
         */
        static Penalty rising(double c, double p) {
            Require.positive("c", c);
            Require.that(p >= 0 && p < 0.5, "p", "in [0, 1/2)", p);
            return k -> p == 0 ? c : c * StrictMath.pow(k + 1.0, p);
        }
    }

    /**
     * Constants and steps.
     *
     * @param gamma1 weight of theta's proximal term is 1 / gamma1; positive
     * @param gamma2 the same for lambda; positive
     * @param eta step of theta and lambda, positive
     * @param alpha step of x and y, positive
     * @param beta step of z, positive
     * @param penalty c_k
     * @param radius r, the bound of z; positive
     */
    public record Settings(
            double gamma1,
            double gamma2,
            double eta,
            double alpha,
            double beta,
            Penalty penalty,
            double radius) {
        /**
         * Checks the arguments.
         *
         * @param gamma1 as above
         * @param gamma2 as above
         * @param eta as above
         * @param alpha as above
         * @param beta as above
         * @param penalty as above
         * @param radius as above
         * @throws IllegalArgumentException if one is out of range
         */
        public Settings {
            Require.positive("gamma1", gamma1);
            Require.positive("gamma2", gamma2);
            Require.positive("eta", eta);
            Require.positive("alpha", alpha);
            Require.positive("beta", beta);
            Require.notNull("penalty", penalty);
            Require.positive("radius", radius);
        }

        /**
         * Constants that keep the saddle point's recursion stable for constraints with rows of norm
         * 1 and a lower objective of smoothness 1: gamma = 1, eta = 0.1, alpha = 0.02, beta = 0.1,
         * c_k = (k + 1)^0.3 and r = 1000.
         *
         * @return the settings
         */
        public static Settings standard() {
            return new Settings(1, 1, 0.1, 0.02, 0.1, Penalty.rising(1, 0.3), 1000);
        }

        /**
         * The same with other proximal weights.
         *
         * @param gamma both gamma1 and gamma2
         * @return the settings
         * @throws IllegalArgumentException if gamma is not positive
         */
        public Settings withGamma(double gamma) {
            Require.positive("gamma", gamma);
            return new Settings(gamma, gamma, eta, alpha, beta, penalty, radius);
        }

        /**
         * The same with another penalty.
         *
         * @param other c_k
         * @return the settings
         * @throws IllegalArgumentException if it is null
         */
        public Settings withPenalty(Penalty other) {
            return new Settings(gamma1, gamma2, eta, alpha, beta, other, radius);
        }

        /**
         * The same with other steps.
         *
         * @param newEta step of theta and lambda
         * @param newAlpha step of x and y
         * @param newBeta step of z
         * @return the settings
         * @throws IllegalArgumentException if a step is not positive
         */
        public Settings withSteps(double newEta, double newAlpha, double newBeta) {
            return new Settings(gamma1, gamma2, newEta, newAlpha, newBeta, penalty, radius);
        }
    }

    /** An iterate. */
    public static final class State {
        private final double[] x;
        private final double[] y;
        private final double[] z;
        private final double[] theta;
        private final double[] lambda;
        private long k;
        private double residual = Double.POSITIVE_INFINITY;

        /** Working space. */
        private final ProximalSaddle saddle;

        private final double[] dx;
        private final double[] ofX;
        private final double[] formerX;
        private final double[] dy;
        private final double[] ofY;
        private final double[] formerY;
        private final double[] formerZ;

        private State(double[] x, double[] y, int constraints, ProximalSaddle saddle) {
            this.x = x;
            this.y = y;
            this.saddle = saddle;
            dx = new double[x.length];
            ofX = new double[x.length];
            formerX = new double[x.length];
            dy = new double[y.length];
            ofY = new double[y.length];
            formerY = new double[y.length];
            formerZ = new double[constraints];
            theta = y.clone();
            z = new double[constraints];
            lambda = new double[constraints];
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
         * The multiplier that is part of the reformulated problem.
         *
         * @return of length p, not a copy
         */
        public double[] z() {
            return z;
        }

        /**
         * Where the minimiser of the value function is thought to be.
         *
         * @return of length m, not a copy
         */
        public double[] theta() {
            return theta;
        }

        /**
         * Where its maximiser is thought to be.
         *
         * @return of length p, not a copy
         */
        public double[] lambda() {
            return lambda;
        }

        /**
         * Number of steps done.
         *
         * @return the k of the next step
         */
        public long k() {
            return k;
        }

        /**
         * Norm of the projected gradient of F + c_k (f - v) in (x, y, z) at the point before the
         * last step, with theta and lambda in place of the saddle point.
         *
         * @return at least 0; infinity before the first step
         */
        public double residual() {
            return residual;
        }
    }

    @Override
    public State start() {
        double[] x = x0.clone();
        double[] y = y0.clone();
        problem.project(x, y);
        var saddle = new ProximalSaddle(problem, settings.gamma1, settings.gamma2, settings.eta);
        return new State(x, y, problem.coupling().count(), saddle);
    }

    @Override
    public State step(State s, OracleCounter calls) {
        var upper = problem.levels().upper();
        var lower = problem.levels().lower();
        double c = settings.penalty.at(s.k);
        s.saddle.step(s.x, s.y, s.z, s.theta, s.lambda);

        lower.gradientX(s.x, s.y, s.dx);
        s.saddle.gradientX(s.x, s.theta, s.lambda, s.ofX);
        Kernels.axpy(-1, s.ofX, s.dx);
        upper.gradientX(s.x, s.y, s.ofX);
        Kernels.axpy(1 / c, s.ofX, s.dx);

        lower.gradientY(s.x, s.y, s.dy);
        upper.gradientY(s.x, s.y, s.ofY);
        for (int i = 0; i < s.dy.length; i++) {
            s.dy[i] += s.ofY[i] / c - (s.y[i] - s.theta[i]) / settings.gamma1;
        }

        System.arraycopy(s.x, 0, s.formerX, 0, s.x.length);
        System.arraycopy(s.y, 0, s.formerY, 0, s.y.length);
        System.arraycopy(s.z, 0, s.formerZ, 0, s.z.length);
        Updates.gradientStep(s.x, settings.alpha, s.dx, s.x);
        Updates.gradientStep(s.y, settings.alpha, s.dy, s.y);
        problem.project(s.x, s.y);
        double least = problem.coupling().equality() ? -settings.radius : 0;
        for (int i = 0; i < s.z.length; i++) {
            double to = s.z[i] + settings.beta * ((s.lambda[i] - s.z[i]) / settings.gamma2);
            s.z[i] = Math.min(Math.max(to, least), settings.radius);
        }
        s.residual =
                c
                        * norm(
                                Kernels.distance2(s.x, s.formerX) / settings.alpha,
                                Kernels.distance2(s.y, s.formerY) / settings.alpha,
                                Kernels.distance2(s.z, s.formerZ) / settings.beta);
        s.k++;
        // Of f: by y at theta, by x at theta and at y, by y at y; of F: by x and y; of g: twice.
        calls.add(Oracle.GRADIENT, 8);
        calls.add(Oracle.PROX, 3);
        return s;
    }

    private static double norm(double a, double b, double c) {
        return Math.sqrt(a * a + b * b + c * c);
    }
}
