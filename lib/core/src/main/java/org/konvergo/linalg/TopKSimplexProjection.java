package org.konvergo.linalg;

import java.util.Arrays;
import org.konvergo.Require;

/**
 * Euclidean projection on the part of the scaled simplex with at most k entries that are not zero:
 * keep the k largest entries and project them on the simplex. The set is not convex; where the k-th
 * and the next entry are equal there is more than one nearest point, and the entry with the lower
 * index counts.
 *
 * <p>Source: Kyrillidis, Becker, Cevher and Koch, Sparse projections onto the simplex, ICML 2013,
 * algorithm 1. With k the length of the vector it is {@link SimplexProjection}.
 */
public final class TopKSimplexProjection {
    private TopKSimplexProjection() {}

    /**
     * Projects a vector.
     *
     * @param v vector of length n at least 1, finite
     * @param k how many entries may differ from zero, in 1..n
     * @param radius the sum of the result, positive
     * @return a nearest point, a new array
     * @throws IllegalArgumentException if v is empty or not finite, k is not in 1..n, or the radius
     *     is not positive
     */
    public static double[] project(double[] v, int k, double radius) {
        Require.finite("v", v);
        Require.positive("radius", radius);
        requireCount(v, k);
        double[] candidates = SimplexProjection.candidates(v, radius);
        if (candidates.length <= k) {
            return SimplexProjection.project(v, radius);
        }
        int[] kept = largest(v, k, candidates);
        var entries = new double[k];
        for (int i = 0; i < k; i++) {
            entries[i] = v[kept[i]];
        }
        double[] projected = SimplexProjection.project(entries, radius);
        var p = new double[v.length];
        for (int i = 0; i < k; i++) {
            p[kept[i]] = projected[i];
        }
        return p;
    }

    private static void requireCount(double[] v, int k) {
        Require.notNull("v", v);
        Require.that(k >= 1 && k <= v.length, "k", "in 1.." + v.length, k);
    }

    /**
     * Where the k largest entries are.
     *
     * @param v vector of length n at least 1, without NaN
     * @param k how many, in 1..n
     * @return their indices, ascending; of equal entries the first ones
     * @throws IllegalArgumentException if k is not in 1..n
     */
    public static int[] largest(double[] v, int k) {
        requireCount(v, k);
        if (k == v.length) {
            var kept = new int[k];
            Arrays.setAll(kept, i -> i);
            return kept;
        }
        return largest(v, k, v.clone());
    }

    /** Sorts the candidates, which hold the k largest entries. */
    private static int[] largest(double[] v, int k, double[] candidates) {
        Arrays.sort(candidates);
        // 0 + x makes one zero of the two, which sorting tells apart.
        double threshold = 0 + candidates[candidates.length - k];
        var kept = new int[k];
        int above = 0;
        for (double entry : v) {
            above += entry > threshold ? 1 : 0;
        }
        int equal = k - above;
        int next = 0;
        for (int i = 0; next < k; i++) {
            if (v[i] > threshold || (v[i] == threshold && equal-- > 0)) {
                kept[next++] = i;
            }
        }
        return kept;
    }
}
