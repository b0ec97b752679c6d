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

    /** Sum of a short range, over 8 lanes. */
    static double sum(double[] x, int p, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int end = p + (n & -8);
        for (; p < end; p += 8) {
            s0 += x[p];
            s1 += x[p + 1];
            s2 += x[p + 2];
            s3 += x[p + 3];
            s4 += x[p + 4];
            s5 += x[p + 5];
            s6 += x[p + 6];
            s7 += x[p + 7];
        }
        int rest = n & 7;
        s0 = rest > 0 ? s0 + x[p] : s0;
        s1 = rest > 1 ? s1 + x[p + 1] : s1;
        s2 = rest > 2 ? s2 + x[p + 2] : s2;
        s3 = rest > 3 ? s3 + x[p + 3] : s3;
        s4 = rest > 4 ? s4 + x[p + 4] : s4;
        s5 = rest > 5 ? s5 + x[p + 5] : s5;
        s6 = rest > 6 ? s6 + x[p + 6] : s6;
        return tree(s0, s1, s2, s3, s4, s5, s6, s7);
    }

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
