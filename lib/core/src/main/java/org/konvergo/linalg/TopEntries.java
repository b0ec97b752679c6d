package org.konvergo.linalg;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;

/**
 * The largest entries of a matrix, found by quickselect in linear time on average (Hoare, Algorithm
 * 65: Find, 1961). Entries equal to the smallest one kept are all kept.
 *
 * @param threshold the smallest entry kept
 * @param rows row of each entry kept; ascending
 * @param cols its column; ascending within a row
 * @param values its value
 * @param rest sum of the entries that were not kept
 */
public record TopEntries(double threshold, int[] rows, int[] cols, double[] values, double rest) {
    /**
     * The largest entries of a matrix.
     *
     * @param a matrix without NaN
     * @param count how many, in 1..(number of entries)
     * @return these entries, and those equal to the smallest of them
     * @throws IllegalArgumentException if the count is out of range or an entry is NaN
     */
    public static TopEntries of(DMatrixRMaj a, int count) {
        Require.notNull("a", a);
        double[] entries = java.util.Arrays.copyOf(a.data, a.numRows * a.numCols);
        double threshold = threshold(entries, count);
        int kept = 0;
        for (double entry : entries) {
            if (entry >= threshold) {
                kept++;
            }
        }
        var rows = new int[kept];
        var cols = new int[kept];
        var values = new double[kept];
        int k = 0;
        for (int p = 0; p < entries.length; p++) {
            if (entries[p] >= threshold) {
                rows[k] = p / a.numCols;
                cols[k] = p % a.numCols;
                values[k++] = entries[p];
                entries[p] = 0;
            }
        }
        return new TopEntries(threshold, rows, cols, values, Kernels.sum(entries));
    }

    /**
     * The value of a given rank.
     *
     * @param x vector without NaN
     * @param count rank, in 1..length; 1 is the largest
     * @return the value with this rank
     * @throws IllegalArgumentException if the rank is out of range or an entry is NaN
     */
    public static double threshold(double[] x, int count) {
        Require.notNull("x", x);
        Require.that(count >= 1 && count <= x.length, "count", "in 1.." + x.length, count);
        var work = x.clone();
        for (int i = 0; i < work.length; i++) {
            if (Double.isNaN(work[i])) {
                Require.that(false, "x[" + i + "]", "a number", work[i]);
            }
        }
        int low = 0;
        int high = work.length - 1;
        int target = count - 1;
        while (low < high) {
            double pivot = median(work[low], work[(low + high) >>> 1], work[high]);
            // Three parts: above, equal to and below the pivot, so that ties cost nothing.
            int above = low;
            int below = high;
            for (int i = low; i <= below; ) {
                double value = work[i];
                if (value > pivot) {
                    work[i++] = work[above];
                    work[above++] = value;
                } else if (value < pivot) {
                    work[i] = work[below];
                    work[below--] = value;
                } else {
                    i++;
                }
            }
            if (target < above) {
                high = above - 1;
            } else if (target > below) {
                low = below + 1;
            } else {
                return pivot;
            }
        }
        return work[target];
    }

    private static double median(double a, double b, double c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }
}
