package org.konvergo.transport;

import java.util.ArrayList;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.optim.MaxIter;
import org.hipparchus.optim.linear.LinearConstraint;
import org.hipparchus.optim.linear.LinearConstraintSet;
import org.hipparchus.optim.linear.LinearObjectiveFunction;
import org.hipparchus.optim.linear.NonNegativeConstraint;
import org.hipparchus.optim.linear.PivotSelectionRule;
import org.hipparchus.optim.linear.Relationship;
import org.hipparchus.optim.linear.SimplexSolver;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.TransportProblem;

/**
 * Exact transport by the simplex method on a dense tableau (Dantzig, Application of the simplex
 * method to a transportation problem, 1951; solver of Hipparchus): a reference for problems of up
 * to a few thousand entries. With equal weights {@link HungarianSolver} is much faster.
 */
public final class TransportLinearProgram {
    private static final double OPTIMALITY = 1e-12;
    private static final int ULPS = 10;
    private static final double PIVOT = 1e-12;
    private static final int PIVOTS_AN_ENTRY = 100;

    private TransportLinearProgram() {}

    /**
     * An optimal plan.
     *
     * @param plan m x n, with at most m + n - 1 entries that are not zero
     * @param cost its cost, the least possible
     */
    public record Solution(DMatrixRMaj plan, double cost) {}

    /**
     * Solves a transport problem.
     *
     * @param problem costs (m x n) and marginals
     * @return an optimal plan
     * @throws IllegalArgumentException if the problem is null
     * @throws IllegalStateException if the simplex method does not end, as with marginals of very
     *     different sizes
     */
    public static Solution solve(TransportProblem problem) {
        Require.notNull("problem", problem);
        int m = problem.rows().length;
        int n = problem.cols().length;
        var constraints = new ArrayList<LinearConstraint>();
        for (int i = 0; i < m; i++) {
            var row = new double[m * n];
            Arrays.fill(row, i * n, (i + 1) * n, 1);
            constraints.add(new LinearConstraint(row, Relationship.EQ, problem.rows()[i]));
        }
        // The last column's sum follows from the others.
        for (int j = 0; j < n - 1; j++) {
            var column = new double[m * n];
            for (int i = 0; i < m; i++) {
                column[i * n + j] = 1;
            }
            constraints.add(new LinearConstraint(column, Relationship.EQ, problem.cols()[j]));
        }
        double[] costs = Arrays.copyOf(problem.cost().data, m * n);
        try {
            double[] entries =
                    new SimplexSolver(OPTIMALITY, ULPS, PIVOT)
                            .optimize(
                                    new MaxIter(PIVOTS_AN_ENTRY * m * n),
                                    new LinearObjectiveFunction(costs, 0),
                                    new LinearConstraintSet(constraints),
                                    GoalType.MINIMIZE,
                                    new NonNegativeConstraint(true),
                                    PivotSelectionRule.DANTZIG)
                            .getPoint();
            return new Solution(new DMatrixRMaj(m, n, true, entries), Kernels.dot(costs, entries));
        } catch (MathIllegalStateException e) {
            throw new IllegalStateException("the simplex method did not end: " + e.getMessage(), e);
        }
    }
}
