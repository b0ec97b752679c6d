package org.konvergo.linalg;

/**
 * Elementary functions to about 30 digits, as (high + low) 2^scale: sums of two doubles after
 * Dekker, Taylor series of e^r - 1 on a small range, and a Newton step for the logarithms. It
 * shares no polynomial and no reduction with {@link Elementary}, and is fast enough for a million
 * points.
 *
 * @param high the number, rounded
 * @param low what rounding lost
 * @param scale binary exponent
 */
record ElementaryReference(double high, double low, int scale) {
    private static final ElementaryReference[] INVERSE_FACTORIALS = inverseFactorials(16);
    private static final double LN2 = 0x1.62e42fefa39efp-1;
    private static final double LN2_REST = 0x1.abc9e3b39803fp-56;
    private static final double LN2_REST2 = 0x1.7b57a079a1934p-111;

    /** Error of a value in units in the last place of the exact one. */
    double ulps(double value) {
        double exact = Math.scalb(high, scale);
        if (Double.isInfinite(exact) || Double.isInfinite(value)) {
            return exact == value ? 0 : Double.POSITIVE_INFINITY;
        }
        double ulp = Math.scalb(Math.ulp(exact), -scale);
        return Math.abs(Math.scalb(value, -scale) - high - low) / ulp;
    }

    static ElementaryReference exp(double x) {
        int k = (int) StrictMath.rint(x / LN2);
        ElementaryReference e = of(1).plus(expm1Near0(reduced(x, k)));
        return new ElementaryReference(e.high, e.low, k);
    }

    static ElementaryReference expm1(double x) {
        if (Math.abs(x) < 1e-30) {
            return of(x);
        }
        int k = (int) StrictMath.rint(Math.max(x, -200) / LN2);
        ElementaryReference e = expm1Near0(reduced(Math.max(x, -200), k));
        if (k < 0) {
            return of(1).plus(e).times(of(Math.scalb(1.0, k))).plus(of(-1));
        }
        ElementaryReference s = of(1).plus(of(-Math.scalb(1.0, -k))).plus(e);
        return new ElementaryReference(s.high, s.low, k);
    }

    static ElementaryReference log(double x) {
        return log(of(x));
    }

    static ElementaryReference log1p(double x) {
        if (Math.abs(x) > 1e-5) {
            return log(of(1).plus(of(x)));
        }
        if (Math.abs(x) < 1e-30) {
            return of(x);
        }
        ElementaryReference p = of(0);
        for (int i = 8; i > 0; i--) {
            p = of(i % 2 == 0 ? -1 : 1).over(of(i)).plus(p.times(of(x)));
        }
        return p.times(of(x));
    }

    static ElementaryReference tanh(double x) {
        if (Math.abs(x) < 1e-30) {
            return of(x);
        }
        ElementaryReference e = expm1(-2 * Math.min(Math.abs(x), 50));
        ElementaryReference t =
                new ElementaryReference(Math.scalb(e.high, e.scale), Math.scalb(e.low, e.scale), 0);
        ElementaryReference q = t.over(of(2).plus(t));
        return x > 0 ? q.times(of(-1)) : q;
    }

    static ElementaryReference sigmoid(double x) {
        ElementaryReference e = exp(-Math.min(x, 100));
        ElementaryReference p = new ElementaryReference(e.high, e.low, 0);
        ElementaryReference q = of(1).over(of(Math.scalb(1.0, -e.scale)).plus(p));
        return new ElementaryReference(q.high, q.low, -e.scale);
    }

    private static ElementaryReference of(double x) {
        return new ElementaryReference(x, 0, 0);
    }

    private static ElementaryReference log(ElementaryReference u) {
        double y = StrictMath.log(u.high);
        ElementaryReference e = exp(-y);
        // u e^-y = 1 + c with a tiny c.
        ElementaryReference c =
                new ElementaryReference(Math.scalb(u.high, e.scale), Math.scalb(u.low, e.scale), 0)
                        .times(new ElementaryReference(e.high, e.low, 0))
                        .plus(of(-1));
        return of(y).plus(c).plus(of(-0.5 * c.high * c.high));
    }

    /** x - k log 2. */
    private static ElementaryReference reduced(double x, int k) {
        double p = k * LN2;
        return of(x - p)
                .plus(of(-Math.fma(k, LN2, -p)))
                .plus(of(-k).times(of(LN2_REST)))
                .plus(of(-k * LN2_REST2));
    }

    /** By the series at r/8, and three times (1 + e)^2 - 1 = e (2 + e). */
    private static ElementaryReference expm1Near0(ElementaryReference r) {
        ElementaryReference x = new ElementaryReference(r.high / 8, r.low / 8, 0);
        ElementaryReference p = INVERSE_FACTORIALS[16];
        for (int i = 15; i > 0; i--) {
            p = INVERSE_FACTORIALS[i].plus(p.times(x));
        }
        p = p.times(x);
        for (int i = 0; i < 3; i++) {
            p = p.times(of(2).plus(p));
        }
        return p;
    }

    private ElementaryReference plus(ElementaryReference b) {
        double s = high + b.high;
        double part = s - high;
        double rest = high - (s - part) + (b.high - part);
        double t = low + b.low;
        double part2 = t - low;
        double rest2 = low - (t - part2) + (b.low - part2);
        return normal(s, rest + t, rest2);
    }

    private ElementaryReference times(ElementaryReference b) {
        double p = high * b.high;
        return normal(p, Math.fma(high, b.high, -p), Math.fma(high, b.low, low * b.high));
    }

    private ElementaryReference over(ElementaryReference b) {
        double q = high / b.high;
        ElementaryReference rest = plus(b.times(of(-q)));
        double q2 = rest.high / b.high;
        ElementaryReference rest2 = rest.plus(b.times(of(-q2)));
        return normal(q, q2, rest2.high / b.high);
    }

    private static ElementaryReference normal(double a, double b, double c) {
        double s = a + b;
        double t = b - (s - a) + c;
        double u = s + t;
        return new ElementaryReference(u, t - (u - s), 0);
    }

    private static ElementaryReference[] inverseFactorials(int n) {
        var f = new ElementaryReference[n + 1];
        f[0] = of(1);
        for (int i = 1; i <= n; i++) {
            f[i] = f[i - 1].over(of(i));
        }
        return f;
    }
}
