package org.konvergo.constrained;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.BacktrackingLineSearch;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.EqualityConstrainedProblem;

/**
 * Newton's method on the Lagrangian with inexact steps, made globally convergent by a line search
 * on the {@link ExactAugmentedLagrangian}. The penalties eta1, eta2 and the accuracy delta of the
 * inner solver adapt themselves until the inexact direction is one of descent.
 *
 * <p>Source: Hong, Na, Mahoney and Kolar, Constrained optimization via exact augmented Lagrangian
 * and randomized iterative sketching, 2023, algorithm 1. With {@link InnerSolver#direct} it is
 * sequential quadratic programming with exact steps.
 *
 * @param problem the problem
 * @param inner solves the system of a step
 * @param accuracy how exactly
 * @param parameters of the method
 * @param x0 start, of length n
 * @param lambda0 first multipliers, of length m
 */
public record NewtonSqp(
        EqualityConstrainedProblem problem,
        InnerSolver inner,
        Accuracy accuracy,
        Parameters parameters,
        double[] x0,
        double[] lambda0)
        implements Method<NewtonSqp.State> {
    private static final double LEAST_DELTA = 1e-6;
    private static final double MOST_ETA1 = 1e8;
    private static final double LEAST_ETA2 = 1e-8;
    private static final int HALVINGS = 60;

    /** A rise of the merit function that rounding explains, as a share of it. */
    private static final double ROUNDING = 1e-14;

    /**
     * Parameters.
     *
     * @param eta1 first penalty on the constraints, positive
     * @param eta2 first penalty on the gradient of the Lagrangian, positive
     * @param delta first accuracy, positive
     * @param xi share of the shift of an indefinite Hessian that is there even if it is zero,
     *     positive
     * @param beta share of the predicted decrease that the line search asks for, in (0, 1/2)
     * @param nu factor of the adaptation, above 1
     */
    public record Parameters(
            double eta1, double eta2, double delta, double xi, double beta, double nu) {
        /** The paper's: 1, 0.1, 0.1, 0.1, 0.1, 1.5. */
        public static final Parameters STANDARD = new Parameters(1, 0.1, 0.1, 0.1, 0.1, 1.5);

        /**
         * Checks the arguments.
         *
         * @param eta1 as above
         * @param eta2 as above
         * @param delta as above
         * @param xi as above
         * @param beta as above
         * @param nu as above
         * @throws IllegalArgumentException if one is out of its range
         */
        public Parameters {
            Require.positive("eta1", eta1);
            Require.positive("eta2", eta2);
            Require.positive("delta", delta);
            Require.positive("xi", xi);
            Require.that(beta > 0 && beta < 0.5, "beta", "in (0, 1/2)", beta);
            Require.that(nu > 1 && Double.isFinite(nu), "nu", "above 1", nu);
        }
    }

    /**
     * An iterate.
     *
     * @param point x and lambda with what the problem is there
     * @param eta1 penalty on the constraints
     * @param eta2 penalty on the gradient of the Lagrangian
     * @param delta accuracy parameter
     * @param stepSize of the step that led here; NaN at the start, 0 if the line search failed
     * @param iterations outer iterations done
     * @param innerSteps of all systems so far
     * @param unreached systems whose solver missed its tolerance so far
     */
    public record State(
            LagrangianPoint point,
            double eta1,
            double eta2,
            double delta,
            double stepSize,
            long iterations,
            long innerSteps,
            int unreached) {
        /**
         * The point.
         *
         * @return x, of length n, not a copy
         */
        public double[] x() {
            return point.x();
        }

        /**
         * The multipliers.
         *
         * @return lambda, of length m, not a copy
         */
        public double[] lambda() {
            return point.lambda();
        }

        /**
         * The KKT residual.
         *
         * @return 2-norm of the gradient of the Lagrangian and the constraints together
         */
        public double kkt() {
            return point.kkt();
        }
    }

    /**
     * Checks the arguments.
     *
     * @param problem as above
     * @param inner as above
     * @param accuracy as above
     * @param parameters as above
     * @param x0 as above
     * @param lambda0 as above
     * @throws IllegalArgumentException if one is missing, or a start does not fit or is not finite
     */
    public NewtonSqp {
        Require.notNull("problem", problem);
        Require.notNull("inner", inner);
        Require.notNull("accuracy", accuracy);
        Require.notNull("parameters", parameters);
        Require.finite("x0", Require.length("x0", x0, problem.dimension()));
        Require.finite("lambda0", Require.length("lambda0", lambda0, problem.constraintCount()));
    }

    /**
     * The method with the paper's parameters, from the problem's start with all multipliers 1.
     *
     * @param problem the problem
     * @param inner solves the system of a step
     * @param accuracy how exactly
     * @return the method
     */
    public static NewtonSqp of(
            EqualityConstrainedProblem problem, InnerSolver inner, Accuracy accuracy) {
        var ones = new double[Require.notNull("problem", problem).constraintCount()];
        java.util.Arrays.fill(ones, 1);
        return new NewtonSqp(problem, inner, accuracy, Parameters.STANDARD, problem.start(), ones);
    }

    @Override
    public State start() {
        var point = LagrangianPoint.of(problem, x0.clone(), lambda0.clone());
        return new State(
                point, parameters.eta1, parameters.eta2, parameters.delta, Double.NaN, 0, 0, 0);
    }

    /**
     * One outer iteration.
     *
     * @throws IllegalStateException if the constraints' Jacobian is nearly rank-deficient
     */
    @Override
    public State step(State s, OracleCounter calls) {
        double size = s.kkt();
        if (size == 0) {
            return s;
        }
        var system = KktSystem.of(problem, s.point, parameters.xi);
        calls.add(Oracle.HESSIAN_VECTOR, problem.dimension());
        double[] b = system.rightSide();
        double psi = inverseBound(system);
        double scale = scale(system, s.point);
        double eta1 = s.eta1;
        double eta2 = s.eta2;
        double delta = bounded(s.delta, trial(eta1, eta2, scale, psi));
        double norm = Kernels.norm2(system.matrix().data);
        var z = new double[b.length];
        long inner = s.innerSteps;
        int unreached = s.unreached;
        double slope;
        while (true) {
            var situation = new Accuracy.Situation(s.iterations, size, delta, norm, psi);
            double tolerance = accuracy.relativeResidual(situation) * size;
            var work = this.inner.refine(system.matrix(), b, z, tolerance);
            inner += work.steps();
            unreached += work.reached() ? 0 : 1;
            var merit = new ExactAugmentedLagrangian(problem, eta1, eta2);
            slope = Kernels.dot(merit.gradient(s.point, system.hessian()), z);
            if (slope <= -0.5 * eta2 * size * size || eta1 > MOST_ETA1 || eta2 < LEAST_ETA2) {
                break;
            }
            eta1 *= parameters.nu * parameters.nu;
            eta2 /= parameters.nu;
            double fourth = parameters.nu * parameters.nu * parameters.nu * parameters.nu;
            delta = bounded(delta / fourth, trial(eta1, eta2, scale, psi));
        }
        return search(
                s, z, slope, new State(s.point, eta1, eta2, delta, 0, 0, inner, unreached), calls);
    }

    /** The line search from s along z; takes the adapted parameters from the other state. */
    private State search(State s, double[] z, double slope, State adapted, OracleCounter calls) {
        var merit = new ExactAugmentedLagrangian(problem, adapted.eta1, adapted.eta2);
        double value = merit.value(s.point);
        var armijo =
                new BacktrackingLineSearch(
                        1, 0.5, parameters.beta, ROUNDING * Math.max(1, Math.abs(value)), HALVINGS);
        var trials = new LagrangianPoint[1];
        var found =
                armijo.search(
                        alpha -> {
                            trials[0] = moved(s.point, alpha, z);
                            return merit.value(trials[0]);
                        },
                        value,
                        Math.min(slope, 0));
        calls.add(Oracle.VALUE, found.trials());
        calls.add(Oracle.GRADIENT, found.trials());
        return new State(
                found.accepted() ? trials[0] : s.point,
                adapted.eta1,
                adapted.eta2,
                adapted.delta,
                found.step(),
                s.iterations + 1,
                adapted.innerSteps,
                adapted.unreached);
    }

    private LagrangianPoint moved(LagrangianPoint from, double alpha, double[] z) {
        double[] x = from.x().clone();
        double[] lambda = from.lambda().clone();
        Kernels.axpy(alpha, z, 0, x, 0, x.length);
        Kernels.axpy(alpha, z, x.length, lambda, 0, lambda.length);
        return LagrangianPoint.of(problem, x, lambda);
    }

    /** Psi, a bound on the norm of the inverse of K. */
    private double inverseBound(KktSystem system) {
        double block = system.blockNorm();
        return 20
                * Math.max(block * block, 1)
                / (Math.min(system.jacobianEigenvalue(), 1) * Math.min(parameters.xi, 1));
    }

    /** Upsilon, a bound on the derivatives. */
    private static double scale(KktSystem system, LagrangianPoint point) {
        return Math.max(
                1,
                Math.max(
                        Kernels.norm2(point.jacobian().data),
                        Kernels.norm2(system.hessian().data)));
    }

    private double trial(double eta1, double eta2, double scale, double psi) {
        return (0.5 - parameters.beta) * eta2 / ((1 + eta1 + eta2) * scale * scale * psi * psi);
    }

    private static double bounded(double delta, double trial) {
        return Math.max(LEAST_DELTA, Math.min(delta, trial));
    }
}
