package org.konvergo.linalg;

import org.konvergo.Require;

/**
 * Hot loops in single precision, for experiments whose subject is arithmetic of that width.
 *
 * <p>What {@link Kernels} says of results and arguments holds here as well: the same bits on every
 * machine, shapes checked once a call, values not.
 */
public final class FloatKernels {
    private static final FloatElementaryLanes ELEMENTARY =
            Simd.choose(
                    FloatElementaryLanes.class,
                    "VectorFloatElementaryLanes",
                    new ScalarFloatElementaryLanes());

    private FloatKernels() {}

    /**
     * Exponentials, each within 1 ulp of single precision.
     *
     * @param x vector of length n
     * @param y vector of length n, overwritten with e to the x[i]; may be x itself
     * @throws IllegalArgumentException if a vector is null or the lengths differ
     */
    public static void exp(float[] x, float[] y) {
        Require.notNull("x", x);
        Require.notNull("y", y);
        Require.that(y.length == x.length, "y", "of length " + x.length, "of length " + y.length);
        ELEMENTARY.exp(x, 0, y, 0, x.length);
    }
}
