package org.konvergo.linalg;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;

/** Products of matrices behind {@link Kernels}: checks, transposes as strides, and threads. */
final class Products {
    private static final ProductLanes LANES =
            Simd.choose(ProductLanes.class, "VectorProductLanes", new ScalarProductLanes());
    private static final UpdateLanes UPDATES =
            Simd.choose(UpdateLanes.class, "VectorUpdateLanes", new ScalarUpdateLanes());

    // With fewer multiplications a second thread costs more than it saves.
    private static final long WORTH_THREADS = 1L << 22;
    // Rows of a piece of work: a multiple of every register block, and enough to pack B for.
    private static final int PIECE = 96;

    private Products() {}

    /** C = op(A) op(B). */
    static void gemm(DMatrixRMaj a, boolean transA, DMatrixRMaj b, boolean transB, DMatrixRMaj c) {
        Arguments.matrix("a", a);
        Arguments.matrix("b", b);
        Arguments.matrix("c", c);
        int m = transA ? a.numCols : a.numRows;
        int k = transA ? a.numRows : a.numCols;
        int n = transB ? b.numRows : b.numCols;
        Require.shape("b", b, transB ? n : k, transB ? k : n);
        Require.shape("c", c, m, n);
        Arguments.distinct("c", c.data, "a", a.data);
        Arguments.distinct("c", c.data, "b", b.data);
        int rowA = transA ? 1 : k;
        int colA = transA ? m : 1;
        int rowB = transB ? 1 : n;
        int colB = transB ? k : 1;
        if (m == 1 && colB == 1 && c.data.length == n) {
            UPDATES.gemvTransposed(b.data, k, a.data, c.data);
        } else {
            rows(m, n, k, a.data, rowA, colA, b.data, rowB, colB, c.data, false);
        }
    }

    /** C = A A' or, transposed, A' A. */
    static void syrk(DMatrixRMaj a, boolean transposed, DMatrixRMaj c) {
        Arguments.matrix("a", a);
        Arguments.matrix("c", c);
        int n = transposed ? a.numCols : a.numRows;
        int k = transposed ? a.numRows : a.numCols;
        Require.shape("c", c, n, n);
        Arguments.distinct("c", c.data, "a", a.data);
        int row = transposed ? 1 : k;
        int col = transposed ? n : 1;
        rows(n, n, k, a.data, row, col, a.data, col, row, c.data, true);
        mirror(n, c.data);
    }

    /** Rows are cut into pieces; every entry belongs to one, so that its bits depend on none. */
    private static void rows(
            int m,
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
        if ((long) m * n * k < WORTH_THREADS || m <= PIECE || Parallel.alone()) {
            LANES.gemm(0, m, n, k, a, rowA, colA, b, rowB, colB, c, lower);
            return;
        }
        Parallel.each(
                (m + PIECE - 1) / PIECE,
                piece -> {
                    int from = piece * PIECE;
                    int to = Math.min(m, from + PIECE);
                    LANES.gemm(from, to, n, k, a, rowA, colA, b, rowB, colB, c, lower);
                });
    }

    /** Copies the lower triangle to the upper one, block by block so that both stay in cache. */
    private static void mirror(int n, double[] c) {
        int block = 16;
        for (int i0 = 0; i0 < n; i0 += block) {
            for (int j0 = 0; j0 <= i0; j0 += block) {
                for (int j = j0; j < Math.min(n, j0 + block); j++) {
                    for (int i = Math.max(i0, j + 1); i < Math.min(n, i0 + block); i++) {
                        c[j * n + i] = c[i * n + j];
                    }
                }
            }
        }
    }

    /** C[i, j] = squared distance of row i of A and row j of B. */
    static void squaredDistances(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
        Arguments.matrix("a", a);
        Arguments.matrix("b", b);
        Arguments.matrix("c", c);
        Require.shape("b", b, b.numRows, a.numCols);
        Require.shape("c", c, a.numRows, b.numRows);
        Arguments.distinct("c", c.data, "a", a.data);
        Arguments.distinct("c", c.data, "b", b.data);
        LANES.squaredDistances(a.numRows, b.numRows, a.numCols, a.data, b.data, c.data);
    }
}
