package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;

class TopEntriesTest {
    private static final DMatrixRMaj A = new DMatrixRMaj(new double[][] {{5, 1, 4}, {2, 4, 3}});

    @Test
    void largestEntriesByHand() {
        var top = TopEntries.of(A, 1);
        assertEquals(5, top.threshold());
        assertArrayEquals(new int[] {0}, top.rows());
        assertArrayEquals(new int[] {0}, top.cols());
        assertArrayEquals(new double[] {5}, top.values());
        assertEquals(14, top.rest());
    }

    @Test
    void tiesAreAllKept() {
        var top = TopEntries.of(A, 2);
        assertArrayEquals(new int[] {0, 0, 1}, top.rows());
        assertArrayEquals(new int[] {0, 2, 1}, top.cols());
        assertArrayEquals(new double[] {5, 4, 4}, top.values());
        assertEquals(6, top.rest());
        var constant = new DMatrixRMaj(3, 3);
        constant.fill(7);
        assertEquals(9, TopEntries.of(constant, 1).values().length);
    }

    @Test
    void everythingCanBeKept() {
        var top = TopEntries.of(A, 6);
        assertArrayEquals(A.data, top.values());
        assertEquals(0, top.rest());
        assertArrayEquals(new double[] {5, 1, 4, 2, 4, 3}, A.data, "the matrix is unchanged");
    }

    @Property(tries = 300)
    void thresholdHasItsRank(
            @ForAll @Size(min = 1, max = 60) double[] x,
            @ForAll @IntRange(min = 0, max = 59) int rank) {
        int count = 1 + rank % x.length;
        double[] sorted = x.clone();
        Arrays.sort(sorted);
        assertEquals(sorted[x.length - count] + 0.0, TopEntries.threshold(x, count) + 0.0);
    }

    @Property(tries = 200)
    void fewValuesManyTies(
            @ForAll @Size(min = 1, max = 80) List<@IntRange(min = 0, max = 3) Integer> x,
            @ForAll @IntRange(min = 0, max = 79) int rank) {
        int count = 1 + rank % x.size();
        double[] values = x.stream().mapToDouble(v -> v).toArray();
        var top = TopEntries.of(new DMatrixRMaj(1, values.length, true, values), count);
        assertTrue(top.values().length >= count);
        assertEquals(Kernels.sum(values), Kernels.sum(top.values()) + top.rest());
        for (double v : top.values()) {
            assertTrue(v >= top.threshold());
        }
    }

    @Test
    void badRequestsAreRefused() {
        Rejects.bad(() -> TopEntries.of(null, 1), "a should");
        Rejects.bad(() -> TopEntries.of(A, 0), "count", "1..6", "was 0");
        Rejects.bad(() -> TopEntries.of(A, 7), "count", "1..6", "was 7");
        Rejects.bad(() -> TopEntries.threshold(null, 1), "x should");
        Rejects.bad(() -> TopEntries.threshold(new double[] {1, Double.NaN}, 1), "x[1]", "number");
    }
}
