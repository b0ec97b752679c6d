package org.konvergo.linalg;

/**
 * What is behind {@link MatrixScaling}, which checks the arguments. Two classes implement it, with
 * the same bits: {@link ScalarScalingLanes} in plain Java, and VectorScalingLanes in vector
 * registers.
 */
interface ScalingLanes {
    /** One pass over A, row by row: av = A v, u = marginal / av, atu = A'u. */
    void sweep(
            double[] a,
            int n,
            double[] marginal,
            double[] v,
            double[] av,
            double[] u,
            double[] atu);
}
