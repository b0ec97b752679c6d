package org.konvergo.problem;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;

/**
 * Least squares: f(w) = |Aw - b|^2 / (2m), an average over the m rows of A. Together with {@link
 * L1Norm} it is the lasso. The arrays are not copied; do not change them.
 *
 * @param a m x n, one row a sample
 * @param b of length m
 */
public record LeastSquares(DMatrixRMaj a, double[] b)
        implements FiniteSum, TwiceSmooth, Proximable {
    /**
     * Checks the arguments.
     *
     * @param a as above
     * @param b as above
     * @throws IllegalArgumentException if A is empty, the shapes do not fit or an entry is not
     *     finite
     */
    public LeastSquares {
        Samples.check("a", a);
        Require.finite("b", Require.length("b", b, a.numRows));
    }

    /**
     * The separable quadratic (1/2) sum of curvature[j] (w[j] - centre[j])^2, as least squares with
     * one row a variable.
     *
     * @param curvature non-negative, of length n
     * @param centre of length n
     * @return least squares with m = n
     * @throws IllegalArgumentException if the lengths differ or a curvature is negative
     */
    public static LeastSquares separable(double[] curvature, double[] centre) {
        Require.finite("curvature", curvature);
        Require.finite("centre", Require.length("centre", centre, curvature.length));
        int n = curvature.length;
        var a = new DMatrixRMaj(n, n);
        var b = new double[n];
        for (int j = 0; j < n; j++) {
            double root = Math.sqrt(n * Require.nonNegative("curvature[" + j + "]", curvature[j]));
            a.set(j, j, root);
            b[j] = root * centre[j];
        }
        return new LeastSquares(a, b);
    }

    @Override
    public int dimension() {
        return a.numCols;
    }

    @Override
    public int terms() {
        return b.length;
    }

    @Override
    public double value(double[] w) {
        var residual = residual(w);
        return Kernels.dot(residual, residual) / (2.0 * b.length);
    }

    @Override
    public void gradient(double[] w, double[] gradient) {
        Kernels.gemvTransposed(a, residual(w), gradient);
        Kernels.scale(1.0 / b.length, gradient);
    }

    @Override
    public void hessianVector(double[] w, double[] v, double[] product) {
        var av = new double[b.length];
        Kernels.gemv(a, v, av);
        Kernels.gemvTransposed(a, av, product);
        Kernels.scale(1.0 / b.length, product);
    }

    @Override
    public double value(int[] terms, double[] w) {
        check(terms, w);
        double sum = 0;
        for (int i : terms) {
            double r = residual(i, w);
            sum = Math.fma(r, r, sum);
        }
        return sum / (2.0 * terms.length);
    }

    @Override
    public void gradient(int[] terms, double[] w, double[] gradient) {
        check(terms, w);
        Require.length("gradient", gradient, w.length);
        Arrays.fill(gradient, 0);
        int n = w.length;
        for (int i : terms) {
            Kernels.axpy(residual(i, w) / terms.length, a.data, i * n, gradient, 0, n);
        }
    }

    /**
     * The proximal map, by a Cholesky factorisation: the solution z of (A'A/m + I/step) z = A'b/m +
     * x/step.
     *
     * @param step positive; infinity gives the minimiser of f, for an A of full column rank
     * @param x point of length n
     * @param result of length n, overwritten; may be x itself
     * @throws IllegalArgumentException if the step is not positive, a length differs, or the step
     *     is infinite and A has no full column rank
     */
    @Override
    public void prox(double step, double[] x, double[] result) {
        Require.that(step > 0, "step", "positive", step);
        int n = a.numCols;
        Require.length("x", x, n);
        Require.length("result", result, n);
        var matrix = new DMatrixRMaj(n, n);
        Kernels.gemmTransA(a, a, matrix);
        Kernels.scale(1.0 / b.length, matrix.data);
        var right = new DMatrixRMaj(n, 1);
        Kernels.gemvTransposed(a, b, right.data);
        Kernels.axpby(1 / step, x, 1.0 / b.length, right.data);
        for (int j = 0; j < n; j++) {
            matrix.data[j * n + j] += 1 / step;
        }
        var solver = LinearSolverFactory_DDRM.chol(n);
        Require.that(
                solver.setA(matrix), "a", "of full column rank for this step", "rank deficient");
        var solution = new DMatrixRMaj(n, 1);
        solver.solve(right, solution);
        System.arraycopy(solution.data, 0, result, 0, n);
    }

    private double[] residual(double[] w) {
        var residual = new double[b.length];
        Kernels.gemv(a, w, residual);
        Kernels.axpy(-1, b, residual);
        return residual;
    }

    private double residual(int i, double[] w) {
        return Kernels.dot(a.data, i * w.length, w, 0, w.length) - b[i];
    }

    private void check(int[] terms, double[] w) {
        Require.length("w", w, dimension());
        Samples.check(terms, b.length);
    }
}
