package org.konvergo.linalg;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.konvergo.Require;

/**
 * The exponential of a square matrix by scaling and squaring: A is halved until its norm is small,
 * a rational function of degree 13 takes the exponential there, and its square is taken as often
 * (Higham, The scaling and squaring method for the matrix exponential revisited, SIAM Journal on
 * Matrix Analysis and Applications 26, 2005).
 */
public final class MatrixExponential {
    /** Up to this norm the rational function is exact to rounding (Higham, table 2.3). */
    private static final double REACH = 5.371920351148152;

    private static final double[] PADE = {
        64764752532480000.0,
        32382376266240000.0,
        7771770303897600.0,
        1187353796428800.0,
        129060195264000.0,
        10559470521600.0,
        670442572800.0,
        33522128640.0,
        1323241920.0,
        40840800.0,
        960960.0,
        16380.0,
        182.0,
        1.0
    };

    private MatrixExponential() {}

    /**
     * Computes exp(A).
     *
     * @param a matrix, n x n, n at least 1, entries finite; kept
     * @return a new n x n matrix
     * @throws IllegalArgumentException if the matrix is empty, not square or has an entry that is
     *     not finite, or its exponential has one
     */
    public static DMatrixRMaj of(DMatrixRMaj a) {
        int n = Require.atLeast("rows of a", Require.square("a", a).numRows, 1);
        Require.finite("a", a.data);
        double norm = norm1(a);
        int halvings = 0;
        while (norm > REACH) {
            norm /= 2;
            halvings++;
        }
        var x = a.copy();
        Kernels.scale(Math.scalb(1.0, -halvings), x.data);
        x = pade(x);
        for (int k = 0; k < halvings; k++) {
            x = product(x, x);
        }
        for (int p = 0; p < n * n; p++) {
            Require.that(
                    Double.isFinite(x.data[p]),
                    "a",
                    "so small that its exponential is finite",
                    "of norm " + norm1(a));
        }
        return x;
    }

    /** r(A) = q(-A)^-1 q(A), whose even part is v and whose odd part is u. */
    private static DMatrixRMaj pade(DMatrixRMaj a) {
        int n = a.numRows;
        var a2 = product(a, a);
        var a4 = product(a2, a2);
        var a6 = product(a4, a2);
        var odd = product(a6, sum(13, 0, a6, a4, a2));
        Kernels.axpy(1, sum(7, PADE[1], a6, a4, a2).data, odd.data);
        var u = product(a, odd);
        var v = product(a6, sum(12, 0, a6, a4, a2));
        Kernels.axpy(1, sum(6, PADE[0], a6, a4, a2).data, v.data);
        var denominator = v.copy();
        Kernels.axpy(-1, u.data, denominator.data);
        Kernels.axpy(1, u.data, v.data);
        var result = new DMatrixRMaj(n, n);
        CommonOps_DDRM.solve(denominator, v, result);
        return result;
    }

    /** PADE[top] A^6 + PADE[top - 2] A^4 + PADE[top - 4] A^2 + constant I. */
    private static DMatrixRMaj sum(
            int top, double constant, DMatrixRMaj a6, DMatrixRMaj a4, DMatrixRMaj a2) {
        int n = a2.numRows;
        var result = new DMatrixRMaj(n, n);
        Kernels.axpy(PADE[top], a6.data, result.data);
        Kernels.axpy(PADE[top - 2], a4.data, result.data);
        Kernels.axpy(PADE[top - 4], a2.data, result.data);
        for (int i = 0; i < n; i++) {
            result.data[i * (n + 1)] += constant;
        }
        return result;
    }

    private static DMatrixRMaj product(DMatrixRMaj a, DMatrixRMaj b) {
        var c = new DMatrixRMaj(a.numRows, b.numCols);
        Kernels.gemm(a, b, c);
        return c;
    }

    /** The largest sum of a column's absolute values. */
    private static double norm1(DMatrixRMaj a) {
        double largest = 0;
        for (int j = 0; j < a.numCols; j++) {
            double sum = 0;
            for (int i = 0; i < a.numRows; i++) {
                sum += Math.abs(a.get(i, j));
            }
            largest = Math.max(largest, sum);
        }
        return largest;
    }
}
