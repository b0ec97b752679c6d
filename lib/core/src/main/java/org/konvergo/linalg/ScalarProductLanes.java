package org.konvergo.linalg;

import java.util.Arrays;

/** Products of matrices in plain Java. */
final class ScalarProductLanes implements ProductLanes {
    private static final int BLOCK = 64;
    private static final ThreadLocal<double[]> ROWS =
            ThreadLocal.withInitial(() -> new double[BLOCK * BLOCK]);
    private static final ScalarLanes LANES = new ScalarLanes();

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
        Arrays.fill(c, from * n, to * n, 0);
        int width = lower ? Math.min(n, to) : n;
        if (colB == 1) {
            for (int i = from; i < to; i++) {
                for (int l = 0; l < k; l++) {
                    update(a[i * rowA + l * colA], b, l * rowB, c, i * n, width);
                }
            }
            return;
        }
        // The inner loop runs along rows of B, so blocks of it are turned.
        double[] rows = ROWS.get();
        for (int l0 = 0; l0 < k; l0 += BLOCK) {
            int depth = Math.min(BLOCK, k - l0);
            for (int j0 = 0; j0 < width; j0 += BLOCK) {
                int cols = Math.min(BLOCK, width - j0);
                for (int j = 0; j < cols; j++) {
                    int start = l0 * rowB + (j0 + j) * colB;
                    for (int l = 0; l < depth; l++) {
                        rows[l * BLOCK + j] = b[start + l * rowB];
                    }
                }
                for (int i = from; i < to; i++) {
                    for (int l = 0; l < depth; l++) {
                        double factor = a[i * rowA + (l0 + l) * colA];
                        update(factor, rows, l * BLOCK, c, i * n + j0, cols);
                    }
                }
            }
        }
    }

    private static void update(double factor, double[] b, int p, double[] c, int q, int n) {
        for (int j = 0; j < n; j++) {
            c[q + j] = Math.fma(factor, b[p + j], c[q + j]);
        }
    }

    @Override
    public void squaredDistances(int m, int n, int d, double[] a, double[] b, double[] c) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                c[i * n + j] = LANES.squaredDistance(a, i * d, b, j * d, d);
            }
        }
    }
}
