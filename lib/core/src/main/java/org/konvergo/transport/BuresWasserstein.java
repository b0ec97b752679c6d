package org.konvergo.transport;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.SymmetricEigendecomposition;
import org.konvergo.linalg.SymmetricMatrixFunctions;
import org.konvergo.problem.MatrixLoss;

/**
 * The Bures-Wasserstein distance to a covariance matrix S0: the 2-Wasserstein distance of centred
 * Gaussians, B^2(S, S0) = tr S + tr S0 - 2 tr (S0^(1/2) S S0^(1/2))^(1/2), with the optimal map
 * between them, which is linear (Olkin and Pukelsheim, The distance between two random vectors with
 * given dispersion matrices, 1982; Bhatia, Jain and Lim, On the Bures-Wasserstein distance between
 * positive definite matrices, 2019).
 */
public final class BuresWasserstein {
    private final DMatrixRMaj target;
    private final DMatrixRMaj root;
    private final double trace;

    /**
     * Distances to a covariance.
     *
     * @param target S0, symmetric positive semidefinite, n x n; copied
     * @throws IllegalArgumentException if the target is empty, not square, not symmetric, not
     *     finite or has a negative eigenvalue
     */
    public BuresWasserstein(DMatrixRMaj target) {
        requireSymmetric("target", Require.square("target", target));
        var eigen = SymmetricEigendecomposition.of(target);
        this.target = eigen.with(eigen.values());
        root = SymmetricMatrixFunctions.sqrt(eigen);
        trace = trace(target);
    }

    /**
     * The number of rows of the covariances.
     *
     * @return n
     */
    public int dimension() {
        return target.numRows;
    }

    /**
     * The squared distance.
     *
     * @param s symmetric positive semidefinite, n x n; kept
     * @return B^2(S, S0), at least 0 up to rounding
     * @throws IllegalArgumentException if S does not fit, is not symmetric and finite or has a
     *     negative eigenvalue
     */
    public double squaredDistance(DMatrixRMaj s) {
        var middle = middle(s);
        return trace(s) + trace - 2 * traceOfRoot(middle);
    }

    /**
     * The squared distance of two covariances.
     *
     * @param s symmetric positive semidefinite, n x n
     * @param s0 symmetric positive semidefinite, n x n
     * @return B^2(S, S0), at least 0 up to rounding
     * @throws IllegalArgumentException if a matrix is not such a one, or their sizes differ
     */
    public static double squaredDistance(DMatrixRMaj s, DMatrixRMaj s0) {
        return new BuresWasserstein(s0).squaredDistance(s);
    }

    /**
     * The optimal map from S to S0: T = S0^(1/2) (S0^(1/2) S S0^(1/2))^(-1/2) S0^(1/2), with T S T
     * = S0 if S is regular. Where S is singular the inverse is the pseudo-inverse.
     *
     * @param s symmetric positive semidefinite, n x n; kept
     * @return T, symmetric positive semidefinite
     * @throws IllegalArgumentException as {@link #squaredDistance(DMatrixRMaj)}
     */
    public DMatrixRMaj transportMap(DMatrixRMaj s) {
        var inverse =
                SymmetricMatrixFunctions.inverseSqrt(middle(s), SymmetricMatrixFunctions.ROUNDING);
        return sandwich(inverse);
    }

    /**
     * The gradient of the squared distance in S, I - T.
     *
     * @param s symmetric positive definite, n x n; kept. Where S is singular there is no gradient,
     *     only one along the matrices of the same rank: then use it multiplied by a root of S
     * @return a symmetric n x n matrix
     * @throws IllegalArgumentException as {@link #squaredDistance(DMatrixRMaj)}
     */
    public DMatrixRMaj gradient(DMatrixRMaj s) {
        DMatrixRMaj gradient = transportMap(s);
        Kernels.scale(-1, gradient.data);
        for (int i = 0; i < gradient.numRows; i++) {
            gradient.add(i, i, 1);
        }
        return gradient;
    }

    /**
     * The squared distance of W W' + tau I, as a function of W.
     *
     * <p>With tau = 0 and fewer columns than rows it is computed from the small matrix W' S0 W: the
     * map times W is S0 W (W' S0 W)^(-1/2).
     *
     * @param tau not negative; 0 leaves a function that is not smooth where W loses rank
     * @return a loss for matrices of n rows
     * @throws IllegalArgumentException if tau is negative
     */
    public MatrixLoss loss(double tau) {
        Require.nonNegative("tau", tau);
        return new MatrixLoss() {
            @Override
            public int rows() {
                return dimension();
            }

            @Override
            public double value(DMatrixRMaj w) {
                Require.shape("w", w, dimension(), w.numCols);
                if (tau > 0 || w.numCols >= w.numRows) {
                    return squaredDistance(covariance(w));
                }
                double square = Kernels.dot(w.data, w.data);
                var small = SymmetricEigendecomposition.of(inner(w, times(target, w)));
                return square + trace - 2 * traceOfRoot(small);
            }

            @Override
            public DMatrixRMaj gradient(DMatrixRMaj w) {
                Require.shape("w", w, dimension(), w.numCols);
                DMatrixRMaj mapped;
                if (tau > 0 || w.numCols >= w.numRows) {
                    mapped = times(transportMap(covariance(w)), w);
                } else {
                    DMatrixRMaj reached = times(target, w);
                    var inverse =
                            SymmetricMatrixFunctions.inverseSqrt(
                                    SymmetricEigendecomposition.of(inner(w, reached)),
                                    SymmetricMatrixFunctions.ROUNDING);
                    mapped = times(reached, inverse);
                }
                Kernels.axpby(2, w.data, -2, mapped.data); // 2 (I - T) W
                return mapped;
            }

            private DMatrixRMaj covariance(DMatrixRMaj w) {
                var s = new DMatrixRMaj(dimension(), dimension());
                Kernels.syrk(w, s);
                for (int i = 0; i < s.numRows; i++) {
                    s.add(i, i, tau);
                }
                return s;
            }
        };
    }

    /** W' (S0 W), which is symmetric up to rounding. */
    private static DMatrixRMaj inner(DMatrixRMaj w, DMatrixRMaj reached) {
        var small = new DMatrixRMaj(w.numCols, w.numCols);
        Kernels.gemmTransA(w, reached, small);
        return small;
    }

    private static DMatrixRMaj times(DMatrixRMaj a, DMatrixRMaj b) {
        var c = new DMatrixRMaj(a.numRows, b.numCols);
        Kernels.gemm(a, b, c);
        return c;
    }

    /** S0^(1/2) A S0^(1/2). */
    private DMatrixRMaj sandwich(DMatrixRMaj a) {
        return times(times(root, a), root);
    }

    private SymmetricEigendecomposition middle(DMatrixRMaj s) {
        requireSymmetric("s", Require.shape("s", s, dimension(), dimension()));
        return SymmetricEigendecomposition.of(sandwich(s));
    }

    private static void requireSymmetric(String name, DMatrixRMaj a) {
        double size = Kernels.normInf(a.data);
        for (int i = 0; i < a.numRows; i++) {
            for (int j = 0; j <= i; j++) {
                if (!(Math.abs(a.get(i, j) - a.get(j, i)) <= 1e-10 * size)) {
                    Require.that(false, name, "symmetric and finite", "not at " + i + "," + j);
                }
            }
        }
    }

    /** Sum of the roots of the eigenvalues; those of rounding errors count as zero. */
    private static double traceOfRoot(SymmetricEigendecomposition a) {
        double size = Math.max(Math.abs(a.smallest()), Math.abs(a.largest()));
        double floor = SymmetricMatrixFunctions.ROUNDING * size;
        Require.that(a.smallest() >= -floor, "s", "positive semidefinite", "indefinite");
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            sum += a.value(i) > floor ? Math.sqrt(a.value(i)) : 0;
        }
        return sum;
    }

    private static double trace(DMatrixRMaj a) {
        double sum = 0;
        for (int i = 0; i < a.numRows; i++) {
            sum += a.get(i, i);
        }
        return sum;
    }
}
