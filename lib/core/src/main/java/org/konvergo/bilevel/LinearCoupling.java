package org.konvergo.bilevel;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;

/**
 * Linear coupling constraints g(x, y) = H x + A y - b. The arrays are not copied; do not change
 * them.
 *
 * @param h matrix H, p x n with n at least 1
 * @param a matrix A, p x m with m at least 1
 * @param b of length p
 * @param equality true for g = 0, false for g &lt;= 0
 */
public record LinearCoupling(DMatrixRMaj h, DMatrixRMaj a, double[] b, boolean equality)
        implements CouplingConstraint {
    /**
     * Checks the arguments.
     *
     * @param h as above
     * @param a as above
     * @param b as above
     * @param equality as above
     * @throws IllegalArgumentException if a matrix has no column, the shapes do not fit or an entry
     *     is not finite
     */
    public LinearCoupling {
        Require.atLeast("number of columns of h", Require.notNull("h", h).numCols, 1);
        Require.atLeast("number of columns of a", Require.notNull("a", a).numCols, 1);
        Require.shape("a", a, h.numRows, a.numCols);
        Require.finite("h", Arrays.copyOf(h.data, h.getNumElements()));
        Require.finite("a", Arrays.copyOf(a.data, a.getNumElements()));
        Require.finite("b", Require.length("b", b, h.numRows));
    }

    /**
     * No constraints.
     *
     * @param n number of upper variables, at least 1
     * @param m number of lower variables, at least 1
     * @return a coupling without rows
     * @throws IllegalArgumentException if a number is below 1
     */
    public static LinearCoupling none(int n, int m) {
        return new LinearCoupling(
                new DMatrixRMaj(0, Require.atLeast("n", n, 1)),
                new DMatrixRMaj(0, Require.atLeast("m", m, 1)),
                new double[0],
                true);
    }

    /**
     * The same set, with every row of (H, A) divided by its norm. Step sizes then need not depend
     * on the scale of the constraints; the multipliers are multiplied by the norms.
     *
     * @return constraints with rows of norm 1; rows of zeros stay as they are
     */
    public LinearCoupling unitRows() {
        DMatrixRMaj both = joint();
        var unitH = h.copy();
        var unitA = a.copy();
        double[] unitB = b.clone();
        for (int i = 0; i < b.length; i++) {
            int from = i * both.numCols;
            double norm = Math.sqrt(Kernels.dot(both.data, from, both.data, from, both.numCols));
            for (int j = 0; j < h.numCols && norm > 0; j++) {
                unitH.data[i * h.numCols + j] /= norm;
            }
            for (int j = 0; j < a.numCols && norm > 0; j++) {
                unitA.data[i * a.numCols + j] /= norm;
            }
            unitB[i] /= norm > 0 ? norm : 1;
        }
        return new LinearCoupling(unitH, unitA, unitB, equality);
    }

    /**
     * Both matrices beside each other.
     *
     * @return (H, A), p x (n + m), a new matrix
     */
    public DMatrixRMaj joint() {
        var joint = new DMatrixRMaj(h.numRows, h.numCols + a.numCols);
        for (int i = 0; i < h.numRows; i++) {
            System.arraycopy(h.data, i * h.numCols, joint.data, i * joint.numCols, h.numCols);
            System.arraycopy(
                    a.data, i * a.numCols, joint.data, i * joint.numCols + h.numCols, a.numCols);
        }
        return joint;
    }

    @Override
    public int dimensionX() {
        return h.numCols;
    }

    @Override
    public int dimensionY() {
        return a.numCols;
    }

    @Override
    public int count() {
        return b.length;
    }

    @Override
    public void value(double[] x, double[] y, double[] g) {
        var byX = new double[b.length];
        Kernels.gemv(h, x, byX);
        Kernels.gemv(a, y, g);
        Kernels.axpy(1, byX, g);
        Kernels.axpy(-1, b, g);
    }

    @Override
    public void gradientX(double[] x, double[] y, double[] lambda, double[] gradient) {
        Kernels.gemvTransposed(h, lambda, gradient);
    }

    @Override
    public void gradientY(double[] x, double[] y, double[] lambda, double[] gradient) {
        Kernels.gemvTransposed(a, lambda, gradient);
    }
}
