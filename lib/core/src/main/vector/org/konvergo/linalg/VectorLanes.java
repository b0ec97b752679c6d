package org.konvergo.linalg;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The hot loops in vector registers of 128, 256 or 512 bits. The 8 lanes of a sum lie in four, two
 * or one of them, and every operation is the one that {@link ScalarLanes} does, so the bits are the
 * same. Compiled apart, since the Vector API is an incubating module; loaded only where the JVM has
 * it.
 */
final class VectorLanes implements Lanes {
    private static final VectorSpecies<Double> S = species();
    private static final VectorSpecies<Long> L = VectorSpecies.of(long.class, S.vectorShape());
    private static final int V = S.length();

    // The block of rows and columns of C that stays in registers while the inner index runs.
    private static final int TILE_ROWS = 6;
    private static final int TILE_COLS = 2 * V;
    // Packed panels stay in the second-level cache.
    private static final int DEPTH = 256;
    private static final int PANEL_ROWS = 20 * TILE_ROWS;
    // Below this many multiplications packing costs more than it saves.
    private static final long SMALL = 4096;
    private static final ScalarLanes SCALAR = new ScalarLanes();

    // Adding and subtracting this rounds to an integer, which then stands in the low bits.
    private static final double ROUND = 0x1.8p52;
    private static final ThreadLocal<Panels> PANELS = ThreadLocal.withInitial(Panels::new);

    /** Space for packed panels, one set a thread; grows to the largest size met. */
    private static final class Panels {
        private final double[] a = new double[PANEL_ROWS * DEPTH];
        private final double[] tile = new double[TILE_ROWS * TILE_COLS];
        private double[] b = new double[0];
    }

    VectorLanes() {
        if (V != 2 && V != 4 && V != 8) {
            throw new LinkageError("vectors of " + V + " doubles");
        }
    }

    private static VectorSpecies<Double> species() {
        return switch (System.getProperty("konvergo.simd", "")) {
            case "128" -> VectorSpecies.of(double.class, VectorShape.S_128_BIT);
            case "256" -> VectorSpecies.of(double.class, VectorShape.S_256_BIT);
            case "512" -> VectorSpecies.of(double.class, VectorShape.S_512_BIT);
            default -> DoubleVector.SPECIES_PREFERRED;
        };
    }

    @Override
    public int width() {
        return S.vectorBitSize();
    }

    private static DoubleVector load(double[] x, int i) {
        return DoubleVector.fromArray(S, x, i);
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

    /** Virtual lane i of accumulators that hold the 8 lanes between them. */
    private static double lane(
            int i, DoubleVector a0, DoubleVector a1, DoubleVector a2, DoubleVector a3) {
        var holder =
                switch (i / V) {
                    case 0 -> a0;
                    case 1 -> a1;
                    case 2 -> a2;
                    default -> a3;
                };
        return holder.lane(i % V);
    }

    @Override
    public double sum(double[] x) {
        var a0 = DoubleVector.zero(S);
        var a1 = DoubleVector.zero(S);
        var a2 = DoubleVector.zero(S);
        var a3 = DoubleVector.zero(S);
        int end = x.length & -8;
        int i = 0;
        for (; i < end; i += 8) {
            a0 = a0.add(load(x, i));
            if (V < 8) {
                a1 = a1.add(load(x, i + V));
            }
            if (V < 4) {
                a2 = a2.add(load(x, i + 4));
                a3 = a3.add(load(x, i + 6));
            }
        }
        return finish(x, i, x.length & 7, a0, a1, a2, a3);
    }

    /** Adds the last entries, fewer than 8, to their lanes and combines. */
    private static double finish(
            double[] x,
            int i,
            int rest,
            DoubleVector a0,
            DoubleVector a1,
            DoubleVector a2,
            DoubleVector a3) {
        double s0 = lane(0, a0, a1, a2, a3) + (rest > 0 ? x[i] : 0);
        double s1 = lane(1, a0, a1, a2, a3) + (rest > 1 ? x[i + 1] : 0);
        double s2 = lane(2, a0, a1, a2, a3) + (rest > 2 ? x[i + 2] : 0);
        double s3 = lane(3, a0, a1, a2, a3) + (rest > 3 ? x[i + 3] : 0);
        double s4 = lane(4, a0, a1, a2, a3) + (rest > 4 ? x[i + 4] : 0);
        double s5 = lane(5, a0, a1, a2, a3) + (rest > 5 ? x[i + 5] : 0);
        double s6 = lane(6, a0, a1, a2, a3) + (rest > 6 ? x[i + 6] : 0);
        double s7 = lane(7, a0, a1, a2, a3);
        return Lanes.tree(s0, s1, s2, s3, s4, s5, s6, s7);
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

    private static double rowEnd(
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

    /** {@link Elementary#exp} for arguments in its range, operation by operation. */
    private static DoubleVector expInRange(DoubleVector x) {
        var shifted = x.mul(Elementary.LOG2_E).add(ROUND);
        var k = shifted.sub(ROUND);
        var minusK = k.neg();
        var high = minusK.fma(DoubleVector.broadcast(S, Elementary.LN2_HIGH), x);
        var r = minusK.fma(DoubleVector.broadcast(S, Elementary.LN2_LOW), high);
        var p = DoubleVector.broadcast(S, Elementary.EXP_SERIES[0]);
        for (int i = 1; i < Elementary.EXP_SERIES.length; i++) {
            p = p.fma(r, DoubleVector.broadcast(S, Elementary.EXP_SERIES[i]));
        }
        LongVector n = shifted.reinterpretAsLongs().sub(Double.doubleToRawLongBits(ROUND));
        // n >> 1 without the arithmetic shift, which narrow registers lack.
        LongVector half = n.add(2048).lanewise(VectorOperators.LSHR, 1).sub(1024);
        return p.mul(powerOfTwo(half)).mul(powerOfTwo(n.sub(half)));
    }

    private static DoubleVector powerOfTwo(LongVector n) {
        return n.add(1023).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
    }

    private static DoubleVector exp(DoubleVector x) {
        var e = expInRange(x);
        var inside =
                x.compare(VectorOperators.LE, Elementary.EXP_MAX)
                        .and(x.compare(VectorOperators.GE, Elementary.EXP_MIN));
        if (inside.allTrue()) {
            return e;
        }
        e = e.blend(0, x.compare(VectorOperators.LT, Elementary.EXP_MIN));
        e = e.blend(Double.POSITIVE_INFINITY, x.compare(VectorOperators.GT, Elementary.EXP_MAX));
        return e.blend(Double.NaN, x.compare(VectorOperators.NE, x));
    }

    @Override
    public void axpy(double a, double[] x, int p, double[] y, int q, int n) {
        int i = 0;
        var factor = DoubleVector.broadcast(S, a);
        for (; i + V <= n; i += V) {
            factor.fma(load(x, p + i), load(y, q + i)).intoArray(y, q + i);
        }
        for (; i < n; i++) {
            y[q + i] = Math.fma(a, x[p + i], y[q + i]);
        }
    }

    @Override
    public void exp(double[] x, int p, double[] y, int q, int n) {
        int i = 0;
        for (; i + V <= n; i += V) {
            exp(load(x, p + i)).intoArray(y, q + i);
        }
        for (; i < n; i++) {
            y[q + i] = Elementary.exp(x[p + i]);
        }
    }

    @Override
    public double sumExp(double[] x, int p, int n, double shift) {
        var a0 = DoubleVector.zero(S);
        var a1 = DoubleVector.zero(S);
        var a2 = DoubleVector.zero(S);
        var a3 = DoubleVector.zero(S);
        int end = n & -8;
        for (int i = p; i < p + end; i += 8) {
            a0 = a0.add(exp(load(x, i).sub(shift)));
            if (V < 8) {
                a1 = a1.add(exp(load(x, i + V).sub(shift)));
            }
            if (V < 4) {
                a2 = a2.add(exp(load(x, i + 4).sub(shift)));
                a3 = a3.add(exp(load(x, i + 6).sub(shift)));
            }
        }
        int rest = n & 7;
        int i = p + end;
        double s0 = lane(0, a0, a1, a2, a3);
        double s1 = lane(1, a0, a1, a2, a3);
        double s2 = lane(2, a0, a1, a2, a3);
        double s3 = lane(3, a0, a1, a2, a3);
        double s4 = lane(4, a0, a1, a2, a3);
        double s5 = lane(5, a0, a1, a2, a3);
        double s6 = lane(6, a0, a1, a2, a3);
        double s7 = lane(7, a0, a1, a2, a3);
        s0 = rest > 0 ? s0 + Elementary.exp(x[i] - shift) : s0;
        s1 = rest > 1 ? s1 + Elementary.exp(x[i + 1] - shift) : s1;
        s2 = rest > 2 ? s2 + Elementary.exp(x[i + 2] - shift) : s2;
        s3 = rest > 3 ? s3 + Elementary.exp(x[i + 3] - shift) : s3;
        s4 = rest > 4 ? s4 + Elementary.exp(x[i + 4] - shift) : s4;
        s5 = rest > 5 ? s5 + Elementary.exp(x[i + 5] - shift) : s5;
        s6 = rest > 6 ? s6 + Elementary.exp(x[i + 6] - shift) : s6;
        return Lanes.tree(s0, s1, s2, s3, s4, s5, s6, s7);
    }

    @Override
    public double sumExp(double[] x, int p, int n, double shift, double[] y, int q) {
        var a0 = DoubleVector.zero(S);
        var a1 = DoubleVector.zero(S);
        var a2 = DoubleVector.zero(S);
        var a3 = DoubleVector.zero(S);
        int end = n & -8;
        for (int i = 0; i < end; i += 8) {
            a0 = a0.add(expInto(x, p + i, shift, y, q + i));
            if (V < 8) {
                a1 = a1.add(expInto(x, p + i + V, shift, y, q + i + V));
            }
            if (V < 4) {
                a2 = a2.add(expInto(x, p + i + 4, shift, y, q + i + 4));
                a3 = a3.add(expInto(x, p + i + 6, shift, y, q + i + 6));
            }
        }
        for (int i = end; i < n; i++) {
            y[q + i] = Elementary.exp(x[p + i] - shift);
        }
        return finish(y, q + end, n & 7, a0, a1, a2, a3);
    }

    private static DoubleVector expInto(double[] x, int p, double shift, double[] y, int q) {
        var e = exp(load(x, p).sub(shift));
        e.intoArray(y, q);
        return e;
    }

    @Override
    public void gemm(
            int m,
            int n,
            int k,
            double[] a,
            int rowA,
            int colA,
            double[] b,
            int rowB,
            int colB,
            double[] c) {
        if ((long) m * n * k < SMALL || k == 0) {
            SCALAR.gemm(m, n, k, a, rowA, colA, b, rowB, colB, c);
            return;
        }
        var panels = PANELS.get();
        int strips = (n + TILE_COLS - 1) / TILE_COLS;
        if (panels.b.length < strips * TILE_COLS * DEPTH) {
            panels.b = new double[strips * TILE_COLS * DEPTH];
        }
        for (int l0 = 0; l0 < k; l0 += DEPTH) {
            int depth = Math.min(DEPTH, k - l0);
            packB(b, l0, depth, n, rowB, colB, panels.b);
            for (int i0 = 0; i0 < m; i0 += PANEL_ROWS) {
                int height = Math.min(PANEL_ROWS, m - i0);
                packA(a, i0, height, l0, depth, rowA, colA, panels.a);
                for (int s = 0; s < strips; s++) {
                    for (int i = 0; i < height; i += TILE_ROWS) {
                        block(
                                panels,
                                i * depth,
                                s * TILE_COLS * depth,
                                depth,
                                l0 == 0,
                                c,
                                i0 + i,
                                Math.min(TILE_ROWS, height - i),
                                s * TILE_COLS,
                                n);
                    }
                }
            }
        }
    }

    /** Strips of TILE_COLS columns, each row after row; what lies beyond the matrix is 0. */
    private static void packB(
            double[] b, int l0, int depth, int n, int rowB, int colB, double[] packed) {
        int to = 0;
        for (int j0 = 0; j0 < n; j0 += TILE_COLS) {
            int width = Math.min(TILE_COLS, n - j0);
            for (int l = 0; l < depth; l++, to += TILE_COLS) {
                int from = (l0 + l) * rowB + j0 * colB;
                if (colB == 1) {
                    System.arraycopy(b, from, packed, to, width);
                } else {
                    for (int j = 0; j < width; j++) {
                        packed[to + j] = b[from + j * colB];
                    }
                }
                Arrays.fill(packed, to + width, to + TILE_COLS, 0);
            }
        }
    }

    /** Strips of TILE_ROWS rows, each column after column; what lies beyond the matrix is 0. */
    private static void packA(
            double[] a,
            int i0,
            int height,
            int l0,
            int depth,
            int rowA,
            int colA,
            double[] packed) {
        int to = 0;
        for (int i = 0; i < height; i += TILE_ROWS) {
            int rows = Math.min(TILE_ROWS, height - i);
            for (int l = 0; l < depth; l++) {
                int from = (i0 + i) * rowA + (l0 + l) * colA;
                for (int r = 0; r < TILE_ROWS; r++) {
                    packed[to++] = r < rows ? a[from + r * rowA] : 0;
                }
            }
        }
    }

    /** One tile of C; at the border of C it is computed aside. */
    private static void block(
            Panels panels,
            int pa,
            int pb,
            int depth,
            boolean first,
            double[] c,
            int row,
            int rows,
            int col,
            int n) {
        int cols = Math.min(TILE_COLS, n - col);
        if (rows == TILE_ROWS && cols == TILE_COLS) {
            tile(panels.a, pa, panels.b, pb, depth, first, c, row * n + col, n);
            return;
        }
        double[] aside = panels.tile;
        for (int r = 0; r < rows && !first; r++) {
            System.arraycopy(c, (row + r) * n + col, aside, r * TILE_COLS, cols);
        }
        tile(panels.a, pa, panels.b, pb, depth, first, aside, 0, TILE_COLS);
        for (int r = 0; r < rows; r++) {
            System.arraycopy(aside, r * TILE_COLS, c, (row + r) * n + col, cols);
        }
    }

    /** Six rows and two vectors of columns, in twelve registers. */
    private static void tile(
            double[] a,
            int pa,
            double[] b,
            int pb,
            int depth,
            boolean first,
            double[] c,
            int p,
            int n) {
        var zero = DoubleVector.zero(S);
        var c00 = first ? zero : load(c, p);
        var c01 = first ? zero : load(c, p + V);
        var c10 = first ? zero : load(c, p + n);
        var c11 = first ? zero : load(c, p + n + V);
        var c20 = first ? zero : load(c, p + 2 * n);
        var c21 = first ? zero : load(c, p + 2 * n + V);
        var c30 = first ? zero : load(c, p + 3 * n);
        var c31 = first ? zero : load(c, p + 3 * n + V);
        var c40 = first ? zero : load(c, p + 4 * n);
        var c41 = first ? zero : load(c, p + 4 * n + V);
        var c50 = first ? zero : load(c, p + 5 * n);
        var c51 = first ? zero : load(c, p + 5 * n + V);
        for (int l = 0; l < depth; l++, pa += TILE_ROWS, pb += TILE_COLS) {
            var b0 = load(b, pb);
            var b1 = load(b, pb + V);
            var f = DoubleVector.broadcast(S, a[pa]);
            c00 = f.fma(b0, c00);
            c01 = f.fma(b1, c01);
            f = DoubleVector.broadcast(S, a[pa + 1]);
            c10 = f.fma(b0, c10);
            c11 = f.fma(b1, c11);
            f = DoubleVector.broadcast(S, a[pa + 2]);
            c20 = f.fma(b0, c20);
            c21 = f.fma(b1, c21);
            f = DoubleVector.broadcast(S, a[pa + 3]);
            c30 = f.fma(b0, c30);
            c31 = f.fma(b1, c31);
            f = DoubleVector.broadcast(S, a[pa + 4]);
            c40 = f.fma(b0, c40);
            c41 = f.fma(b1, c41);
            f = DoubleVector.broadcast(S, a[pa + 5]);
            c50 = f.fma(b0, c50);
            c51 = f.fma(b1, c51);
        }
        c00.intoArray(c, p);
        c01.intoArray(c, p + V);
        c10.intoArray(c, p + n);
        c11.intoArray(c, p + n + V);
        c20.intoArray(c, p + 2 * n);
        c21.intoArray(c, p + 2 * n + V);
        c30.intoArray(c, p + 3 * n);
        c31.intoArray(c, p + 3 * n + V);
        c40.intoArray(c, p + 4 * n);
        c41.intoArray(c, p + 4 * n + V);
        c50.intoArray(c, p + 5 * n);
        c51.intoArray(c, p + 5 * n + V);
    }
}
