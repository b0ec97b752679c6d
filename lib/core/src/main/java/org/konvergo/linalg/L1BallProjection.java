package org.konvergo.linalg;

import org.konvergo.Require;

/**
 * Euclidean projection on the ball {p : |p|_1 &lt;= radius} of the 1-norm: outside the ball the
 * absolute values are projected on a simplex (Duchi, Shalev-Shwartz, Singer and Chandra, Efficient
 * projections onto the l1-ball for learning in high dimensions, ICML 2008).
 */
public final class L1BallProjection {
    private L1BallProjection() {}

    /**
     * Projects a vector.
     *
     * @param v vector of any length, finite
     * @param radius positive
     * @return the nearest point of the ball, a new array
     * @throws IllegalArgumentException if v is not finite or the radius is not positive
     */
    public static double[] project(double[] v, double radius) {
        Require.finite("v", v);
        Require.positive("radius", radius);
        if (Kernels.norm1(v) <= radius) {
            return v.clone();
        }
        var sizes = new double[v.length];
        for (int i = 0; i < v.length; i++) {
            sizes[i] = Math.abs(v[i]);
        }
        double[] p = SimplexProjection.project(sizes, radius);
        for (int i = 0; i < v.length; i++) {
            p[i] = Math.copySign(p[i], v[i]);
        }
        return p;
    }
}
