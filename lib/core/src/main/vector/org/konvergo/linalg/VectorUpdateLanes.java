package org.konvergo.linalg;

import static org.konvergo.linalg.Registers.load;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Entrywise updates in vector registers, operation by operation those of ScalarUpdateLanes. */
final class VectorUpdateLanes implements UpdateLanes {
    private static final VectorSpecies<Double> S = Registers.DOUBLES;
    private static final int V = S.length();

    @Override
    public void axpy(double a, double[] x, int p, double[] y, int q, int n) {
        var factor = DoubleVector.broadcast(S, a);
        int i = 0;
        for (; i + V <= n; i += V) {
            factor.fma(load(x, p + i), load(y, q + i)).intoArray(y, q + i);
        }
        for (; i < n; i++) {
            y[q + i] = Math.fma(a, x[p + i], y[q + i]);
        }
    }

    @Override
    public void axpby(double a, double[] x, double b, double[] y) {
        var factor = DoubleVector.broadcast(S, a);
        int i = 0;
        for (; i + V <= x.length; i += V) {
            factor.fma(load(x, i), load(y, i).mul(b)).intoArray(y, i);
        }
        for (; i < x.length; i++) {
            y[i] = Math.fma(a, x[i], b * y[i]);
        }
    }

    @Override
    public void scale(double a, double[] x, int p, int n) {
        int i = 0;
        for (; i + V <= n; i += V) {
            load(x, p + i).mul(a).intoArray(x, p + i);
        }
        for (; i < n; i++) {
            x[p + i] *= a;
        }
    }

    @Override
    public void multiply(double[] x, int p, double[] y, int q, double[] z, int r, int n) {
        int i = 0;
        for (; i + V <= n; i += V) {
            load(x, p + i).mul(load(y, q + i)).intoArray(z, r + i);
        }
        for (; i < n; i++) {
            z[r + i] = x[p + i] * y[q + i];
        }
    }

    @Override
    public void gradientStep(double[] x, double step, double[] g, double[] z) {
        var factor = DoubleVector.broadcast(S, -step);
        int i = 0;
        for (; i + V <= x.length; i += V) {
            factor.fma(load(g, i), load(x, i)).intoArray(z, i);
        }
        for (; i < x.length; i++) {
            z[i] = Math.fma(-step, g[i], x[i]);
        }
    }

    @Override
    public void proximalGradientStep(double[] x, double step, double[] g, double t, double[] z) {
        var factor = DoubleVector.broadcast(S, -step);
        int i = 0;
        for (; i + V <= x.length; i += V) {
            soft(factor.fma(load(g, i), load(x, i)), t).intoArray(z, i);
        }
        for (; i < x.length; i++) {
            z[i] = ScalarUpdateLanes.soft(Math.fma(-step, g[i], x[i]), t);
        }
    }

    @Override
    public void softThreshold(double[] x, double t, double[] z) {
        int i = 0;
        for (; i + V <= x.length; i += V) {
            soft(load(x, i), t).intoArray(z, i);
        }
        for (; i < x.length; i++) {
            z[i] = ScalarUpdateLanes.soft(x[i], t);
        }
    }

    private static DoubleVector soft(DoubleVector v, double t) {
        return v.sub(v.min(t).max(-t));
    }

    @Override
    public void extrapolate(double[] x, double[] previous, double beta, double[] z) {
        var factor = DoubleVector.broadcast(S, beta);
        int i = 0;
        for (; i + V <= x.length; i += V) {
            var v = load(x, i);
            factor.fma(v.sub(load(previous, i)), v).intoArray(z, i);
        }
        for (; i < x.length; i++) {
            z[i] = Math.fma(beta, x[i] - previous[i], x[i]);
        }
    }

    @Override
    public void gemvTransposed(double[] a, int rows, double[] x, double[] y) {
        int n = y.length;
        Arrays.fill(y, 0);
        int i = 0;
        for (; i + 8 <= rows; i += 8) {
            eightRows(a, i * n, n, x, i, y);
        }
        for (; i < rows; i++) {
            axpy(x[i], a, i * n, y, 0, n);
        }
    }

    /** Eight rows in one pass, in their order: y is read and written an eighth as often. */
    private static void eightRows(double[] a, int p, int n, double[] x, int i, double[] y) {
        var x0 = DoubleVector.broadcast(S, x[i]);
        var x1 = DoubleVector.broadcast(S, x[i + 1]);
        var x2 = DoubleVector.broadcast(S, x[i + 2]);
        var x3 = DoubleVector.broadcast(S, x[i + 3]);
        var x4 = DoubleVector.broadcast(S, x[i + 4]);
        var x5 = DoubleVector.broadcast(S, x[i + 5]);
        var x6 = DoubleVector.broadcast(S, x[i + 6]);
        var x7 = DoubleVector.broadcast(S, x[i + 7]);
        int q = p + 4 * n;
        int j = 0;
        for (; j + V <= n; j += V) {
            int r = p + j;
            int s = q + j;
            var v = x1.fma(load(a, r + n), x0.fma(load(a, r), load(y, j)));
            v = x3.fma(load(a, r + 3 * n), x2.fma(load(a, r + 2 * n), v));
            v = x5.fma(load(a, s + n), x4.fma(load(a, s), v));
            x7.fma(load(a, s + 3 * n), x6.fma(load(a, s + 2 * n), v)).intoArray(y, j);
        }
        for (; j < n; j++) {
            double v = y[j];
            for (int k = 0; k < 8; k++) {
                v = Math.fma(x[i + k], a[p + k * n + j], v);
            }
            y[j] = v;
        }
    }
}
