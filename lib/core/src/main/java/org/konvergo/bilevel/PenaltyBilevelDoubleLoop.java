package org.konvergo.bilevel;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.Updates;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.BilevelProblem;

/**
 * Projected gradient descent on the {@link PenaltyHyperObjective}, with gradients alone. A step:
 *
 * <ol>
 *   <li>z minimises g(x, .) from the last z, y minimises sigma f(x, .) + g(x, .) from the last y,
 *       each until its projected gradient is at most a tolerance;
 *   <li>x = P(x - alpha [grad_x f(x, y) + (grad_x g(x, y) - grad_x g(x, z)) / sigma]).
 * </ol>
 *
 * <p>An epsilon-stationary point of the bilevel problem takes sigma of the order of epsilon and
 * O(epsilon^-3) gradients, if the error bound holds (Kwon, Kwon, Wright and Nowak, On Penalty
 * Methods for Nonconvex Bilevel Optimization and First-Order Stochastic Approximation, 2024).
 *
 * @param problem with f the upper and g the lower objective
 * @param sigma positive
 * @param alpha step of x, positive
 * @param solver for both minimisations in y
 * @param tolerance of both, positive; of the order of sigma * epsilon
 * @param x0 start of x
 * @param y0 start of y and z
 */
public record PenaltyBilevelDoubleLoop(
        BilevelProblem problem,
        double sigma,
        double alpha,
        LowerSolver solver,
        double tolerance,
        double[] x0,
        double[] y0)
        implements Method<PenaltyBilevelDoubleLoop.State> {
    private static final double SHARE = 0.1;

    /**
     * Checks the arguments.
     *
     * @param problem as above
     * @param sigma as above
     * @param alpha as above
     * @param solver as above
     * @param tolerance as above
     * @param x0 as above
     * @param y0 as above
     * @throws IllegalArgumentException if one is null or out of range, or a start does not fit
     */
    public PenaltyBilevelDoubleLoop {
        Require.notNull("problem", problem);
        Require.positive("sigma", sigma);
        Require.positive("alpha", alpha);
        Require.notNull("solver", solver);
        Require.positive("tolerance", tolerance);
        Require.finite("x0", Require.length("x0", x0, problem.dimensionX()));
        Require.finite("y0", Require.length("y0", y0, problem.dimensionY()));
    }

    /**
     * The choice for a wanted accuracy: sigma = epsilon and a tolerance of sigma * epsilon / 10.
     *
     * @param problem with f and g
     * @param epsilon wanted norm of the gradient, positive
     * @param alpha step of x, positive
     * @param solver for the minimisations in y
     * @param x0 start of x
     * @param y0 start of y and z
     * @return the method; stop it where the residual is at most epsilon / 2
     * @throws IllegalArgumentException if one is null or out of range, or a start does not fit
     */
    public static PenaltyBilevelDoubleLoop forAccuracy(
            BilevelProblem problem,
            double epsilon,
            double alpha,
            LowerSolver solver,
            double[] x0,
            double[] y0) {
        Require.positive("epsilon", epsilon);
        return new PenaltyBilevelDoubleLoop(
                problem, epsilon, alpha, solver, SHARE * epsilon * epsilon, x0, y0);
    }

    /** An iterate. */
    public static final class State {
        private final double[] x;
        private double[] y;
        private double[] z;
        private double residual = Double.POSITIVE_INFINITY;
        private boolean converged = true;

        private State(double[] x0, double[] y0) {
            x = x0.clone();
            y = y0.clone();
            z = y0.clone();
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
         * The minimiser of the penalty function at the x before the last step.
         *
         * @return of length m, not a copy
         */
        public double[] y() {
            return y;
        }

        /**
         * The minimiser of the lower objective at the x before the last step.
         *
         * @return of length m, not a copy
         */
        public double[] z() {
            return z;
        }

        /**
         * Norm of the projected gradient of psi_sigma at the x before the last step.
         *
         * @return at least 0; infinity before the first step
         */
        public double residual() {
            return residual;
        }

        /**
         * Whether all minimisations so far met their tolerance.
         *
         * @return true if so
         */
        public boolean converged() {
            return converged;
        }
    }

    @Override
    public State start() {
        return new State(x0, y0);
    }

    @Override
    public State step(State s, OracleCounter calls) {
        var ofH = new OracleCounter();
        var set = problem.domainY();
        var z = solver.solve(problem.lower(), set, s.x, s.z, tolerance, calls);
        var y = solver.solve(problem.penalty(sigma), set, s.x, s.y, tolerance, ofH);
        s.z = z.y();
        s.y = y.y();
        s.converged &= z.converged() && y.converged();
        var gradient = new double[s.x.length];
        PenaltyHyperObjective.gradient(problem, sigma, s.x, s.y, s.z, gradient);
        double[] before = s.x.clone();
        Updates.gradientStep(s.x, alpha, gradient, s.x);
        problem.domainX().prox(alpha, s.x, s.x);
        s.residual = Kernels.distance2(s.x, before) / alpha;
        // A gradient of the penalty function is one of f and one of g; the step in x takes three.
        calls.add(Oracle.GRADIENT, 2 * ofH.count(Oracle.GRADIENT) + 3);
        calls.add(Oracle.PROX, ofH.count(Oracle.PROX) + 1);
        return s;
    }
}
