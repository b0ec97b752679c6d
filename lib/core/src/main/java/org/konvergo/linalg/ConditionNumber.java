package org.konvergo.linalg;

import org.ejml.data.DMatrixRMaj;

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
        double[] values = SingularValues.of(a);
        return new ConditionNumber(values[0], values[values.length - 1]);
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
