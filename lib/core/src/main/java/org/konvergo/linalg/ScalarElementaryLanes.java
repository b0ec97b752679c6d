package org.konvergo.linalg;

/** Elementary functions of whole vectors, entry by entry. */
final class ScalarElementaryLanes implements ElementaryLanes {
    @Override
    public void exp(double[] x, int p, double[] y, int q, int n) {
        for (int i = 0; i < n; i++) {
            y[q + i] = Elementary.exp(x[p + i]);
        }
    }

    @Override
    public double sumExp(double[] x, int p, int n, double shift) {
        var s = new double[8];
        for (int i = 0; i < n; i++) {
            s[i & 7] += Elementary.exp(x[p + i] - shift);
        }
        return Lanes.tree(s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]);
    }

    @Override
    public double sumExp(double[] x, int p, int n, double shift, double[] y, int q) {
        var s = new double[8];
        for (int i = 0; i < n; i++) {
            double e = Elementary.exp(x[p + i] - shift);
            y[q + i] = e;
            s[i & 7] += e;
        }
        return Lanes.tree(s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]);
    }
}
