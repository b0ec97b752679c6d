package org.konvergo.constrained;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.BacktrackingLineSearch;
import org.konvergo.method.ConjugateGradient;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.EqualityConstrainedProblem;

/**
 * The classical augmented Lagrangian method: minimise f + lambda'c + mu/2 |c|^2 over x to a
 * tolerance tau by Newton's method with conjugate gradients, then lambda = lambda + mu c, a larger
 * mu and a smaller tau. One step of the method is one such round.
 *
 * <p>Source: Hestenes, Multiplier and gradient methods, 1969; Powell, A method for nonlinear
 * constraints in minimization problems, 1969; Nocedal and Wright, Numerical Optimization, 2006,
 * algorithms 7.1 and 17.3.
 *
 * @param problem the problem
 * @param parameters of the method
 * @param x0 start, of length n
 * @param lambda0 first multipliers, of length m
 */
public record AugmentedLagrangianMethod(
        EqualityConstrainedProblem problem, Parameters parameters, double[] x0, double[] lambda0)
        implements Method<AugmentedLagrangianMethod.State> {
    private static final double ROUNDING = 1e-14;

    /**
     * Parameters.
     *
     * @param mu first penalty, positive
     * @param growth its factor, at least 1
     * @param tau first tolerance on the gradient, positive
     * @param sharpening its factor, in (0, 1]
     * @param newtonSteps most Newton steps a round, at least 1
     */
    public record Parameters(
            double mu, double growth, double tau, double sharpening, int newtonSteps) {
        /** 1, 1.5, 0.1, 0.1, 200. */
        public static final Parameters STANDARD = new Parameters(1, 1.5, 0.1, 0.1, 200);

        /**
         * Checks the arguments.
         *
         * @param mu as above
         * @param growth as above
         * @param tau as above
         * @param sharpening as above
         * @param newtonSteps as above
         * @throws IllegalArgumentException if one is out of its range
         */
        public Parameters {
            Require.positive("mu", mu);
            Require.that(growth >= 1 && Double.isFinite(growth), "growth", "at least 1", growth);
            Require.positive("tau", tau);
            Require.that(sharpening > 0 && sharpening <= 1, "sharpening", "in (0, 1]", sharpening);
            Require.atLeast("newtonSteps", newtonSteps, 1);
        }
    }

    /**
     * An iterate.
     *
     * @param x of length n
     * @param lambda of length m
     * @param mu penalty of the next round
     * @param tau tolerance of the next round
     * @param innerSteps steps of conjugate gradients so far
     * @param kkt KKT residual here
     */
    public record State(
            double[] x, double[] lambda, double mu, double tau, long innerSteps, double kkt) {}

    /**
     * Checks the arguments.
     *
     * @param problem as above
     * @param parameters as above
     * @param x0 as above
     * @param lambda0 as above
     * @throws IllegalArgumentException if one is missing, or a start does not fit or is not finite
     */
    public AugmentedLagrangianMethod {
        Require.notNull("problem", problem);
        Require.notNull("parameters", parameters);
        Require.finite("x0", Require.length("x0", x0, problem.dimension()));
        Require.finite("lambda0", Require.length("lambda0", lambda0, problem.constraintCount()));
    }

    @Override
    public State start() {
        double kkt = LagrangianPoint.of(problem, x0, lambda0).kkt();
        return new State(x0.clone(), lambda0.clone(), parameters.mu, parameters.tau, 0, kkt);
    }

    @Override
    public State step(State s, OracleCounter calls) {
        double[] x = s.x;
        long inner = s.innerSteps;
        for (int k = 0; k < parameters.newtonSteps; k++) {
            double[] slope = gradient(x, s.lambda, s.mu);
            calls.add(Oracle.GRADIENT, 1);
            double size = Kernels.norm2(slope);
            if (!(size > s.tau)) {
                break;
            }
            var cg = direction(x, s.lambda, s.mu, slope, size, calls);
            inner += cg.steps();
            double[] d = cg.x();
            if (!(Kernels.dot(d, slope) < 0)) { // negative curvature in the very first direction
                d = slope.clone();
                Kernels.scale(-1, d);
            }
            double[] further = search(x, s.lambda, s.mu, d, Kernels.dot(d, slope), calls);
            if (further == x) {
                break; // rounding hides the descent
            }
            x = further;
        }
        var c = new double[s.lambda.length];
        problem.constraints(x, c);
        double[] lambda = s.lambda.clone();
        Kernels.axpy(s.mu, c, lambda);
        return new State(
                x,
                lambda,
                s.mu * parameters.growth,
                s.tau * parameters.sharpening,
                inner,
                LagrangianPoint.of(problem, x, lambda).kkt());
    }

    /**
     * Truncated conjugate gradients for the Newton step (the forcing term of superlinear order).
     */
    private ConjugateGradient.State direction(
            double[] x,
            double[] lambda,
            double mu,
            double[] slope,
            double size,
            OracleCounter calls) {
        int n = x.length;
        var hessian = new DMatrixRMaj(n, n);
        var jacobian = new DMatrixRMaj(lambda.length, n);
        problem.lagrangianHessian(x, multipliers(x, lambda, mu), hessian);
        problem.jacobian(x, jacobian);
        var gram = new DMatrixRMaj(n, n);
        Kernels.syrkTransA(jacobian, gram);
        Kernels.axpy(mu, gram.data, hessian.data);
        double[] right = slope.clone();
        Kernels.scale(-1, right);
        return ConjugateGradient.plain((v, product) -> Kernels.gemv(hessian, v, product), right)
                .solve(Math.min(0.5, Math.sqrt(size)), 10 * n, calls);
    }

    private double[] search(
            double[] x, double[] lambda, double mu, double[] d, double slope, OracleCounter calls) {
        double value = value(x, lambda, mu);
        var armijo =
                new BacktrackingLineSearch(
                        1, 0.5, 1e-4, ROUNDING * Math.max(1, Math.abs(value)), 60);
        var found = armijo.search(a -> value(moved(x, a, d), lambda, mu), value, slope);
        calls.add(Oracle.VALUE, found.trials());
        return found.accepted() ? moved(x, found.step(), d) : x;
    }

    private static double[] moved(double[] x, double a, double[] d) {
        double[] to = x.clone();
        Kernels.axpy(a, d, to);
        return to;
    }

    private double value(double[] x, double[] lambda, double mu) {
        var c = new double[lambda.length];
        problem.constraints(x, c);
        return problem.value(x) + Kernels.dot(lambda, c) + 0.5 * mu * Kernels.dot(c, c);
    }

    private double[] gradient(double[] x, double[] lambda, double mu) {
        return LagrangianPoint.of(problem, x, multipliers(x, lambda, mu)).lagrangianGradient();
    }

    /** lambda + mu c(x), with which the gradient is that of an ordinary Lagrangian. */
    private double[] multipliers(double[] x, double[] lambda, double mu) {
        var shifted = new double[lambda.length];
        problem.constraints(x, shifted);
        Arrays.setAll(shifted, i -> lambda[i] + mu * shifted[i]);
        return shifted;
    }
}
