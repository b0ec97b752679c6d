package org.konvergo.constrained;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.konvergo.Require;

/**
 * Regression that pays for slopes instead of bounding them: min over f of the mean of (f_i - y_i)^2
 * + gamma * sum over the edges of (f_i - f_j)^2 / d_ij^2. The solution is that of one linear
 * system, (I + n gamma L) f = y with the Laplacian L of the weights 1 / d_ij^2.
 *
 * @param graph the samples
 * @param targets one a sample
 */
public record LaplacianPenalizedRegression(MetricGraph graph, double[] targets) {
    private static final int HALVINGS = 60;

    /**
     * Checks the arguments; the targets are not copied.
     *
     * @param graph as above
     * @param targets as above
     * @throws IllegalArgumentException if there are not as many targets as nodes or one is not
     *     finite
     */
    public LaplacianPenalizedRegression {
        Require.notNull("graph", graph);
        Require.finite("targets", Require.length("targets", targets, graph.nodes()));
    }

    /**
     * The solution for a weight.
     *
     * @param gamma weight of the penalty, non-negative
     * @return one value a node
     * @throws IllegalArgumentException if gamma is negative or not finite
     */
    public double[] solve(double gamma) {
        Require.nonNegative("gamma", gamma);
        int n = targets.length;
        var multipliers = new double[graph.edges()];
        Arrays.fill(multipliers, n * gamma);
        DMatrixRMaj matrix = graph.laplacian(multipliers).toDense();
        for (int i = 0; i < n; i++) {
            matrix.data[i * n + i] += 1;
        }
        var solver = LinearSolverFactory_DDRM.chol(n);
        Require.that(solver.setA(matrix), "gamma", "small enough to solve for f", gamma);
        var f = new DMatrixRMaj(n, 1);
        solver.solve(DMatrixRMaj.wrap(n, 1, targets.clone()), f);
        return f.data;
    }

    /**
     * The solution whose realised Lipschitz constant is a given one, by bisection on log gamma.
     *
     * @param constant positive
     * @return one value a node, with a largest slope of at most the constant
     * @throws IllegalArgumentException if the constant is not positive
     */
    public double[] solveForLipschitz(double constant) {
        Require.positive("constant", constant);
        if (graph.lipschitz(targets) <= constant) {
            return targets.clone();
        }
        double low = StrictMath.log(1e-16);
        double high = StrictMath.log(1e8);
        for (int k = 0; k < HALVINGS; k++) {
            double middle = (low + high) / 2;
            if (graph.lipschitz(solve(StrictMath.exp(middle))) > constant) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return solve(StrictMath.exp(high));
    }
}
