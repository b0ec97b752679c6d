package org.konvergo.bilevel;

import java.util.function.ToDoubleFunction;
import org.konvergo.Require;
import org.konvergo.method.OracleCounter;
import org.konvergo.method.ProjectedGradient;
import org.konvergo.problem.BilevelObjective;
import org.konvergo.problem.Proximable;

/** Minimises a bilevel objective in y at a fixed x. */
@FunctionalInterface
public interface LowerSolver {
    /**
     * Minimises phi(x, .) over Y.
     *
     * @param objective phi
     * @param domain indicator of Y
     * @param x the fixed variable; not kept
     * @param start where y begins; not changed
     * @param tolerance on the norm of the projected gradient, at least 0
     * @param calls where the gradients of phi in y are counted
     * @return what was found
     */
    Solution solve(
            BilevelObjective objective,
            Proximable domain,
            double[] x,
            double[] start,
            double tolerance,
            OracleCounter calls);

    /**
     * A lower solution.
     *
     * @param y the point
     * @param residual norm of the projected gradient
     * @param converged whether the tolerance was met
     */
    record Solution(double[] y, double residual, boolean converged) {}

    /**
     * Projected gradient descent whose step depends on x, as where the smoothness of the lower
     * level does.
     *
     * @param step of each x, positive
     * @param maxSteps at least 1; a solution that needs more is marked as not converged
     * @return the solver
     * @throws IllegalArgumentException if the step is null or maxSteps below 1
     */
    static LowerSolver projectedGradient(ToDoubleFunction<double[]> step, int maxSteps) {
        Require.notNull("step", step);
        Require.atLeast("maxSteps", maxSteps, 1);
        return (objective, domain, x, start, tolerance, calls) -> {
            var end =
                    new ProjectedGradient(objective.inY(x), domain, step.applyAsDouble(x), start)
                            .solve(tolerance, maxSteps, calls);
            return new Solution(end.x(), end.residual(), end.residual() <= tolerance);
        };
    }

    /**
     * Projected gradient descent.
     *
     * @param step positive
     * @param maxSteps at least 1; a solution that needs more is marked as not converged
     * @return the solver
     * @throws IllegalArgumentException if an argument is out of range
     */
    static LowerSolver projectedGradient(double step, int maxSteps) {
        Require.positive("step", step);
        return projectedGradient(x -> step, maxSteps);
    }

    /**
     * This solver from several starts, of whose solutions that of the lowest value counts; the
     * given start comes first and wins ties. For a lower level that is not convex.
     *
     * @param others further starts
     * @return the solver
     * @throws IllegalArgumentException if a start is null
     */
    default LowerSolver alsoFrom(double[]... others) {
        for (int i = 0; i < others.length; i++) {
            Require.notNull("others[" + i + "]", others[i]);
        }
        return (objective, domain, x, start, tolerance, calls) -> {
            var best = solve(objective, domain, x, start, tolerance, calls);
            for (double[] other : others) {
                var rival = solve(objective, domain, x, other, tolerance, calls);
                if (objective.value(x, rival.y()) < objective.value(x, best.y())) {
                    best = rival;
                }
            }
            return best;
        };
    }
}
