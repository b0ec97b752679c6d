package org.konvergo.linalg;

import java.util.Arrays;

/** Entrywise updates of vectors in plain Java. */
final class ScalarUpdateLanes implements UpdateLanes {
    @Override
    public void axpy(double a, double[] x, int p, double[] y, int q, int n) {
        for (int i = 0; i < n; i++) {
            y[q + i] = Math.fma(a, x[p + i], y[q + i]);
        }
    }

    @Override
    public void axpby(double a, double[] x, double b, double[] y) {
        for (int i = 0; i < x.length; i++) {
            y[i] = Math.fma(a, x[i], b * y[i]);
        }
    }

    @Override
    public void scale(double a, double[] x, int p, int n) {
        for (int i = p; i < p + n; i++) {
            x[i] *= a;
        }
    }

    @Override
    public void multiply(double[] x, int p, double[] y, int q, double[] z, int r, int n) {
        for (int i = 0; i < n; i++) {
            z[r + i] = x[p + i] * y[q + i];
        }
    }

    @Override
    public void gradientStep(double[] x, double step, double[] g, double[] z) {
        for (int i = 0; i < x.length; i++) {
            z[i] = Math.fma(-step, g[i], x[i]);
        }
    }

    @Override
    public void proximalGradientStep(double[] x, double step, double[] g, double t, double[] z) {
        for (int i = 0; i < x.length; i++) {
            z[i] = soft(Math.fma(-step, g[i], x[i]), t);
        }
    }

    @Override
    public void softThreshold(double[] x, double t, double[] z) {
        for (int i = 0; i < x.length; i++) {
            z[i] = soft(x[i], t);
        }
    }

    /** One formula for the three branches of the definition; NaN flows through. */
    static double soft(double v, double t) {
        return v - Math.max(-t, Math.min(t, v));
    }

    @Override
    public void extrapolate(double[] x, double[] previous, double beta, double[] z) {
        for (int i = 0; i < x.length; i++) {
            z[i] = Math.fma(beta, x[i] - previous[i], x[i]);
        }
    }

    @Override
    public void gemvTransposed(double[] a, int rows, double[] x, double[] y) {
        int n = y.length;
        Arrays.fill(y, 0);
        int i = 0;
        // Four rows in one pass, in their order: y is read and written a quarter as often.
        for (; i + 4 <= rows; i += 4) {
            int r0 = i * n;
            int r1 = r0 + n;
            int r2 = r1 + n;
            int r3 = r2 + n;
            double x0 = x[i];
            double x1 = x[i + 1];
            double x2 = x[i + 2];
            double x3 = x[i + 3];
            for (int j = 0; j < n; j++) {
                double s = Math.fma(x1, a[r1 + j], Math.fma(x0, a[r0 + j], y[j]));
                y[j] = Math.fma(x3, a[r3 + j], Math.fma(x2, a[r2 + j], s));
            }
        }
        for (; i < rows; i++) {
            axpy(x[i], a, i * n, y, 0, n);
        }
    }
}
