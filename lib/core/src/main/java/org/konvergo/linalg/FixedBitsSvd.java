package org.konvergo.linalg;

import org.ejml.dense.row.decomposition.svd.SvdImplicitQrDecompose_DDRM;
import org.ejml.dense.row.decomposition.svd.implicitqr.SvdImplicitQrAlgorithm_DDRM;

/**
 * EJML's singular values and vectors without its one call of {@code Math.sin} and {@code Math.cos},
 * whose last bit differs between machines: where the iteration stands still, EJML turns by a random
 * angle, which is given as one here. A shift beyond the entry frees the iteration as well, with
 * arithmetic that is exact to the last bit everywhere.
 */
final class FixedBitsSvd extends SvdImplicitQrDecompose_DDRM {
    FixedBitsSvd() {
        this(true, false);
    }

    private FixedBitsSvd(boolean compact, boolean vectors) {
        super(compact, vectors, vectors, false);
        qralg = new Algorithm();
    }

    /** With square U and V, whose last columns span the null spaces. */
    static FixedBitsSvd withVectors() {
        return new FixedBitsSvd(false, true);
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
