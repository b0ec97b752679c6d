package org.konvergo.linalg;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;

/**
 * The kernel of Sinkhorn and Knopp's matrix scaling (Pacific Journal of Mathematics 21, 1967): both
 * products of a sweep in one pass over the matrix, so that it comes through memory once and not
 * twice. The bits are those of {@link Kernels#gemv} and {@link Kernels#gemvTransposed}.
 */
public final class MatrixScaling {
    private static final ScalingLanes LANES =
            Simd.choose(ScalingLanes.class, "VectorScalingLanes", new ScalarScalingLanes());

    private MatrixScaling() {}

    /**
     * Scales the rows: u = marginal / (A v), entry by entry, so that diag(u) A diag(v) has the
     * marginal for its row sums; and what the columns need next, A'u.
     *
     * @param a matrix, m x n
     * @param marginal wanted row sums, of length m
     * @param v scaling of the columns, of length n
     * @param av of length m, overwritten with A v
     * @param u of length m, overwritten with marginal / (A v)
     * @param atu of length n, overwritten with A'u
     * @throws IllegalArgumentException if a shape does not fit or two of the vectors are the same
     */
    public static void sweep(
            DMatrixRMaj a, double[] marginal, double[] v, double[] av, double[] u, double[] atu) {
        Require.notNull("a", a);
        Require.length("marginal", marginal, a.numRows);
        Require.length("v", v, a.numCols);
        Require.length("av", av, a.numRows);
        Require.length("u", u, a.numRows);
        Require.length("atu", atu, a.numCols);
        boolean apart =
                av != u && av != v && av != marginal && av != atu && u != marginal && u != v;
        Require.that(
                apart && u != atu && atu != v && atu != marginal,
                "outputs",
                "arrays of their own",
                "shared");
        LANES.sweep(a.data, a.numCols, marginal, v, av, u, atu);
    }
}
