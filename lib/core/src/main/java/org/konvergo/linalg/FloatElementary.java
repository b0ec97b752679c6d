package org.konvergo.linalg;

/**
 * Elementary functions in single precision, by the method of {@link Elementary}: only operations
 * that IEEE 754 defines to the last bit.
 */
final class FloatElementary {
    /** Arguments of exp above this overflow to infinity. */
    static final float EXP_MAX = 0x1.62e42ep6f;

    /** Arguments of exp below this underflow to zero. */
    static final float EXP_MIN = -103.97208f;

    static final float LOG2_E = 0x1.715476p0f;
    // ln 2 in two parts: the high one has 14 significant bits, so that k * LN2_HIGH is exact.
    static final float LN2_HIGH = 0x1.62e4p-1f;
    static final float LN2_LOW = 0x1.7f7d1cp-20f;

    // (e^r - 1 - r) / r^2 for |r| <= ln(2)/2, interpolated at the Chebyshev nodes: the error is
    // below 2^-30 of e^r.
    static final float EXP_7 = 0x1.a124f2p-13f;
    static final float EXP_6 = 0x1.6d4324p-10f;
    static final float EXP_5 = 0x1.1110ep-7f;
    static final float EXP_4 = 0x1.5554eap-5f;
    static final float EXP_3 = 0x1.555556p-3f;

    private FloatElementary() {}

    /**
     * The exponential function. Worst error over all floats: 0.874 ulp.
     *
     * @param x any number
     * @return e to the x, within 1 ulp; infinity above 88.72, 0 below -103.97, NaN for NaN
     */
    static float exp(float x) {
        if (!(x <= EXP_MAX)) {
            return x > EXP_MAX ? Float.POSITIVE_INFINITY : Float.NaN;
        }
        if (x < EXP_MIN) {
            return 0;
        }
        float k = (float) Math.rint(x * LOG2_E);
        float r = Math.fma(-k, LN2_LOW, Math.fma(-k, LN2_HIGH, x));
        float p = Math.fma(EXP_7, r, EXP_6);
        p = Math.fma(p, r, EXP_5);
        p = Math.fma(p, r, EXP_4);
        p = Math.fma(p, r, EXP_3);
        p = Math.fma(p, r, 0.5f);
        p = Math.fma(p, r, 1);
        p = Math.fma(p, r, 1);
        int n = (int) k;
        int half = n >> 1;
        return p * powerOfTwo(half) * powerOfTwo(n - half);
    }

    private static float powerOfTwo(int n) {
        return Float.intBitsToFloat((n + 127) << 23);
    }
}
