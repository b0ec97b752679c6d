package org.konvergo.linalg;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.konvergo.Require;

/**
 * The Perron root and vector of a non-negative matrix: A w = radius * w with w &gt; 0.
 *
 * <p>Computed by Noda's inverse iteration (Note on the computation of the maximal eigenvalue of a
 * non-negative irreducible matrix, Numerische Mathematik 17, 1971), which converges quadratically
 * from any positive start. Its iterates bracket the root: for any w &gt; 0, min (Aw)_i/w_i &lt;=
 * radius &lt;= max (Aw)_i/w_i. A matrix with a zero off its diagonal may be reducible and gets
 * {@value #REGULARISATION} added to each entry, so that a positive vector exists.
 *
 * @param radius spectral radius, the upper end of the bracket
 * @param vector right eigenvector, positive, with largest entry 1
 */
public record PerronVector(double radius, double[] vector) {
    /** Added to the entries of a matrix that may be reducible. */
    public static final double REGULARISATION = 1e-12;

    private static final int MAX_ITERATIONS = 100;
    private static final double TOLERANCE = 4e-16;

    /**
     * Computes root and vector.
     *
     * @param a square, non-negative and finite, n x n
     * @return the pair; the radius is 0 for the zero matrix up to the regularisation
     * @throws IllegalArgumentException if A is not square or has a negative or non-finite entry
     */
    public static PerronVector of(DMatrixRMaj a) {
        Require.square("a", a);
        int n = a.numRows;
        boolean anyZero = false;
        for (int i = 0; i < n * n; i++) {
            if (!(a.data[i] >= 0 && Double.isFinite(a.data[i]))) {
                Require.nonNegative("a[" + i / n + "," + i % n + "]", a.data[i]);
            }
            anyZero |= a.data[i] == 0 && i / n != i % n;
        }
        DMatrixRMaj b = a.copy();
        if (anyZero) {
            CommonOps_DDRM.add(b, REGULARISATION);
        }
        var w = new double[n];
        Arrays.fill(w, 1);
        double radius = upper(b, w);
        var shifted = new DMatrixRMaj(n, n);
        var next = new DMatrixRMaj(n, 1);
        for (int k = 0; k < MAX_ITERATIONS; k++) {
            CommonOps_DDRM.scale(-1, b, shifted);
            for (int i = 0; i < n; i++) {
                shifted.add(i, i, radius);
            }
            if (!CommonOps_DDRM.solve(shifted, DMatrixRMaj.wrap(n, 1, w), next)) {
                break; // singular: the root is exact
            }
            double largest = CommonOps_DDRM.elementMaxAbs(next);
            var candidate = new double[n];
            for (int i = 0; i < n; i++) {
                candidate[i] = next.data[i] / largest;
            }
            double bound = upper(b, candidate);
            // The bounds decrease until rounding takes over.
            if (!(bound < radius)) {
                break;
            }
            boolean done = radius - bound <= TOLERANCE * radius;
            radius = bound;
            w = candidate;
            if (done) {
                break;
            }
        }
        return new PerronVector(radius, w);
    }

    /** The Collatz-Wielandt bound; infinite unless w is positive. */
    private static double upper(DMatrixRMaj b, double[] w) {
        var bw = new double[w.length];
        Kernels.gemv(b, w, bw);
        double upper = 0;
        for (int i = 0; i < w.length; i++) {
            upper = w[i] > 0 ? Math.max(upper, bw[i] / w[i]) : Double.POSITIVE_INFINITY;
        }
        return upper;
    }
}
