package org.konvergo.linalg;

import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;

/**
 * Functions of symmetric matrices, f(A) = V diag(f(values)) V' (Higham, Functions of Matrices,
 * 2008, chapters 1 and 6).
 */
public final class SymmetricMatrixFunctions {
    /**
     * Eigenvalues below this share of the largest one in size count as zero: they are rounding
     * errors, whose roots would be of the size 1e-8.
     */
    public static final double ROUNDING = 1e-13;

    private SymmetricMatrixFunctions() {}

    /**
     * A function of a matrix.
     *
     * @param a symmetric and finite, n x n; kept
     * @param function of an eigenvalue; must be finite on all of them
     * @return f(A), a new symmetric n x n matrix
     * @throws IllegalArgumentException if A is not symmetric and finite or a value of the function
     *     is not finite
     */
    public static DMatrixRMaj apply(DMatrixRMaj a, DoubleUnaryOperator function) {
        return apply(SymmetricEigendecomposition.of(a), function);
    }

    /**
     * A function of a matrix whose decomposition is known.
     *
     * @param a decomposition of an n x n matrix
     * @param function of an eigenvalue; must be finite on all of them
     * @return f(A), a new symmetric n x n matrix
     * @throws IllegalArgumentException if a value of the function is not finite
     */
    public static DMatrixRMaj apply(SymmetricEigendecomposition a, DoubleUnaryOperator function) {
        Require.notNull("a", a);
        Require.notNull("function", function);
        double[] values = a.values();
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    Require.finite(
                            "function of the eigenvalue " + values[i],
                            function.applyAsDouble(values[i]));
        }
        return a.with(values);
    }

    /**
     * The symmetric positive semidefinite square root.
     *
     * @param a symmetric positive semidefinite, n x n; kept. Eigenvalues of a size below {@value
     *     #ROUNDING} of the largest count as zero
     * @return the matrix R with R R = A and no negative eigenvalue
     * @throws IllegalArgumentException if A is not symmetric and finite, or has a negative
     *     eigenvalue
     */
    public static DMatrixRMaj sqrt(DMatrixRMaj a) {
        return sqrt(SymmetricEigendecomposition.of(a));
    }

    /**
     * The symmetric positive semidefinite square root of a matrix whose decomposition is known.
     *
     * @param a decomposition of a positive semidefinite n x n matrix
     * @return the matrix R with R R = A and no negative eigenvalue
     * @throws IllegalArgumentException if an eigenvalue is negative
     */
    public static DMatrixRMaj sqrt(SymmetricEigendecomposition a) {
        double floor = floor(a, ROUNDING);
        return apply(a, value -> value <= floor ? 0 : Math.sqrt(value));
    }

    /**
     * The inverse of the square root; the root of the pseudo-inverse where A is singular.
     *
     * @param a symmetric positive semidefinite, n x n; kept
     * @param tolerance eigenvalues of a size up to this share of the largest count as zero and are
     *     left out, in [0, 1); such as {@value #ROUNDING}
     * @return the matrix whose square is the pseudo-inverse of A
     * @throws IllegalArgumentException if A is not symmetric and finite or has a negative
     *     eigenvalue, or the tolerance is out of range
     */
    public static DMatrixRMaj inverseSqrt(DMatrixRMaj a, double tolerance) {
        return inverseSqrt(SymmetricEigendecomposition.of(a), tolerance);
    }

    /**
     * The inverse of the square root of a matrix whose decomposition is known.
     *
     * @param a decomposition of a positive semidefinite n x n matrix
     * @param tolerance as of {@link #inverseSqrt(DMatrixRMaj, double)}
     * @return the matrix whose square is the pseudo-inverse of A
     * @throws IllegalArgumentException if an eigenvalue is negative or the tolerance out of range
     */
    public static DMatrixRMaj inverseSqrt(SymmetricEigendecomposition a, double tolerance) {
        double floor = floor(a, tolerance);
        return apply(a, value -> value <= floor ? 0 : 1 / Math.sqrt(value));
    }

    /** What counts as zero; refuses eigenvalues that are negative beyond it. */
    private static double floor(SymmetricEigendecomposition a, double tolerance) {
        Require.notNull("a", a);
        Require.that(tolerance >= 0 && tolerance < 1, "tolerance", "in [0, 1)", tolerance);
        double size = Math.max(Math.abs(a.smallest()), Math.abs(a.largest()));
        double floor = tolerance * size;
        Require.that(
                a.smallest() >= -Math.max(floor, ROUNDING * size),
                "smallest eigenvalue of a",
                "non-negative",
                a.smallest());
        return floor;
    }
}
