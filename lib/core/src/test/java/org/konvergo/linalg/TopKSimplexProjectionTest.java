package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.konvergo.random.RandomStreams;

class TopKSimplexProjectionTest {
    @Test
    void knownProjections() {
        assertArrayEquals(
                new double[] {0.75, 0.25, 0, 0},
                TopKSimplexProjection.project(new double[] {3, 2.5, 2, -1}, 2, 1),
                1e-15);
        assertArrayEquals(
                new double[] {0.55, 0.45, 0},
                TopKSimplexProjection.project(new double[] {0.9, 0.8, 0.1}, 2, 1),
                1e-15);
        assertArrayEquals(
                new double[] {1.3 / 3, 1 / 3.0, 0.7 / 3},
                TopKSimplexProjection.project(new double[] {0.9, 0.8, 0.7}, 3, 1),
                1e-15);
    }

    @Test
    void tiesGoToTheLowestIndex() {
        double[] v = {1, 2, 2, 1, 2};
        assertArrayEquals(new int[] {1, 2}, TopKSimplexProjection.largest(v, 2));
        assertArrayEquals(new int[] {0, 1, 2, 4}, TopKSimplexProjection.largest(v, 4));
        assertArrayEquals(
                new int[] {0, 1}, TopKSimplexProjection.largest(new double[] {-0.0, 0.0, 0.0}, 2));
    }

    /** Most entries are left out before sorting; the rest must be those that sorting would keep. */
    @Property(tries = 200)
    void fewCandidatesGiveWhatSortingAllGives(
            @ForAll @LongRange(min = 0, max = 10_000) long seed,
            @ForAll @IntRange(min = 1, max = 40) int n,
            @ForAll @IntRange(min = -8, max = 8) int magnitude) {
        double radius = StrictMath.pow(2, magnitude);
        double[] v = vector(n, seed);
        double[] down = v.clone();
        Arrays.sort(down);
        double sum = 0;
        double shift = 0;
        for (int m = 1; m <= n && (m == 1 || down[n - m] > shift); m++) {
            sum += down[n - m];
            shift = (sum - radius) / m;
        }
        double[] p = SimplexProjection.project(v, radius);
        assertArrayEquals(p, TopKSimplexProjection.project(v, n, radius));
        for (int i = 0; i < n; i++) {
            assertEquals(Math.max(v[i] - shift, 0), p[i], 1e-14 * (1 + radius), "entry " + i);
        }
    }

    @Test
    void aRadiusLostInRoundingLeavesNothing() {
        double[] v = {1, 1, 0.5};
        assertArrayEquals(new double[3], SimplexProjection.project(v, 1e-30));
        assertArrayEquals(new double[3], TopKSimplexProjection.project(v, 1, 1e-30));
    }

    /** No choice of k entries gives a nearer point: all choices of a small vector are tried. */
    @Property(tries = 200)
    void noChoiceOfEntriesIsNearer(
            @ForAll @LongRange(min = 0, max = 10_000) long seed,
            @ForAll @IntRange(min = 1, max = 6) int k) {
        double[] v = vector(6, seed);
        double[] p = TopKSimplexProjection.project(v, k, 1.5);
        assertEquals(1.5, Kernels.sum(p), 1e-12);
        assertTrue(Arrays.stream(p).filter(x -> x > 0).count() <= k);
        double least = Double.POSITIVE_INFINITY;
        for (int mask = 1; mask < 64; mask++) {
            if (Integer.bitCount(mask) == k) {
                least = Math.min(least, distance(v, onto(v, mask)));
            }
        }
        assertEquals(least, distance(v, p), 1e-12);
    }

    private static double[] vector(int n, long seed) {
        return new RandomStreams(seed).stream("vector", 0).gaussians(n);
    }

    private static double[] onto(double[] v, int mask) {
        int chosen = mask;
        double[] entries =
                java.util.stream.IntStream.range(0, 6)
                        .filter(i -> (chosen >> i & 1) == 1)
                        .mapToDouble(i -> v[i])
                        .toArray();
        double[] projected = SimplexProjection.project(entries, 1.5);
        var p = new double[6];
        for (int i = 0, next = 0; i < 6; i++) {
            p[i] = (mask >> i & 1) == 1 ? projected[next++] : 0;
        }
        return p;
    }

    private static double distance(double[] v, double[] p) {
        return Kernels.distance2(v, p);
    }

    @Property(tries = 100)
    void withoutALimitItIsTheSimplexProjection(
            @ForAll @LongRange(min = 0, max = 10_000) long seed,
            @ForAll @IntRange(min = 1, max = 9) int n) {
        double[] v = vector(n, seed);
        assertArrayEquals(
                SimplexProjection.project(v, 0.7), TopKSimplexProjection.project(v, v.length, 0.7));
    }

    @Test
    void refusesBadInput() {
        double[] v = {1, 2, 3};
        bad(() -> TopKSimplexProjection.project(v, 0, 1), "k", "1..3");
        bad(() -> TopKSimplexProjection.project(v, 4, 1), "k", "1..3");
        bad(() -> TopKSimplexProjection.project(v, 2, 0), "radius");
        bad(() -> TopKSimplexProjection.project(new double[] {1, Double.NaN}, 1, 1), "v[1]");
        bad(() -> TopKSimplexProjection.project(new double[0], 1, 1), "k");
        bad(() -> TopKSimplexProjection.largest(null, 1), "v");
    }
}
