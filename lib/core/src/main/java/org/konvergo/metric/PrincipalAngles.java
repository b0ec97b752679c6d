package org.konvergo.metric;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.SingularValues;

/**
 * Principal angles between two subspaces: the angles of the pairs of directions that lie nearest to
 * each other, one pair after the other. Small angles are computed from their sines and large ones
 * from their cosines, so that all are exact to rounding (Björck and Golub, Numerical methods for
 * computing angles between linear subspaces, Mathematics of Computation 27, 1973).
 */
public final class PrincipalAngles {
    private PrincipalAngles() {}

    /**
     * Computes the angles.
     *
     * @param u n x p, 1 &lt;= p &lt;= n, with independent columns, which span the first subspace;
     *     kept
     * @param v n x q, 1 &lt;= q &lt;= n, with independent columns; kept
     * @return min(p, q) angles in radians, ascending, in [0, pi/2]
     * @throws IllegalArgumentException if the shapes do not fit, an entry is not finite or columns
     *     are dependent
     */
    public static double[] of(DMatrixRMaj u, DMatrixRMaj v) {
        DMatrixRMaj a = basis("u", u);
        DMatrixRMaj b = basis("v", v);
        Require.that(a.numRows == b.numRows, "rows of v", "those of u, " + a.numRows, b.numRows);
        DMatrixRMaj large = a.numCols >= b.numCols ? a : b;
        DMatrixRMaj small = large == a ? b : a;
        var product = new DMatrixRMaj(large.numCols, small.numCols);
        Kernels.gemmTransA(large, small, product);
        double[] cosines = SingularValues.of(product); // descending: the angles ascend
        // What is left of the small subspace outside the large one has the sines.
        var rest = new DMatrixRMaj(small.numRows, small.numCols);
        Kernels.gemm(large, product, rest);
        Kernels.axpby(1, small.data, -1, rest.data);
        double[] sines = SingularValues.of(rest);
        int n = cosines.length;
        var angles = new double[n];
        Arrays.setAll(
                angles,
                i -> {
                    double sine = sines[n - 1 - i];
                    return sine * sine < 0.5
                            ? StrictMath.asin(sine)
                            : StrictMath.acos(Math.min(1, cosines[i]));
                });
        return angles;
    }

    /**
     * The largest angle, which is zero if one subspace lies in the other.
     *
     * @param u n x p, as of {@link #of}
     * @param v n x q, as of {@link #of}
     * @return in radians, in [0, pi/2]
     * @throws IllegalArgumentException as {@link #of}
     */
    public static double largest(DMatrixRMaj u, DMatrixRMaj v) {
        double[] angles = of(u, v);
        return angles[angles.length - 1];
    }

    /** Orthonormal columns with the same span. */
    private static DMatrixRMaj basis(String name, DMatrixRMaj u) {
        Require.notNull(name, u);
        Require.that(
                u.numCols >= 1 && u.numCols <= u.numRows,
                "columns of " + name,
                "in 1.." + u.numRows,
                u.numCols);
        Require.finite(name, Arrays.copyOf(u.data, u.getNumElements()));
        double[] values = SingularValues.of(u);
        Require.that(
                values[values.length - 1] > 1e-13 * values[0],
                "columns of " + name,
                "independent",
                "dependent");
        var qr = DecompositionFactory_DDRM.qr(u.numRows, u.numCols);
        if (!qr.decompose(u.copy())) {
            throw new IllegalStateException("QR of " + name + " failed");
        }
        return qr.getQ(null, true);
    }
}
