package org.konvergo.transport;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.Smooth;
import org.konvergo.problem.TransportProblem;

/**
 * The semi-dual of regularised transport: maximise the concave
 *
 * <pre>
 * f(alpha) = alpha'a - sum_j max { &lt;alpha - c_j, t&gt; - Omega(t) : t &gt;= 0, sum t = b_j }
 * </pre>
 *
 * <p>over alpha in R^m, where a are the problem's rows, b its columns and c_j the columns of its
 * costs. The maximisers t are the columns of a plan that meets b exactly; the gradient is how far
 * it is from a. The function does not change when a constant is added to alpha. Where the
 * regulariser limits the number of entries, f has kinks at ties, and what is called gradient is a
 * supergradient there.
 *
 * <p>Source: Blondel, Seguy and Rolet, AISTATS 2018, equation (7); Liu, Puigcerver and Blondel,
 * ICLR 2023, equation (12).
 */
public final class RegularizedTransportSemiDual implements Smooth {
    private final RegularizedPlan plans;

    /**
     * The semi-dual of a problem.
     *
     * @param problem costs (m x n) and marginals a, b
     * @param regularizer Omega
     * @throws IllegalArgumentException if the regulariser allows more entries than there are rows
     */
    public RegularizedTransportSemiDual(
            TransportProblem problem, TransportRegularizer regularizer) {
        plans = new RegularizedPlan(problem, regularizer);
    }

    private double column(int j, double[] s) {
        return plans.regularizer.conjugate(s, plans.problem.cols()[j], s);
    }

    @Override
    public int dimension() {
        return plans.rows();
    }

    @Override
    public double value(double[] alpha) {
        return valueAndGradient(alpha, new double[dimension()]);
    }

    @Override
    public void gradient(double[] alpha, double[] gradient) {
        valueAndGradient(alpha, gradient);
    }

    @Override
    public double valueAndGradient(double[] alpha, double[] gradient) {
        Require.length("alpha", alpha, dimension());
        Require.length("gradient", gradient, dimension());
        double[] a = plans.problem.rows();
        System.arraycopy(a, 0, gradient, 0, a.length);
        double conjugates = plans.sum(alpha, this::column, (t, j) -> Kernels.axpy(-1, t, gradient));
        return Kernels.dot(alpha, a) - conjugates;
    }

    /**
     * The plan of a point.
     *
     * @param alpha potentials of length m
     * @return a new m x n matrix with the column sums b; its row sums are a only where the gradient
     *     is zero
     * @throws IllegalArgumentException if alpha has another length
     */
    public DMatrixRMaj plan(double[] alpha) {
        Require.length("alpha", alpha, dimension());
        return plans.plan(alpha, this::column);
    }

    /**
     * What a plan costs with its regulariser; for a plan with the right sums never below f.
     *
     * @param plan m x n
     * @return &lt;C, T&gt; + sum_j Omega(t_j); infinite if a column has too many entries
     * @throws IllegalArgumentException if the plan has another shape
     */
    public double primal(DMatrixRMaj plan) {
        return plans.primal(plan);
    }

    /**
     * How far a plan is from its marginals.
     *
     * @param plan m x n
     * @return sum of |T1 - a| and |T'1 - b|
     * @throws IllegalArgumentException if the plan has another shape
     */
    public double marginalError(DMatrixRMaj plan) {
        return plans.marginalError(plan);
    }

    /**
     * How far a point is from a tie.
     *
     * @param alpha potentials of length m
     * @return smallest difference, over the columns, of the k-th largest entry of alpha - c_j and
     *     the next one; infinite without a limit on the entries
     * @throws IllegalArgumentException if alpha has another length
     */
    public double tieGap(double[] alpha) {
        Require.length("alpha", alpha, dimension());
        double least = Double.POSITIVE_INFINITY;
        if (plans.regularizer instanceof SquaredNormRegularizer squared) {
            var s = new double[dimension()];
            for (int j = 0; j < plans.cols(); j++) {
                plans.scores(alpha, j, s);
                least = Math.min(least, squared.tieGap(s));
            }
        }
        return least;
    }
}
