package org.konvergo.linalg;

/**
 * Elementary functions of whole vectors behind {@link Kernels}, which checks the arguments. Two
 * classes implement them, with the same bits: {@link ScalarElementaryLanes} by {@link Elementary},
 * and VectorElementaryLanes in vector registers.
 */
interface ElementaryLanes {
    /** y[q+i] = e to the x[p+i]; the ranges may be the same. */
    void exp(double[] x, int p, double[] y, int q, int n);

    /** Sum of e to the (x[p+i] - shift), over 8 lanes. */
    double sumExp(double[] x, int p, int n, double shift);

    /** The same, and y[q+i] = e to the (x[p+i] - shift); the ranges may be the same. */
    double sumExp(double[] x, int p, int n, double shift, double[] y, int q);
}
