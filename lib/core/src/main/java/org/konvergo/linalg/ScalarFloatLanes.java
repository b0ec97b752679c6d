package org.konvergo.linalg;

import java.util.Arrays;

/** Sums and products in single precision, in plain Java. */
final class ScalarFloatLanes implements FloatLanes {
    private static final int BLOCK = 64;
    private static final ThreadLocal<float[]> LANES = ThreadLocal.withInitial(() -> new float[16]);
    private static final ThreadLocal<float[]> ROWS =
            ThreadLocal.withInitial(() -> new float[BLOCK * BLOCK]);

    @Override
    public float dot(float[] x, int p, float[] y, int q, int n) {
        float[] s = LANES.get();
        Arrays.fill(s, 0);
        return dot(x, p, y, q, n, s);
    }

    /** Adds to lanes that may hold sums already. */
    static float dot(float[] x, int p, float[] y, int q, int n, float[] s) {
        int i = 0;
        for (; i + 16 <= n; i += 16) {
            for (int lane = 0; lane < 16; lane++) {
                s[lane] = Math.fma(x[p + i + lane], y[q + i + lane], s[lane]);
            }
        }
        for (int lane = 0; i + lane < n; lane++) {
            s[lane] = Math.fma(x[p + i + lane], y[q + i + lane], s[lane]);
        }
        return FloatLanes.tree(s);
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
        Arrays.fill(c, 0, m * n, 0);
        // The inner loop runs along rows of B, so blocks of it are turned where needed.
        float[] rows = ROWS.get();
        for (int l0 = 0; l0 < k; l0 += BLOCK) {
            int depth = Math.min(BLOCK, k - l0);
            for (int j0 = 0; j0 < n; j0 += BLOCK) {
                int cols = Math.min(BLOCK, n - j0);
                for (int l = 0; l < depth; l++) {
                    for (int j = 0; j < cols; j++) {
                        rows[l * BLOCK + j] = b[(l0 + l) * rowB + (j0 + j) * colB];
                    }
                }
                for (int i = 0; i < m; i++) {
                    for (int l = 0; l < depth; l++) {
                        float factor = a[i * rowA + (l0 + l) * colA];
                        for (int j = 0; j < cols; j++) {
                            int to = i * n + j0 + j;
                            c[to] = Math.fma(factor, rows[l * BLOCK + j], c[to]);
                        }
                    }
                }
            }
        }
    }
}
