package org.konvergo.constrained;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.linalg.Kernels;

/**
 * Products with the matrices of the convex programs, by their structure: F = [D_1 X .. D_P X, -D_1
 * X .. -D_P X] and G, block diagonal with the blocks (2 D_i - I) X, twice. Arrays of 2 P d numbers
 * are 2 P rows of d.
 */
final class Gates {
    private final DMatrixRMaj x;
    private final DMatrixRMaj active;

    /** P x n, 1 where active, else -1. A product is faster than a branch on random bits. */
    private final double[] signs;

    private final int n;
    private final int d;
    private final int p;

    Gates(DMatrixRMaj x, ActivationPatterns patterns) {
        this.x = x;
        active = patterns.indicators();
        signs = new double[active.data.length];
        Arrays.setAll(signs, i -> 2 * active.data[i] - 1);
        n = x.numRows;
        d = x.numCols;
        p = patterns.size();
    }

    /** P x n, 0 or 1. */
    DMatrixRMaj active() {
        return active;
    }

    /** V - W, P x d. */
    DMatrixRMaj net(double[] u) {
        var net = new DMatrixRMaj(p, d);
        for (int k = 0; k < p * d; k++) {
            net.data[k] = u[k] - u[p * d + k];
        }
        return net;
    }

    /** F u. */
    double[] predict(double[] u) {
        var scores = new DMatrixRMaj(p, n);
        Kernels.gemmTransB(net(u), x, scores);
        var sum = new double[n];
        for (int i = 0; i < p; i++) {
            for (int k = 0; k < n; k++) {
                sum[k] = Math.fma(active.data[i * n + k], scores.data[i * n + k], sum[k]);
            }
        }
        return sum;
    }

    /** u = factor * F'r. */
    void predictTransposed(double factor, double[] r, double[] u) {
        var masked = new DMatrixRMaj(p, n);
        for (int i = 0; i < p; i++) {
            for (int k = 0; k < n; k++) {
                masked.data[i * n + k] = factor * active.data[i * n + k] * r[k];
            }
        }
        var half = new DMatrixRMaj(p, d);
        Kernels.gemm(masked, x, half);
        for (int k = 0; k < p * d; k++) {
            u[k] = half.data[k];
            u[p * d + k] = -half.data[k];
        }
    }

    /** G u, 2 P rows of n. */
    double[] scores(double[] u) {
        var scores = new DMatrixRMaj(2 * p, n);
        Kernels.gemmTransB(DMatrixRMaj.wrap(2 * p, d, u), x, scores);
        sign(scores.data);
        return scores.data;
    }

    /** u += G's, for s of 2 P rows of n. */
    void addScoresTransposed(double[] s, double[] u) {
        double[] signed = s.clone();
        sign(signed);
        var product = new DMatrixRMaj(2 * p, d);
        Kernels.gemm(DMatrixRMaj.wrap(2 * p, n, signed), x, product);
        Kernels.axpy(1, product.data, u);
    }

    private void sign(double[] scores) {
        for (int i = 0; i < p * n; i++) {
            scores[i] *= signs[i];
            scores[p * n + i] *= signs[i];
        }
    }

    /** X'X, d x d. */
    DMatrixRMaj gram() {
        var gram = new DMatrixRMaj(d, d);
        Kernels.syrkTransA(x, gram);
        return gram;
    }

    /** The identity, d x d. */
    static DMatrixRMaj identity(int d) {
        var identity = new DMatrixRMaj(d, d);
        for (int i = 0; i < d; i++) {
            identity.set(i, i, 1);
        }
        return identity;
    }
}
