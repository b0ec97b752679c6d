package org.konvergo.problem;

import org.ejml.data.DMatrixRMaj;

/**
 * Minimise f(x) over x in R^n subject to c(x) = 0 in R^m, with m at most n. Value and gradient are
 * those of f; the Lagrangian is f(x) + lambda'c(x).
 */
public interface EqualityConstrainedProblem extends Smooth {
    /**
     * Number of constraints.
     *
     * @return m, in 1..n
     */
    int constraintCount();

    /**
     * The constraints.
     *
     * @param x point of length n
     * @param c of length m, overwritten with c(x)
     */
    void constraints(double[] x, double[] c);

    /**
     * Their Jacobian.
     *
     * @param x point of length n
     * @param jacobian m x n, overwritten: row i is the gradient of constraint i
     */
    void jacobian(double[] x, DMatrixRMaj jacobian);

    /**
     * The Hessian of the Lagrangian in x.
     *
     * @param x point of length n
     * @param lambda multipliers of length m
     * @param hessian n x n, overwritten, symmetric
     */
    void lagrangianHessian(double[] x, double[] lambda, DMatrixRMaj hessian);

    /**
     * Where methods usually start.
     *
     * @return a new point of length n
     */
    double[] start();
}
