package org.konvergo.linalg;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;

/**
 * The largest entries of a matrix, found in linear time on average: by a histogram over the leading
 * bits, then by quickselect among those with the same ones (Hoare, Algorithm 65: Find, 1961).
 * Entries equal to the smallest one kept are all kept.
 *
 * @param threshold the smallest entry kept
 * @param rows row of each entry kept; ascending
 * @param cols its column; ascending within a row
 * @param values its value
 * @param rest sum of the entries that were not kept
 */
public record TopEntries(double threshold, int[] rows, int[] cols, double[] values, double rest) {
    // Sign, exponent and four bits of the fraction: 16 classes for a factor of two.
    private static final int CLASS_BITS = 16;
    private static final int CLASSES = 1 << CLASS_BITS;

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
        double[] entries = Arrays.copyOf(a.data, a.numRows * a.numCols);
        double threshold = threshold(entries, count);
        int kept = 0;
        for (double entry : entries) {
            kept += entry >= threshold ? 1 : 0;
        }
        var rows = new int[kept];
        var cols = new int[kept];
        var values = new double[kept];
        int k = 0;
        for (int i = 0, p = 0; i < a.numRows; i++) {
            for (int j = 0; j < a.numCols; j++, p++) {
                if (entries[p] >= threshold) {
                    rows[k] = i;
                    cols[k] = j;
                    values[k++] = entries[p];
                    entries[p] = 0;
                }
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
        // Of many numbers only those with the exponent of the one that is looked for need sorting
        // out.
        var counts = new int[CLASSES];
        for (int i = 0; i < x.length; i++) {
            if (Double.isNaN(x[i])) {
                Require.that(false, "x[" + i + "]", "a number", x[i]);
            }
            counts[classOf(x[i])]++;
        }
        int wanted = CLASSES - 1;
        int above = 0;
        while (above + counts[wanted] < count) {
            above += counts[wanted--];
        }
        var work = new double[counts[wanted]];
        int next = 0;
        for (double value : x) {
            if (classOf(value) == wanted) {
                work[next++] = value;
            }
        }
        return select(work, count - above - 1);
    }

    /**
     * Sign and exponent and the first bits after them, so that larger numbers have larger classes.
     */
    private static int classOf(double value) {
        int bits = (int) (Double.doubleToRawLongBits(value) >>> (Long.SIZE - CLASS_BITS));
        int sign = CLASSES / 2;
        // Zeros of both signs are equal and need one class.
        return bits < sign ? sign + bits : value == 0 ? sign : CLASSES - 1 - bits;
    }

    private static double select(double[] work, int target) {
        int low = 0;
        int high = work.length - 1;
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
