package org.konvergo.linalg;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums and products in single precision in vector registers: the dot product's 16 lanes lie in
 * four, two or one of them, and the product of matrices is that of VectorProductLanes.
 */
final class VectorFloatLanes implements FloatLanes {
    private static final VectorSpecies<Float> S =
            VectorSpecies.of(float.class, Registers.DOUBLES.vectorShape());
    private static final int V = S.length();

    // Blocks as in VectorProductLanes.
    private static final int TILE_ROWS = V == 16 ? 8 : 6;
    private static final int TILE_COLS = 2 * V;
    private static final int STEP = 8;
    private static final int DEPTH = 384;
    private static final int PANEL_COLS = 1024;
    // A large array mostly begins at a page, its entries 16 bytes later: this entry is aligned.
    private static final int ALIGN = 12;
    private static final long SMALL = 4096;
    private static final ScalarFloatLanes SCALAR = new ScalarFloatLanes();

    private static final ThreadLocal<Panels> PANELS = ThreadLocal.withInitial(Panels::new);

    /** Space for packed panels, one set a thread. */
    private static final class Panels {
        private final float[] a = new float[STEP * DEPTH];
        private final float[] b = new float[ALIGN + PANEL_COLS * DEPTH];
        private final float[] tile = new float[TILE_ROWS * TILE_COLS];
        private final float[] lanes = new float[16];
    }

    private static FloatVector load(float[] x, int i) {
        return FloatVector.fromArray(S, x, i);
    }

    @Override
    public float dot(float[] x, int p, float[] y, int q, int n) {
        var a0 = FloatVector.zero(S);
        var a1 = FloatVector.zero(S);
        var a2 = FloatVector.zero(S);
        var a3 = FloatVector.zero(S);
        int end = n & -16;
        for (int i = 0; i < end; i += 16) {
            a0 = load(x, p + i).fma(load(y, q + i), a0);
            if (V < 16) {
                a1 = load(x, p + i + V).fma(load(y, q + i + V), a1);
            }
            if (V < 8) {
                a2 = load(x, p + i + 8).fma(load(y, q + i + 8), a2);
                a3 = load(x, p + i + 12).fma(load(y, q + i + 12), a3);
            }
        }
        float[] lanes = PANELS.get().lanes;
        a0.intoArray(lanes, 0);
        if (V < 16) {
            a1.intoArray(lanes, V);
        }
        if (V < 8) {
            a2.intoArray(lanes, 8);
            a3.intoArray(lanes, 12);
        }
        return ScalarFloatLanes.dot(x, p + end, y, q + end, n - end, lanes);
    }

    @Override
    public void gemm(
            int m,
            int n,
            int k,
            float[] a,
            int rowA,
            int colA,
            float[] b,
            int rowB,
            int colB,
            float[] c) {
        if ((long) m * n * k < SMALL) {
            SCALAR.gemm(m, n, k, a, rowA, colA, b, rowB, colB, c);
            return;
        }
        var panels = PANELS.get();
        for (int j0 = 0; j0 < n; j0 += PANEL_COLS) {
            int width = Math.min(PANEL_COLS, n - j0);
            for (int l0 = 0; l0 < k; l0 += DEPTH) {
                int depth = Math.min(DEPTH, k - l0);
                packB(b, l0 * rowB + j0 * colB, depth, width, rowB, colB, panels.b);
                for (int i = 0; i < m; i += TILE_ROWS) {
                    int rows = Math.min(TILE_ROWS, m - i);
                    packA(a, i * rowA + l0 * colA, rows, depth, rowA, colA, panels.a);
                    strip(panels, i * n + j0, rows, width, depth, l0 > 0, c, n);
                }
            }
        }
    }

    /** Updates the rows of C that belong to the packed strip of A, from index p on. */
    private static void strip(
            Panels panels, int p, int rows, int width, int depth, boolean add, float[] c, int n) {
        for (int j = 0; j < width; j += TILE_COLS) {
            int cols = Math.min(TILE_COLS, width - j);
            if (add) {
                fetch(c, p + j, n, rows, cols, panels.tile);
            }
            tile(panels.a, 0, panels.b, ALIGN + j * depth, depth, !add, panels.tile);
            store(panels.tile, rows, cols, c, p + j, n);
        }
    }

    private static void fetch(float[] c, int p, int n, int rows, int cols, float[] tile) {
        for (int r = 0; r < rows; r++) {
            if (cols == TILE_COLS) {
                load(c, p + r * n).intoArray(tile, r * TILE_COLS);
                load(c, p + r * n + V).intoArray(tile, r * TILE_COLS + V);
            } else {
                System.arraycopy(c, p + r * n, tile, r * TILE_COLS, cols);
            }
        }
    }

    private static void store(float[] tile, int rows, int cols, float[] c, int p, int n) {
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
            float[] b, int from, int depth, int width, int rowB, int colB, float[] packed) {
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

    private static void copy(float[] b, int p, int rowB, int rows, float[] packed, int q) {
        for (int l = 0; l < rows; l++) {
            load(b, p + l * rowB).intoArray(packed, q + l * TILE_COLS);
            load(b, p + l * rowB + V).intoArray(packed, q + l * TILE_COLS + V);
        }
    }

    /** A strip of rows, column after column; what lies beyond the matrix is 0. */
    private static void packA(
            float[] a, int from, int rows, int depth, int rowA, int colA, float[] packed) {
        packStrip(a, from, colA, rowA, rows, depth, packed, 0, TILE_ROWS, STEP);
    }

    /**
     * Writes the rows of a strip one after another, step entries apart, and sets those from used to
     * wide to 0. Rows are along apart, entries of a row across.
     */
    private static void packStrip(
            float[] x,
            int p,
            int along,
            int across,
            int used,
            int depth,
            float[] packed,
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
    private static void turn(float[] x, int p0, int across, int depth, float[] packed, int q) {
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
    private static void turnWide(float[] x, int p0, int across, int depth, float[] packed, int q) {
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
     * so that the loop has no checks of bounds and spills no registers.
     */
    private static void tile(
            float[] a, int pa, float[] b, int pb, int depth, boolean first, float[] c) {
        var zero = FloatVector.zero(S);
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
            var f = FloatVector.broadcast(S, a[i]);
            c00 = f.fma(b0, c00);
            c01 = f.fma(b1, c01);
            f = FloatVector.broadcast(S, a[i + 1]);
            c10 = f.fma(b0, c10);
            c11 = f.fma(b1, c11);
            f = FloatVector.broadcast(S, a[i + 2]);
            c20 = f.fma(b0, c20);
            c21 = f.fma(b1, c21);
            f = FloatVector.broadcast(S, a[i + 3]);
            c30 = f.fma(b0, c30);
            c31 = f.fma(b1, c31);
            f = FloatVector.broadcast(S, a[i + 4]);
            c40 = f.fma(b0, c40);
            c41 = f.fma(b1, c41);
            f = FloatVector.broadcast(S, a[i + 5]);
            c50 = f.fma(b0, c50);
            c51 = f.fma(b1, c51);
            if (TILE_ROWS == 8) {
                f = FloatVector.broadcast(S, a[i + 6]);
                c60 = f.fma(b0, c60);
                c61 = f.fma(b1, c61);
                f = FloatVector.broadcast(S, a[i + 7]);
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
}
