package org.konvergo.linalg;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.svd.SvdImplicitQrDecompose_DDRM;
import org.ejml.dense.row.decomposition.svd.implicitqr.SvdImplicitQrAlgorithm_DDRM;
import org.konvergo.Require;

/**
 * EJML's singular values and vectors without its one call of {@code Math.sin} and {@code Math.cos},
 * whose last bit differs between machines: where the iteration stands still, EJML turns by a random
 * angle, which is given as one here. A shift beyond the entry frees the iteration as well, with
 * arithmetic that is exact to the last bit everywhere.
 */
final class FixedBitsSvd extends SvdImplicitQrDecompose_DDRM {
    private FixedBitsSvd(boolean compact, boolean vectors) {
        super(compact, vectors, vectors, false);
        qralg = new Algorithm();
    }

    /** Decomposes a copy of a matrix, for its singular values alone; they are not sorted. */
    static FixedBitsSvd values(DMatrixRMaj a) {
        return new FixedBitsSvd(true, false).decomposed(a);
    }

    /** The same with square U and V, whose last columns span the null spaces. */
    static FixedBitsSvd withVectors(DMatrixRMaj a) {
        return new FixedBitsSvd(false, true).decomposed(a);
    }

    private FixedBitsSvd decomposed(DMatrixRMaj a) {
        Require.notNull("a", a);
        Require.that(a.getNumElements() > 0, "a", "not empty", a.numRows + " x " + a.numCols);
        Require.finite("a", Arrays.copyOf(a.data, a.getNumElements()));
        if (!decompose(a.copy())) {
            throw new IllegalStateException("singular values did not converge");
        }
        return this;
    }

    static final class Algorithm extends SvdImplicitQrAlgorithm_DDRM {
        @Override
        protected void createBulge(int x1, double p, double scale, boolean byAngle) {
            if (byAngle) {
                double largest = Math.max(Math.abs(diag[x1]), Math.abs(off[x1]));
                double unit = largest > 0 ? largest : 1;
                double entry = diag[x1] / unit;
                // Not one shift twice: EJML's random numbers have a fixed seed.
                super.createBulge(x1, Math.fma(entry, entry, 1 + Math.abs(p)), unit, false);
            } else {
                super.createBulge(x1, p, scale, false);
            }
        }
    }
}
