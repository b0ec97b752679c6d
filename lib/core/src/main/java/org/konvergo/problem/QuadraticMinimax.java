package org.konvergo.problem;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;

/**
 * The quadratic f(x, y) = x'Ax/2 + x'Cy + y'By/2, minimised over x and maximised over y. The origin
 * is a critical point, whatever the signs of A and B.
 *
 * @param a A, n x n, symmetric
 * @param c C, n x m
 * @param b B, m x m, symmetric
 */
public record QuadraticMinimax(DMatrixRMaj a, DMatrixRMaj c, DMatrixRMaj b)
        implements MinimaxProblem {
    /**
     * Checks the arguments.
     *
     * @param a as above
     * @param c as above
     * @param b as above
     * @throws IllegalArgumentException if the shapes do not fit, an entry is not finite, or A or B
     *     is not symmetric
     */
    public QuadraticMinimax {
        symmetric("a", a);
        symmetric("b", b);
        Require.finite("c", Require.shape("c", c, a.numRows, b.numRows).data);
    }

    private static void symmetric(String name, DMatrixRMaj a) {
        Require.square(name, a);
        Require.atLeast("rows of " + name, a.numRows, 1);
        Require.finite(name, a.data);
        for (int i = 0; i < a.numRows; i++) {
            for (int j = 0; j < i; j++) {
                Require.that(
                        a.get(i, j) == a.get(j, i), name, "symmetric", "not at " + i + "," + j);
            }
        }
    }

    /**
     * The second-order model of a function at a point, moved to the origin and without its value
     * and gradient.
     *
     * @param f the function
     * @param x point of length n
     * @param y point of length m
     * @return the quadratic with the second derivatives of f at (x, y)
     * @throws IllegalArgumentException if a length differs or a second derivative is not finite
     */
    public static QuadraticMinimax model(MinimaxProblem f, double[] x, double[] y) {
        Require.notNull("f", f);
        Require.length("x", x, f.minDimension());
        Require.length("y", y, f.maxDimension());
        return new QuadraticMinimax(f.hessianXX(x, y), f.hessianXY(x, y), f.hessianYY(x, y));
    }

    /**
     * The derivative of the operator on two time scales, the same everywhere.
     *
     * @param tau ratio of the time scales, at least 1 and finite
     * @return a new matrix, (n + m) x (n + m)
     * @throws IllegalArgumentException if tau is below 1 or not finite
     */
    public DMatrixRMaj jacobian(double tau) {
        return jacobian(new double[a.numRows], new double[b.numRows], tau);
    }

    @Override
    public int minDimension() {
        return a.numRows;
    }

    @Override
    public int maxDimension() {
        return b.numRows;
    }

    @Override
    public double value(double[] x, double[] y) {
        var ax = new double[a.numRows];
        var cy = new double[a.numRows];
        var by = new double[b.numRows];
        Kernels.gemv(a, x, ax);
        Kernels.gemv(c, y, cy);
        Kernels.gemv(b, y, by);
        return Kernels.dot(x, ax) / 2 + Kernels.dot(x, cy) + Kernels.dot(y, by) / 2;
    }

    @Override
    public void gradients(double[] x, double[] y, double[] gradientX, double[] gradientY) {
        var coupling = new double[a.numRows];
        Kernels.gemv(a, x, gradientX);
        Kernels.gemv(c, y, coupling);
        Kernels.axpy(1, coupling, gradientX);
        coupling = new double[b.numRows];
        Kernels.gemv(b, y, gradientY);
        Kernels.gemvTransposed(c, x, coupling);
        Kernels.axpy(1, coupling, gradientY);
    }

    @Override
    public DMatrixRMaj hessianXX(double[] x, double[] y) {
        return a.copy();
    }

    @Override
    public DMatrixRMaj hessianXY(double[] x, double[] y) {
        return c.copy();
    }

    @Override
    public DMatrixRMaj hessianYY(double[] x, double[] y) {
        return b.copy();
    }

    @Override
    public void mixedProduct(double[] x, double[] y, double[] v, double[] product) {
        Kernels.gemv(c, v, product);
    }

    @Override
    public void mixedTransposedProduct(double[] x, double[] y, double[] v, double[] product) {
        Kernels.gemvTransposed(c, v, product);
    }
}
