package org.konvergo.linalg;

/**
 * Elementary functions as fixed polynomials: the same bits on every machine, unlike {@link Math},
 * whose results may differ by an ulp between JDKs and processors.
 *
 * <p>Both functions are within 1 ulp of the exact value. Method: Cody and Waite, Software Manual
 * for the Elementary Functions, 1980: argument reduction in two parts, a polynomial on the reduced
 * range, scaling by a power of two.
 */
public final class Elementary {
    /** Arguments of exp above this overflow to infinity. */
    static final double EXP_MAX = 709.782712893384;

    /** Arguments of exp below this underflow to zero. */
    static final double EXP_MIN = -745.1332191019412;

    static final double LOG2_E = 1.4426950408889634;
    // ln 2 in two parts: the high one has 32 trailing zero bits, so that k * LN2_HIGH is exact.
    static final double LN2_HIGH = 0x1.62e42feep-1;
    static final double LN2_LOW = 0x1.a39ef35793c76p-33;
    // |r| <= ln(2)/2: the Taylor series to degree 13 leaves a relative error below 1e-17.
    static final double[] EXP_SERIES = {
        1 / 6227020800.0,
        1 / 479001600.0,
        1 / 39916800.0,
        1 / 3628800.0,
        1 / 362880.0,
        1 / 40320.0,
        1 / 5040.0,
        1 / 720.0,
        1 / 120.0,
        1 / 24.0,
        1 / 6.0,
        0.5,
        1,
        1
    };
    private static final double SQRT_2 = 1.4142135623730951;

    private Elementary() {}

    /**
     * The exponential function.
     *
     * @param x any number
     * @return e to the x, within 1 ulp; infinity above 709.78, 0 below -745.13, NaN for NaN
     */
    public static double exp(double x) {
        if (!(x <= EXP_MAX)) {
            return x > EXP_MAX ? Double.POSITIVE_INFINITY : Double.NaN;
        }
        if (x < EXP_MIN) {
            return 0;
        }
        double k = Math.rint(x * LOG2_E);
        double r = Math.fma(-k, LN2_LOW, Math.fma(-k, LN2_HIGH, x));
        double p = EXP_SERIES[0];
        for (int i = 1; i < EXP_SERIES.length; i++) {
            p = Math.fma(p, r, EXP_SERIES[i]);
        }
        // Two factors, so that results near the ends of the range neither overflow nor round twice.
        int n = (int) k;
        int half = n >> 1;
        return p * powerOfTwo(half) * powerOfTwo(n - half);
    }

    /**
     * The natural logarithm.
     *
     * @param x any number
     * @return log x, within 1 ulp; minus infinity for 0, NaN for negative numbers and NaN
     */
    public static double log(double x) {
        if (!(x > 0)) {
            return x == 0 ? Double.NEGATIVE_INFINITY : Double.NaN;
        }
        if (x == Double.POSITIVE_INFINITY) {
            return x;
        }
        int k = 0;
        if (x < Double.MIN_NORMAL) {
            x *= 0x1p54;
            k = -54;
        }
        long bits = Double.doubleToRawLongBits(x);
        k += (int) (bits >>> 52) - 1023;
        double m = Double.longBitsToDouble((bits & 0x000fffffffffffffL) | 0x3ff0000000000000L);
        if (m > SQRT_2) {
            m *= 0.5;
            k++;
        }
        // log(1+f) = 2 atanh(s), s = f/(2+f), written as f - (f^2/2 - s (f^2/2 + R)) to keep f's
        // digits.
        double f = m - 1;
        double s = f / (2 + f);
        double z = s * s;
        double p = 2 / 25.0;
        p = Math.fma(p, z, 2 / 23.0);
        p = Math.fma(p, z, 2 / 21.0);
        p = Math.fma(p, z, 2 / 19.0);
        p = Math.fma(p, z, 2 / 17.0);
        p = Math.fma(p, z, 2 / 15.0);
        p = Math.fma(p, z, 2 / 13.0);
        p = Math.fma(p, z, 2 / 11.0);
        p = Math.fma(p, z, 2 / 9.0);
        p = Math.fma(p, z, 2 / 7.0);
        p = Math.fma(p, z, 2 / 5.0);
        p = Math.fma(p, z, 2 / 3.0);
        double r = p * z;
        double halfSquare = 0.5 * f * f;
        double tail = Math.fma(s, halfSquare + r, k * LN2_LOW);
        return k * LN2_HIGH - ((halfSquare - tail) - f);
    }

    private static double powerOfTwo(int n) {
        return Double.longBitsToDouble((long) (n + 1023) << 52);
    }
}
