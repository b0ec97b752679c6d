package org.konvergo.linalg;

/**
 * Elementary functions of whole vectors behind {@link Kernels}, which checks the arguments. Two
 * classes implement them, with the same bits: {@link ScalarElementaryLanes} by {@link Elementary},
 * and VectorElementaryLanes in vector registers.
 */
interface ElementaryLanes {
    /** y[q+i] = e to the x[p+i]; the ranges may be the same. */
    void exp(double[] x, int p, double[] y, int q, int n);

    /** y[q+i] = e to the x[p+i], minus 1; the ranges may be the same. */
    void expm1(double[] x, int p, double[] y, int q, int n);

    /** y[q+i] = log x[p+i]; the ranges may be the same. */
    void log(double[] x, int p, double[] y, int q, int n);

    /** y[q+i] = log(1 + x[p+i]); the ranges may be the same. */
    void log1p(double[] x, int p, double[] y, int q, int n);

    /** y[q+i] = tanh x[p+i]; the ranges may be the same. */
    void tanh(double[] x, int p, double[] y, int q, int n);

    /** y[q+i] = 1 / (1 + e to the -x[p+i]); the ranges may be the same. */
    void sigmoid(double[] x, int p, double[] y, int q, int n);

    /** Sum of e to the (x[p+i] - shift), over 8 lanes. */
    double sumExp(double[] x, int p, int n, double shift);

    /** The same, and y[q+i] = e to the (x[p+i] - shift); the ranges may be the same. */
    double sumExp(double[] x, int p, int n, double shift, double[] y, int q);

    /** The largest entry by {@link Math#max}, minus infinity if there is none. */
    double max(double[] x, int p, int n);

    /** y[q+i] /= divisor. */
    void divide(double divisor, double[] y, int q, int n);
}
