package org.konvergo.linalg;

import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.lu.LUDecompositionAlt_DDRM;
import org.ejml.dense.row.linsol.lu.LinearSolverLu_DDRM;
import org.konvergo.Require;

/** Solves systems of linear equations. */
public interface LinearSolver {
    /**
     * Solves A x = b.
     *
     * @param a matrix, n x n; kept
     * @param b right-hand side, of length n; kept
     * @return the solution, of length n, or nothing if the matrix is singular
     * @throws IllegalArgumentException if the shapes do not fit
     */
    Optional<double[]> solve(DMatrixRMaj a, double[] b);

    /**
     * LU decomposition with row exchanges, on one thread.
     *
     * @return the solver; stateless
     */
    static LinearSolver lu() {
        return (a, b) -> {
            int n = Require.square("a", a).numRows;
            Require.length("b", b, n);
            var lu = new LinearSolverLu_DDRM(new LUDecompositionAlt_DDRM());
            var x = new DMatrixRMaj(n, 1);
            if (!lu.setA(a.copy())) {
                return Optional.empty();
            }
            lu.solve(DMatrixRMaj.wrap(n, 1, b.clone()), x);
            // A pivot of zero, which EJML divides by, leaves infinities or NaN.
            return Double.isFinite(Kernels.normInf(x.data))
                    ? Optional.of(x.data)
                    : Optional.empty();
        };
    }
}
