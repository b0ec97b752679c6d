package org.konvergo.linalg;

/** Elementary functions of whole vectors in single precision, entry by entry. */
final class ScalarFloatElementaryLanes implements FloatElementaryLanes {
    @Override
    public void exp(float[] x, int p, float[] y, int q, int n) {
        for (int i = 0; i < n; i++) {
            y[q + i] = FloatElementary.exp(x[p + i]);
        }
    }
}
