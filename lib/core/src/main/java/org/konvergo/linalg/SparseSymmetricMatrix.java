package org.konvergo.linalg;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;

/**
 * A sparse symmetric matrix in compressed rows: both triangles are stored, so that a product with a
 * vector reads memory in order. Entries that are zero are not stored, except on the diagonal.
 *
 * <p>Format: Saad, Iterative Methods for Sparse Linear Systems, 2003, section 3.4.
 */
public final class SparseSymmetricMatrix implements LinearOperator {
    private final int[] rowStart;
    private final int[] columns;
    private final double[] values;
    private final double[] diagonal;

    private SparseSymmetricMatrix(
            int[] rowStart, int[] columns, double[] values, double[] diagonal) {
        this.rowStart = rowStart;
        this.columns = columns;
        this.values = values;
        this.diagonal = diagonal;
    }

    /**
     * Builds a matrix from its diagonal and the entries on one side of it, in any order. The cost
     * is linear in the number of entries.
     *
     * @param diagonal the n diagonal entries, finite
     * @param rows row of each entry off the diagonal, in 0..n-1
     * @param cols its column, in 0..n-1; each pair {row, column} once, in either order
     * @param entries its value, finite; mirrored to (column, row)
     * @return the matrix, n x n
     * @throws IllegalArgumentException if lengths differ, an index is out of range or on the
     *     diagonal, a pair occurs twice, or a value is not finite
     */
    public static SparseSymmetricMatrix of(
            double[] diagonal, int[] rows, int[] cols, double[] entries) {
        int n = Require.finite("diagonal", diagonal).length;
        Require.notNull("rows", rows);
        Require.notNull("cols", cols);
        Require.finite("entries", Require.length("entries", entries, rows.length));
        Require.that(
                cols.length == rows.length,
                "cols",
                "of length " + rows.length,
                "of length " + cols.length);
        var counts = new int[n];
        Arrays.fill(counts, 1);
        for (int k = 0; k < rows.length; k++) {
            if (rows[k] < 0 || rows[k] >= n || cols[k] < 0 || cols[k] >= n) {
                Require.index("rows[" + k + "]", rows[k], n);
                Require.index("cols[" + k + "]", cols[k], n);
            }
            if (rows[k] == cols[k]) {
                Require.that(false, "entry " + k, "off the diagonal", "on it");
            }
            if (entries[k] != 0) {
                counts[rows[k]]++;
                counts[cols[k]]++;
            }
        }
        var unsorted = allocate(counts, diagonal.clone());
        int[] next = Arrays.copyOf(unsorted.rowStart, n);
        for (int i = 0; i < n; i++) {
            unsorted.put(next, i, i, diagonal[i]);
        }
        for (int k = 0; k < rows.length; k++) {
            if (entries[k] != 0) {
                unsorted.put(next, rows[k], cols[k], entries[k]);
                unsorted.put(next, cols[k], rows[k], entries[k]);
            }
        }
        // The transpose of a symmetric matrix is itself, and writing it row by row sorts it.
        var sorted = allocate(counts, unsorted.diagonal);
        next = Arrays.copyOf(sorted.rowStart, n);
        for (int i = 0; i < n; i++) {
            for (int p = unsorted.rowStart[i]; p < unsorted.rowStart[i + 1]; p++) {
                sorted.put(next, unsorted.columns[p], i, unsorted.values[p]);
            }
        }
        sorted.checkDistinct();
        return sorted;
    }

    private static SparseSymmetricMatrix allocate(int[] counts, double[] diagonal) {
        var rowStart = new int[counts.length + 1];
        for (int i = 0; i < counts.length; i++) {
            rowStart[i + 1] = rowStart[i] + counts[i];
        }
        int total = rowStart[counts.length];
        return new SparseSymmetricMatrix(rowStart, new int[total], new double[total], diagonal);
    }

    private void put(int[] next, int row, int column, double value) {
        int p = next[row]++;
        columns[p] = column;
        values[p] = value;
    }

    private void checkDistinct() {
        for (int i = 0; i < diagonal.length; i++) {
            for (int p = rowStart[i] + 1; p < rowStart[i + 1]; p++) {
                if (columns[p] == columns[p - 1]) {
                    Require.that(false, "pair " + i + "," + columns[p], "given once", "repeated");
                }
            }
        }
    }

    /**
     * Order of the matrix.
     *
     * @return n
     */
    public int size() {
        return diagonal.length;
    }

    /**
     * Number of stored entries, both triangles and the diagonal.
     *
     * @return at least n
     */
    public int stored() {
        return values.length;
    }

    /**
     * The diagonal.
     *
     * @return a new vector of length n
     */
    public double[] diagonal() {
        return diagonal.clone();
    }

    /**
     * Matrix times vector; each entry adds its terms in the order of the columns.
     *
     * @param x vector of length n
     * @param y vector of length n, overwritten with A x
     * @throws IllegalArgumentException if the lengths do not fit or y is x
     */
    @Override
    public void apply(double[] x, double[] y) {
        Require.length("x", x, diagonal.length);
        Require.length("y", y, diagonal.length);
        Require.that(y != x, "y", "an array other than x", "the same array");
        SparseKernels.rowProducts(rowStart, columns, values, x, y);
    }

    /**
     * The matrix with its zeros.
     *
     * @return a new n x n matrix
     */
    public DMatrixRMaj toDense() {
        var dense = new DMatrixRMaj(diagonal.length, diagonal.length);
        for (int i = 0; i < diagonal.length; i++) {
            for (int p = rowStart[i]; p < rowStart[i + 1]; p++) {
                dense.set(i, columns[p], values[p]);
            }
        }
        return dense;
    }
}
