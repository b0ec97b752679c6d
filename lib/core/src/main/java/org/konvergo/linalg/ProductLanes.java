package org.konvergo.linalg;

/**
 * Products of matrices behind {@link Kernels}, which checks the arguments. Two classes implement
 * them, with the same bits: {@link ScalarProductLanes} in plain Java, and VectorProductLanes in
 * vector registers.
 */
interface ProductLanes {
    /**
     * C = A B, with C row-major, m x n. Entry (i, l) of A stands at i * rowA + l * colA, entry (l,
     * j) of B at l * rowB + j * colB; so transposes are a matter of strides. Entries of C add their
     * terms in the order of l.
     */
    void gemm(
            int m,
            int n,
            int k,
            double[] a,
            int rowA,
            int colA,
            double[] b,
            int rowB,
            int colB,
            double[] c);
}
