package org.konvergo.constrained;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.EqualityConstrainedProblem;
import org.konvergo.problem.LogisticRegression;

/**
 * Logistic regression whose weights obey linear equations A w = b and have length 1. The start is
 * the vector of ones over the square root of n.
 *
 * @param loss what is minimised, with n weights
 * @param a l x n, with l below n
 * @param b of length l, finite
 */
public record SphereLogisticRegression(LogisticRegression loss, DMatrixRMaj a, double[] b)
        implements EqualityConstrainedProblem {
    /**
     * Checks the arguments.
     *
     * @param loss as above
     * @param a as above
     * @param b as above
     * @throws IllegalArgumentException if shapes do not fit, an entry is not finite or there are
     *     too many equations
     */
    public SphereLogisticRegression {
        Require.notNull("loss", loss);
        Require.finite("b", b);
        Require.that(b.length < loss.dimension(), "length of b", "below n", b.length);
        Require.finite("a", Require.shape("a", a, b.length, loss.dimension()).data);
    }

    @Override
    public int dimension() {
        return loss.dimension();
    }

    @Override
    public int constraintCount() {
        return b.length + 1;
    }

    @Override
    public double value(double[] x) {
        return loss.value(x);
    }

    @Override
    public void gradient(double[] x, double[] gradient) {
        loss.gradient(x, gradient);
    }

    @Override
    public void constraints(double[] x, double[] c) {
        Require.length("c", c, constraintCount());
        for (int i = 0; i < b.length; i++) {
            c[i] = Kernels.dot(a.data, i * x.length, x, 0, x.length) - b[i];
        }
        c[b.length] = Kernels.dot(x, x) - 1;
    }

    @Override
    public void jacobian(double[] x, DMatrixRMaj jacobian) {
        Require.shape("jacobian", jacobian, constraintCount(), x.length);
        System.arraycopy(a.data, 0, jacobian.data, 0, b.length * x.length);
        for (int j = 0; j < x.length; j++) {
            jacobian.set(b.length, j, 2 * x[j]);
        }
    }

    @Override
    public void lagrangianHessian(double[] x, double[] lambda, DMatrixRMaj hessian) {
        int n = Require.shape("hessian", hessian, x.length, x.length).numRows;
        Require.length("lambda", lambda, constraintCount());
        var unit = new double[n];
        var column = new double[n];
        for (int j = 0; j < n; j++) {
            unit[j] = 1;
            loss.hessianVector(x, unit, column);
            unit[j] = 0;
            for (int i = 0; i <= j; i++) { // mirrored, so that rounding leaves it symmetric
                hessian.set(i, j, column[i]);
                hessian.set(j, i, column[i]);
            }
            hessian.add(j, j, 2 * lambda[b.length]);
        }
    }

    @Override
    public double[] start() {
        var x = new double[dimension()];
        java.util.Arrays.fill(x, 1 / Math.sqrt(x.length));
        return x;
    }
}
