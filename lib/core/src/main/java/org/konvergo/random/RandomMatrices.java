package org.konvergo.random;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.konvergo.Require;

/** Random matrices. */
public final class RandomMatrices {
    private RandomMatrices() {}

    /**
     * Matrix of independent standard Gaussian entries, drawn row by row.
     *
     * @param rows at least 1
     * @param cols at least 1
     * @param random the stream to draw from
     * @return rows x cols
     * @throws IllegalArgumentException if a size is below 1
     */
    public static DMatrixRMaj gaussian(int rows, int cols, RandomStream random) {
        Require.atLeast("rows", rows, 1);
        Require.atLeast("cols", cols, 1);
        var a = new DMatrixRMaj(rows, cols);
        a.setData(random.gaussians(rows * cols));
        return a;
    }

    /**
     * Orthogonal matrix of the Haar (uniform) distribution: the Q of the QR decomposition of a
     * Gaussian matrix, with columns signed so that R has a positive diagonal (Mezzadri, How to
     * generate random matrices from the classical compact groups, Notices of the AMS 54, 2007).
     *
     * @param n at least 1
     * @param random the stream to draw from
     * @return n x n
     * @throws IllegalArgumentException if n is below 1
     */
    public static DMatrixRMaj orthogonal(int n, RandomStream random) {
        return orthonormal(n, n, random);
    }

    /**
     * Matrix with orthonormal columns of uniform distribution: the first columns of {@link
     * #orthogonal}, without the others.
     *
     * @param rows at least cols
     * @param cols at least 1
     * @param random the stream to draw from
     * @return rows x cols
     * @throws IllegalArgumentException if there are no columns or fewer rows than columns
     */
    public static DMatrixRMaj orthonormal(int rows, int cols, RandomStream random) {
        Require.atLeast("cols", cols, 1);
        Require.atLeast("rows", rows, cols);
        var gaussian = gaussian(rows, cols, random);
        var qr = DecompositionFactory_DDRM.qr(rows, cols);
        if (!qr.decompose(gaussian)) {
            throw new IllegalStateException("QR of a " + rows + " x " + cols + " matrix failed");
        }
        var q = qr.getQ(null, true);
        var r = qr.getR(null, true);
        for (int j = 0; j < cols; j++) {
            if (r.get(j, j) < 0) {
                for (int i = 0; i < rows; i++) {
                    q.set(i, j, -q.get(i, j));
                }
            }
        }
        return q;
    }
}
