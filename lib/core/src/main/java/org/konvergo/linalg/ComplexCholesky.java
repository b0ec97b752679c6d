package org.konvergo.linalg;

import org.ejml.data.ZMatrixRMaj;
import org.konvergo.Require;

/**
 * The Cholesky factor of a Hermitian positive definite matrix: A = L L*, where L is lower
 * triangular with a positive diagonal and L* its adjoint (Golub and Van Loan, Matrix Computations,
 * 2013, section 4.2). Takes n^3 / 3 complex multiplications; row by row, so that they are inner
 * products for {@link Kernels#dot}, with the same bits everywhere.
 */
public final class ComplexCholesky {
    private static final double HERMITIAN = 1e-10;
    private final int n;
    private final double[] factor;
    private final double[] turned;

    private ComplexCholesky(int n) {
        this.n = n;
        factor = new double[2 * n * n];
        turned = new double[2 * n * n];
    }

    /**
     * Factors a matrix.
     *
     * @param a n x n with n at least 1, Hermitian to 1e-10 of its largest diagonal entry, positive
     *     definite beyond rounding; kept
     * @return its factor
     * @throws IllegalArgumentException if the matrix is empty, not square, not Hermitian or not
     *     positive definite; names the row of the pivot that is not positive
     */
    public static ComplexCholesky of(ZMatrixRMaj a) {
        Require.square("a", a);
        int n = Require.atLeast("rows of a", a.numRows, 1);
        Arguments.holds("a", a.data, n, 2 * n);
        requireHermitian(a);
        var cholesky = new ComplexCholesky(n);
        for (int i = 0; i < n; i++) {
            cholesky.row(i, a.data);
        }
        return cholesky;
    }

    private static void requireHermitian(ZMatrixRMaj a) {
        int n = a.numRows;
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, Math.abs(a.data[2 * i * (n + 1)]));
        }
        double tolerance = HERMITIAN * largest;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                int lower = 2 * (i * n + j);
                int upper = 2 * (j * n + i);
                double real = Math.abs(a.data[lower] - a.data[upper]);
                double imaginary = Math.abs(a.data[lower + 1] + a.data[upper + 1]);
                // The negation catches NaN.
                if (!(Math.max(real, imaginary) <= tolerance)) {
                    Require.that(
                            false,
                            "a",
                            "Hermitian and finite",
                            "of entries ("
                                    + i
                                    + ", "
                                    + j
                                    + ") and its mirror that differ by "
                                    + Math.max(real, imaginary));
                }
            }
        }
    }

    /** Row i of L from the rows above it and the lower triangle of A. */
    private void row(int i, double[] a) {
        int from = 2 * i * n;
        for (int j = 0; j < i; j++) {
            int above = 2 * j * n;
            double pivot = factor[above + 2 * j];
            int at = from + 2 * j;
            double real = a[at] - Kernels.dot(factor, above, factor, from, 2 * j);
            double imaginary = a[at + 1] - Kernels.dot(turned, above, factor, from, 2 * j);
            factor[at] = real / pivot;
            factor[at + 1] = imaginary / pivot;
            turned[at] = -factor[at + 1];
            turned[at + 1] = factor[at];
        }
        int diagonal = from + 2 * i;
        double pivot = a[diagonal] - Kernels.dot(factor, from, factor, from, 2 * i);
        // What is left of a singular matrix is rounding.
        if (!(pivot > n * 0x1p-50 * a[diagonal])) {
            Require.that(false, "a", "positive definite", "of pivot " + pivot + " in row " + i);
        }
        factor[diagonal] = Math.sqrt(pivot);
    }

    /**
     * Number of rows.
     *
     * @return n
     */
    public int size() {
        return n;
    }

    /**
     * The factor.
     *
     * @return L, n x n, zero above the diagonal, new
     */
    public ZMatrixRMaj factor() {
        return new ZMatrixRMaj(n, n, true, factor);
    }

    /**
     * Solves A x = b.
     *
     * @param b n pairs of real and imaginary parts; kept
     * @return x in the same form, new
     * @throws IllegalArgumentException if the length is not 2 n
     */
    public double[] solve(double[] b) {
        Require.length("b", b, 2 * n);
        // Conjugated throughout: so both inner products and updates take rows of L as they are.
        var x = new double[2 * n];
        for (int i = 0; i < n; i++) {
            int row = 2 * i * n;
            double pivot = factor[row + 2 * i];
            x[2 * i] = (b[2 * i] - Kernels.dot(factor, row, x, 0, 2 * i)) / pivot;
            x[2 * i + 1] = -(b[2 * i + 1] + Kernels.dot(turned, row, x, 0, 2 * i)) / pivot;
        }
        for (int i = n - 1; i >= 0; i--) {
            int row = 2 * i * n;
            double pivot = factor[row + 2 * i];
            x[2 * i] /= pivot;
            x[2 * i + 1] /= pivot;
            Kernels.axpy(-x[2 * i], factor, row, x, 0, 2 * i);
            Kernels.axpy(-x[2 * i + 1], turned, row, x, 0, 2 * i);
        }
        for (int i = 1; i < x.length; i += 2) {
            x[i] = -x[i];
        }
        return x;
    }

    /**
     * Solves A X = B.
     *
     * @param b n x q; kept
     * @return X, n x q, new
     * @throws IllegalArgumentException if B has not n rows
     */
    public ZMatrixRMaj solve(ZMatrixRMaj b) {
        Require.notNull("b", b);
        Require.that(b.numRows == n, "rows of b", "" + n, b.numRows);
        double[] columns = ComplexKernels.columns(b, false);
        var column = new double[2 * n];
        for (int j = 0; j < b.numCols; j++) {
            System.arraycopy(columns, 2 * j * n, column, 0, 2 * n);
            System.arraycopy(solve(column), 0, columns, 2 * j * n, 2 * n);
        }
        return ComplexKernels.ofColumns(columns, n, b.numCols);
    }
}
