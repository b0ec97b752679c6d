package org.konvergo.linalg;

import static org.konvergo.linalg.Registers.load;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Products of matrices by packed panels and a block of C that stays in vector registers. */
final class VectorProductLanes implements ProductLanes {
    private static final VectorSpecies<Double> S = Registers.DOUBLES;
    private static final int V = S.length();

    // The block of rows and columns of C that stays in registers while the inner index runs.
    private static final int TILE_ROWS = 6;
    private static final int TILE_COLS = 2 * V;
    // Packed panels stay in the second-level cache.
    private static final int DEPTH = 256;
    private static final int PANEL_ROWS = 20 * TILE_ROWS;
    // Below this many multiplications packing costs more than it saves.
    private static final long SMALL = 4096;
    private static final ScalarProductLanes SCALAR = new ScalarProductLanes();

    private static final ThreadLocal<Panels> PANELS = ThreadLocal.withInitial(Panels::new);

    /** Space for packed panels, one set a thread; grows to the largest size met. */
    private static final class Panels {
        private final double[] a = new double[PANEL_ROWS * DEPTH];
        private final double[] tile = new double[TILE_ROWS * TILE_COLS];
        private double[] b = new double[0];
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
