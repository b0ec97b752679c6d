package org.konvergo.linalg;

import java.util.Arrays;
import org.konvergo.Require;

/**
 * Euclidean projection on the scaled simplex {p &gt;= 0, sum p = radius} (Held, Wolfe and Crowder,
 * Validation of subgradient optimization, 1974).
 */
public final class SimplexProjection {
    private SimplexProjection() {}

    /**
     * Projects a vector.
     *
     * @param v vector of length n at least 1, finite
     * @param radius positive
     * @return the nearest point of the simplex, a new array
     * @throws IllegalArgumentException if v is empty or not finite, or the radius is not positive
     */
    public static double[] project(double[] v, double radius) {
        Require.finite("v", v);
        Require.atLeast("length of v", v.length, 1);
        Require.positive("radius", radius);
        double[] ascending = candidates(v, radius);
        Arrays.sort(ascending);
        double sum = 0;
        double shift = ascending[ascending.length - 1] - radius;
        for (int m = 1; m <= ascending.length; m++) {
            double entry = ascending[ascending.length - m];
            sum += entry;
            double candidate = (sum - radius) / m;
            if (entry <= candidate) {
                break;
            }
            shift = candidate;
        }
        var p = new double[v.length];
        for (int i = 0; i < p.length; i++) {
            p[i] = Math.max(v[i] - shift, 0);
        }
        return p;
    }

    /**
     * The entries that can differ from zero in the projection, so that few are left to be sorted:
     * the largest entry alone would be lowered by itself less the radius, and any set of entries
     * that holds the right ones is lowered by no more than these are (Michelot, A finite algorithm
     * for finding the projection of a point onto the canonical simplex, 1986).
     *
     * @param v vector of length n at least 1, finite
     * @param radius positive
     * @return in the order of v; the largest entry is among them
     */
    static double[] candidates(double[] v, double radius) {
        double largest = v[0];
        for (double entry : v) {
            largest = Math.max(largest, entry);
        }
        double[] some = v.clone();
        int count = some.length;
        double shift = largest - radius;
        for (int before = count + 1; count < before; ) {
            before = count;
            count = 0;
            double sum = 0;
            for (int i = 0; i < before; i++) {
                double entry = some[i];
                some[count] = entry;
                // The largest stays where a small radius is lost in rounding.
                if (entry > shift || entry == largest) {
                    sum += entry;
                    count++;
                }
            }
            shift = Math.max(shift, (sum - radius) / count);
        }
        return Arrays.copyOf(some, count);
    }
}
