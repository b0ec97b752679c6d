package org.konvergo.linalg;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;

/**
 * Euclidean projections on two cones that are their own duals, so that v less its projection is
 * minus the projection of -v (Parikh and Boyd, Proximal Algorithms, 2014, section 6.3).
 */
public final class ConeProjection {
    private ConeProjection() {}

    /**
     * Projects on the second-order cone {(t, x) : |x| &lt;= t}.
     *
     * @param v t, then x; of length at least 1, finite
     * @return the nearest point of the cone, a new array
     * @throws IllegalArgumentException if v is empty or not finite
     */
    public static double[] secondOrder(double[] v) {
        Require.atLeast("length of v", Require.finite("v", v).length, 1);
        double t = v[0];
        double[] p = v.clone();
        p[0] = 0;
        double size = norm(p);
        if (size <= t) {
            return v.clone();
        }
        if (size <= -t) {
            return new double[v.length];
        }
        double half = t / 2 + size / 2;
        for (int i = 1; i < p.length; i++) {
            p[i] = p[i] / size * half;
        }
        p[0] = half;
        return p;
    }

    /** Scaled, so that squares neither overflow nor vanish. */
    private static double norm(double[] x) {
        double largest = Kernels.normInf(x);
        if (largest == 0) {
            return 0;
        }
        double sum = 0;
        for (double entry : x) {
            double share = entry / largest;
            sum = Math.fma(share, share, sum);
        }
        return largest * Math.sqrt(sum);
    }

    /**
     * Projects on the cone of symmetric positive semidefinite matrices: negative eigenvalues of the
     * symmetric part become zero.
     *
     * @param a n x n with n at least 1, finite; kept
     * @return the nearest symmetric matrix without negative eigenvalues, new
     * @throws IllegalArgumentException if the matrix is empty, not square or not finite
     */
    public static DMatrixRMaj positiveSemidefinite(DMatrixRMaj a) {
        Require.square("a", a);
        int n = Require.atLeast("rows of a", a.numRows, 1);
        Arguments.holds("a", a.data, n, n);
        var symmetric = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                symmetric.set(i, j, a.get(i, j) / 2 + a.get(j, i) / 2);
            }
        }
        Require.finite("a", symmetric.data);
        var eigen = SymmetricEigendecomposition.of(symmetric);
        if (eigen.smallest() >= 0) {
            return symmetric;
        }
        double[] values = eigen.values();
        for (int k = 0; k < n; k++) {
            values[k] = Math.max(values[k], 0);
        }
        return eigen.with(values);
    }
}
