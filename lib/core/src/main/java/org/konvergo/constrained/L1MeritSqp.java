package org.konvergo.constrained;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.BacktrackingLineSearch;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.EqualityConstrainedProblem;

/**
 * Inexact sequential quadratic programming with the merit function f + mu |c|_1, which is exact but
 * has kinks. mu is doubled until the direction d is one of descent by the bound
 *
 * <pre>grad f'd - mu (|c|_1 - |c + G d|_1) &lt; 0;</pre>
 *
 * where no mu does that, the system is solved ten times more exactly.
 *
 * <p>Source: Byrd, Curtis and Nocedal, An inexact SQP method for equality constrained optimization,
 * 2008, in simplified form.
 *
 * @param problem the problem
 * @param inner solves the system of a step
 * @param accuracy relative residual asked of it, in (0, 1)
 * @param x0 start, of length n
 * @param lambda0 first multipliers, of length m
 */
public record L1MeritSqp(
        EqualityConstrainedProblem problem,
        InnerSolver inner,
        double accuracy,
        double[] x0,
        double[] lambda0)
        implements Method<L1MeritSqp.State> {
    private static final double ARMIJO = 1e-8;
    private static final double XI = 0.1;
    private static final double MOST_MU = 1e8;
    private static final double FINEST = 1e-12;
    private static final double ROUNDING = 1e-14;
    private static final int HALVINGS = 60;

    /**
     * An iterate.
     *
     * @param point x and lambda with what the problem is there
     * @param mu penalty
     * @param stepSize of the step that led here; NaN at the start, 0 if the line search failed
     * @param innerSteps of all systems so far
     */
    public record State(LagrangianPoint point, double mu, double stepSize, long innerSteps) {
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
     * @param x0 as above
     * @param lambda0 as above
     * @throws IllegalArgumentException if one is missing or out of range
     */
    public L1MeritSqp {
        Require.notNull("problem", problem);
        Require.notNull("inner", inner);
        Require.that(accuracy > 0 && accuracy < 1, "accuracy", "in (0, 1)", accuracy);
        Require.finite("x0", Require.length("x0", x0, problem.dimension()));
        Require.finite("lambda0", Require.length("lambda0", lambda0, problem.constraintCount()));
    }

    @Override
    public State start() {
        return new State(
                LagrangianPoint.of(problem, x0.clone(), lambda0.clone()), 1, Double.NaN, 0);
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
        var system = KktSystem.of(problem, s.point, XI);
        calls.add(Oracle.HESSIAN_VECTOR, problem.dimension());
        int n = problem.dimension();
        var z = new double[n + problem.constraintCount()];
        double mu = s.mu;
        long steps = s.innerSteps;
        double slope = 0;
        for (double relative = accuracy; relative >= FINEST; relative *= 0.1) {
            steps += inner.refine(system.matrix(), system.rightSide(), z, relative * size).steps();
            double along = Kernels.dot(s.point.objectiveGradient(), 0, z, 0, n);
            double gain = Kernels.norm1(s.point.constraints()) - linearised(s.point, z);
            while (along - mu * gain >= 0 && gain > 0 && mu < MOST_MU) {
                mu *= 2;
            }
            slope = along - mu * gain;
            if (slope < 0) {
                break;
            }
        }
        return search(s, z, Math.min(slope, 0), mu, steps, calls);
    }

    private State search(
            State s, double[] z, double slope, double mu, long steps, OracleCounter calls) {
        int n = problem.dimension();
        double value = merit(s.point.x(), mu);
        var armijo =
                new BacktrackingLineSearch(
                        1, 0.5, ARMIJO, ROUNDING * Math.max(1, Math.abs(value)), HALVINGS);
        var found = armijo.search(a -> merit(moved(s.point.x(), a, z, 0), mu), value, slope);
        calls.add(Oracle.VALUE, found.trials());
        calls.add(Oracle.GRADIENT, 1);
        var point =
                found.accepted()
                        ? LagrangianPoint.of(
                                problem,
                                moved(s.point.x(), found.step(), z, 0),
                                moved(s.point.lambda(), found.step(), z, n))
                        : s.point;
        return new State(point, mu, found.step(), steps);
    }

    private static double[] moved(double[] from, double a, double[] z, int offset) {
        double[] to = from.clone();
        Kernels.axpy(a, z, offset, to, 0, to.length);
        return to;
    }

    private double merit(double[] x, double mu) {
        var c = new double[problem.constraintCount()];
        problem.constraints(x, c);
        return problem.value(x) + mu * Kernels.norm1(c);
    }

    /** |c + G d|_1 with d the first n entries of z. */
    private static double linearised(LagrangianPoint point, double[] z) {
        var c = new double[point.constraints().length];
        var d = java.util.Arrays.copyOf(z, point.x().length);
        Kernels.gemv(point.jacobian(), d, c);
        Kernels.axpy(1, point.constraints(), c);
        return Kernels.norm1(c);
    }
}
