package org.konvergo.saddle;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.EigenvaluesNonsymmetric;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.SingularValueDecomposition;
import org.konvergo.problem.QuadraticMinimax;

/**
 * What decides about a critical point of a minimax problem whose second derivatives B in y may be
 * singular: the Schur complement on the directions to which the other player has a reply, and the
 * curvature on the directions along which the two players turn about each other.
 *
 * <p>With P = I - BB+ the projection on the kernel of B, the singular vectors u of CP with positive
 * singular values sigma are directions of x that the gradient of y feels but to which no y is a
 * best reply. The basis U spans the others, {v : C'v in range(B)}.
 *
 * <p>For the operator with x slowed down by 1/tau the eigenvalues of its derivative are, for large
 * tau: the nonzero ones of -B; those of the restricted Schur complement over tau; and for each
 * sigma a pair i sigma / sqrt(tau) and its conjugate, with the real part iota / tau (Chae, Kim and
 * Kim, Two-timescale extragradient for finding local minimax points, 2024).
 *
 * @param schur S = A - C B+ C', n x n
 * @param basis U, n x k with orthonormal columns, possibly without any
 * @param restricted U'SU, k x k, possibly 0 x 0
 * @param sigma the n - k positive singular values of CP, descending
 * @param directions their left singular vectors u, n x (n - k), one a column
 * @param iota half the curvature u'Su of each direction; among equal sigma, half the eigenvalues of
 *     S on their span, ascending
 */
public record RestrictedSchurComplement(
        DMatrixRMaj schur,
        DMatrixRMaj basis,
        DMatrixRMaj restricted,
        double[] sigma,
        DMatrixRMaj directions,
        double[] iota) {
    /** Singular values up to this part of the largest count as zero. */
    public static final double TOLERANCE = 1e-10;

    /** Singular values that differ by no more than this part count as equal. */
    private static final double EQUAL = 1e-8;

    /**
     * Computes the complement with ranks by {@link #TOLERANCE}.
     *
     * @param model the second derivatives at the critical point
     * @return its restricted Schur complement
     */
    public static RestrictedSchurComplement of(QuadraticMinimax model) {
        return of(model, TOLERANCE);
    }

    /**
     * Computes the complement.
     *
     * @param model the second derivatives at the critical point, exact ones: of finite differences
     *     B would never be singular
     * @param tolerance singular values of B (of CP) up to this part of the 2-norm of B (of C) count
     *     as zero, in [0, 1)
     * @return its restricted Schur complement
     * @throws IllegalArgumentException if the tolerance is out of range
     */
    public static RestrictedSchurComplement of(QuadraticMinimax model, double tolerance) {
        Require.notNull("model", model);
        Require.that(tolerance >= 0 && tolerance < 1, "tolerance", "in [0, 1)", tolerance);
        var b = SingularValueDecomposition.of(model.b());
        double zero = tolerance * b.values()[0];
        DMatrixRMaj schur = schur(model, b, b.rank(zero));
        DMatrixRMaj kernel = b.nullSpace(zero);
        int n = model.minDimension();
        DMatrixRMaj basis = identity(n);
        var directions = new DMatrixRMaj(n, 0);
        var sigma = new double[0];
        if (kernel.numCols > 0) {
            var felt = new DMatrixRMaj(n, kernel.numCols);
            Kernels.gemm(model.c(), kernel, felt);
            var svd = SingularValueDecomposition.of(felt);
            double small = tolerance * SingularValueDecomposition.of(model.c()).values()[0];
            basis = svd.leftNullSpace(small);
            directions = svd.range(small);
            sigma = Arrays.copyOf(svd.values(), svd.rank(small));
        }
        return new RestrictedSchurComplement(
                schur,
                basis,
                compressed(schur, basis),
                sigma,
                directions,
                iota(schur, sigma, directions));
    }

    private static DMatrixRMaj schur(
            QuadraticMinimax model, SingularValueDecomposition b, int rank) {
        int n = model.minDimension();
        int m = model.maxDimension();
        DMatrixRMaj schur = model.a().copy();
        var left = new double[n];
        var right = new double[n];
        for (int k = 0; k < rank; k++) {
            Kernels.gemv(model.c(), column(b.left(), k, m), left);
            Kernels.gemv(model.c(), column(b.right(), k, m), right);
            for (int i = 0; i < n; i++) {
                // The mean of both orders, so that the sum is symmetric to the last bit.
                for (int j = 0; j < n; j++) {
                    double products = left[i] * right[j] + right[i] * left[j];
                    schur.add(i, j, -products / (2 * b.values()[k]));
                }
            }
        }
        return schur;
    }

    private static double[] iota(DMatrixRMaj schur, double[] sigma, DMatrixRMaj directions) {
        var iota = new double[sigma.length];
        int from = 0;
        while (from < sigma.length) {
            int to = from + 1;
            while (to < sigma.length && sigma[from] - sigma[to] <= EQUAL * sigma[from]) {
                to++;
            }
            var span = new DMatrixRMaj(schur.numRows, to - from);
            for (int k = from; k < to; k++) {
                for (int i = 0; i < schur.numRows; i++) {
                    span.set(i, k - from, directions.get(i, k));
                }
            }
            double[] curvatures = eigenvalues(compressed(schur, span));
            for (int k = from; k < to; k++) {
                iota[k] = curvatures[k - from] / 2;
            }
            from = to;
        }
        return iota;
    }

    /** V'SV, symmetric to the last bit. */
    private static DMatrixRMaj compressed(DMatrixRMaj s, DMatrixRMaj v) {
        int k = v.numCols;
        var result = new DMatrixRMaj(k, k);
        for (int j = 0; j < k; j++) {
            var sv = new double[v.numRows];
            Kernels.gemv(s, column(v, j, v.numRows), sv);
            for (int i = 0; i <= j; i++) {
                double entry = Kernels.dot(column(v, i, v.numRows), sv);
                result.set(i, j, entry);
                result.set(j, i, entry);
            }
        }
        return result;
    }

    private static double[] column(DMatrixRMaj a, int j, int rows) {
        var column = new double[rows];
        Arrays.setAll(column, i -> a.get(i, j));
        return column;
    }

    private static DMatrixRMaj identity(int n) {
        var identity = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            identity.set(i, i, 1);
        }
        return identity;
    }

    /** Of a symmetric matrix: ascending. */
    static double[] eigenvalues(DMatrixRMaj symmetric) {
        return symmetric.numRows == 0
                ? new double[0]
                : EigenvaluesNonsymmetric.of(symmetric).real();
    }

    /**
     * Eigenvalues of the restricted Schur complement.
     *
     * @return ascending, possibly none
     */
    public double[] restrictedEigenvalues() {
        return eigenvalues(restricted);
    }

    /**
     * Whether extragradient with a step is stable for all large tau: the restricted Schur
     * complement is positive definite and 2 iota &gt; -eta sigma^2 for each direction. Supposes
     * that B is negative semidefinite with a norm below 1/eta.
     *
     * @param eta step, positive
     * @return true if so
     * @throws IllegalArgumentException if the step is not positive
     */
    public boolean extragradientStable(double eta) {
        return stable(Require.positive("eta", eta));
    }

    /**
     * Whether gradient descent ascent with a step is stable for all large tau: the restricted Schur
     * complement is positive definite and 2 iota &gt; eta sigma^2 for each direction. Supposes that
     * B is negative semidefinite with a norm below 1/eta.
     *
     * @param eta step, positive
     * @return true if so
     * @throws IllegalArgumentException if the step is not positive
     */
    public boolean gradientDescentAscentStable(double eta) {
        return stable(-Require.positive("eta", eta));
    }

    private boolean stable(double damping) {
        for (double mu : restrictedEigenvalues()) {
            if (!(mu > 0)) {
                return false;
            }
        }
        for (int j = 0; j < sigma.length; j++) {
            if (!(2 * iota[j] + damping * sigma[j] * sigma[j] > 0)) {
                return false;
            }
        }
        return true;
    }
}
