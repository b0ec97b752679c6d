package org.konvergo.linalg;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;

/** Checks that the kernels share. */
final class Arguments {
    private Arguments() {}

    /** The indices offset..offset+n-1 must lie in the array. */
    static void range(String name, double[] x, int offset, int n) {
        Require.notNull(name, x);
        if (offset < 0 || n < 0 || offset > x.length - n) {
            Require.that(
                    false,
                    "range of " + name,
                    "inside 0.." + x.length,
                    offset + ".." + ((long) offset + n));
        }
    }

    /** The array must hold rows x cols entries. */
    static void holds(String name, double[] x, int rows, int cols) {
        Require.notNull(name, x);
        if (rows < 0 || cols < 0 || (long) rows * cols > x.length) {
            Require.that(
                    false, "range of " + name, "inside 0.." + x.length, "0.." + (long) rows * cols);
        }
    }

    /** The matrix must be there, with an array that holds its entries. */
    static DMatrixRMaj matrix(String name, DMatrixRMaj a) {
        Require.notNull(name, a);
        holds(name, a.data, a.numRows, a.numCols);
        return a;
    }

    /** The output must not be the input. */
    static void distinct(String outName, double[] out, String inName, double[] in) {
        if (out == in) {
            Require.that(false, outName, "an array other than " + inName, "the same array");
        }
    }

    /** Two ranges of one array must be the same or apart. */
    static void apart(double[] x, int p, double[] y, int q, int n) {
        if (x == y && p != q && Math.abs((long) p - q) < n) {
            Require.that(
                    false,
                    "range of y",
                    "that of x or apart from it",
                    q + ".." + (q + n) + " beside " + p + ".." + (p + n));
        }
    }
}
