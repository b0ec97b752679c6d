package org.konvergo.linalg;

/** Sums and updates of vectors in plain Java. */
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
    public double sum(double[] x) {
        var s = new double[8];
        for (int i = 0; i < x.length; i++) {
            s[i & 7] += x[i];
        }
        return Lanes.tree(s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]);
    }

    @Override
    public void gemv(double[] a, int rows, double[] x, int p, int n, double[] y) {
        for (int i = 0; i < rows; i++) {
            y[i] = dot(a, i * n, x, p, n);
        }
    }

    @Override
    public void axpy(double a, double[] x, int p, double[] y, int q, int n) {
        for (int i = 0; i < n; i++) {
            y[q + i] = Math.fma(a, x[p + i], y[q + i]);
        }
    }

    @Override
    public int width() {
        return 0;
    }
}
