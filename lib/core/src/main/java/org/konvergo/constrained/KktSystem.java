package org.konvergo.constrained;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.SingularValueDecomposition;
import org.konvergo.linalg.SymmetricEigendecomposition;
import org.konvergo.problem.EqualityConstrainedProblem;

/**
 * The linear system of a Newton step for an equality-constrained problem,
 *
 * <pre>[B G'; G 0] z = -(grad_x L; c),</pre>
 *
 * where B is the Hessian H of the Lagrangian, or H + t I where H is not positive definite enough on
 * the null space of G (Nocedal and Wright, Numerical Optimization, 2006, section 18.1).
 *
 * @param matrix K, p x p with p = n + m
 * @param rightSide of length p
 * @param hessian H, n x n
 * @param shift t; 0 where H was good enough
 * @param jacobianEigenvalue least eigenvalue of G G'
 */
public record KktSystem(
        DMatrixRMaj matrix,
        double[] rightSide,
        DMatrixRMaj hessian,
        double shift,
        double jacobianEigenvalue) {
    /** Least eigenvalue of H on the null space of G with which H is kept. */
    public static final double LEAST_CURVATURE = 1e-2;

    /** Least eigenvalue of G G' with which G counts as of full rank. */
    public static final double LEAST_RANK = 1e-2;

    /**
     * The system at a point.
     *
     * @param problem the problem
     * @param point where it was evaluated
     * @param xi added to |H|_F in the shift, positive
     * @return the system
     * @throws IllegalArgumentException if xi is not positive
     * @throws IllegalStateException if G is nearly rank-deficient there: its least squared singular
     *     value is below {@link #LEAST_RANK}
     */
    public static KktSystem of(
            EqualityConstrainedProblem problem, LagrangianPoint point, double xi) {
        Require.positive("xi", xi);
        int n = problem.dimension();
        int m = problem.constraintCount();
        var hessian = new DMatrixRMaj(n, n);
        problem.lagrangianHessian(point.x(), point.lambda(), hessian);
        var svd = SingularValueDecomposition.of(point.jacobian());
        double least = svd.values()[m - 1] * svd.values()[m - 1];
        if (!(least >= LEAST_RANK)) {
            throw new IllegalStateException(
                    "the constraints' Jacobian should have full row rank: the least eigenvalue of"
                            + " G G' should be at least "
                            + LEAST_RANK
                            + ", was "
                            + least);
        }
        boolean convex = n == m || reduced(hessian, svd.nullSpace(0)).smallest() >= LEAST_CURVATURE;
        double shift = convex ? 0 : xi + Kernels.norm2(hessian.data);
        var matrix = new DMatrixRMaj(n + m, n + m);
        var right = new double[n + m];
        for (int i = 0; i < n; i++) {
            right[i] = -point.lagrangianGradient()[i];
            for (int j = 0; j < n; j++) {
                matrix.set(i, j, hessian.get(i, j) + (i == j ? shift : 0));
            }
        }
        for (int i = 0; i < m; i++) {
            right[n + i] = -point.constraints()[i];
            for (int j = 0; j < n; j++) {
                matrix.set(n + i, j, point.jacobian().get(i, j));
                matrix.set(j, n + i, point.jacobian().get(i, j));
            }
        }
        return new KktSystem(matrix, right, hessian, shift, least);
    }

    /**
     * Size of the Hessian block.
     *
     * @return Frobenius norm of B
     */
    public double blockNorm() {
        var block = hessian.copy();
        for (int i = 0; i < block.numRows; i++) {
            block.add(i, i, shift);
        }
        return Kernels.norm2(block.data);
    }

    private static SymmetricEigendecomposition reduced(DMatrixRMaj h, DMatrixRMaj basis) {
        var product = new DMatrixRMaj(h.numRows, basis.numCols);
        var reduced = new DMatrixRMaj(basis.numCols, basis.numCols);
        Kernels.gemm(h, basis, product);
        Kernels.gemmTransA(basis, product, reduced);
        return SymmetricEigendecomposition.of(reduced);
    }
}
