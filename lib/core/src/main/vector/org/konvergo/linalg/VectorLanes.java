package org.konvergo.linalg;

import static org.konvergo.linalg.Registers.lane;
import static org.konvergo.linalg.Registers.load;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of vectors in registers of 128, 256 or 512 bits. The 8 lanes of a sum lie in four, two or
 * one of them, and every operation is the one that {@link ScalarLanes} does, so the bits are the
 * same. Compiled apart, since the Vector API is an incubating module; loaded only where the JVM has
 * it.
 */
final class VectorLanes implements Lanes {
    private static final VectorSpecies<Double> S = Registers.DOUBLES;
    private static final int V = S.length();

    @Override
    public int width() {
        return S.vectorBitSize();
    }

    @Override
    public double dot(double[] x, int p, double[] y, int q, int n) {
        var a0 = DoubleVector.zero(S);
        var a1 = DoubleVector.zero(S);
        var a2 = DoubleVector.zero(S);
        var a3 = DoubleVector.zero(S);
        int end = p + (n & -8);
        for (; p < end; p += 8, q += 8) {
            a0 = load(x, p).fma(load(y, q), a0);
            if (V < 8) {
                a1 = load(x, p + V).fma(load(y, q + V), a1);
            }
            if (V < 4) {
                a2 = load(x, p + 4).fma(load(y, q + 4), a2);
                a3 = load(x, p + 6).fma(load(y, q + 6), a3);
            }
        }
        int rest = n & 7;
        double s0 = lane(0, a0, a1, a2, a3);
        double s1 = lane(1, a0, a1, a2, a3);
        double s2 = lane(2, a0, a1, a2, a3);
        double s3 = lane(3, a0, a1, a2, a3);
        double s4 = lane(4, a0, a1, a2, a3);
        double s5 = lane(5, a0, a1, a2, a3);
        double s6 = lane(6, a0, a1, a2, a3);
        double s7 = lane(7, a0, a1, a2, a3);
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
        var a0 = DoubleVector.zero(S);
        var a1 = DoubleVector.zero(S);
        var a2 = DoubleVector.zero(S);
        var a3 = DoubleVector.zero(S);
        int end = p + (n & -8);
        for (; p < end; p += 8, q += 8) {
            a0 = square(x, p, y, q, a0);
            if (V < 8) {
                a1 = square(x, p + V, y, q + V, a1);
            }
            if (V < 4) {
                a2 = square(x, p + 4, y, q + 4, a2);
                a3 = square(x, p + 6, y, q + 6, a3);
            }
        }
        int rest = n & 7;
        double s0 = lane(0, a0, a1, a2, a3);
        double s1 = lane(1, a0, a1, a2, a3);
        double s2 = lane(2, a0, a1, a2, a3);
        double s3 = lane(3, a0, a1, a2, a3);
        double s4 = lane(4, a0, a1, a2, a3);
        double s5 = lane(5, a0, a1, a2, a3);
        double s6 = lane(6, a0, a1, a2, a3);
        double s7 = lane(7, a0, a1, a2, a3);
        s0 = rest > 0 ? square(x[p] - y[q], s0) : s0;
        s1 = rest > 1 ? square(x[p + 1] - y[q + 1], s1) : s1;
        s2 = rest > 2 ? square(x[p + 2] - y[q + 2], s2) : s2;
        s3 = rest > 3 ? square(x[p + 3] - y[q + 3], s3) : s3;
        s4 = rest > 4 ? square(x[p + 4] - y[q + 4], s4) : s4;
        s5 = rest > 5 ? square(x[p + 5] - y[q + 5], s5) : s5;
        s6 = rest > 6 ? square(x[p + 6] - y[q + 6], s6) : s6;
        return Lanes.tree(s0, s1, s2, s3, s4, s5, s6, s7);
    }

    private static DoubleVector square(double[] x, int p, double[] y, int q, DoubleVector s) {
        var d = load(x, p).sub(load(y, q));
        return d.fma(d, s);
    }

    private static double square(double d, double s) {
        return Math.fma(d, d, s);
    }

    @Override
    public double sum(double[] x) {
        var a0 = DoubleVector.zero(S);
        var a1 = DoubleVector.zero(S);
        var a2 = DoubleVector.zero(S);
        var a3 = DoubleVector.zero(S);
        int p = 0;
        for (int end = x.length & -8; p < end; p += 8) {
            a0 = a0.add(load(x, p));
            if (V < 8) {
                a1 = a1.add(load(x, p + V));
            }
            if (V < 4) {
                a2 = a2.add(load(x, p + 4));
                a3 = a3.add(load(x, p + 6));
            }
        }
        return Registers.finish(x, p, x.length & 7, a0, a1, a2, a3);
    }

    @Override
    public double norm1(double[] x) {
        var a0 = DoubleVector.zero(S);
        var a1 = DoubleVector.zero(S);
        var a2 = DoubleVector.zero(S);
        var a3 = DoubleVector.zero(S);
        int p = 0;
        for (int end = x.length & -8; p < end; p += 8) {
            a0 = a0.add(load(x, p).abs());
            if (V < 8) {
                a1 = a1.add(load(x, p + V).abs());
            }
            if (V < 4) {
                a2 = a2.add(load(x, p + 4).abs());
                a3 = a3.add(load(x, p + 6).abs());
            }
        }
        int rest = x.length & 7;
        double s0 = lane(0, a0, a1, a2, a3);
        double s1 = lane(1, a0, a1, a2, a3);
        double s2 = lane(2, a0, a1, a2, a3);
        double s3 = lane(3, a0, a1, a2, a3);
        double s4 = lane(4, a0, a1, a2, a3);
        double s5 = lane(5, a0, a1, a2, a3);
        double s6 = lane(6, a0, a1, a2, a3);
        double s7 = lane(7, a0, a1, a2, a3);
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
        // A largest value has no order to keep, so all widths use four registers.
        var a0 = DoubleVector.zero(S);
        var a1 = DoubleVector.zero(S);
        var a2 = DoubleVector.zero(S);
        var a3 = DoubleVector.zero(S);
        int i = 0;
        for (; i + 4 * V <= x.length; i += 4 * V) {
            a0 = a0.max(load(x, i).abs());
            a1 = a1.max(load(x, i + V).abs());
            a2 = a2.max(load(x, i + 2 * V).abs());
            a3 = a3.max(load(x, i + 3 * V).abs());
        }
        double largest = a0.max(a1).max(a2.max(a3)).reduceLanes(VectorOperators.MAX);
        for (; i < x.length; i++) {
            largest = Math.max(largest, Math.abs(x[i]));
        }
        return largest;
    }

    @Override
    public void gemv(double[] a, int rows, double[] x, int p, int n, double[] y) {
        int i = 0;
        // Four rows at a time load x once and hide the latency of fma.
        for (; V == 8 && n >= 8 && i + 4 <= rows; i += 4) {
            int r = i * n;
            var a0 = DoubleVector.zero(S);
            var a1 = DoubleVector.zero(S);
            var a2 = DoubleVector.zero(S);
            var a3 = DoubleVector.zero(S);
            int end = n & -8;
            for (int j = 0; j < end; j += 8) {
                var v = load(x, p + j);
                a0 = load(a, r + j).fma(v, a0);
                a1 = load(a, r + n + j).fma(v, a1);
                a2 = load(a, r + 2 * n + j).fma(v, a2);
                a3 = load(a, r + 3 * n + j).fma(v, a3);
            }
            y[i] = rowEnd(a0, a, r, x, p, end, n);
            y[i + 1] = rowEnd(a1, a, r + n, x, p, end, n);
            y[i + 2] = rowEnd(a2, a, r + 2 * n, x, p, end, n);
            y[i + 3] = rowEnd(a3, a, r + 3 * n, x, p, end, n);
        }
        for (; i < rows; i++) {
            y[i] = dot(a, i * n, x, p, n);
        }
    }

    static double rowEnd(
            DoubleVector s, double[] a, int row, double[] x, int from, int end, int n) {
        int rest = n - end;
        int p = row + end;
        int q = from + end;
        double s0 = s.lane(0);
        double s1 = s.lane(1);
        double s2 = s.lane(2);
        double s3 = s.lane(3);
        double s4 = s.lane(4);
        double s5 = s.lane(5);
        double s6 = s.lane(6);
        s0 = rest > 0 ? Math.fma(a[p], x[q], s0) : s0;
        s1 = rest > 1 ? Math.fma(a[p + 1], x[q + 1], s1) : s1;
        s2 = rest > 2 ? Math.fma(a[p + 2], x[q + 2], s2) : s2;
        s3 = rest > 3 ? Math.fma(a[p + 3], x[q + 3], s3) : s3;
        s4 = rest > 4 ? Math.fma(a[p + 4], x[q + 4], s4) : s4;
        s5 = rest > 5 ? Math.fma(a[p + 5], x[q + 5], s5) : s5;
        s6 = rest > 6 ? Math.fma(a[p + 6], x[q + 6], s6) : s6;
        return Lanes.tree(s0, s1, s2, s3, s4, s5, s6, s.lane(7));
    }
}
