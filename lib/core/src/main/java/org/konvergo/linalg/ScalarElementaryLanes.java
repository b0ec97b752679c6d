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
    public void expm1(double[] x, int p, double[] y, int q, int n) {
        for (int i = 0; i < n; i++) {
            y[q + i] = Elementary.expm1(x[p + i]);
        }
    }

    @Override
    public void log(double[] x, int p, double[] y, int q, int n) {
        for (int i = 0; i < n; i++) {
            y[q + i] = Elementary.log(x[p + i]);
        }
    }

    @Override
    public void log1p(double[] x, int p, double[] y, int q, int n) {
        for (int i = 0; i < n; i++) {
            y[q + i] = Elementary.log1p(x[p + i]);
        }
    }

    @Override
    public void tanh(double[] x, int p, double[] y, int q, int n) {
        for (int i = 0; i < n; i++) {
            y[q + i] = Elementary.tanh(x[p + i]);
        }
    }

    @Override
    public void sigmoid(double[] x, int p, double[] y, int q, int n) {
        for (int i = 0; i < n; i++) {
            y[q + i] = Elementary.sigmoid(x[p + i]);
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

    @Override
    public double max(double[] x, int p, int n) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = p; i < p + n; i++) {
            largest = Math.max(largest, x[i]);
        }
        return largest;
    }

    @Override
    public void divide(double divisor, double[] y, int q, int n) {
        for (int i = q; i < q + n; i++) {
            y[i] /= divisor;
        }
    }
}
