package org.konvergo.transport;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.chol.CholeskyDecompositionInner_DDRM;
import org.ejml.dense.row.linsol.chol.LinearSolverChol_DDRM;
import org.konvergo.Require;
import org.konvergo.method.Method;
import org.konvergo.method.OracleCounter;

/**
 * Newton's method on the dual after some sweeps of Sinkhorn's algorithm, with the whole Hessian:
 * the baseline of {@link SinkhornNewtonSparse}. The Hessian is singular along (1, -1), so the last
 * variable is pinned, and the rest is solved by a Cholesky factorisation at a cost of (n+m)^3/3.
 *
 * <p>Source: Brauer, Clason, Lorenz and Wirth, A Sinkhorn-Newton method for entropic optimal
 * transport, 2017; with the line search of {@link SinkhornNewtonSparse}.
 *
 * @param dual what is maximised; the start is x = y = 0
 * @param sweeps number of sweeps before the first Newton step, at least 0
 */
public record SinkhornNewtonDense(EntropicTransportDual dual, int sweeps)
        implements Method<NewtonIterate> {
    /**
     * Checks the arguments.
     *
     * @param dual as above
     * @param sweeps as above
     * @throws IllegalArgumentException if sweeps is negative
     */
    public SinkhornNewtonDense {
        Require.notNull("dual", dual);
        Require.atLeast("sweeps", sweeps, 0);
    }

    @Override
    public NewtonIterate start() {
        return new NewtonIterate(dual);
    }

    /**
     * One sweep or one Newton step.
     *
     * @throws ArithmeticException if the Hessian is not positive definite to rounding
     */
    @Override
    public NewtonIterate step(NewtonIterate s, OracleCounter calls) {
        if (s.sweeps() < sweeps) {
            return s.sweep(calls);
        }
        s.leaveSweeping();
        double[] gradient = s.gradient();
        int free = gradient.length - 1;
        var solver = new LinearSolverChol_DDRM(new CholeskyDecompositionInner_DDRM(true));
        if (!solver.setA(pinnedHessian(s, free))) {
            throw new ArithmeticException(
                    "Hessian not positive definite to rounding, after "
                            + s.newtonSteps()
                            + " Newton steps");
        }
        var right = new DMatrixRMaj(free, 1);
        System.arraycopy(gradient, 0, right.data, 0, free);
        var solution = new DMatrixRMaj(free, 1);
        solver.solve(right, solution);
        double[] direction = java.util.Arrays.copyOf(solution.data, gradient.length);
        return s.ascend(gradient, direction, 0, calls);
    }

    /** Minus the Hessian without its last row and column. */
    private DMatrixRMaj pinnedHessian(NewtonIterate s, int free) {
        var hessian = new DMatrixRMaj(free, free);
        var plan = s.plan();
        int n = dual.rows();
        double[] sums = s.sums();
        for (int i = 0; i < free; i++) {
            hessian.set(i, i, dual.eta() * sums[i]);
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < free - n; j++) {
                double entry = dual.eta() * plan.get(i, j);
                hessian.set(i, n + j, entry);
                hessian.set(n + j, i, entry);
            }
        }
        return hessian;
    }
}
