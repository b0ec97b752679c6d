package org.konvergo.linalg;

/**
 * Entrywise updates of vectors behind {@link Kernels} and {@link Updates}, which check the
 * arguments. Two classes implement them, with the same bits: {@link ScalarUpdateLanes} in plain
 * Java, and VectorUpdateLanes in vector registers.
 */
interface UpdateLanes {
    /** y[q+i] = a x[p+i] + y[q+i]. */
    void axpy(double a, double[] x, int p, double[] y, int q, int n);

    /** y = a x + b y, with b y rounded. */
    void axpby(double a, double[] x, double b, double[] y);

    /** x[p+i] = a x[p+i]. */
    void scale(double a, double[] x, int p, int n);

    /** z[r+i] = x[p+i] y[q+i]. */
    void multiply(double[] x, int p, double[] y, int q, double[] z, int r, int n);

    /** z = x - step g. */
    void gradientStep(double[] x, double step, double[] g, double[] z);

    /** z = S(x - step g), where S(v) = v - max(-t, min(t, v)). */
    void proximalGradientStep(double[] x, double step, double[] g, double t, double[] z);

    /** z = S(x), as above. */
    void softThreshold(double[] x, double t, double[] z);

    /** z = x + beta (x - previous). */
    void extrapolate(double[] x, double[] previous, double beta, double[] z);

    /** y = A' x for a row-major matrix of y.length columns, row after row. */
    void gemvTransposed(double[] a, int rows, double[] x, double[] y);
}
