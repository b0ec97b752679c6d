package org.konvergo.problem;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;

/**
 * The quadratic f(x) = x'Ax/2 - b'x. Its gradient is Ax - b.
 *
 * @param a symmetric, n x n
 * @param b of length n
 */
public record Quadratic(DMatrixRMaj a, double[] b) implements TwiceSmooth {
    /**
     * Checks the arguments.
     *
     * @param a as above
     * @param b as above
     * @throws IllegalArgumentException if A is not square, symmetric and finite, or b does not fit
     */
    public Quadratic {
        Require.square("a", a);
        Require.finite("a", a.data);
        Require.finite("b", Require.length("b", b, a.numRows));
        for (int i = 0; i < a.numRows; i++) {
            for (int j = 0; j < i; j++) {
                Require.that(a.get(i, j) == a.get(j, i), "a", "symmetric", "not at " + i + "," + j);
            }
        }
    }

    @Override
    public int dimension() {
        return b.length;
    }

    @Override
    public double value(double[] x) {
        var ax = new double[b.length];
        Kernels.gemv(a, x, ax);
        return 0.5 * Kernels.dot(x, ax) - Kernels.dot(b, x);
    }

    @Override
    public void gradient(double[] x, double[] gradient) {
        Kernels.gemv(a, x, gradient);
        Kernels.axpy(-1, b, gradient);
    }

    @Override
    public void hessianVector(double[] x, double[] v, double[] product) {
        Kernels.gemv(a, v, product);
    }
}
