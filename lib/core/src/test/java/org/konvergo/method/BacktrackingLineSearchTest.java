package org.konvergo.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;

class BacktrackingLineSearchTest {
    private static final BacktrackingLineSearch HALVING = BacktrackingLineSearch.HALVING;

    @Test
    void fullStepWhereItDecreases() {
        var found = HALVING.search(a -> (a - 1) * (a - 1), 1, -2);
        assertEquals(new BacktrackingLineSearch.Result(1, 0, 1), found);
        assertTrue(found.accepted());
    }

    @Test
    void halvesUntilItDecreases() {
        // (8a - 1)^2 falls below 1 - 16e-4 a first at a = 1/8.
        var found = HALVING.search(a -> (8 * a - 1) * (8 * a - 1), 1, -16);
        assertEquals(0.125, found.step());
        assertEquals(4, found.trials());
    }

    @Property(tries = 300)
    void acceptedStepsDecreaseEnough(
            @ForAll @DoubleRange(min = -6, max = 6) double curvatureExponent,
            @ForAll @DoubleRange(min = 0.01, max = 1e3) double slope) {
        double curvature = StrictMath.pow(10, curvatureExponent);
        var found = HALVING.search(a -> curvature * a * a / 2 - slope * a, 0, -slope);
        assertTrue(found.accepted());
        assertTrue(found.value() <= -1e-4 * found.step() * slope);
        // For a quadratic the condition holds from 2 (1 - 1e-4) slope / curvature on.
        assertTrue(found.step() >= Math.min(1, 0.5 * (1 - 1e-4) * 2 * slope / curvature));
    }

    @Test
    void overflowAndNaNCountAsTooLarge() {
        assertEquals(
                0.25,
                HALVING.search(
                                a ->
                                        a > 0.5
                                                ? Double.NaN
                                                : a > 0.25 ? Double.POSITIVE_INFINITY : -a,
                                0,
                                -1)
                        .step());
    }

    @Test
    void failureLeavesThePoint() {
        var found = new BacktrackingLineSearch(1, 0.5, 0, 0, 7).search(a -> 1 + a, 1, -1);
        assertFalse(found.accepted());
        assertEquals(new BacktrackingLineSearch.Result(0, 1, 7), found);
    }

    @Test
    void slackForgivesRounding() {
        var strict = new BacktrackingLineSearch(1, 0.5, 0, 0, 1);
        var lenient = new BacktrackingLineSearch(1, 0.5, 0, 1e-16, 1);
        assertFalse(strict.search(a -> 1e-17, 0, 0).accepted());
        assertTrue(lenient.search(a -> 1e-17, 0, 0).accepted());
    }

    @Test
    void badArgumentsAreRefused() {
        Rejects.bad(() -> new BacktrackingLineSearch(0, 0.5, 0, 0, 1), "initial");
        Rejects.bad(() -> new BacktrackingLineSearch(1, 1, 0, 0, 1), "shrink", "(0, 1)");
        Rejects.bad(() -> new BacktrackingLineSearch(1, 0.5, 1, 0, 1), "sufficient");
        Rejects.bad(() -> new BacktrackingLineSearch(1, 0.5, 0, -1, 1), "slack");
        Rejects.bad(() -> new BacktrackingLineSearch(1, 0.5, 0, 0, 0), "maxTrials");
        Rejects.bad(() -> HALVING.search(null, 0, -1), "phi");
        Rejects.bad(() -> HALVING.search(a -> a, Double.NaN, -1), "value");
        Rejects.bad(() -> HALVING.search(a -> a, 0, 1), "slope", "descent");
        Rejects.bad(() -> HALVING.search(a -> a, 0, Double.NaN), "slope");
    }
}
