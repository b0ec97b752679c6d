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
        double[] ascending = v.clone();
        Arrays.sort(ascending);
        double sum = 0;
        double shift = 0;
        for (int m = 1; m <= v.length; m++) {
            double entry = ascending[v.length - m];
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
}
