package org.konvergo.saddle;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.QuadraticMinimax;

/**
 * The second-order test for local minimax points: points where x is best against y's best local
 * reply. Necessary are B negative semidefinite and the restricted Schur complement positive
 * semidefinite (Chae, Kim and Kim, Two-timescale extragradient for finding local minimax points,
 * 2024; for invertible B: Jin, Netrapalli and Jordan, What is local optimality in
 * nonconvex-nonconcave minimax optimization?, 2020).
 */
public final class LocalMinimaxTest {
    private LocalMinimaxTest() {}

    /** What the second derivatives say about a critical point. */
    public enum Verdict {
        /** B is negative semidefinite, the restricted Schur complement positive definite. */
        SECOND_ORDER,
        /** B has a positive, or the restricted Schur complement a negative eigenvalue. */
        STRICT_NON_MINIMAX,
        /** The restricted Schur complement is singular: the test gives no verdict. */
        UNDECIDED
    }

    /**
     * Tests a critical point with tolerance {@link RestrictedSchurComplement#TOLERANCE}.
     *
     * @param model the second derivatives at the point
     * @return the verdict
     */
    public static Verdict of(QuadraticMinimax model) {
        return of(model, RestrictedSchurComplement.TOLERANCE);
    }

    /**
     * Tests a critical point.
     *
     * @param model the second derivatives at the point
     * @param tolerance eigenvalues up to this part of the largest entry of their matrix (for the
     *     complement: of it or A) count as zero, in [0, 1)
     * @return the verdict
     * @throws IllegalArgumentException if the tolerance is out of range
     */
    public static Verdict of(QuadraticMinimax model, double tolerance) {
        Require.notNull("model", model);
        var complement = RestrictedSchurComplement.of(model, tolerance);
        double[] ofB = RestrictedSchurComplement.eigenvalues(model.b());
        if (ofB[ofB.length - 1] > tolerance * Kernels.normInf(model.b().data)) {
            return Verdict.STRICT_NON_MINIMAX;
        }
        // S may be a small difference of large matrices: then A is as large as they are.
        double zero =
                tolerance
                        * Math.max(
                                Kernels.normInf(model.a().data),
                                Kernels.normInf(complement.schur().data));
        double[] ofSchur = complement.restrictedEigenvalues();
        boolean singular = false;
        for (double mu : ofSchur) {
            if (mu < -zero) {
                return Verdict.STRICT_NON_MINIMAX;
            }
            singular |= mu <= zero;
        }
        return singular ? Verdict.UNDECIDED : Verdict.SECOND_ORDER;
    }
}
