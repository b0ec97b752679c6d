package org.konvergo.linalg;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;

/**
 * Gershgorin's discs of a matrix: one a row, with the diagonal entry as centre and the sum of the
 * absolute values of the others as radius. Every eigenvalue lies in at least one disc (Horn and
 * Johnson, Matrix Analysis, 2012, theorem 6.1.1).
 */
public final class GershgorinDiscs {
    private final double[] centres;
    private final double[] radii;

    /**
     * The discs of the rows of a matrix.
     *
     * @param a matrix, n x n, entries finite
     * @throws IllegalArgumentException if the matrix is not square or has an entry that is not
     *     finite
     */
    public GershgorinDiscs(DMatrixRMaj a) {
        int n = Require.square("a", a).numRows;
        centres = new double[n];
        radii = new double[n];
        for (int i = 0; i < n; i++) {
            double[] row = Arrays.copyOfRange(a.data, i * n, (i + 1) * n);
            centres[i] = row[i];
            row[i] = 0;
            radii[i] = Kernels.norm1(row);
        }
        Require.finite("diagonal of a", centres);
        Require.finite("row sums of a", radii);
    }

    /**
     * The centres.
     *
     * @return a new vector of length n
     */
    public double[] centres() {
        return centres.clone();
    }

    /**
     * The radii.
     *
     * @return a new vector of length n, non-negative
     */
    public double[] radii() {
        return radii.clone();
    }

    /**
     * Whether a complex number lies in at least one disc.
     *
     * @param re its real part
     * @param im its imaginary part
     * @param slack added to each radius, for rounding errors, at least 0
     * @return whether it does
     * @throws IllegalArgumentException if the slack is negative
     */
    public boolean contain(double re, double im, double slack) {
        Require.nonNegative("slack", slack);
        for (int i = 0; i < radii.length; i++) {
            double x = re - centres[i];
            double r = radii[i] + slack;
            if (Math.fma(x, x, im * im) <= r * r) {
                return true;
            }
        }
        return false;
    }
}
