package org.konvergo.linalg;

/**
 * Sums and products in single precision behind {@link FloatKernels}, which checks the arguments.
 * Two classes implement them, with the same bits: {@link ScalarFloatLanes} in plain Java, and
 * VectorFloatLanes in vector registers.
 */
interface FloatLanes {
    /** Inner product of two ranges, over 16 lanes. */
    float dot(float[] x, int p, float[] y, int q, int n);

    /** C = A B with the strides and the order of {@link ProductLanes#gemm}. */
    void gemm(
            int m,
            int n,
            int k,
            float[] a,
            int rowA,
            int colA,
            float[] b,
            int rowB,
            int colB,
            float[] c);

    /** 16 lanes combined in a fixed tree: halves until one is left. The array is overwritten. */
    static float tree(float[] s) {
        for (int half = 8; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                s[i] += s[i + half];
            }
        }
        return s[0];
    }
}
