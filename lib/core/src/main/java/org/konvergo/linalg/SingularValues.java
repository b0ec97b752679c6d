package org.konvergo.linalg;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Singular values of a matrix, by Golub and Kahan's bidiagonal iteration (Golub and Van Loan,
 * Matrix Computations, 2013, section 8.6). Their errors are of the size of rounding in the largest.
 */
public final class SingularValues {
    private SingularValues() {}

    /**
     * Computes the singular values on one thread, in O(n^3) operations.
     *
     * @param a matrix with at least one entry, all finite; kept
     * @return min(rows, columns) numbers, descending
     * @throws IllegalArgumentException if the matrix is empty or has an entry that is not finite
     * @throws IllegalStateException if the iteration does not converge
     */
    public static double[] of(DMatrixRMaj a) {
        var svd = FixedBitsSvd.values(a);
        int n = svd.numberOfSingularValues();
        double[] ascending = Arrays.copyOf(svd.getSingularValues(), n);
        Arrays.sort(ascending);
        var values = new double[n];
        Arrays.setAll(values, i -> ascending[n - 1 - i]);
        return values;
    }
}
