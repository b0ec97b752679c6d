package org.konvergo.problem;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;

/**
 * The negative logarithm of a portfolio's growth, -sum_t log(r_t'x), with the returns r_t of n
 * assets in period t. Convex and self-concordant (nu = 3, M = 2); plus infinity where a period's
 * return is not positive, and its gradient is unbounded near there.
 *
 * @param matrix p x n returns, one row a period, finite, not negative, none of the rows zero
 */
public record LogPortfolio(DMatrixRMaj matrix) implements LinearlyComposed, TwiceSmooth {
    /**
     * Checks the arguments.
     *
     * @param matrix as above
     * @throws IllegalArgumentException if a return is negative or not finite, or a row is zero, for
     *     which no portfolio has a finite value
     */
    public LogPortfolio {
        Samples.check("matrix", matrix);
        Require.nonNegative("matrix", matrix.data);
        for (int t = 0; t < matrix.numRows; t++) {
            double sum = 0;
            for (int j = 0; j < matrix.numCols; j++) {
                sum += matrix.get(t, j);
            }
            Require.that(sum > 0, "row " + t + " of matrix", "with a positive return", "zero");
        }
    }

    @Override
    public int dimension() {
        return matrix.numCols;
    }

    @Override
    public double outerValue(double[] u) {
        var logs = new double[u.length];
        for (double growth : u) {
            if (!(growth > 0)) {
                return Double.POSITIVE_INFINITY;
            }
        }
        Kernels.log(u, logs);
        return -Kernels.sum(logs);
    }

    @Override
    public void outerGradient(double[] u, double[] slopes) {
        for (int t = 0; t < u.length; t++) {
            slopes[t] = -1 / u[t];
        }
    }

    @Override
    public double value(double[] x) {
        return outerValue(growth(x));
    }

    @Override
    public void gradient(double[] x, double[] gradient) {
        double[] u = growth(x);
        var slopes = new double[u.length];
        outerGradient(u, slopes);
        Kernels.gemvTransposed(matrix, slopes, gradient);
    }

    @Override
    public void hessianVector(double[] x, double[] v, double[] product) {
        double[] u = growth(x);
        double[] along = growth(v);
        for (int t = 0; t < u.length; t++) {
            along[t] /= u[t] * u[t];
        }
        Kernels.gemvTransposed(matrix, along, product);
    }

    private double[] growth(double[] x) {
        var u = new double[matrix.numRows];
        Kernels.gemv(matrix, x, u);
        return u;
    }
}
