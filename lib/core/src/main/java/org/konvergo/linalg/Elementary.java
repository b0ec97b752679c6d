package org.konvergo.linalg;

/**
 * Elementary functions as fixed polynomials: the same bits on every machine, unlike {@link Math},
 * whose results may differ by an ulp between JDKs and processors.
 *
 * <p>All are within 1 ulp of the exact value over the whole range of doubles, subnormal results
 * included; each says the worst error seen at 20 million points of all magnitudes, against 113-bit
 * arithmetic. Method: Cody and Waite, Software Manual for the Elementary Functions, 1980: argument
 * reduction in two parts, a polynomial on the reduced range, scaling by a power of two. Where a
 * rounding error would weigh too much it is computed (the sums and products without error of
 * Dekker, A floating-point technique for extending the available precision, Numerische Mathematik
 * 18, 1971) and added at the end.
 *
 * <p>Only +, -, *, /, fma, comparisons and operations on bits occur. The vector registers do the
 * same operations in the same order, so there are no branches but for the rare arguments.
 */
public final class Elementary {
    /** Arguments of exp above this overflow to infinity. */
    static final double EXP_MAX = 709.782712893384;

    /** Arguments of exp below this underflow to zero. */
    static final double EXP_MIN = -745.1332191019412;

    static final double LOG2_E = 1.4426950408889634;
    // ln 2 in two parts: the high one has 32 significant bits, so that k * LN2_HIGH is exact.
    static final double LN2_HIGH = 0x1.62e42feep-1;
    static final double LN2_LOW = 0x1.a39ef35793c76p-33;

    // |r| <= ln(2)/2: the Taylor series to degree 13 leaves a relative error below 1e-17.
    static final double EXP_13 = 1 / 6227020800.0;
    static final double EXP_12 = 1 / 479001600.0;
    static final double EXP_11 = 1 / 39916800.0;
    static final double EXP_10 = 1 / 3628800.0;
    static final double EXP_9 = 1 / 362880.0;
    static final double EXP_8 = 1 / 40320.0;
    static final double EXP_7 = 1 / 5040.0;
    static final double EXP_6 = 1 / 720.0;
    static final double EXP_5 = 1 / 120.0;
    static final double EXP_4 = 1 / 24.0;
    static final double EXP_3 = 1 / 6.0;

    // 2 (e^r - 1 - r - r^2/2) / r^3 for |r| <= ln(2)/2, interpolated at the Chebyshev nodes: the
    // error is below 2^-58 of e^r - 1.
    static final double CUBE_0 = 0x1.5555555555556p-2;
    static final double CUBE_1 = 0x1.5555555555555p-4;
    static final double CUBE_2 = 0x1.11111111109b3p-6;
    static final double CUBE_3 = 0x1.6c16c16c167e1p-9;
    static final double CUBE_4 = 0x1.a01a01a7c41d5p-12;
    static final double CUBE_5 = 0x1.a01a01a47b054p-15;
    static final double CUBE_6 = 0x1.71de0dae63bb3p-18;
    static final double CUBE_7 = 0x1.27e4e1f48534fp-21;
    static final double CUBE_8 = 0x1.af38a9b0ec855p-25;
    static final double CUBE_9 = 0x1.1f66df7fca49fp-28;

    // Beyond these ends the functions have their limits, to the last bit.
    static final double EXPM1_LOW = -40;
    static final double EXPM1_HIGH = 710;
    static final double TANH_HIGH = 20;
    static final double SIGMOID_LOW = -746;
    static final double SIGMOID_HIGH = 40;

    // log(1+f) = 2 atanh(s), s = f/(2+f): the Taylor series of atanh, twice.
    static final double LOG_25 = 2 / 25.0;
    static final double LOG_23 = 2 / 23.0;
    static final double LOG_21 = 2 / 21.0;
    static final double LOG_19 = 2 / 19.0;
    static final double LOG_17 = 2 / 17.0;
    static final double LOG_15 = 2 / 15.0;
    static final double LOG_13 = 2 / 13.0;
    static final double LOG_11 = 2 / 11.0;
    static final double LOG_9 = 2 / 9.0;
    static final double LOG_7 = 2 / 7.0;
    static final double LOG_5 = 2 / 5.0;
    static final double LOG_3 = 2 / 3.0;

    // Added to the bits of a number, this moves its exponent up where the significand is above the
    // square root of 2.
    static final long SQRT_2_TO_NEXT = 0x3ff0000000000000L - 0x3fe6a09e667f3bceL;
    static final long EXPONENT = 0xfff0000000000000L;
    static final long ONE = 0x3ff0000000000000L;

    private Elementary() {}

    /**
     * The exponential function: a Taylor polynomial on |r| at most log(2)/2. Worst error seen: 0.87
     * ulp, 0.90 where the result is subnormal.
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
        double p = Math.fma(EXP_13, r, EXP_12);
        p = Math.fma(p, r, EXP_11);
        p = Math.fma(p, r, EXP_10);
        p = Math.fma(p, r, EXP_9);
        p = Math.fma(p, r, EXP_8);
        p = Math.fma(p, r, EXP_7);
        p = Math.fma(p, r, EXP_6);
        p = Math.fma(p, r, EXP_5);
        p = Math.fma(p, r, EXP_4);
        p = Math.fma(p, r, EXP_3);
        p = Math.fma(p, r, 0.5);
        p = Math.fma(p, r, 1);
        p = Math.fma(p, r, 1);
        // Two factors, so that results near the ends of the range neither overflow nor round twice.
        int n = (int) k;
        int half = n >> 1;
        return p * powerOfTwo(half) * powerOfTwo(n - half);
    }

    /**
     * The exponential function less one, with full precision near 0: 2^k (1 - 2^-k + r + r^2/2 +
     * r^3 c), where all but the last term is summed without error. Worst error seen: 0.59 ulp, 0.71
     * below -37.
     *
     * @param x any number
     * @return e to the x, minus 1, within 1 ulp; infinity above 709.78, NaN for NaN, a zero for the
     *     same zero
     */
    public static double expm1(double x) {
        if (Double.isNaN(x)) {
            return Double.NaN;
        }
        double y = x > EXPM1_HIGH ? EXPM1_HIGH : x < EXPM1_LOW ? EXPM1_LOW : x;
        double k = Math.rint(y * LOG2_E);
        int n = (int) k;
        int half = n >> 1;
        double scale = powerOfTwo(half);
        double scale2 = powerOfTwo(n - half);
        double high = Math.fma(-k, LN2_HIGH, y);
        double r = Math.fma(-k, LN2_LOW, high);
        double low = Math.fma(-k, LN2_LOW, high - r);
        low = Math.fma(low, r, low);
        // e^x - 1 = 2^k (1 - 2^-k + r + r^2/2 + r^3 c), summed without error up to the square.
        double inverse = powerOfTwo(-half) * powerOfTwo(half - n);
        double c = 1 - inverse;
        double h = 0.5 * r;
        double square = h * r;
        double a = c + r;
        double b = a + square;
        low += 1 - c - inverse;
        low += r - (a - c);
        low += square - (b - a);
        low += Math.fma(h, r, -square);
        low = Math.fma(square * r, cube(r), low);
        return Math.copySign((b + low) * scale * scale2, x);
    }

    /**
     * The hyperbolic tangent: -t / (2 + t) with t = e to the -2|x|, minus 1, in two parts. Worst
     * error seen: 0.56 ulp.
     *
     * @param x any number
     * @return tanh x, within 1 ulp; NaN for NaN, a zero for the same zero
     */
    public static double tanh(double x) {
        if (Double.isNaN(x)) {
            return Double.NaN;
        }
        double size = Math.abs(x);
        double y = -2 * (size > TANH_HIGH ? TANH_HIGH : size);
        double k = Math.rint(y * LOG2_E);
        int n = (int) k;
        double scale = powerOfTwo(n);
        double high = Math.fma(-k, LN2_HIGH, y);
        double r = Math.fma(-k, LN2_LOW, high);
        double low = Math.fma(-k, LN2_LOW, high - r);
        low = Math.fma(low, r, low);
        // t + u = e^y - 1 as in expm1, in two parts.
        double inverse = powerOfTwo(-n);
        double c = 1 - inverse;
        double h = 0.5 * r;
        double square = h * r;
        double a = c + r;
        double b = a + square;
        low += 1 - (c + inverse);
        low += r - (a - c);
        low += square - (b - a);
        low += Math.fma(h, r, -square);
        low = Math.fma(square * r, cube(r), low);
        double sum = b + low;
        double t = sum * scale;
        double u = (low - (sum - b)) * scale;
        // tanh |x| = -(t + u) / (2 + t + u): a quotient and what it lacks.
        double d = 2 + t;
        double e = t - (d - 2) + u;
        double v = 1 / d;
        double q = t * v;
        double lack = Math.fma(-q, e, Math.fma(-q, d, t) + u);
        return Math.copySign(Math.fma(lack, v, q), x);
    }

    /**
     * The logistic function, with e to the -x in two parts. Worst error seen: 0.55 ulp, 0.77 where
     * the result is subnormal.
     *
     * @param x any number
     * @return 1 / (1 + e to the -x), within 1 ulp; 0 below -745.13, NaN for NaN
     */
    public static double sigmoid(double x) {
        if (Double.isNaN(x)) {
            return Double.NaN;
        }
        double y = -(x > SIGMOID_HIGH ? SIGMOID_HIGH : x < SIGMOID_LOW ? SIGMOID_LOW : x);
        double k = Math.rint(y * LOG2_E);
        int n = (int) k;
        int half = n >> 1;
        double inverse = powerOfTwo(-half);
        double inverse2 = powerOfTwo(half - n);
        double high = Math.fma(-k, LN2_HIGH, y);
        double r = Math.fma(-k, LN2_LOW, high);
        double low = Math.fma(-k, LN2_LOW, high - r);
        low = Math.fma(low, r, low);
        // p + low = 2^-k e^y
        double square = 0.5 * r * r;
        double a = 1 + r;
        double b = a + square;
        low += r - (a - 1);
        low += square - (b - a);
        low = Math.fma(square * r, cube(r), low);
        double p = b + low;
        low -= p - b;
        // 2^-k / (2^-k + p + low), which neither overflows nor underflows before its end.
        double one = inverse * inverse2;
        double d = one + p;
        double part = d - one;
        double e = one - (d - part) + (p - part) + low;
        double v = 1 / d;
        double lack = Math.fma(-v, e, Math.fma(-v, d, 1));
        return Math.fma(lack, v, v) * inverse * inverse2;
    }

    /**
     * The natural logarithm: the series of 2 atanh(f / (2 + f)) on 1 + f between the square roots
     * of 1/2 and 2. Worst error seen: 0.86 ulp.
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
        double k = 0;
        if (x < Double.MIN_NORMAL) {
            x *= 0x1p54;
            k = -54;
        }
        long bits = Double.doubleToRawLongBits(x);
        long e = bits + SQRT_2_TO_NEXT;
        k += (double) (e >>> 52) - 1023;
        double m = Double.longBitsToDouble(bits - (e & EXPONENT) + ONE);
        double f = m - 1;
        return log(k, f, f / (2 + f), 0);
    }

    /**
     * The natural logarithm of one plus x, with full precision near 0: as {@link #log}, with what
     * rounding 1 + x loses (Kahan; also in fdlibm, Sun Microsystems, 1993). Worst error seen: 0.85
     * ulp.
     *
     * @param x any number
     * @return log(1 + x), within 1 ulp; minus infinity for -1, NaN below and for NaN, a zero for
     *     the same zero
     */
    public static double log1p(double x) {
        if (!(x > -1)) {
            return x == -1 ? Double.NEGATIVE_INFINITY : Double.NaN;
        }
        if (x == Double.POSITIVE_INFINITY) {
            return x;
        }
        // u + low = 1 + x
        double u = 1 + x;
        double part = u - 1;
        double low = 1 - (u - part) + (x - part);
        long bits = Double.doubleToRawLongBits(u);
        long e = bits + SQRT_2_TO_NEXT;
        double k = (double) (e >>> 52) - 1023;
        double m = Double.longBitsToDouble(bits - (e & EXPONENT) + ONE);
        // Half of low 2^(1-k): 2^-k itself does not exist for the largest numbers.
        low *= Double.longBitsToDouble((2047 - (e >>> 52)) << 52);
        low *= 0.5;
        double g = m - 1;
        double f = g + low;
        low -= f - g;
        // low / (1 + f), to three digits of what is below the last digit of the result.
        double s = f / (2 + f);
        low *= Math.fma(Math.fma(Math.fma(-2, s, 2), s, -2), s, 1);
        return Math.copySign(log(k, f, s, low), x);
    }

    /** k log 2 + log(1 + f) + low, with s = f / (2 + f). */
    private static double log(double k, double f, double s, double low) {
        // log(1+f) = 2 atanh(s), written as f - (f^2/2 - s (f^2/2 + R)) to keep f's digits.
        double z = s * s;
        double p = Math.fma(LOG_25, z, LOG_23);
        p = Math.fma(p, z, LOG_21);
        p = Math.fma(p, z, LOG_19);
        p = Math.fma(p, z, LOG_17);
        p = Math.fma(p, z, LOG_15);
        p = Math.fma(p, z, LOG_13);
        p = Math.fma(p, z, LOG_11);
        p = Math.fma(p, z, LOG_9);
        p = Math.fma(p, z, LOG_7);
        p = Math.fma(p, z, LOG_5);
        p = Math.fma(p, z, LOG_3);
        double halfSquare = 0.5 * f * f;
        double tail = Math.fma(s, halfSquare + p * z, Math.fma(k, LN2_LOW, low));
        return k * LN2_HIGH - ((halfSquare - tail) - f);
    }

    /** 2 (e^r - 1 - r - r^2/2) / r^3 */
    private static double cube(double r) {
        double p = Math.fma(CUBE_9, r, CUBE_8);
        p = Math.fma(p, r, CUBE_7);
        p = Math.fma(p, r, CUBE_6);
        p = Math.fma(p, r, CUBE_5);
        p = Math.fma(p, r, CUBE_4);
        p = Math.fma(p, r, CUBE_3);
        p = Math.fma(p, r, CUBE_2);
        p = Math.fma(p, r, CUBE_1);
        return Math.fma(p, r, CUBE_0);
    }

    private static double powerOfTwo(int n) {
        return Double.longBitsToDouble((long) (n + 1023) << 52);
    }
}
