package org.konvergo.control;

import org.ejml.data.DMatrixRMaj;

/**
 * An optimal control problem of Bolza form with a fixed start and a fixed final time:
 *
 * <p>minimise E(x(t_f)) + integral from 0 to t_f of l(x, u) dt subject to x' = f(x, u), x(0) = x0,
 * with x in R^n and u in R^m.
 *
 * <p>Besides the functions it states their first derivatives, and the second ones of the
 * pre-Hamiltonian H(lambda, x, u) = l(x, u) + lambda' f(x, u), which is all that Newton's method
 * asks for. Each oracle writes into arrays of the caller's and overwrites every entry of them.
 */
public interface OptimalControlProblem {
    /**
     * Number of states.
     *
     * @return n, at least 1
     */
    int states();

    /**
     * Number of controls.
     *
     * @return m, at least 1
     */
    int controls();

    /**
     * Final time.
     *
     * @return t_f, positive, in the unit of t
     */
    double finalTime();

    /**
     * The start.
     *
     * @return x0, of length n
     */
    double[] initialState();

    /**
     * The dynamics.
     *
     * @param x state, of length n
     * @param u control, of length m
     * @param f of length n, overwritten with f(x, u)
     */
    void dynamics(double[] x, double[] u, double[] f);

    /**
     * Derivatives of the dynamics.
     *
     * @param x state, of length n
     * @param u control, of length m
     * @param fx n x n, overwritten with df/dx
     * @param fu n x m, overwritten with df/du
     */
    void dynamicsJacobian(double[] x, double[] u, DMatrixRMaj fx, DMatrixRMaj fu);

    /**
     * The running cost.
     *
     * @param x state, of length n
     * @param u control, of length m
     * @return l(x, u)
     */
    double runningCost(double[] x, double[] u);

    /**
     * Gradient of the running cost.
     *
     * @param x state, of length n
     * @param u control, of length m
     * @param gx of length n, overwritten with dl/dx
     * @param gu of length m, overwritten with dl/du
     */
    void runningGradient(double[] x, double[] u, double[] gx, double[] gu);

    /**
     * Second derivatives of the pre-Hamiltonian.
     *
     * @param lambda costate, of length n
     * @param x state, of length n
     * @param u control, of length m
     * @param hxx n x n, overwritten with H_xx
     * @param hxu n x m, overwritten with H_xu
     * @param huu m x m, overwritten with H_uu
     */
    void hamiltonianHessian(
            double[] lambda,
            double[] x,
            double[] u,
            DMatrixRMaj hxx,
            DMatrixRMaj hxu,
            DMatrixRMaj huu);

    /**
     * The terminal cost.
     *
     * @param x final state, of length n
     * @return E(x)
     */
    double terminalCost(double[] x);

    /**
     * Gradient of the terminal cost.
     *
     * @param x final state, of length n
     * @param g of length n, overwritten with the gradient of E
     */
    void terminalGradient(double[] x, double[] g);

    /**
     * Second derivatives of the terminal cost.
     *
     * @param x final state, of length n
     * @param hessian n x n, overwritten with the Hessian of E
     */
    void terminalHessian(double[] x, DMatrixRMaj hessian);
}
