package org.konvergo.linalg;

import static org.konvergo.linalg.Registers.load;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of matrices by packed panels and a block of C that stays in vector registers (Goto and
 * van de Geijn, Anatomy of high-performance matrix multiplication, 2008).
 */
final class VectorProductLanes implements ProductLanes {
    private static final VectorSpecies<Double> S = Registers.DOUBLES;
    private static final int V = S.length();

    // The block of C that stays in registers while the inner index runs: 16 accumulators where
    // there are 32 registers, else 12.
    private static final int TILE_ROWS = V == 8 ? 8 : 6;
    private static final int TILE_COLS = 2 * V;
    // Packed columns of A are this far apart: the compiler proves only powers of two in bounds.
    private static final int STEP = 8;
    // A strip of A, DEPTH x TILE_ROWS, stays in the first-level cache, a panel of B in the second.
    private static final int DEPTH = 384;
    private static final int PANEL_COLS = 512;
    // A large array mostly begins at a page, its entries 16 bytes later: this entry is aligned.
    private static final int ALIGN = 6;
    // Below this many multiplications packing costs more than it saves.
    private static final long SMALL = 4096;
    // Longer rows are summed on their own, so that packed ones stay in cache.
    private static final int LONG_ROW = 4096;
    private static final ScalarProductLanes SCALAR = new ScalarProductLanes();
    private static final VectorLanes SUMS = new VectorLanes();

    private static final ThreadLocal<Panels> PANELS = ThreadLocal.withInitial(Panels::new);

    /** Space for packed panels, one set a thread. */
    private static final class Panels {
        private final double[] a = new double[STEP * DEPTH];
        private final double[] b = new double[ALIGN + PANEL_COLS * DEPTH];
        private final double[] tile = new double[TILE_ROWS * TILE_COLS];
    }

    @Override
    public void gemm(
            int from,
            int to,
            int n,
            int k,
            double[] a,
            int rowA,
            int colA,
            double[] b,
            int rowB,
            int colB,
            double[] c,
            boolean lower) {
        if ((long) (to - from) * n * k < SMALL) {
            SCALAR.gemm(from, to, n, k, a, rowA, colA, b, rowB, colB, c, lower);
            return;
        }
        var panels = PANELS.get();
        int end = lower ? Math.min(n, to) : n;
        for (int j0 = 0; j0 < end; j0 += PANEL_COLS) {
            int width = Math.min(PANEL_COLS, end - j0);
            for (int l0 = 0; l0 < k; l0 += DEPTH) {
                int depth = Math.min(DEPTH, k - l0);
                packB(b, l0 * rowB + j0 * colB, depth, width, rowB, colB, panels.b);
                int start = lower ? Math.max(from, j0) : from;
                for (int i = start; i < to; i += TILE_ROWS) {
                    int rows = Math.min(TILE_ROWS, to - i);
                    packA(a, i * rowA + l0 * colA, rows, depth, rowA, colA, panels.a);
                    int past = lower ? Math.min(end, i + rows) : end;
                    strip(
                            panels,
                            i * n + j0,
                            rows,
                            Math.min(width, past - j0),
                            depth,
                            l0 > 0,
                            c,
                            n);
                }
            }
        }
    }

    /** Updates the rows of C that belong to the packed strip of A, from index p on. */
    private static void strip(
            Panels panels, int p, int rows, int width, int depth, boolean add, double[] c, int n) {
        for (int j = 0; j < width; j += TILE_COLS) {
            int cols = Math.min(TILE_COLS, width - j);
            if (add) {
                fetch(c, p + j, n, rows, cols, panels.tile);
            }
            tile(panels.a, 0, panels.b, ALIGN + j * depth, depth, !add, panels.tile);
            store(panels.tile, rows, cols, c, p + j, n);
        }
    }

    private static void fetch(double[] c, int p, int n, int rows, int cols, double[] tile) {
        for (int r = 0; r < rows; r++) {
            if (cols == TILE_COLS) {
                load(c, p + r * n).intoArray(tile, r * TILE_COLS);
                load(c, p + r * n + V).intoArray(tile, r * TILE_COLS + V);
            } else {
                System.arraycopy(c, p + r * n, tile, r * TILE_COLS, cols);
            }
        }
    }

    private static void store(double[] tile, int rows, int cols, double[] c, int p, int n) {
        for (int r = 0; r < rows; r++) {
            if (cols == TILE_COLS) {
                load(tile, r * TILE_COLS).intoArray(c, p + r * n);
                load(tile, r * TILE_COLS + V).intoArray(c, p + r * n + V);
            } else {
                System.arraycopy(tile, r * TILE_COLS, c, p + r * n, cols);
            }
        }
    }

    /** Strips of TILE_COLS columns, each row after row; what lies beyond the matrix is 0. */
    private static void packB(
            double[] b, int from, int depth, int width, int rowB, int colB, double[] packed) {
        int whole = colB == 1 ? width / TILE_COLS * TILE_COLS : 0;
        // A few rows at a time, so that they are read from left to right.
        for (int l = 0; l < depth; l += STEP) {
            int rows = Math.min(STEP, depth - l);
            for (int j = 0; j < whole; j += TILE_COLS) {
                copy(b, from + l * rowB + j, rowB, rows, packed, ALIGN + j * depth + l * TILE_COLS);
            }
        }
        for (int j = whole; j < width; j += TILE_COLS) {
            int cols = Math.min(TILE_COLS, width - j);
            int p = from + j * colB;
            int q = ALIGN + j * depth;
            packStrip(b, p, rowB, colB, cols, depth, packed, q, TILE_COLS, TILE_COLS);
        }
    }

    private static void copy(double[] b, int p, int rowB, int rows, double[] packed, int q) {
        for (int l = 0; l < rows; l++) {
            load(b, p + l * rowB).intoArray(packed, q + l * TILE_COLS);
            load(b, p + l * rowB + V).intoArray(packed, q + l * TILE_COLS + V);
        }
    }

    /** A strip of rows, column after column; what lies beyond the matrix is 0. */
    private static void packA(
            double[] a, int from, int rows, int depth, int rowA, int colA, double[] packed) {
        packStrip(a, from, colA, rowA, rows, depth, packed, 0, TILE_ROWS, STEP);
    }

    /**
     * Writes the rows of a strip one after another, step entries apart, and sets those from used to
     * wide to 0. Rows are along apart, entries of a row across.
     */
    private static void packStrip(
            double[] x,
            int p,
            int along,
            int across,
            int used,
            int depth,
            double[] packed,
            int q,
            int wide,
            int step) {
        if (along == 1) {
            int e = 0;
            for (; e + 4 <= used; e += 4) {
                if (step == STEP) {
                    turn(x, p + e * across, across, depth, packed, q + e);
                } else {
                    turnWide(x, p + e * across, across, depth, packed, q + e);
                }
            }
            for (; e < used; e++) {
                for (int l = 0; l < depth; l++) {
                    packed[q + l * step + e] = x[p + e * across + l];
                }
            }
        } else {
            for (int l = 0; l < depth; l++) {
                for (int e = 0; e < used; e++) {
                    packed[q + l * step + e] = x[p + l * along + e * across];
                }
            }
        }
        for (int l = 0; l < depth && used < wide; l++) {
            for (int e = used; e < wide; e++) {
                packed[q + l * step + e] = 0;
            }
        }
    }

    /** Writes four rows of A as columns beside each other. */
    private static void turn(double[] x, int p0, int across, int depth, double[] packed, int q) {
        int p1 = p0 + across;
        int p2 = p1 + across;
        int p3 = p2 + across;
        for (int l = 0; l < depth; l++) {
            packed[q + l * STEP] = x[p0 + l];
            packed[q + l * STEP + 1] = x[p1 + l];
            packed[q + l * STEP + 2] = x[p2 + l];
            packed[q + l * STEP + 3] = x[p3 + l];
        }
    }

    /** Writes four columns of B as columns beside each other. */
    private static void turnWide(
            double[] x, int p0, int across, int depth, double[] packed, int q) {
        int p1 = p0 + across;
        int p2 = p1 + across;
        int p3 = p2 + across;
        for (int l = 0; l < depth; l++) {
            packed[q + l * TILE_COLS] = x[p0 + l];
            packed[q + l * TILE_COLS + 1] = x[p1 + l];
            packed[q + l * TILE_COLS + 2] = x[p2 + l];
            packed[q + l * TILE_COLS + 3] = x[p3 + l];
        }
    }

    /**
     * The terms of one block of C. Nothing but constants and the loop's index enters its addresses,
     * so that the loop has no checks of bounds and spills no registers: with registers of 512 bits
     * a term compiles to 16 fused multiply-adds, 8 broadcasts, 2 loads and 10 instructions for the
     * index. Two terms a turn are faster where the compiler keeps their order (JDK 17, by a tenth)
     * and slower where it fetches both terms' factors first and spills sums (JDK 25, by a fifth).
     */
    private static void tile(
            double[] a, int pa, double[] b, int pb, int depth, boolean first, double[] c) {
        var zero = DoubleVector.zero(S);
        var c00 = first ? zero : load(c, 0);
        var c01 = first ? zero : load(c, V);
        var c10 = first ? zero : load(c, 2 * V);
        var c11 = first ? zero : load(c, 3 * V);
        var c20 = first ? zero : load(c, 4 * V);
        var c21 = first ? zero : load(c, 5 * V);
        var c30 = first ? zero : load(c, 6 * V);
        var c31 = first ? zero : load(c, 7 * V);
        var c40 = first ? zero : load(c, 8 * V);
        var c41 = first ? zero : load(c, 9 * V);
        var c50 = first ? zero : load(c, 10 * V);
        var c51 = first ? zero : load(c, 11 * V);
        var c60 = first || TILE_ROWS < 8 ? zero : load(c, 12 * V);
        var c61 = first || TILE_ROWS < 8 ? zero : load(c, 13 * V);
        var c70 = first || TILE_ROWS < 8 ? zero : load(c, 14 * V);
        var c71 = first || TILE_ROWS < 8 ? zero : load(c, 15 * V);
        for (int l = 0; l < depth; l++) {
            int i = pa + l * STEP;
            int j = pb + l * TILE_COLS;
            var b0 = load(b, j);
            var b1 = load(b, j + V);
            var f = DoubleVector.broadcast(S, a[i]);
            c00 = f.fma(b0, c00);
            c01 = f.fma(b1, c01);
            f = DoubleVector.broadcast(S, a[i + 1]);
            c10 = f.fma(b0, c10);
            c11 = f.fma(b1, c11);
            f = DoubleVector.broadcast(S, a[i + 2]);
            c20 = f.fma(b0, c20);
            c21 = f.fma(b1, c21);
            f = DoubleVector.broadcast(S, a[i + 3]);
            c30 = f.fma(b0, c30);
            c31 = f.fma(b1, c31);
            f = DoubleVector.broadcast(S, a[i + 4]);
            c40 = f.fma(b0, c40);
            c41 = f.fma(b1, c41);
            f = DoubleVector.broadcast(S, a[i + 5]);
            c50 = f.fma(b0, c50);
            c51 = f.fma(b1, c51);
            if (TILE_ROWS == 8) {
                f = DoubleVector.broadcast(S, a[i + 6]);
                c60 = f.fma(b0, c60);
                c61 = f.fma(b1, c61);
                f = DoubleVector.broadcast(S, a[i + 7]);
                c70 = f.fma(b0, c70);
                c71 = f.fma(b1, c71);
            }
        }
        c00.intoArray(c, 0);
        c01.intoArray(c, V);
        c10.intoArray(c, 2 * V);
        c11.intoArray(c, 3 * V);
        c20.intoArray(c, 4 * V);
        c21.intoArray(c, 5 * V);
        c30.intoArray(c, 6 * V);
        c31.intoArray(c, 7 * V);
        c40.intoArray(c, 8 * V);
        c41.intoArray(c, 9 * V);
        c50.intoArray(c, 10 * V);
        c51.intoArray(c, 11 * V);
        if (TILE_ROWS == 8) {
            c60.intoArray(c, 12 * V);
            c61.intoArray(c, 13 * V);
            c70.intoArray(c, 14 * V);
            c71.intoArray(c, 15 * V);
        }
    }

    @Override
    public void squaredDistances(int m, int n, int d, double[] a, double[] b, double[] c) {
        if (n >= V && d <= LONG_ROW) {
            VectorDistances.squared(m, n, d, a, b, c);
            return;
        }
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                c[i * n + j] = SUMS.squaredDistance(a, i * d, b, j * d, d);
            }
        }
    }
}
