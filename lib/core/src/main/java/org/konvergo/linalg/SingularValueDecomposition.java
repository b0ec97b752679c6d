package org.konvergo.linalg;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;

/**
 * Singular values and all singular vectors: A = U diag(s) V', with orthogonal U and V (Golub and
 * Van Loan, Matrix Computations, 2013, section 8.6). The vectors beyond the rank span the left and
 * the right null space. Same bits everywhere; on one thread.
 *
 * @param values s, descending, min(m, n) of them, not negative
 * @param left U, m x m, column k belongs to values[k]
 * @param right V, n x n, column k belongs to values[k]
 */
public record SingularValueDecomposition(double[] values, DMatrixRMaj left, DMatrixRMaj right) {
    /**
     * Computes the decomposition, in O((m + n)^3) operations.
     *
     * @param a matrix, m x n with at least one entry, all finite; kept
     * @return its decomposition
     * @throws IllegalArgumentException if the matrix is empty or has an entry that is not finite
     * @throws IllegalStateException if the iteration does not converge
     */
    public static SingularValueDecomposition of(DMatrixRMaj a) {
        var svd = FixedBitsSvd.withVectors(a);
        double[] found = Arrays.copyOf(svd.getSingularValues(), svd.numberOfSingularValues());
        int[] order =
                IntStream.range(0, found.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(k -> -found[k]))
                        .mapToInt(k -> k)
                        .toArray();
        double[] values = Arrays.stream(order).mapToDouble(k -> found[k]).toArray();
        return new SingularValueDecomposition(
                values,
                ordered(svd.getU(null, false), order),
                ordered(svd.getV(null, false), order));
    }

    private static DMatrixRMaj ordered(DMatrixRMaj vectors, int[] order) {
        DMatrixRMaj sorted = vectors.copy();
        for (int i = 0; i < vectors.numRows; i++) {
            for (int k = 0; k < order.length; k++) {
                sorted.set(i, k, vectors.get(i, order[k]));
            }
        }
        return sorted;
    }

    /**
     * The numerical rank.
     *
     * @param threshold what a singular value must exceed to count, not negative
     * @return from 0 to min(m, n)
     * @throws IllegalArgumentException if the threshold is negative or not finite
     */
    public int rank(double threshold) {
        Require.nonNegative("threshold", threshold);
        return (int) Arrays.stream(values).filter(s -> s > threshold).count();
    }

    /**
     * Orthonormal basis of the null space.
     *
     * @param threshold singular values up to it count as zero, not negative
     * @return n x (n - rank), possibly without columns
     * @throws IllegalArgumentException if the threshold is negative or not finite
     */
    public DMatrixRMaj nullSpace(double threshold) {
        return columns(right, rank(threshold), right.numCols);
    }

    /**
     * Orthonormal basis of the vectors orthogonal to the range.
     *
     * @param threshold singular values up to it count as zero, not negative
     * @return m x (m - rank), possibly without columns
     * @throws IllegalArgumentException if the threshold is negative or not finite
     */
    public DMatrixRMaj leftNullSpace(double threshold) {
        return columns(left, rank(threshold), left.numCols);
    }

    /**
     * Orthonormal basis of the range.
     *
     * @param threshold singular values up to it count as zero, not negative
     * @return m x rank, possibly without columns
     * @throws IllegalArgumentException if the threshold is negative or not finite
     */
    public DMatrixRMaj range(double threshold) {
        return columns(left, 0, rank(threshold));
    }

    private static DMatrixRMaj columns(DMatrixRMaj a, int from, int to) {
        var part = new DMatrixRMaj(a.numRows, to - from);
        for (int i = 0; i < a.numRows; i++) {
            for (int j = from; j < to; j++) {
                part.set(i, j - from, a.get(i, j));
            }
        }
        return part;
    }
}
