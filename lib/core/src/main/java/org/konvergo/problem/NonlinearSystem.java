package org.konvergo.problem;

import org.ejml.data.DMatrixRMaj;

/** A system of n equations in n unknowns, F(z) = 0, with its Jacobian. */
public interface NonlinearSystem {
    /**
     * Number of equations and of unknowns.
     *
     * @return n, at least 1
     */
    int dimension();

    /**
     * The residual.
     *
     * @param z point of length n
     * @param residual vector of length n, overwritten with F(z)
     */
    void residual(double[] z, double[] residual);

    /**
     * The Jacobian.
     *
     * @param z point of length n
     * @return a new matrix, n x n, with the derivative of F_i with respect to z_j in row i, column
     *     j
     */
    DMatrixRMaj jacobian(double[] z);
}
