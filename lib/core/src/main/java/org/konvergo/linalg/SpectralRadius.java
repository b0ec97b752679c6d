package org.konvergo.linalg;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
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
        var eigen = DecompositionFactory_DDRM.eig(a.numRows, false);
        if (!eigen.decompose(a.copy())) {
            throw new IllegalStateException(
                    "eigenvalues of a " + a.numRows + " x " + a.numCols + " matrix not found");
        }
        double largest = 0;
        for (int i = 0; i < a.numRows; i++) {
            var lambda = eigen.getEigenvalue(i);
            largest = Math.max(largest, Math.sqrt(lambda.getMagnitude2()));
        }
        return largest;
    }
}
