package org.konvergo.linalg;

import org.konvergo.Require;

/**
 * Systems of equations with three diagonals by elimination without row exchanges (Thomas'
 * algorithm; Golub and Van Loan, Matrix Computations, 2013, section 4.3). Stable for matrices that
 * are diagonally dominant by rows or columns.
 */
public final class TridiagonalSolver {
    private TridiagonalSolver() {}

    /**
     * Solves A x = b.
     *
     * @param lower entry (i, i - 1) at place i, of length n; the first is not used
     * @param diagonal of length n, n at least 1
     * @param upper entry (i, i + 1) at place i, of length n; the last is not used
     * @param b right-hand side, of length n; kept
     * @return the solution, a new vector of length n
     * @throws IllegalArgumentException if the lengths differ
     * @throws ArithmeticException if a pivot is zero or not a number
     */
    public static double[] solve(double[] lower, double[] diagonal, double[] upper, double[] b) {
        check(lower, diagonal, upper, b);
        return eliminate(diagonal, b, lower, 0, upper, 0);
    }

    /**
     * Solves A' x = b with the transposed matrix.
     *
     * @param lower of A, as for {@link #solve}
     * @param diagonal of A
     * @param upper of A
     * @param b right-hand side, of length n; kept
     * @return the solution, a new vector of length n
     * @throws IllegalArgumentException if the lengths differ
     * @throws ArithmeticException if a pivot is zero or not a number
     */
    public static double[] solveTransposed(
            double[] lower, double[] diagonal, double[] upper, double[] b) {
        check(lower, diagonal, upper, b);
        return eliminate(diagonal, b, upper, -1, lower, 1);
    }

    private static void check(double[] lower, double[] diagonal, double[] upper, double[] b) {
        int n = Require.notNull("diagonal", diagonal).length;
        Require.atLeast("length of diagonal", n, 1);
        Require.length("lower", lower, n);
        Require.length("upper", upper, n);
        Require.length("b", b, n);
    }

    /** Entry (i, i - 1) is below[i + shiftBelow], entry (i, i + 1) is above[i + shiftAbove]. */
    private static double[] eliminate(
            double[] diagonal,
            double[] b,
            double[] below,
            int shiftBelow,
            double[] above,
            int shiftAbove) {
        int n = diagonal.length;
        var x = b.clone();
        var factor = new double[n];
        double pivot = pivot(diagonal[0], 0);
        x[0] /= pivot;
        for (int i = 1; i < n; i++) {
            double left = below[i + shiftBelow];
            factor[i - 1] = above[i - 1 + shiftAbove] / pivot;
            pivot = pivot(diagonal[i] - left * factor[i - 1], i);
            x[i] = (x[i] - left * x[i - 1]) / pivot;
        }
        for (int i = n - 2; i >= 0; i--) {
            x[i] -= factor[i] * x[i + 1];
        }
        return x;
    }

    private static double pivot(double value, int row) {
        if (value == 0 || Double.isNaN(value)) {
            throw new ArithmeticException("pivot of row " + row + " is " + value);
        }
        return value;
    }
}
