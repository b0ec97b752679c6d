package org.konvergo.bilevel;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.LinearOperator;
import org.konvergo.linalg.SymmetricEigendecomposition;
import org.konvergo.method.ConjugateGradient;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;

/** Solves H v = b for a symmetric positive semidefinite H that is known by products. */
@FunctionalInterface
public interface InverseHessianProduct {
    /**
     * Solves H v = b.
     *
     * @param hessian H
     * @param b of length m; kept
     * @param calls where products with H are counted
     * @return v, of length m
     */
    double[] solve(LinearOperator hessian, double[] b, OracleCounter calls);

    /**
     * The pseudo-inverse, v = H^+ b, of least norm among the least-squares solutions. It forms H by
     * m products and decomposes it, so it is for small m.
     *
     * @param cutoff eigenvalues of at most this share of the largest count as zero, in (0, 1)
     * @return the solver
     * @throws IllegalArgumentException if the cutoff is out of range
     */
    static InverseHessianProduct pseudoInverse(double cutoff) {
        Require.that(cutoff > 0 && cutoff < 1, "cutoff", "in (0, 1)", cutoff);
        return (hessian, b, calls) -> {
            int m = b.length;
            var columns = new double[m][m];
            var unit = new double[m];
            for (int j = 0; j < m; j++) {
                unit[j] = 1;
                hessian.apply(unit, columns[j]);
                unit[j] = 0;
            }
            calls.add(Oracle.HESSIAN_VECTOR, m);
            var matrix = new DMatrixRMaj(m, m);
            for (int k = 0; k < m * m; k++) {
                matrix.data[k] = (columns[k / m][k % m] + columns[k % m][k / m]) / 2;
            }
            var eigen = SymmetricEigendecomposition.of(matrix);
            double least = cutoff * Math.max(Math.abs(eigen.smallest()), Math.abs(eigen.largest()));
            var v = new double[m];
            for (int i = 0; i < m; i++) {
                if (Math.abs(eigen.value(i)) > least) {
                    double[] axis = eigen.vector(i);
                    Kernels.axpy(Kernels.dot(axis, b) / eigen.value(i), axis, v);
                }
            }
            return v;
        };
    }

    /**
     * Conjugate gradients from zero. If H is singular, b should lie in its range.
     *
     * @param maxSteps at least 1
     * @param tolerance on the relative residual, at least 0
     * @return the solver; where it meets a direction without curvature it returns what it has
     * @throws IllegalArgumentException if an argument is out of range
     */
    static InverseHessianProduct conjugateGradient(int maxSteps, double tolerance) {
        Require.atLeast("maxSteps", maxSteps, 1);
        Require.nonNegative("tolerance", tolerance);
        return (hessian, b, calls) ->
                ConjugateGradient.plain(hessian, b).solve(tolerance, maxSteps, calls).x();
    }
}
