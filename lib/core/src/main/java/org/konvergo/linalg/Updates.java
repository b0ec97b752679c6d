package org.konvergo.linalg;

import org.konvergo.Require;

/**
 * The steps of first-order methods, each in one pass over its vectors (Beck, First-Order Methods in
 * Optimization, 2017, chapters 6 and 10). Every entry depends on the entries with its index alone,
 * so the output may be any of the inputs.
 */
public final class Updates {
    private static final UpdateLanes LANES =
            Simd.choose(UpdateLanes.class, "VectorUpdateLanes", new ScalarUpdateLanes());

    private Updates() {}

    /**
     * Elementwise product.
     *
     * @param x vector of length n
     * @param y vector of length n
     * @param z vector of length n, overwritten with x[i] y[i]; may be x or y
     * @throws IllegalArgumentException if the lengths differ
     */
    public static void multiply(double[] x, double[] y, double[] z) {
        Require.notNull("x", x);
        Require.length("y", y, x.length);
        Require.length("z", z, x.length);
        LANES.multiply(x, 0, y, 0, z, 0, x.length);
    }

    /**
     * The gradient step z = x - step g, each entry rounded once.
     *
     * @param x vector of length n
     * @param step length of the step
     * @param g vector of length n
     * @param z vector of length n, overwritten; may be x or g
     * @throws IllegalArgumentException if the lengths differ
     */
    public static void gradientStep(double[] x, double step, double[] g, double[] z) {
        Require.notNull("x", x);
        Require.length("g", g, x.length);
        Require.length("z", z, x.length);
        LANES.gradientStep(x, step, g, z);
    }

    /**
     * Soft-thresholding, the proximal operator of t times the 1-norm: x[i] - t above t, x[i] + t
     * below -t, else 0; NaN stays NaN.
     *
     * @param x vector of length n
     * @param t threshold, finite and not negative
     * @param z vector of length n, overwritten; may be x
     * @throws IllegalArgumentException if the lengths differ or t is out of range
     */
    public static void softThreshold(double[] x, double t, double[] z) {
        Require.notNull("x", x);
        Require.nonNegative("t", t);
        Require.length("z", z, x.length);
        LANES.softThreshold(x, t, z);
    }

    /**
     * The proximal gradient step of the 1-norm: a gradient step and soft-thresholding of it, with
     * the bits that the two give one after the other.
     *
     * @param x vector of length n
     * @param step length of the gradient step
     * @param g vector of length n
     * @param t threshold, finite and not negative; step times the weight of the norm
     * @param z vector of length n, overwritten; may be x or g
     * @throws IllegalArgumentException if the lengths differ or t is out of range
     */
    public static void proximalGradientStep(
            double[] x, double step, double[] g, double t, double[] z) {
        Require.notNull("x", x);
        Require.length("g", g, x.length);
        Require.nonNegative("t", t);
        Require.length("z", z, x.length);
        LANES.proximalGradientStep(x, step, g, t, z);
    }

    /**
     * Extrapolation z = x + beta (x - previous), the momentum step of FISTA and, with beta = 1, of
     * the primal-dual hybrid gradient method.
     *
     * @param x vector of length n
     * @param previous vector of length n
     * @param beta factor
     * @param z vector of length n, overwritten; may be x or previous
     * @throws IllegalArgumentException if the lengths differ
     */
    public static void extrapolate(double[] x, double[] previous, double beta, double[] z) {
        Require.notNull("x", x);
        Require.length("previous", previous, x.length);
        Require.length("z", z, x.length);
        LANES.extrapolate(x, previous, beta, z);
    }
}
