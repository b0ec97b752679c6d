package org.konvergo.bilevel;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.AffineProjection;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.LinearOperator;
import org.konvergo.linalg.SingularValueDecomposition;
import org.konvergo.linalg.Updates;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.BilevelProblem;

/**
 * The hypergradient of a lower level with linear equations H x + A y = b. After some projected
 * gradient steps of y it differentiates the optimality conditions along the null space of A: with
 * an orthonormal basis V of that space,
 *
 * <p>w = V (V'f_yy V)^+ V'grad_y F,
 *
 * <p>grad = grad_x F - f_xy w - H'mu, where A'mu is the part of grad_y F - f_yy w in the row space
 * of A.
 *
 * <p>The steps of y are projected on the equations at the given x (Xiao, Shen, Yin and Chen,
 * Alternating Projected SGD for Equality-constrained Bilevel Optimization, 2023). The sets X and Y
 * of the problem are not differentiated.
 */
public final class NullSpaceHypergradient implements Hypergradient {
    private static final double CUTOFF = 1e-10;

    private final LinearCoupling coupling;
    private final AffineProjection equations;

    /** Columns span the null space; null where the projection on it is used instead. */
    private final DMatrixRMaj basis;

    private final InverseHessianProduct inverse;
    private final int lowerSteps;
    private final double lowerStep;

    private NullSpaceHypergradient(
            LinearCoupling coupling,
            boolean withBasis,
            InverseHessianProduct inverse,
            int lowerSteps,
            double lowerStep) {
        this.coupling = Require.notNull("coupling", coupling);
        Require.that(coupling.equality(), "coupling", "of equations", "of inequalities");
        this.inverse = Require.notNull("inverse", inverse);
        this.lowerSteps = Require.atLeast("lowerSteps", lowerSteps, 0);
        this.lowerStep = Require.positive("lowerStep", lowerStep);
        equations = AffineProjection.onNullSpace(coupling.a());
        basis = withBasis ? nullSpace(coupling.a()) : null;
    }

    private static DMatrixRMaj nullSpace(DMatrixRMaj a) {
        Require.atLeast("number of constraints", a.numRows, 1);
        var svd = SingularValueDecomposition.of(a);
        return svd.nullSpace(CUTOFF * svd.values()[0]);
    }

    /**
     * With a basis of the null space from a singular value decomposition, made here once, and
     * systems of the size of the basis.
     *
     * @param coupling equations, at least one
     * @param inverse how (V'f_yy V) u = V'grad_y F is solved
     * @param lowerSteps projected gradient steps of y, at least 0
     * @param lowerStep their length, positive
     * @return the hypergradient
     * @throws IllegalArgumentException if one is null, out of range or not of equations
     */
    public static NullSpaceHypergradient withBasis(
            LinearCoupling coupling,
            InverseHessianProduct inverse,
            int lowerSteps,
            double lowerStep) {
        return new NullSpaceHypergradient(coupling, true, inverse, lowerSteps, lowerStep);
    }

    /**
     * With the projection P = V V' on the null space in place of a basis: P f_yy P w = P grad_y F.
     * The matrix is singular, so the solver should be {@link
     * InverseHessianProduct#conjugateGradient} or the pseudo-inverse.
     *
     * @param coupling equations
     * @param inverse how the system is solved
     * @param lowerSteps projected gradient steps of y, at least 0
     * @param lowerStep their length, positive
     * @return the hypergradient
     * @throws IllegalArgumentException if one is null, out of range or not of equations
     */
    public static NullSpaceHypergradient withProjection(
            LinearCoupling coupling,
            InverseHessianProduct inverse,
            int lowerSteps,
            double lowerStep) {
        return new NullSpaceHypergradient(coupling, false, inverse, lowerSteps, lowerStep);
    }

    @Override
    public void apply(
            BilevelProblem problem,
            double[] x,
            double[] y,
            double[] gradient,
            OracleCounter calls) {
        int m = Require.length("y", y, coupling.dimensionY()).length;
        var f = problem.lower();
        var right = new double[coupling.count()];
        Kernels.gemv(coupling.h(), Require.length("x", x, coupling.dimensionX()), right);
        Kernels.axpby(1, coupling.b(), -1, right);
        var byY = new double[m];
        for (int t = 0; t < lowerSteps; t++) {
            f.gradientY(x, y, byY);
            Updates.gradientStep(y, lowerStep, byY, y);
            System.arraycopy(equations.apply(y, right), 0, y, 0, m);
        }
        problem.upper().gradientY(x, y, byY);
        LinearOperator hessian = (u, product) -> f.hessianYY(x, y, u, product);
        double[] w = basis == null ? inSpace(hessian, byY, calls) : inBasis(hessian, byY, calls);
        var curved = new double[m];
        hessian.apply(w, curved);
        Kernels.axpby(1, byY, -1, curved);
        var pull = new double[x.length];
        Kernels.gemvTransposed(coupling.h(), equations.multipliers(curved), pull);
        var mixed = new double[x.length];
        f.hessianXY(x, y, w, mixed);
        problem.upper().gradientX(x, y, gradient);
        Kernels.axpy(-1, mixed, gradient);
        Kernels.axpy(-1, pull, gradient);
        calls.add(Oracle.GRADIENT, lowerSteps + 2L);
        calls.add(Oracle.PROX, lowerSteps);
        calls.add(Oracle.HESSIAN_VECTOR, 2);
    }

    /** V (V'f_yy V)^+ V'r. */
    private double[] inBasis(LinearOperator hessian, double[] r, OracleCounter calls) {
        var w = new double[r.length];
        if (basis.numCols == 0) {
            return w;
        }
        var reduced = new double[basis.numCols];
        Kernels.gemvTransposed(basis, r, reduced);
        var full = new double[r.length];
        var curved = new double[r.length];
        double[] u =
                inverse.solve(
                        (v, product) -> {
                            Kernels.gemv(basis, v, full);
                            hessian.apply(full, curved);
                            Kernels.gemvTransposed(basis, curved, product);
                        },
                        reduced,
                        calls);
        Kernels.gemv(basis, u, w);
        return w;
    }

    /** (P f_yy P)^+ P r. */
    private double[] inSpace(LinearOperator hessian, double[] r, OracleCounter calls) {
        var curved = new double[r.length];
        return equations.apply(
                inverse.solve(
                        (v, product) -> {
                            hessian.apply(equations.apply(v), curved);
                            System.arraycopy(
                                    equations.apply(curved), 0, product, 0, product.length);
                        },
                        equations.apply(r),
                        calls));
    }
}
