package org.konvergo.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;

class BisectionRootTest {
    @Property(tries = 100)
    void findsTheZeroOfALine(
            @ForAll @DoubleRange(min = -1, max = 2) double zero,
            @ForAll @DoubleRange(min = -3, max = 3) double slope) {
        if (slope != 0) {
            double found = BisectionRoot.of(x -> slope * (x - zero), -1.5, 2.5, 1e-12);
            assertEquals(zero, found, 1e-12);
        }
    }

    @Test
    void endsWhereDoublesEnd() {
        assertEquals(Math.sqrt(2), BisectionRoot.of(x -> x * x - 2, 0, 2, 1e-300), 5e-16);
    }

    @Test
    void allZerosOfAGrid() {
        double[] grid = {-1.1, -0.4, 0.3, 1.2};
        double[] roots = BisectionRoot.all(x -> x * (x - 1) * (x + 1), grid, 1e-13);
        assertArrayEquals(new double[] {-1, 0, 1}, roots, 1e-13);
        assertEquals(0, BisectionRoot.all(x -> 1, grid, 1e-13).length);
    }

    @Test
    void refusesBadArguments() {
        Rejects.bad(() -> BisectionRoot.of(x -> x, 1, 0, 1e-3), "high", "above");
        Rejects.bad(() -> BisectionRoot.of(x -> x, 1, 2, 1e-3), "function", "positive at both");
        Rejects.bad(() -> BisectionRoot.of(x -> x, -1, 2, 0), "tolerance");
        Rejects.bad(() -> BisectionRoot.of(x -> Double.NaN, -1, 2, 1), "function", "number");
        Rejects.bad(() -> BisectionRoot.of(null, -1, 2, 1), "function");
        Rejects.bad(() -> BisectionRoot.of(x -> x, Double.NaN, 2, 1), "low");
        Rejects.bad(
                () -> BisectionRoot.all(x -> x, new double[] {0, 0}, 1),
                "grid[1]",
                "above the one");
        Rejects.bad(() -> BisectionRoot.all(x -> x, new double[] {0}, 1), "length of grid");
        Rejects.bad(() -> BisectionRoot.all(x -> x, new double[] {0, 1}, -1), "tolerance");
    }
}
