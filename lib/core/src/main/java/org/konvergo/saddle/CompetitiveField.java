package org.konvergo.saddle;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.chol.CholeskyDecompositionInner_DDRM;
import org.ejml.dense.row.linsol.chol.LinearSolverChol_DDRM;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.LinearOperator;
import org.konvergo.method.ConjugateGradient;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.MinimaxProblem;
import org.konvergo.problem.MonotoneOperator;

/**
 * The field g of competitive gradient optimization: each player answers a bilinear model of the
 * game in which the interaction has the weight alpha. It solves
 *
 * <pre>
 *   (    I     alpha D ) (g_x)   (  gradient in x )
 *   ( -alpha D'   I    ) (g_y) = ( -gradient in y )
 * </pre>
 *
 * with the mixed Hessian D (Vyas, Bullins and Azizzadenesheli, Competitive gradient optimization,
 * 2023). It vanishes where both gradients do; alpha = 0 leaves the plain operator. It need not be
 * monotone.
 *
 * @param problem f(x, y)
 * @param alpha weight of the interaction, at least 0
 * @param solve how the linear system is solved
 */
public record CompetitiveField(MinimaxProblem problem, double alpha, Solve solve)
        implements MonotoneOperator {
    /** Relative residual at which conjugate gradients end. */
    public static final double TOLERANCE = 1e-10;

    private static final int LARGE = 200;

    /** How the linear system is solved. */
    public enum Solve {
        /** Forms the mixed Hessian, and factorises I + alpha^2 DD' or I + alpha^2 D'D. */
        CHOLESKY,
        /** Conjugate gradients on the same matrix, by products with the mixed Hessian. */
        CONJUGATE_GRADIENT
    }

    /**
     * Checks the arguments.
     *
     * @param problem as above
     * @param alpha as above
     * @param solve as above
     * @throws IllegalArgumentException if alpha is negative or not finite
     */
    public CompetitiveField {
        Require.notNull("problem", problem);
        Require.nonNegative("alpha", alpha);
        Require.notNull("solve", solve);
    }

    /**
     * The field, solved by conjugate gradients where both players have more than 200 variables and
     * by Cholesky's factorisation otherwise.
     *
     * @param problem f(x, y)
     * @param alpha weight of the interaction, at least 0
     * @return the field
     * @throws IllegalArgumentException if alpha is negative or not finite
     */
    public static CompetitiveField of(MinimaxProblem problem, double alpha) {
        Require.notNull("problem", problem);
        boolean large = Math.min(problem.minDimension(), problem.maxDimension()) > LARGE;
        return new CompetitiveField(
                problem, alpha, large ? Solve.CONJUGATE_GRADIENT : Solve.CHOLESKY);
    }

    @Override
    public int dimension() {
        return problem.minDimension() + problem.maxDimension();
    }

    @Override
    public void apply(double[] z, double[] result) {
        apply(z, result, new OracleCounter());
    }

    /**
     * The field, with its oracle calls counted: a gradient, and the products with the mixed Hessian
     * or its transpose (a formed matrix counts as one a row or column, whichever are fewer).
     *
     * @param z point (x, y) of length n + m
     * @param result of length n + m, overwritten with g(z), with NaN where a gradient or the mixed
     *     Hessian is not finite, so that a run sees that it diverges; not z itself
     * @param calls where they are counted
     * @throws IllegalStateException if conjugate gradients do not reach their tolerance
     */
    public void apply(double[] z, double[] result, OracleCounter calls) {
        int n = problem.minDimension();
        int m = problem.maxDimension();
        var x = new double[n];
        var y = new double[m];
        System.arraycopy(z, 0, x, 0, n);
        System.arraycopy(z, n, y, 0, m);
        var gx = new double[n];
        var gy = new double[m];
        problem.gradients(x, y, gx, gy);
        calls.add(Oracle.GRADIENT, 1);
        for (int j = 0; j < m; j++) {
            gy[j] = -gy[j];
        }
        if (alpha > 0 && solve == Solve.CHOLESKY && n == 1 && m == 1) {
            // Two numbers need no matrices, and grids have millions of points.
            double d = alpha * problem.hessianXY(x, y).get(0, 0);
            calls.add(Oracle.HESSIAN_VECTOR, 1);
            double scale = 1 + d * d;
            double responseX = (gx[0] - d * gy[0]) / scale;
            gy[0] = (gy[0] + d * gx[0]) / scale;
            gx[0] = responseX;
        } else if (alpha > 0 && solve == Solve.CHOLESKY) {
            DMatrixRMaj d = problem.hessianXY(x, y);
            calls.add(Oracle.HESSIAN_VECTOR, Math.min(n, m));
            respond(
                    gx,
                    gy,
                    (v, product) -> Kernels.gemv(d, v, product),
                    (v, product) -> Kernels.gemvTransposed(d, v, product),
                    (b, transposed) -> cholesky(d, transposed, b));
        } else if (alpha > 0) {
            LinearOperator d = (v, product) -> problem.mixedProduct(x, y, v, product);
            LinearOperator dt = (v, product) -> problem.mixedTransposedProduct(x, y, v, product);
            calls.add(Oracle.HESSIAN_VECTOR, 2);
            respond(gx, gy, d, dt, (b, transposed) -> iterate(d, dt, transposed, b, calls));
        }
        System.arraycopy(gx, 0, result, 0, n);
        System.arraycopy(gy, 0, result, n, m);
    }

    private interface Solver {
        /** Solves (I + alpha^2 DD') s = b, or with D'D if transposed. */
        double[] solve(double[] b, boolean transposed);
    }

    /**
     * Eliminates the player with more variables: one system of the smaller size, then the other
     * block row. Overwrites the right side (gx, gy) with the solution.
     */
    private void respond(
            double[] gx, double[] gy, LinearOperator d, LinearOperator dt, Solver solver) {
        var inX = new double[gx.length];
        var inY = new double[gy.length];
        if (gx.length <= gy.length) {
            d.apply(gy, inX);
            Kernels.axpy(-alpha, inX, gx);
            System.arraycopy(solver.solve(gx, false), 0, gx, 0, gx.length);
            dt.apply(gx, inY);
            Kernels.axpy(alpha, inY, gy);
        } else {
            dt.apply(gx, inY);
            Kernels.axpy(alpha, inY, gy);
            System.arraycopy(solver.solve(gy, true), 0, gy, 0, gy.length);
            d.apply(gy, inX);
            Kernels.axpy(-alpha, inX, gx);
        }
    }

    private double[] cholesky(DMatrixRMaj d, boolean transposed, double[] b) {
        int size = b.length;
        if (size == 1) {
            return new double[] {b[0] / (1 + alpha * alpha * Kernels.dot(d.data, d.data))};
        }
        var matrix = new DMatrixRMaj(size, size);
        if (transposed) {
            Kernels.syrkTransA(d, matrix);
        } else {
            Kernels.syrk(d, matrix);
        }
        Kernels.scale(alpha * alpha, matrix.data);
        for (int i = 0; i < size; i++) {
            matrix.add(i, i, 1);
        }
        var solver = new LinearSolverChol_DDRM(new CholeskyDecompositionInner_DDRM(true));
        if (!solver.setA(matrix)) {
            return undefined(size);
        }
        var solution = new DMatrixRMaj(size, 1);
        solver.solve(DMatrixRMaj.wrap(size, 1, b), solution);
        return solution.data;
    }

    private double[] iterate(
            LinearOperator d,
            LinearOperator dt,
            boolean transposed,
            double[] b,
            OracleCounter calls) {
        if (!Double.isFinite(Kernels.sum(b))) {
            return undefined(b.length);
        }
        var between = new double[transposed ? problem.minDimension() : problem.maxDimension()];
        LinearOperator matrix =
                (v, product) -> {
                    (transposed ? d : dt).apply(v, between);
                    (transposed ? dt : d).apply(between, product);
                    Kernels.axpby(1, v, alpha * alpha, product);
                };
        var products = new OracleCounter();
        var state =
                ConjugateGradient.plain(matrix, b).solve(TOLERANCE, 10 * b.length + 50, products);
        calls.add(Oracle.HESSIAN_VECTOR, 2L * state.steps());
        if (!(state.relativeResidual() <= TOLERANCE)) {
            throw new IllegalStateException(
                    "conjugate gradients stopped at a relative residual of "
                            + state.relativeResidual());
        }
        return state.x();
    }

    private static double[] undefined(int size) {
        var nothing = new double[size];
        Arrays.fill(nothing, Double.NaN);
        return nothing;
    }
}
