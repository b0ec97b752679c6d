package org.konvergo.method;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;

/**
 * The recursive momentum estimate of a gradient along the points u_0, u_1, ..., from one sample s_k
 * a step that is asked at two points,
 *
 * <p>d_k = g(u_k; s_k) + (1 - eta_k) (d_(k-1) - g(u_(k-1); s_k)).
 *
 * <p>With eta = 1 it is the plain sample, with eta = 0 a running sum of differences. Where the
 * samples are smooth in the mean square, its variance falls with eta although every step draws but
 * one sample (Cutkosky and Orabona, Momentum-based variance reduction in non-convex SGD, 2019).
 */
public final class RecursiveMomentum {
    private final double[] estimate;
    private boolean begun;

    /**
     * An estimate before its first sample.
     *
     * @param dimension of the gradient, at least 1
     * @throws IllegalArgumentException if the dimension is below 1
     */
    public RecursiveMomentum(int dimension) {
        estimate = new double[Require.atLeast("dimension", dimension, 1)];
    }

    /**
     * Takes up a sample. The first one becomes the estimate, whatever eta.
     *
     * @param eta in [0, 1]
     * @param now g(u_k; s_k)
     * @param before g(u_(k-1); s_k), of the same sample; not read at the first call or if eta is 1
     * @return the estimate d_k, not a copy
     * @throws IllegalArgumentException if eta lies outside or a length differs
     */
    public double[] update(double eta, double[] now, double[] before) {
        Require.within("eta", eta, 0, 1);
        Require.length("now", now, estimate.length);
        if (begun && eta < 1) {
            Require.length("before", before, estimate.length);
            Kernels.axpy(-1, before, estimate);
            Kernels.axpby(1, now, 1 - eta, estimate);
        } else {
            System.arraycopy(now, 0, estimate, 0, estimate.length);
        }
        begun = true;
        return estimate;
    }

    /**
     * The estimate.
     *
     * @return d_k, not a copy; zero before the first sample
     */
    public double[] estimate() {
        return estimate;
    }
}
