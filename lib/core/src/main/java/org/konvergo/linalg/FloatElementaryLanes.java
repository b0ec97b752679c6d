package org.konvergo.linalg;

/**
 * Elementary functions of whole vectors in single precision, behind {@link FloatKernels}, which
 * checks the arguments. Two classes implement them, with the same bits: {@link
 * ScalarFloatElementaryLanes} by {@link FloatElementary}, and VectorFloatElementaryLanes in vector
 * registers.
 */
interface FloatElementaryLanes {
    /** y[q+i] = e to the x[p+i]; the ranges may be the same. */
    void exp(float[] x, int p, float[] y, int q, int n);
}
