package org.konvergo.linalg;

import java.util.Arrays;

/** Products of matrices in plain Java. */
final class ScalarProductLanes implements ProductLanes {
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
        if (colB != 1) {
            // The inner loop runs along rows of B.
            var rows = new double[k * n];
            for (int l = 0; l < k; l++) {
                for (int j = 0; j < n; j++) {
                    rows[l * n + j] = b[l * rowB + j * colB];
                }
            }
            gemm(m, n, k, a, rowA, colA, rows, n, 1, c);
            return;
        }
        Arrays.fill(c, 0, m * n, 0);
        for (int i = 0; i < m; i++) {
            for (int l = 0; l < k; l++) {
                double factor = a[i * rowA + l * colA];
                for (int j = 0; j < n; j++) {
                    c[i * n + j] = Math.fma(factor, b[l * rowB + j], c[i * n + j]);
                }
            }
        }
    }
}
