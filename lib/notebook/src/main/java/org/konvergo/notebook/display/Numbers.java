package org.konvergo.notebook.display;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as a reader wants them: four significant digits, the same text in every locale. */
public final class Numbers {
    private static final int DIGITS = 4;

    private Numbers() {}

    /**
     * Writes a number with four significant digits. An integer part of up to seven digits is never
     * rounded away: 12345.6 becomes 12346, 1e-7 stays 1e-7.
     *
     * @param x any number
     * @return its text
     */
    public static String format(double x) {
        return format(x, DIGITS);
    }

    /**
     * Writes a number with as many significant digits as asked for; else as {@link
     * #format(double)}.
     *
     * @param x any number
     * @param digits at least 4
     * @return its text
     */
    public static String format(double x, int digits) {
        if (Double.isNaN(x)) {
            return "NaN";
        }
        if (Double.isInfinite(x)) {
            return x > 0 ? "∞" : "-∞";
        }
        if (x == 0) {
            return "0";
        }
        var context = new MathContext(digits, RoundingMode.HALF_EVEN);
        var exact = new BigDecimal(x);
        double size = Math.abs(x);
        if (size >= 1e-3 && size < 1e7) {
            int whole = exact.precision() - exact.scale();
            var plain =
                    whole >= digits
                            ? exact.setScale(0, RoundingMode.HALF_EVEN)
                            : exact.round(context);
            return plain.stripTrailingZeros().toPlainString();
        }
        var rounded = exact.round(context).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        return rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString()
                + "e"
                + exponent;
    }
}
