package org.konvergo.problem;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;

/**
 * A discrete transport problem: move the mass {@code rows} to the mass {@code cols} at the least
 * cost. The arrays are not copied; do not change them.
 *
 * @param cost n x m, finite; entry (i, j) is the cost of a unit of mass from i to j
 * @param rows source marginal of length n, positive
 * @param cols target marginal of length m, positive, of the same sum
 */
public record TransportProblem(DMatrixRMaj cost, double[] rows, double[] cols) {
    /** Largest difference of the two sums, relative to them. */
    static final double BALANCE = 1e-12;

    /**
     * Checks the arguments.
     *
     * @param cost as above
     * @param rows as above
     * @param cols as above
     * @throws IllegalArgumentException if the shapes do not fit, a cost is not finite, a mass is
     *     not positive or the sums differ by more than 1e-12 relatively
     */
    public TransportProblem {
        Require.notNull("cost", cost);
        Require.finite("cost", cost.data);
        Require.positive("rows", Require.length("rows", rows, cost.numRows));
        Require.positive("cols", Require.length("cols", cols, cost.numCols));
        double r = Kernels.sum(rows);
        double c = Kernels.sum(cols);
        Require.that(
                Math.abs(r - c) <= BALANCE * Math.max(r, c),
                "sum of cols",
                "equal to the sum of rows, " + r,
                c);
    }
}
