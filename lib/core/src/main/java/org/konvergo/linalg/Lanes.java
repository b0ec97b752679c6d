package org.konvergo.linalg;

/**
 * Sums of vectors behind {@link Kernels}, which checks the arguments. Two classes implement them,
 * with the same bits: {@link ScalarLanes} in plain Java, and VectorLanes in vector registers.
 */
interface Lanes {
    /** Inner product of two ranges, over 8 lanes. */
    double dot(double[] x, int p, double[] y, int q, int n);

    /** Squared distance of two ranges, over 8 lanes. */
    double squaredDistance(double[] x, int p, double[] y, int q, int n);

    /** Sum of a vector, over 8 lanes. */
    double sum(double[] x);

    /** Sum of absolute values, over 8 lanes. */
    double norm1(double[] x);

    /** Largest absolute value; NaN if there is one. */
    double normInf(double[] x);

    /** y = A x[p..p+n) for a row-major matrix of n columns. */
    void gemv(double[] a, int rows, double[] x, int p, int n, double[] y);

    /** Width of the registers in bits; 0 without any. */
    int width();

    /** The 8 lanes combined in the fixed tree. */
    static double tree(
            double s0,
            double s1,
            double s2,
            double s3,
            double s4,
            double s5,
            double s6,
            double s7) {
        return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
    }
}
