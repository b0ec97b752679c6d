package org.konvergo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequireTest {
    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void positiveNamesArgumentRuleAndValue(double value) {
        Rejects.bad(() -> Require.positive("eta", value), "eta", "positive", "" + value);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e-300, Double.NaN, Double.POSITIVE_INFINITY})
    void nonNegativeRefuses(double value) {
        Rejects.bad(() -> Require.nonNegative("mu", value), "mu", "non-negative");
    }

    @Test
    void goodArgumentsComeBack() {
        assertEquals(2, Require.positive("x", 2));
        assertEquals(0, Require.nonNegative("x", 0));
        assertEquals(-3, Require.finite("x", -3));
        assertEquals(1, Require.within("x", 1, 0, 1));
        assertEquals(4, Require.atLeast("n", 4, 4));
        assertEquals(0, Require.index("i", 0, 1));
        var v = new double[] {1, 2};
        assertSame(v, Require.finite("v", Require.length("v", v, 2)));
        var a = new DMatrixRMaj(2, 2);
        assertSame(a, Require.square("a", Require.shape("a", a, 2, 2)));
    }

    @Test
    void wrongShapesAreNamed() {
        Rejects.bad(() -> Require.length("x", new double[3], 2), "x", "length 2", "length 3");
        Rejects.bad(() -> Require.length("x", null, 2), "x", "null");
        Rejects.bad(() -> Require.shape("a", new DMatrixRMaj(2, 3), 3, 2), "a", "3 x 2", "2 x 3");
        Rejects.bad(() -> Require.square("a", new DMatrixRMaj(2, 3)), "a", "square", "2 x 3");
        Rejects.bad(() -> Require.finite("v", new double[] {0, Double.NaN}), "v[1]", "NaN");
        Rejects.bad(() -> Require.index("player", 2, 2), "player", "0..1", "2");
        Rejects.bad(() -> Require.within("q", 1.5, 0, 1), "q", "[0.0, 1.0]", "1.5");
        Rejects.bad(() -> Require.atLeast("n", 1, 2), "n", "at least 2", "1");
    }
}
