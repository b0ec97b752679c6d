package org.konvergo.transport;

import java.util.Arrays;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.SparseSymmetricMatrix;
import org.konvergo.linalg.TopEntries;
import org.konvergo.method.ConjugateGradient;
import org.konvergo.method.Method;
import org.konvergo.method.OracleCounter;

/**
 * Sinkhorn-Newton-Sparse: some sweeps of Sinkhorn's algorithm, then Newton steps on the dual whose
 * Hessian keeps only the largest entries of the plan. One step is one sweep or one Newton step.
 *
 * <p>Source: Tang et al., Accelerating Sinkhorn algorithm with sparse Newton iterations, ICLR 2024,
 * algorithm 1. The tolerance of the inner solver and the line search are ours.
 *
 * @param dual what is maximised; the start is x = y = 0
 * @param sweeps number of sweeps of stage 1, at least 0
 * @param kept number of entries of the n x m plan that stage 2 keeps off the diagonal of the
 *     Hessian, in 1..nm; the diagonal is exact
 * @param linearTolerance largest relative residual of the inner solver, in (0, 1); the one used is
 *     the smaller of this and the error of the iterate
 */
public record SinkhornNewtonSparse(
        EntropicTransportDual dual, int sweeps, int kept, double linearTolerance)
        implements Method<NewtonIterate> {
    private static final int MAX_LINEAR_STEPS = 2000;

    /**
     * Checks the arguments.
     *
     * @param dual as above
     * @param sweeps as above
     * @param kept as above
     * @param linearTolerance as above
     * @throws IllegalArgumentException if one is out of its range
     */
    public SinkhornNewtonSparse {
        Require.notNull("dual", dual);
        Require.atLeast("sweeps", sweeps, 0);
        int entries = dual.rows() * dual.cols();
        Require.that(kept >= 1 && kept <= entries, "kept", "in 1.." + entries, kept);
        Require.that(
                linearTolerance > 0 && linearTolerance < 1,
                "linearTolerance",
                "in (0, 1)",
                linearTolerance);
    }

    /**
     * The method with the inner tolerance 1e-2.
     *
     * @param dual what is maximised
     * @param sweeps number of sweeps of stage 1, at least 0
     * @param kept number of entries of the plan that stage 2 keeps, in 1..nm
     * @throws IllegalArgumentException if one is out of its range
     */
    public SinkhornNewtonSparse(EntropicTransportDual dual, int sweeps, int kept) {
        this(dual, sweeps, kept, 1e-2);
    }

    @Override
    public NewtonIterate start() {
        return new NewtonIterate(dual);
    }

    @Override
    public NewtonIterate step(NewtonIterate s, OracleCounter calls) {
        if (s.sweeps() < sweeps) {
            return s.sweep(calls);
        }
        s.leaveSweeping();
        double[] gradient = s.gradient();
        SparseSymmetricMatrix hessian = sparseHessian(s);
        double tolerance = Math.min(linearTolerance, Kernels.norm1(gradient));
        var solution =
                new ConjugateGradient(hessian, gradient, positive(hessian.diagonal()))
                        .solve(tolerance, MAX_LINEAR_STEPS, calls);
        return s.ascend(gradient, solution.x(), solution.steps(), calls);
    }

    /** Minus the Hessian: exact diagonal, and the largest entries of the plan off it. */
    private SparseSymmetricMatrix sparseHessian(NewtonIterate s) {
        TopEntries top = TopEntries.of(s.plan(), kept);
        int[] cols = Arrays.stream(top.cols()).map(j -> dual.rows() + j).toArray();
        double[] entries = top.values().clone();
        double[] diagonal = s.sums().clone();
        Kernels.scale(dual.eta(), entries);
        Kernels.scale(dual.eta(), diagonal);
        return SparseSymmetricMatrix.of(diagonal, top.rows(), cols, entries);
    }

    /** A row of the plan may underflow to zero; the preconditioner must not. */
    private static double[] positive(double[] diagonal) {
        for (int i = 0; i < diagonal.length; i++) {
            diagonal[i] = Math.max(diagonal[i], Double.MIN_NORMAL);
        }
        return diagonal;
    }
}
