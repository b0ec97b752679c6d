package org.konvergo.problem;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;

/**
 * Logarithmic barrier of the positive orthant with a linear reward, -sum_i log x_i - c'x. Convex
 * and self-concordant; plus infinity where a coordinate is not positive.
 *
 * @param c rewards, of length n at least 1, finite
 */
public record LogBarrier(double[] c) implements TwiceSmooth {
    /**
     * Checks the arguments.
     *
     * @param c as above
     * @throws IllegalArgumentException if it is empty or not finite
     */
    public LogBarrier {
        Require.atLeast("length of c", Require.finite("c", c).length, 1);
    }

    @Override
    public int dimension() {
        return c.length;
    }

    @Override
    public double value(double[] x) {
        Require.length("x", x, c.length);
        for (double entry : x) {
            if (!(entry > 0)) {
                return Double.POSITIVE_INFINITY;
            }
        }
        var logs = new double[x.length];
        Kernels.log(x, logs);
        return -Kernels.sum(logs) - Kernels.dot(c, x);
    }

    @Override
    public void gradient(double[] x, double[] gradient) {
        Require.length("gradient", gradient, Require.length("x", x, c.length).length);
        for (int i = 0; i < x.length; i++) {
            gradient[i] = -1 / x[i] - c[i];
        }
    }

    @Override
    public void hessianVector(double[] x, double[] v, double[] product) {
        for (int i = 0; i < x.length; i++) {
            product[i] = v[i] / (x[i] * x[i]);
        }
    }
}
