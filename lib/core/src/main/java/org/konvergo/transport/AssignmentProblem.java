package org.konvergo.transport;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.BilinearSaddleProblem;
import org.konvergo.problem.Proximable;

/**
 * The assignment problem as a linear program and a saddle problem: min over X &gt;= 0, max over u
 * and v of &lt;C, X&gt; - u'(X 1 - 1) - v'(X'1 - 1). Its primal variable is X row by row, of length
 * n^2, its dual variable y = (u, v), of length 2n.
 *
 * <p>The coupling A takes X to its row sums and column sums; it is never formed. A A' has the
 * eigenvalue 2n once, n (2n - 2) times and 0 once, so that the largest eigenvalue of A'A is n times
 * its mean. The optimal X is a permutation matrix, and the potentials of {@link
 * HungarianSolver.Assignment} are an optimal y.
 *
 * @param cost C, n x n with n at least 1, finite; not copied, do not change it
 */
public record AssignmentProblem(DMatrixRMaj cost) implements BilinearSaddleProblem {
    /** Largest negative entry of X, relative to its largest, that counts as zero. */
    private static final double TOLERANCE = 1e-12;

    /**
     * Checks the argument.
     *
     * @param cost as above
     * @throws IllegalArgumentException if the matrix is empty, not square or not finite
     */
    public AssignmentProblem {
        Require.square("cost", cost);
        Require.atLeast("rows of cost", cost.numRows, 1);
        Require.length("cost", cost.data, cost.numRows * cost.numCols);
        Require.finite("cost", cost.data);
    }

    /**
     * Number of rows, and of columns.
     *
     * @return n, at least 1
     */
    public int size() {
        return cost.numRows;
    }

    @Override
    public int primalDimension() {
        return size() * size();
    }

    @Override
    public int dualDimension() {
        return 2 * size();
    }

    /** The function &lt;C, X&gt; for X &gt;= 0, infinite elsewhere. */
    @Override
    public Proximable primal() {
        return new Proximable() {
            @Override
            public double value(double[] x) {
                Require.length("x", x, primalDimension());
                double least = 0;
                for (double entry : x) {
                    least = Math.min(least, entry);
                }
                return least < -TOLERANCE * Math.max(1, Kernels.normInf(x))
                        ? Double.POSITIVE_INFINITY
                        : objective(x);
            }

            @Override
            public void prox(double step, double[] x, double[] result) {
                Require.positive("step", step);
                Require.length("x", x, primalDimension());
                Require.length("result", result, x.length);
                double[] c = cost.data;
                for (int k = 0; k < x.length; k++) {
                    result[k] = Math.max(Math.fma(-step, c[k], x[k]), 0);
                }
            }
        };
    }

    /** The linear function -(sum of y). */
    @Override
    public Proximable dual() {
        return new Proximable() {
            @Override
            public double value(double[] y) {
                return -Kernels.sum(Require.length("y", y, dualDimension()));
            }

            @Override
            public void prox(double step, double[] y, double[] result) {
                Require.positive("step", step);
                Require.length("y", y, dualDimension());
                Require.length("result", result, y.length);
                for (int k = 0; k < y.length; k++) {
                    result[k] = y[k] + step;
                }
            }
        };
    }

    /**
     * Row sums and column sums.
     *
     * @param x of length n^2
     * @param ax of length 2n, overwritten with (X 1, X'1)
     * @throws IllegalArgumentException if a length differs
     */
    @Override
    public void apply(double[] x, double[] ax) {
        Require.length("x", x, primalDimension());
        Require.length("ax", ax, dualDimension());
        int n = size();
        Arrays.fill(ax, 0);
        var ones = new double[n];
        Arrays.fill(ones, 1);
        for (int i = 0; i < n; i++) {
            ax[i] = Kernels.dot(x, i * n, ones, 0, n);
            Kernels.axpy(1, x, i * n, ax, n, n);
        }
    }

    /**
     * Sums of potentials.
     *
     * @param y of length 2n
     * @param aty of length n^2, overwritten with u_i + v_j
     * @throws IllegalArgumentException if a length differs
     */
    @Override
    public void applyTransposed(double[] y, double[] aty) {
        Require.length("y", y, dualDimension());
        Require.length("aty", aty, primalDimension());
        int n = size();
        for (int i = 0; i < n; i++) {
            double u = y[i];
            for (int j = 0; j < n; j++) {
                aty[i * n + j] = u + y[n + j];
            }
        }
    }

    /**
     * What an assignment costs.
     *
     * @param x of length n^2
     * @return &lt;C, X&gt;
     * @throws IllegalArgumentException if the length differs
     */
    public double objective(double[] x) {
        Require.length("x", x, primalDimension());
        return Kernels.dot(cost.data, x);
    }

    /**
     * A lower bound of the optimal cost from potentials of the columns, with the best potentials of
     * the rows that go with them: the sum of v and of min over j of C_ij - v_j.
     *
     * @param y dual variable (u, v) of length 2n, of which v is used
     * @return at most the cost of every assignment; equal to the least at a solution
     * @throws IllegalArgumentException if the length differs
     */
    public double lowerBound(double[] y) {
        Require.length("y", y, dualDimension());
        int n = size();
        double bound = 0;
        for (int i = 0; i < n; i++) {
            double least = Double.POSITIVE_INFINITY;
            for (int j = 0; j < n; j++) {
                least = Math.min(least, cost.data[i * n + j] - y[n + j]);
            }
            bound += y[n + i] + least;
        }
        return bound;
    }

    /**
     * The largest eigenvalue of A'A, and of A A'.
     *
     * @return 2n
     */
    public double largestEigenvalue() {
        return 2.0 * size();
    }

    /**
     * The mean of the n^2 eigenvalues of A'A, |A|^2 / n^2 in the Frobenius norm.
     *
     * @return 2
     */
    public double primalMeanEigenvalue() {
        return 2;
    }

    /**
     * The mean of the 2n eigenvalues of A A', |A|^2 / (2n) in the Frobenius norm.
     *
     * @return n
     */
    public double dualMeanEigenvalue() {
        return size();
    }

    /**
     * The KKT residual: the larger of |AX - 1| and |X - max(X - (C - A'y), 0)|, in the maximum
     * norm. Zero exactly at saddle points.
     *
     * @param x of length n^2; entries may be negative
     * @param y of length 2n
     * @return at least 0
     * @throws IllegalArgumentException if a length differs
     */
    public double residual(double[] x, double[] y) {
        var reduced = new double[primalDimension()];
        applyTransposed(y, reduced);
        var ax = new double[dualDimension()];
        apply(x, ax);
        double worst = 0; // Math.max keeps a NaN: a run that fails cannot look solved
        for (double sum : ax) {
            worst = Math.max(worst, Math.abs(sum - 1));
        }
        for (int k = 0; k < x.length; k++) {
            double moved = Math.max(x[k] - (cost.data[k] - reduced[k]), 0);
            worst = Math.max(worst, Math.abs(x[k] - moved));
        }
        return worst;
    }
}
