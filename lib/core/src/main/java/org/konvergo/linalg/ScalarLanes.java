package org.konvergo.linalg;

/** Sums of vectors in plain Java. */
final class ScalarLanes implements Lanes {
    @Override
    public double dot(double[] x, int p, double[] y, int q, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int end = p + (n & -8);
        for (; p < end; p += 8, q += 8) {
            s0 = Math.fma(x[p], y[q], s0);
            s1 = Math.fma(x[p + 1], y[q + 1], s1);
            s2 = Math.fma(x[p + 2], y[q + 2], s2);
            s3 = Math.fma(x[p + 3], y[q + 3], s3);
            s4 = Math.fma(x[p + 4], y[q + 4], s4);
            s5 = Math.fma(x[p + 5], y[q + 5], s5);
            s6 = Math.fma(x[p + 6], y[q + 6], s6);
            s7 = Math.fma(x[p + 7], y[q + 7], s7);
        }
        int rest = n & 7;
        s0 = rest > 0 ? Math.fma(x[p], y[q], s0) : s0;
        s1 = rest > 1 ? Math.fma(x[p + 1], y[q + 1], s1) : s1;
        s2 = rest > 2 ? Math.fma(x[p + 2], y[q + 2], s2) : s2;
        s3 = rest > 3 ? Math.fma(x[p + 3], y[q + 3], s3) : s3;
        s4 = rest > 4 ? Math.fma(x[p + 4], y[q + 4], s4) : s4;
        s5 = rest > 5 ? Math.fma(x[p + 5], y[q + 5], s5) : s5;
        s6 = rest > 6 ? Math.fma(x[p + 6], y[q + 6], s6) : s6;
        return Lanes.tree(s0, s1, s2, s3, s4, s5, s6, s7);
    }

    @Override
    public double squaredDistance(double[] x, int p, double[] y, int q, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int end = p + (n & -8);
        for (; p < end; p += 8, q += 8) {
            s0 = square(x[p] - y[q], s0);
            s1 = square(x[p + 1] - y[q + 1], s1);
            s2 = square(x[p + 2] - y[q + 2], s2);
            s3 = square(x[p + 3] - y[q + 3], s3);
            s4 = square(x[p + 4] - y[q + 4], s4);
            s5 = square(x[p + 5] - y[q + 5], s5);
            s6 = square(x[p + 6] - y[q + 6], s6);
            s7 = square(x[p + 7] - y[q + 7], s7);
        }
        int rest = n & 7;
        s0 = rest > 0 ? square(x[p] - y[q], s0) : s0;
        s1 = rest > 1 ? square(x[p + 1] - y[q + 1], s1) : s1;
        s2 = rest > 2 ? square(x[p + 2] - y[q + 2], s2) : s2;
        s3 = rest > 3 ? square(x[p + 3] - y[q + 3], s3) : s3;
        s4 = rest > 4 ? square(x[p + 4] - y[q + 4], s4) : s4;
        s5 = rest > 5 ? square(x[p + 5] - y[q + 5], s5) : s5;
        s6 = rest > 6 ? square(x[p + 6] - y[q + 6], s6) : s6;
        return Lanes.tree(s0, s1, s2, s3, s4, s5, s6, s7);
    }

    private static double square(double d, double s) {
        return Math.fma(d, d, s);
    }

    @Override
    public double sum(double[] x) {
        return Lanes.sum(x, 0, x.length);
    }

    @Override
    public double norm1(double[] x) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int p = 0;
        for (int end = x.length & -8; p < end; p += 8) {
            s0 += Math.abs(x[p]);
            s1 += Math.abs(x[p + 1]);
            s2 += Math.abs(x[p + 2]);
            s3 += Math.abs(x[p + 3]);
            s4 += Math.abs(x[p + 4]);
            s5 += Math.abs(x[p + 5]);
            s6 += Math.abs(x[p + 6]);
            s7 += Math.abs(x[p + 7]);
        }
        int rest = x.length & 7;
        s0 += rest > 0 ? Math.abs(x[p]) : 0;
        s1 += rest > 1 ? Math.abs(x[p + 1]) : 0;
        s2 += rest > 2 ? Math.abs(x[p + 2]) : 0;
        s3 += rest > 3 ? Math.abs(x[p + 3]) : 0;
        s4 += rest > 4 ? Math.abs(x[p + 4]) : 0;
        s5 += rest > 5 ? Math.abs(x[p + 5]) : 0;
        s6 += rest > 6 ? Math.abs(x[p + 6]) : 0;
        return Lanes.tree(s0, s1, s2, s3, s4, s5, s6, s7);
    }

    @Override
    public double normInf(double[] x) {
        double largest = 0;
        for (double v : x) {
            largest = Math.max(largest, Math.abs(v));
        }
        return largest;
    }

    @Override
    public void gemv(double[] a, int rows, double[] x, int p, int n, double[] y) {
        for (int i = 0; i < rows; i++) {
            y[i] = dot(a, i * n, x, p, n);
        }
    }

    @Override
    public int width() {
        return 0;
    }
}
