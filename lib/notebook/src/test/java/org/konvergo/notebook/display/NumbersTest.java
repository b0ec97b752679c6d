package org.konvergo.notebook.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 1",
        "0.5, 0.5",
        "0.123456, 0.1235",
        "-2.71828, -2.718",
        "12345.678, 12346",
        "9999999, 9999999",
        "12345678, 1.235e7",
        "0.001, 0.001",
        "0.00099999999, 1e-3",
        "1.5e-7, 1.5e-7",
        "-1e300, -1e300",
        "4.9e-324, 4.941e-324",
        "NaN, NaN",
        "Infinity, ∞",
        "-Infinity, -∞",
    })
    void writesFourSignificantDigits(double x, String text) {
        assertEquals(text, Numbers.format(x));
    }

    @Property
    void staysWithinHalfADigit(@ForAll double x) {
        if (!Double.isFinite(x)) {
            return;
        }
        var exact = new BigDecimal(x);
        var error = new BigDecimal(Numbers.format(x)).subtract(exact).abs();
        var allowed = exact.abs().multiply(new BigDecimal("5e-4"));
        assertTrue(error.compareTo(allowed) <= 0, () -> x + " became " + Numbers.format(x));
    }
}
