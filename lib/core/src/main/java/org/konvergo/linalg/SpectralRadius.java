package org.konvergo.linalg;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;

/** The largest modulus of the eigenvalues of a square matrix. */
public final class SpectralRadius {
    private SpectralRadius() {}

    /**
     * Computes the radius from all eigenvalues.
     *
     * @param a square and finite, n x n
     * @return the largest modulus
     * @throws IllegalArgumentException if A is not square or not finite
     */
    public static double of(DMatrixRMaj a) {
        Require.square("a", a);
        Require.finite("a", a.data);
        var eigenvalues = EigenvaluesNonsymmetric.of(a);
        double[] re = eigenvalues.real();
        double[] im = eigenvalues.imaginary();
        double largest = 0;
        for (int i = 0; i < re.length; i++) {
            largest = Math.max(largest, EigenvaluesNonsymmetric.modulus(re[i], im[i]));
        }
        return largest;
    }
}
