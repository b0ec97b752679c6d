package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hipparchus.dfp.Dfp;
import org.hipparchus.dfp.DfpField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

/**
 * Accuracy is measured on a million points per function against {@link ElementaryReference}, which
 * in turn is checked against Hipparchus' arithmetic of many digits.
 */
class ElementaryTest {
    // Tiny arguments of log1p and tanh lose their digits to the one beside them.
    private static final DfpField DIGITS = new DfpField(110);

    /** A function, its reference, its definition in many digits, and the bound of its error. */
    enum Function {
        EXP(0.90),
        EXPM1(0.72),
        LOG(0.86),
        LOG1P(0.86),
        TANH(0.56),
        SIGMOID(0.78);

        final double bound;

        Function(double bound) {
            this.bound = bound;
        }

        double value(double x) {
            return switch (this) {
                case EXP -> Elementary.exp(x);
                case EXPM1 -> Elementary.expm1(x);
                case LOG -> Elementary.log(x);
                case LOG1P -> Elementary.log1p(x);
                case TANH -> Elementary.tanh(x);
                case SIGMOID -> Elementary.sigmoid(x);
            };
        }

        ElementaryReference reference(double x) {
            return switch (this) {
                case EXP -> ElementaryReference.exp(x);
                case EXPM1 -> ElementaryReference.expm1(x);
                case LOG -> ElementaryReference.log(x);
                case LOG1P -> ElementaryReference.log1p(x);
                case TANH -> ElementaryReference.tanh(x);
                case SIGMOID -> ElementaryReference.sigmoid(x);
            };
        }

        Dfp exact(Dfp x) {
            return switch (this) {
                case EXP -> x.exp();
                case EXPM1 -> x.exp().subtract(1);
                case LOG -> x.log();
                case LOG1P -> x.add(1).log();
                case TANH -> {
                    Dfp e = x.multiply(2).exp();
                    yield e.subtract(1).divide(e.add(1));
                }
                case SIGMOID -> x.negate().exp().add(1).reciprocal();
            };
        }

        /** Whether the value at x is neither 0 nor infinite, nor NaN, and 0 is not an edge. */
        boolean holds(double x) {
            return switch (this) {
                case EXP -> x > -745.1 && x < 709.78;
                case EXPM1 -> x < 709.78;
                case LOG -> x > 0 && x <= Double.MAX_VALUE;
                case LOG1P -> x > -1 && x <= Double.MAX_VALUE;
                case TANH -> Double.isFinite(x);
                case SIGMOID -> x > -745.1;
            };
        }

        /** A point of eight kinds, within the domain. */
        double point(int kind, RandomStream random) {
            double x =
                    switch (kind % 8) {
                        case 0 -> Double.longBitsToDouble(random.source().nextLong());
                        case 1 -> random.uniform(-745, 709.7);
                        case 2 -> random.uniform(-1, 1);
                        case 3 -> random.uniform(-0.36, 0.36);
                        case 4 -> Math.scalb(random.uniform(-1, 1), random.integer(1074) - 1070);
                        case 5 -> random.uniform(-40, 40);
                        case 6 -> random.uniform(-3, 3);
                        default -> random.uniform(-745, -706); // subnormal results
                    };
            if (kind % 8 == 7 && this == LOG1P) {
                x = random.uniform(-0.4, 0.5);
            } else if (this == LOG) {
                x = kind % 8 == 7 ? random.uniform(0.6, 1.5) : Math.abs(x);
            }
            return holds(x) ? x : random.uniform(0.1, 10);
        }
    }

    @ParameterizedTest
    @EnumSource
    void withinOneUlpAtAMillionPoints(Function f) {
        var random = new RandomStreams(1).stream(f.name(), 0);
        double worst = 0;
        double where = 0;
        for (int i = 0; i < 1_000_000; i++) {
            double x = f.point(i, random);
            double error = f.reference(x).ulps(f.value(x));
            if (!(error <= worst)) {
                worst = error;
                where = x;
            }
        }
        assertTrue(worst > 0.5 && worst <= f.bound, worst + " ulps at " + where);
    }

    @ParameterizedTest
    @EnumSource
    void referenceHoldsAtManyDigits(Function f) {
        var random = new RandomStreams(2).stream(f.name(), 0);
        for (int i = 0; i < 120; i++) {
            double x = f.point(i, random);
            boolean logarithm = f == Function.LOG || f == Function.LOG1P;
            // Beyond, the other functions are constant, and below, most are their argument.
            if ((Math.abs(x) > 700 && f != Function.EXP && !logarithm) || Math.abs(x) < 1e-40) {
                x = 0.5 + i;
            }
            var r = f.reference(x);
            Dfp exact = f.exact(DIGITS.newDfp(x));
            Dfp sum = DIGITS.newDfp(r.high()).add(DIGITS.newDfp(r.low()));
            Dfp value = sum.multiply(DIGITS.getTwo().pow(r.scale()));
            double error = value.subtract(exact).divide(exact).abs().toDouble();
            assertTrue(error < 1e-20, f + " at " + x + ": " + error); // 1e-4 ulp
        }
    }

    @Test
    void edgesOfExp() {
        assertEquals(1, Elementary.exp(0));
        assertEquals(1, Elementary.exp(-0.0));
        assertEquals(Double.POSITIVE_INFINITY, Elementary.exp(709.8));
        assertEquals(Double.POSITIVE_INFINITY, Elementary.exp(Double.POSITIVE_INFINITY));
        assertEquals(StrictMath.exp(709.78), Elementary.exp(709.78), 1e293);
        assertEquals(0, Elementary.exp(-746));
        assertEquals(0, Elementary.exp(Double.NEGATIVE_INFINITY));
        assertEquals(Double.NaN, Elementary.exp(Double.NaN));
        assertEquals(Double.MIN_VALUE, Elementary.exp(-744.6));
        assertEquals(StrictMath.exp(-720), Elementary.exp(-720), 2 * Double.MIN_VALUE);
    }

    @Test
    void edgesOfExpm1() {
        assertEquals(0.0, Elementary.expm1(0.0));
        assertEquals(-0.0, Elementary.expm1(-0.0));
        assertEquals(Double.MIN_VALUE, Elementary.expm1(Double.MIN_VALUE));
        assertEquals(-Double.MIN_VALUE, Elementary.expm1(-Double.MIN_VALUE));
        assertEquals(-1, Elementary.expm1(-38));
        assertEquals(-1, Elementary.expm1(-1e300));
        assertEquals(-1, Elementary.expm1(Double.NEGATIVE_INFINITY));
        assertEquals(
                Elementary.exp(Elementary.EXP_MAX),
                Elementary.expm1(Elementary.EXP_MAX),
                Math.ulp(Double.MAX_VALUE));
        double next = Math.nextUp(Elementary.EXP_MAX);
        assertEquals(Double.POSITIVE_INFINITY, Elementary.expm1(next));
        assertEquals(Double.POSITIVE_INFINITY, Elementary.expm1(Double.POSITIVE_INFINITY));
        assertEquals(Double.NaN, Elementary.expm1(Double.NaN));
    }

    @Test
    void edgesOfTanh() {
        assertEquals(0.0, Elementary.tanh(0.0));
        assertEquals(-0.0, Elementary.tanh(-0.0));
        assertEquals(Double.MIN_VALUE, Elementary.tanh(Double.MIN_VALUE));
        assertEquals(-Double.MIN_NORMAL, Elementary.tanh(-Double.MIN_NORMAL));
        assertEquals(1, Elementary.tanh(19.1));
        assertEquals(-1, Elementary.tanh(-1e300));
        assertEquals(1, Elementary.tanh(Double.POSITIVE_INFINITY));
        assertEquals(-1, Elementary.tanh(Double.NEGATIVE_INFINITY));
        assertEquals(Double.NaN, Elementary.tanh(Double.NaN));
        for (double x = 0; x < 25; x += 0.37) {
            assertEquals(-Elementary.tanh(x), Elementary.tanh(-x));
        }
    }

    @Test
    void edgesOfSigmoid() {
        assertEquals(0.5, Elementary.sigmoid(0.0));
        assertEquals(0.5, Elementary.sigmoid(-0.0));
        assertEquals(0.5, Elementary.sigmoid(Double.MIN_VALUE));
        assertEquals(1, Elementary.sigmoid(37.5));
        assertEquals(1, Elementary.sigmoid(1e300));
        assertEquals(1, Elementary.sigmoid(Double.POSITIVE_INFINITY));
        assertEquals(Double.MIN_VALUE, Elementary.sigmoid(-744.6));
        assertEquals(Elementary.exp(-720), Elementary.sigmoid(-720), Double.MIN_VALUE);
        assertEquals(0.0, Elementary.sigmoid(-745.14));
        assertEquals(0.0, Elementary.sigmoid(Double.NEGATIVE_INFINITY));
        assertEquals(Double.NaN, Elementary.sigmoid(Double.NaN));
    }

    @Test
    void edgesOfLog() {
        assertEquals(0, Elementary.log(1));
        assertEquals(Double.NEGATIVE_INFINITY, Elementary.log(0));
        assertEquals(Double.NEGATIVE_INFINITY, Elementary.log(-0.0));
        assertEquals(Double.NaN, Elementary.log(-1));
        assertEquals(Double.NaN, Elementary.log(-Double.MIN_VALUE));
        assertEquals(Double.NaN, Elementary.log(Double.NEGATIVE_INFINITY));
        assertEquals(Double.NaN, Elementary.log(Double.NaN));
        assertEquals(Double.POSITIVE_INFINITY, Elementary.log(Double.POSITIVE_INFINITY));
        assertEquals(StrictMath.log(Double.MIN_VALUE), Elementary.log(Double.MIN_VALUE), 1e-12);
        assertEquals(StrictMath.log(Double.MAX_VALUE), Elementary.log(Double.MAX_VALUE), 1e-12);
    }

    @Test
    void edgesOfLog1p() {
        assertEquals(0.0, Elementary.log1p(0.0));
        assertEquals(-0.0, Elementary.log1p(-0.0));
        assertEquals(Double.MIN_VALUE, Elementary.log1p(Double.MIN_VALUE));
        assertEquals(-Double.MIN_VALUE, Elementary.log1p(-Double.MIN_VALUE));
        assertEquals(-1e-310, Elementary.log1p(-1e-310));
        assertEquals(Double.NEGATIVE_INFINITY, Elementary.log1p(-1));
        assertEquals(-36.7368005696771, Elementary.log1p(Math.nextUp(-1.0)), 1e-14);
        assertEquals(Double.NaN, Elementary.log1p(Math.nextDown(-1.0)));
        assertEquals(Double.NaN, Elementary.log1p(Double.NEGATIVE_INFINITY));
        assertEquals(Double.NaN, Elementary.log1p(Double.NaN));
        assertEquals(Double.POSITIVE_INFINITY, Elementary.log1p(Double.POSITIVE_INFINITY));
        assertEquals(Elementary.log(Double.MAX_VALUE), Elementary.log1p(Double.MAX_VALUE));
    }

    @Test
    void savedResultsOfExpAndLogStay() {
        // A hash of the bits of both at many points, as the first release had them.
        var random = new RandomStreams(3).stream("bits", 0);
        long hash = 0;
        for (int i = 0; i < 200_000; i++) {
            double x = random.uniform(-746, 710);
            double y = Double.longBitsToDouble(random.source().nextLong() & Long.MAX_VALUE);
            hash = 31 * hash + Double.doubleToLongBits(Elementary.exp(x));
            hash = 31 * hash + Double.doubleToLongBits(Elementary.exp(x / 1000));
            hash = 31 * hash + Double.doubleToLongBits(Elementary.log(y));
            hash = 31 * hash + Double.doubleToLongBits(Elementary.log(x + 746.5));
        }
        assertEquals(4467201745302265258L, hash);
    }
}
