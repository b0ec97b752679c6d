package org.konvergo.linalg;

/**
 * Products of matrices behind {@link Kernels}, which checks the arguments. Two classes implement
 * them, with the same bits: {@link ScalarProductLanes} in plain Java, and VectorProductLanes in
 * vector registers.
 */
interface ProductLanes {
    /**
     * Rows from..to-1 of C = A B, with C row-major, n columns. Entry (i, l) of A stands at i * rowA
     * + l * colA, entry (l, j) of B at l * rowB + j * colB; so transposes are a matter of strides.
     * Entries of C add their terms in the order of l.
     *
     * <p>With {@code lower}, entries above the diagonal may be left out, and what stands there
     * afterwards is not defined.
     */
    void gemm(
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
            boolean lower);

    /**
     * Squared distances of the rows of A, m x d, and of B, n x d, into C, m x n. Every entry runs
     * over 8 lanes.
     */
    void squaredDistances(int m, int n, int d, double[] a, double[] b, double[] c);
}
