package org.konvergo.linalg;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;

/**
 * Condition number of a matrix in the 2-norm, by its singular values (Golub and Van Loan, Matrix
 * Computations, 2013, sections 2.6 and 8.6).
 *
 * @param largest largest singular value, which is the 2-norm of the matrix
 * @param smallest smallest singular value: the 2-norm distance to the nearest matrix of lower rank
 */
public record ConditionNumber(double largest, double smallest) {
    /**
     * Computes the singular values on one thread, in O(n^3) operations.
     *
     * @param a matrix with at least one entry, all finite; kept
     * @return the largest and the smallest of the min(rows, columns) singular values
     * @throws IllegalArgumentException if the matrix is empty or has an entry that is not finite
     * @throws IllegalStateException if the iteration does not converge
     */
    public static ConditionNumber of(DMatrixRMaj a) {
        Require.notNull("a", a);
        Require.that(a.getNumElements() > 0, "a", "not empty", a.numRows + " x " + a.numCols);
        Require.finite("a", Arrays.copyOf(a.data, a.getNumElements()));
        var svd = new FixedBitsSvd();
        if (!svd.decompose(a.copy())) {
            throw new IllegalStateException("singular values did not converge");
        }
        double largest = 0;
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < svd.numberOfSingularValues(); i++) {
            double value = svd.getSingularValues()[i];
            largest = Math.max(largest, value);
            smallest = Math.min(smallest, value);
        }
        return new ConditionNumber(largest, smallest);
    }

    /**
     * The condition number.
     *
     * @return largest over smallest singular value, at least 1; infinite if the matrix is singular
     */
    public double value() {
        return smallest == 0 ? Double.POSITIVE_INFINITY : largest / smallest;
    }
}
