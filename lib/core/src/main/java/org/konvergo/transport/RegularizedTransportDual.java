package org.konvergo.transport;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.Smooth;
import org.konvergo.problem.TransportProblem;

/**
 * The dual of regularised transport: maximise the concave
 *
 * <pre>f(alpha, beta) = alpha'a + beta'b
 *                  - sum_j max { &lt;alpha + beta_j 1 - c_j, t&gt; - Omega(t) : t &gt;= 0 }</pre>
 *
 * <p>over one vector z = (alpha, beta) of length m + n. At the maximum, where it is unique, the
 * maximisers t are the columns of the optimal plan. The maximum is that of {@link
 * RegularizedTransportSemiDual}, which has fewer variables and costs a projection for each column.
 *
 * <p>Source: Blondel, Seguy and Rolet, AISTATS 2018, equation (6); Liu, Puigcerver and Blondel,
 * ICLR 2023, equation (11).
 */
public final class RegularizedTransportDual implements Smooth {
    private final RegularizedPlan plans;

    /**
     * The dual of a problem.
     *
     * @param problem costs (m x n) and marginals a, b
     * @param regularizer Omega
     * @throws IllegalArgumentException if the regulariser allows more entries than there are rows
     */
    public RegularizedTransportDual(TransportProblem problem, TransportRegularizer regularizer) {
        plans = new RegularizedPlan(problem, regularizer);
    }

    private RegularizedPlan.Column column(double[] z) {
        int m = plans.rows();
        return (j, s) -> {
            for (int i = 0; i < m; i++) {
                s[i] += z[m + j];
            }
            return plans.regularizer.conjugate(s, s);
        };
    }

    @Override
    public int dimension() {
        return plans.rows() + plans.cols();
    }

    @Override
    public double value(double[] z) {
        return valueAndGradient(z, new double[dimension()]);
    }

    @Override
    public void gradient(double[] z, double[] gradient) {
        valueAndGradient(z, gradient);
    }

    @Override
    public double valueAndGradient(double[] z, double[] gradient) {
        Require.length("z", z, dimension());
        Require.length("gradient", gradient, dimension());
        int m = plans.rows();
        int n = plans.cols();
        double[] a = plans.problem.rows();
        double[] b = plans.problem.cols();
        System.arraycopy(a, 0, gradient, 0, m);
        System.arraycopy(b, 0, gradient, m, n);
        double conjugates =
                plans.sum(
                        z,
                        column(z),
                        (t, j) -> {
                            for (int i = 0; i < m; i++) {
                                gradient[i] -= t[i];
                            }
                            gradient[m + j] -= Kernels.sum(t);
                        });
        return Kernels.dot(a, 0, z, 0, m) + Kernels.dot(b, 0, z, m, n) - conjugates;
    }

    /**
     * The plan of a point.
     *
     * @param z point (alpha, beta) of length m + n
     * @return a new m x n matrix; its sums are the marginals only where the gradient is zero
     * @throws IllegalArgumentException if z has another length
     */
    public DMatrixRMaj plan(double[] z) {
        Require.length("z", z, dimension());
        return plans.plan(z, column(z));
    }
}
