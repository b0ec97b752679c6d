package org.konvergo.control;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.chol.CholeskyDecompositionInner_DDRM;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;

/**
 * The linear-quadratic regulator on a finite horizon: x' = Ax + Bu, running cost (x'Qx + u'Ru)/2,
 * terminal cost x'Sx/2. Its optimality conditions are linear.
 *
 * @param a A, n x n
 * @param b B, n x m
 * @param q Q, n x n, symmetric
 * @param r R, m x m, symmetric and positive definite (otherwise arcs are singular)
 * @param s S, n x n, symmetric
 * @param finalTime t_f, positive
 * @param initialState x0, of length n
 */
public record LinearQuadraticProblem(
        DMatrixRMaj a,
        DMatrixRMaj b,
        DMatrixRMaj q,
        DMatrixRMaj r,
        DMatrixRMaj s,
        double finalTime,
        double[] initialState)
        implements OptimalControlProblem {
    /**
     * Checks the arguments.
     *
     * @param a as above
     * @param b as above
     * @param q as above
     * @param r as above
     * @param s as above
     * @param finalTime as above
     * @param initialState as above
     * @throws IllegalArgumentException if shapes do not fit, an entry is not finite, a weight is
     *     not symmetric, R is not positive definite or t_f is not positive
     */
    public LinearQuadraticProblem {
        int n = Require.square("a", a).numRows;
        Require.atLeast("rows of a", n, 1);
        int m = Require.notNull("b", b).numCols;
        Require.atLeast("columns of b", m, 1);
        Require.shape("b", b, n, m);
        Require.shape("q", q, n, n);
        Require.shape("r", r, m, m);
        Require.shape("s", s, n, n);
        Require.finite("a", entries(a));
        Require.finite("b", entries(b));
        symmetric("q", q);
        symmetric("r", r);
        symmetric("s", s);
        Require.that(
                new CholeskyDecompositionInner_DDRM(true).decompose(r.copy()),
                "r",
                "positive definite",
                "not");
        Require.positive("finalTime", finalTime);
        Require.finite("initialState", Require.length("initialState", initialState, n));
    }

    /**
     * The problem with unit weights on the state, Q = S = I, and R = rho I.
     *
     * @param a A, n x n
     * @param b B, n x m
     * @param rho weight of the control, positive
     * @param finalTime t_f, positive
     * @param initialState x0, of length n
     * @return the problem
     * @throws IllegalArgumentException as the constructor
     */
    public static LinearQuadraticProblem withControlWeight(
            DMatrixRMaj a, DMatrixRMaj b, double rho, double finalTime, double... initialState) {
        int n = Require.square("a", a).numRows;
        int m = Require.notNull("b", b).numCols;
        Require.positive("rho", rho);
        return new LinearQuadraticProblem(
                a, b, diagonal(n, 1), diagonal(m, rho), diagonal(n, 1), finalTime, initialState);
    }

    private static DMatrixRMaj diagonal(int n, double value) {
        var d = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            d.set(i, i, value);
        }
        return d;
    }

    private static double[] entries(DMatrixRMaj a) {
        return Arrays.copyOf(a.data, a.getNumElements());
    }

    private static void symmetric(String name, DMatrixRMaj a) {
        Require.finite(name, entries(a));
        for (int i = 0; i < a.numRows; i++) {
            for (int j = 0; j < i; j++) {
                Require.that(
                        a.get(i, j) == a.get(j, i), name, "symmetric", "not at " + i + "," + j);
            }
        }
    }

    @Override
    public int states() {
        return a.numRows;
    }

    @Override
    public int controls() {
        return b.numCols;
    }

    @Override
    public void dynamics(double[] x, double[] u, double[] f) {
        var bu = new double[f.length];
        Kernels.gemv(b, u, bu);
        Kernels.gemv(a, x, f);
        Kernels.axpy(1, bu, f);
    }

    @Override
    public void dynamicsJacobian(double[] x, double[] u, DMatrixRMaj fx, DMatrixRMaj fu) {
        fx.setTo(a);
        fu.setTo(b);
    }

    @Override
    public double runningCost(double[] x, double[] u) {
        return half(q, x) + half(r, u);
    }

    @Override
    public void runningGradient(double[] x, double[] u, double[] gx, double[] gu) {
        Kernels.gemv(q, x, gx);
        Kernels.gemv(r, u, gu);
    }

    @Override
    public void hamiltonianHessian(
            double[] lambda,
            double[] x,
            double[] u,
            DMatrixRMaj hxx,
            DMatrixRMaj hxu,
            DMatrixRMaj huu) {
        hxx.setTo(q);
        hxu.zero();
        huu.setTo(r);
    }

    @Override
    public double terminalCost(double[] x) {
        return half(s, x);
    }

    @Override
    public void terminalGradient(double[] x, double[] g) {
        Kernels.gemv(s, x, g);
    }

    @Override
    public void terminalHessian(double[] x, DMatrixRMaj hessian) {
        hessian.setTo(s);
    }

    private static double half(DMatrixRMaj weight, double[] x) {
        var product = new double[x.length];
        Kernels.gemv(weight, x, product);
        return 0.5 * Kernels.dot(x, product);
    }
}
