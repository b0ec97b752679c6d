package org.konvergo.transport;

import java.util.function.ObjIntConsumer;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.TransportProblem;

/** What the dual and the semi-dual share: columns of costs, and a plan made column by column. */
final class RegularizedPlan {
    final TransportProblem problem;
    final TransportRegularizer regularizer;
    private final double[][] costs;

    RegularizedPlan(TransportProblem problem, TransportRegularizer regularizer) {
        this.problem = Require.notNull("problem", problem);
        this.regularizer = Require.notNull("regularizer", regularizer);
        int m = problem.cost().numRows;
        if (regularizer instanceof SquaredNormRegularizer squared
                && squared.most() != SquaredNormRegularizer.NO_LIMIT) {
            Require.that(
                    squared.most() <= m, "most", "at most " + m + ", the rows", squared.most());
        }
        costs = new double[problem.cost().numCols][m];
        for (int j = 0; j < costs.length; j++) {
            for (int i = 0; i < m; i++) {
                costs[j][i] = problem.cost().get(i, j);
            }
        }
    }

    int rows() {
        return problem.rows().length;
    }

    int cols() {
        return costs.length;
    }

    /** Maximises over a column: s is overwritten by the maximiser. */
    @FunctionalInterface
    interface Column {
        double conjugate(int j, double[] s);
    }

    /**
     * Goes through the columns with s = alpha - c_j.
     *
     * @param alpha vector of which the first entries are the rows' potentials
     * @param column maximises
     * @param each gets the index and the maximiser
     * @return sum of the conjugates
     */
    double sum(double[] alpha, Column column, ObjIntConsumer<double[]> each) {
        var s = new double[rows()];
        double sum = 0;
        for (int j = 0; j < costs.length; j++) {
            scores(alpha, j, s);
            sum += column.conjugate(j, s);
            each.accept(s, j);
        }
        return sum;
    }

    void scores(double[] alpha, int j, double[] s) {
        double[] c = costs[j];
        for (int i = 0; i < s.length; i++) {
            s[i] = alpha[i] - c[i];
        }
    }

    DMatrixRMaj plan(double[] alpha, Column column) {
        var plan = new DMatrixRMaj(rows(), cols());
        sum(
                alpha,
                column,
                (t, j) -> {
                    for (int i = 0; i < t.length; i++) {
                        plan.set(i, j, t[i]);
                    }
                });
        return plan;
    }

    double primal(DMatrixRMaj plan) {
        Require.shape("plan", plan, rows(), cols());
        double value = Kernels.dot(problem.cost().data, 0, plan.data, 0, rows() * cols());
        var t = new double[rows()];
        for (int j = 0; j < cols(); j++) {
            for (int i = 0; i < t.length; i++) {
                t[i] = plan.get(i, j);
            }
            value += regularizer.value(t);
        }
        return value;
    }

    double marginalError(DMatrixRMaj plan) {
        Require.shape("plan", plan, rows(), cols());
        double[] rowSums = problem.rows().clone();
        double[] colSums = problem.cols().clone();
        for (int i = 0; i < rowSums.length; i++) {
            for (int j = 0; j < colSums.length; j++) {
                rowSums[i] -= plan.get(i, j);
                colSums[j] -= plan.get(i, j);
            }
        }
        return Kernels.norm1(rowSums) + Kernels.norm1(colSums);
    }
}
