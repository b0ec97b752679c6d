package org.konvergo.problem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.konvergo.Rejects.bad;

import org.junit.jupiter.api.Test;

class MonotoneInclusionTest {
    /** F(z) = z - (3, -1) on the nonnegative quadrant; the solution is (3, 0). */
    private static MonotoneInclusion shifted() {
        return new MonotoneInclusion(
                new MonotoneOperator() {
                    @Override
                    public int dimension() {
                        return 2;
                    }

                    @Override
                    public void apply(double[] z, double[] result) {
                        result[0] = z[0] - 3;
                        result[1] = z[1] + 1;
                    }
                },
                Indicator.box(0, Double.POSITIVE_INFINITY));
    }

    @Test
    void movesAgainstTheOperatorAndProjects() {
        var result = new double[2];
        shifted().move(0.5, new double[] {1, 1}, new double[] {-2, 4}, result);
        assertArrayEquals(new double[] {2, 0}, result);
    }

    @Test
    void residualIsZeroAtTheSolutionOnly() {
        assertEquals(0, shifted().residual(0.7, new double[] {3, 0}));
        // From (3, 1) the step 1/2 leads to (3, 0): a way of 1 over a step of 1/2.
        assertEquals(2, shifted().residual(0.5, new double[] {3, 1}));
    }

    @Test
    void refusesBadSteps() {
        var z = new double[2];
        bad(() -> shifted().move(0, z, z, new double[2]), "step");
        bad(() -> shifted().move(Double.NaN, z, z, new double[2]), "step");
        bad(() -> shifted().move(1, new double[3], z, new double[2]), "anchor");
        bad(() -> shifted().move(1, z, new double[1], new double[2]), "f");
        bad(() -> shifted().move(1, z, z, new double[1]), "result");
        bad(() -> shifted().residual(-1, z), "step");
        bad(() -> shifted().residual(1, new double[3]), "z");
        bad(() -> new MonotoneInclusion(null, Indicator.none()), "operator");
        bad(() -> new MonotoneInclusion(shifted().operator(), null), "constraint");
    }
}
