package org.konvergo.transport;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.TransportProblem;
import org.konvergo.problem.TwiceSmooth;

/**
 * The dual of entropic optimal transport: maximise the concave
 *
 * <pre>f(x, y) = -(1/eta) sum_ij P_ij + r'x + c'y,   P_ij = exp(eta (x_i + y_j - C_ij) - 1).</pre>
 *
 * <p>At the maximum P is the plan that minimises &lt;C, P&gt; + (1/eta) sum P log P among those
 * with row sums r and column sums c. A point is one vector z = (x, y) of length n + m. The function
 * does not change along (1, -1), so the maximiser is unique up to this shift.
 *
 * <p>Source: Cuturi, Sinkhorn distances, NeurIPS 2013; in this scaling Tang et al., Accelerating
 * Sinkhorn algorithm with sparse Newton iterations, ICLR 2024, equations (2) and (3).
 *
 * @param problem costs C (n x m) and marginals r, c
 * @param eta inverse strength of the entropy, positive
 */
public record EntropicTransportDual(TransportProblem problem, double eta) implements TwiceSmooth {
    /** Exponents above this count as overflow. */
    static final double MAX_EXPONENT = 700;

    /** A row with this sum has no such exponent: e to the 700 is larger. */
    private static final double NO_OVERFLOW = 1e304;

    /**
     * Checks the arguments.
     *
     * @param problem as above
     * @param eta as above
     * @throws IllegalArgumentException if eta is not positive and finite
     */
    public EntropicTransportDual {
        Require.notNull("problem", problem);
        Require.positive("eta", eta);
    }

    /**
     * Number of sources.
     *
     * @return n
     */
    public int rows() {
        return problem.rows().length;
    }

    /**
     * Number of targets.
     *
     * @return m
     */
    public int cols() {
        return problem.cols().length;
    }

    @Override
    public int dimension() {
        return rows() + cols();
    }

    /**
     * The plan P of a point; its sums are the marginals only at the maximum.
     *
     * @param z point (x, y) of length n + m
     * @return a new n x m matrix, non-negative; infinite where the exponent exceeds 700
     * @throws IllegalArgumentException if z has another length
     */
    public DMatrixRMaj plan(double[] z) {
        var plan = new DMatrixRMaj(rows(), cols());
        fill(plan, z);
        return plan;
    }

    /**
     * Computes a plan, and its sums while a row is still in the nearest cache.
     *
     * @param plan n x m, overwritten; null if only its sums are wanted
     * @param z point (x, y)
     * @return (P1, P'1), with the bits of {@link #sums}
     */
    double[] fill(DMatrixRMaj plan, double[] z) {
        Require.length("z", z, dimension());
        int n = rows();
        int m = cols();
        double[] c = problem.cost().data;
        double[] y = Arrays.copyOfRange(z, n, n + m);
        var row = new double[m];
        var colSums = new double[m];
        var sums = new double[n + m];
        for (int i = 0; i < n; i++) {
            double x = z[i];
            int from = i * m;
            for (int j = 0; j < m; j++) {
                row[j] = Math.fma(eta, x + y[j] - c[from + j], -1);
            }
            Kernels.exp(row, row);
            sums[i] = Kernels.sum(row);
            if (!(sums[i] <= NO_OVERFLOW)) {
                overflowing(x, y, from, row);
                sums[i] = Kernels.sum(row);
            }
            for (int j = 0; j < m; j++) {
                colSums[j] += row[j];
            }
            if (plan != null) {
                System.arraycopy(row, 0, plan.data, from, m);
            }
        }
        System.arraycopy(colSums, 0, sums, n, m);
        return sums;
    }

    /** A row with infinities where the exponent is too large. */
    private void overflowing(double x, double[] y, int from, double[] row) {
        for (int j = 0; j < row.length; j++) {
            double exponent = Math.fma(eta, x + y[j] - problem.cost().data[from + j], -1);
            row[j] = exponent > MAX_EXPONENT ? Double.POSITIVE_INFINITY : exponent;
        }
        Kernels.exp(row, row);
    }

    /**
     * The function.
     *
     * @param z point (x, y) of length n + m
     * @return f(z); minus infinity where the plan overflows
     */
    @Override
    public double value(double[] z) {
        return value(z, sumsAt(z));
    }

    /** f at z, given the sums of its plan. */
    double value(double[] z, double[] sums) {
        int n = rows();
        double mass = 0;
        for (int i = 0; i < n; i++) {
            mass += sums[i];
        }
        return Kernels.dot(problem.rows(), 0, z, 0, n)
                + Kernels.dot(problem.cols(), 0, z, n, cols())
                - mass / eta;
    }

    @Override
    public void gradient(double[] z, double[] gradient) {
        Require.length("gradient", gradient, dimension());
        double[] g = gradientOf(sumsAt(z));
        System.arraycopy(g, 0, gradient, 0, g.length);
    }

    /** (r - P1, c - P'1), given the sums of P. */
    double[] gradientOf(double[] sums) {
        var g = new double[sums.length];
        int n = rows();
        for (int i = 0; i < g.length; i++) {
            g[i] = (i < n ? problem.rows()[i] : problem.cols()[i - n]) - sums[i];
        }
        return g;
    }

    @Override
    public void hessianVector(double[] z, double[] v, double[] product) {
        var plan = new DMatrixRMaj(rows(), cols());
        double[] sums = fill(plan, z);
        curvature(plan, sums, v, product);
        Kernels.scale(-1, product);
    }

    /** Minus the Hessian times a vector, given the plan and its sums. */
    void curvature(DMatrixRMaj plan, double[] sums, double[] v, double[] product) {
        int n = rows();
        Require.length("v", v, dimension());
        Require.length("product", product, dimension());
        var px = new double[n];
        var py = new double[cols()];
        Kernels.gemv(plan, Arrays.copyOfRange(v, n, v.length), px);
        Kernels.gemvTransposed(plan, Arrays.copyOf(v, n), py);
        for (int i = 0; i < product.length; i++) {
            product[i] = eta * Math.fma(sums[i], v[i], i < n ? px[i] : py[i - n]);
        }
    }

    /**
     * How far a plan is from its marginals.
     *
     * @param z point (x, y) of length n + m
     * @return sum of |P1 - r| and |P'1 - c|, which is the 1-norm of the gradient
     * @throws IllegalArgumentException if z has another length
     */
    public double marginalError(double[] z) {
        return Kernels.norm1(gradientOf(sumsAt(z)));
    }

    private double[] sumsAt(double[] z) {
        return fill(null, z);
    }

    /**
     * What a plan costs, entropy apart.
     *
     * @param plan n x m
     * @return the sum of C_ij P_ij
     * @throws IllegalArgumentException if the plan has another shape
     */
    public double transportCost(DMatrixRMaj plan) {
        Require.shape("plan", plan, rows(), cols());
        return Kernels.dot(problem.cost().data, 0, plan.data, 0, rows() * cols());
    }

    /**
     * Row and column sums.
     *
     * @param plan n x m
     * @return (P1, P'1), of length n + m
     * @throws IllegalArgumentException if the plan has another shape
     */
    public double[] sums(DMatrixRMaj plan) {
        Require.shape("plan", plan, rows(), cols());
        var ones = new double[Math.max(rows(), cols())];
        Arrays.fill(ones, 1);
        var rowSums = new double[rows()];
        var colSums = new double[cols()];
        Kernels.gemv(plan, Arrays.copyOf(ones, cols()), rowSums);
        Kernels.gemvTransposed(plan, Arrays.copyOf(ones, rows()), colSums);
        var sums = Arrays.copyOf(rowSums, dimension());
        System.arraycopy(colSums, 0, sums, rows(), cols());
        return sums;
    }
}
