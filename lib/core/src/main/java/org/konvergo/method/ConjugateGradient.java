package org.konvergo.method;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.LinearOperator;

/**
 * Conjugate gradients for A x = b with a symmetric positive semidefinite A, preconditioned by a
 * diagonal, from x = 0. If A is singular, b must lie in its range.
 *
 * <p>Source: Hestenes and Stiefel, Methods of Conjugate Gradients for Solving Linear Systems, 1952;
 * with preconditioner: Golub and Van Loan, Matrix Computations, 2013, algorithm 11.5.1.
 *
 * @param a the operator
 * @param b right side of length n
 * @param preconditioner of length n, positive; the diagonal of A for Jacobi's
 */
public record ConjugateGradient(LinearOperator a, double[] b, double[] preconditioner)
        implements Method<ConjugateGradient.State> {
    /**
     * Checks the arguments.
     *
     * @param a as above
     * @param b as above
     * @param preconditioner as above
     * @throws IllegalArgumentException if b is not finite, or the preconditioner does not fit or is
     *     not positive
     */
    public ConjugateGradient {
        Require.notNull("a", a);
        Require.finite("b", b);
        Require.positive(
                "preconditioner", Require.length("preconditioner", preconditioner, b.length));
    }

    /**
     * Conjugate gradients without preconditioner.
     *
     * @param a the operator
     * @param b right side of length n, finite
     * @return the method
     */
    public static ConjugateGradient plain(LinearOperator a, double[] b) {
        var ones = new double[Require.finite("b", b).length];
        java.util.Arrays.fill(ones, 1);
        return new ConjugateGradient(a, b, ones);
    }

    /** An iterate. */
    public static final class State {
        private final double[] x;
        private final double[] r;
        private final double[] p;
        private final double[] work;
        private final double scale;
        private double rho;
        private int steps;
        private boolean brokenDown;

        private State(double[] b, double[] preconditioner) {
            x = new double[b.length];
            r = b.clone();
            work = new double[b.length];
            divide(r, preconditioner, work);
            p = work.clone();
            rho = Kernels.dot(r, work);
            scale = Kernels.norm2(b);
        }

        /**
         * The approximate solution.
         *
         * @return of length n, not a copy
         */
        public double[] x() {
            return x;
        }

        /**
         * Size of the (recursively updated) residual.
         *
         * @return 2-norm of b - A x relative to that of b; 0 if b is zero
         */
        public double relativeResidual() {
            return scale == 0 ? 0 : Kernels.norm2(r) / scale;
        }

        /**
         * Steps done.
         *
         * @return products with A
         */
        public int steps() {
            return steps;
        }

        /**
         * Whether a direction with p'Ap not positive was met, from which the method cannot go on: A
         * is not positive definite there, or the residual is zero.
         *
         * @return true if so; x stays as it was
         */
        public boolean brokenDown() {
            return brokenDown;
        }
    }

    @Override
    public State start() {
        return new State(b, preconditioner);
    }

    @Override
    public State step(State s, OracleCounter calls) {
        if (s.brokenDown) {
            return s;
        }
        a.apply(s.p, s.work);
        calls.add(Oracle.HESSIAN_VECTOR, 1);
        s.steps++;
        double curvature = Kernels.dot(s.p, s.work);
        if (!(curvature > 0)) {
            s.brokenDown = true;
            return s;
        }
        double alpha = s.rho / curvature;
        Kernels.axpy(alpha, s.p, s.x);
        Kernels.axpy(-alpha, s.work, s.r);
        divide(s.r, preconditioner, s.work);
        double rho = Kernels.dot(s.r, s.work);
        Kernels.axpby(1, s.work, rho / s.rho, s.p);
        s.rho = rho;
        return s;
    }

    /**
     * Runs the method to a tolerance.
     *
     * @param tolerance on the relative residual, at least 0
     * @param maxSteps at least 0
     * @param calls where the products are counted
     * @return the last iterate; ask it for its residual and whether it broke down
     * @throws IllegalArgumentException if an argument is out of range
     */
    public State solve(double tolerance, int maxSteps, OracleCounter calls) {
        Require.nonNegative("tolerance", tolerance);
        Require.atLeast("maxSteps", maxSteps, 0);
        State state = start();
        while (state.steps < maxSteps
                && !state.brokenDown
                && state.relativeResidual() > tolerance) {
            state = step(state, calls);
        }
        return state;
    }

    private static void divide(double[] r, double[] d, double[] z) {
        for (int i = 0; i < r.length; i++) {
            z[i] = r[i] / d[i];
        }
    }
}
