package org.konvergo.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.konvergo.Rejects;
import org.konvergo.dynamics.ClassicalRungeKutta;
import org.konvergo.dynamics.DormandPrince;
import org.konvergo.dynamics.Integrator;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.SpectralRadius;
import org.konvergo.random.RandomStreams;

class SeasonalSystemTest {
    private static final Integrator RUNGE_KUTTA = new ClassicalRungeKutta(60);
    private static final StagePopulation SUMMER =
            new JuvenileAdultModel(2, 1, 0.5, 0.5, 1).population();
    private static final StagePopulation WINTER =
            new JuvenileAdultModel(0, 0.2, 0.5, 1, 1).population();
    private static final SeasonalSystem INSECTS =
            new SeasonalSystem(SUMMER, WINTER, 4, RUNGE_KUTTA);

    private static DMatrixRMaj matrix(double[]... rows) {
        return new DMatrixRMaj(rows);
    }

    private static StagePopulation logistic(double rate, double crowding) {
        return new StagePopulation(matrix(new double[] {rate}), new double[] {crowding});
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 1, 4, 365})
    void oneStageHasTheSameThresholdInEveryYear(double year) {
        var floquet =
                new SeasonalSystem(logistic(1, 1), logistic(-3, 1), year, RUNGE_KUTTA).floquet();
        var threshold = SeasonalThreshold.of(floquet, 11);
        assertEquals(0.25, threshold.value(), 1e-12);
        assertTrue(threshold.sharp());
        assertEquals(0.25, SeasonalThreshold.ofLongYears(floquet), 1e-15);
        assertEquals(0.25, SeasonalThreshold.ofShortYears(floquet), 1e-12);
    }

    /** Logistic growth by a = e^3 in three units of time, then decay by e^-1. */
    @Test
    void logisticEquationByHand() {
        var system = new SeasonalSystem(logistic(1, 1), logistic(-1, 0), 4, RUNGE_KUTTA);
        double a = Math.exp(3);
        double expected = (a * Math.exp(-1) - 1) / (a - 1);
        assertEquals(0.3347590, expected, 5e-8);
        var limit = system.limit(0.25, 60, new double[] {0.01}, new double[] {7});
        assertEquals(expected, limit.state()[0], 1e-7);
        assertEquals(0, limit.spread(), 1e-12);
        assertEquals(1, limit.ratio(), 1e-12);
    }

    @Test
    void radiiOfTheInsects() {
        var floquet = INSECTS.floquet();
        assertEquals(0.5, floquet.growth(), 1e-14);
        assertEquals(-0.7, floquet.decline(), 1e-14);
        assertEquals(2, floquet.logRadius(0), 1e-13);
        assertEquals(7.3890561, SpectralRadius.of(floquet.matrix(0)), 5e-8);
        assertEquals(-2.8, floquet.logRadius(1), 1e-13);
        assertEquals(0.0608101, SpectralRadius.of(floquet.matrix(1)), 5e-8);
        assertEquals(0.60317611, Math.exp(floquet.logRadius(0.5)), 5e-9);
    }

    /** Reference: figures of a prototype in NumPy and SciPy. */
    @ParameterizedTest
    @CsvSource({
        "0.5, 0.395829",
        "1, 0.396026",
        "2, 0.396677",
        "4, 0.39829377",
        "8, 0.401271",
        "16, 0.405658",
        "32, 0.410267",
        "64, 0.413396"
    })
    void thresholdsOfTheInsects(double year, double expected) {
        var floquet = new SeasonalFloquet(SUMMER.rates(), WINTER.rates(), year);
        var threshold = SeasonalThreshold.of(floquet, 101);
        assertTrue(threshold.sharp());
        assertEquals(expected, threshold.value(), year == 4 ? 5e-9 : 1e-6);
        assertEquals(0.5 / 1.2, SeasonalThreshold.ofLongYears(floquet), 1e-14);
        assertEquals(0.3957600, SeasonalThreshold.ofShortYears(floquet), 5e-8);
    }

    /** A favourable season of a year alone would multiply by e^146. */
    @Test
    void longYearsDoNotOverflow() {
        var summer = new JuvenileAdultModel(5, 0.05, 0.05, 0.1, 0.01).population();
        var winter = new JuvenileAdultModel(0, 0, 0.01, 0.1, 0).population();
        var floquet = new SeasonalSystem(summer, winter, 365, RUNGE_KUTTA).floquet();
        assertEquals(0.97097814, SeasonalThreshold.of(floquet, 401).value(), 5e-9);
        var century = new SeasonalFloquet(summer.rates(), winter.rates(), 36500);
        assertEquals(14600, century.logRadius(0), 1e-8);
        Rejects.bad(() -> century.matrix(0), "matrix of a year of length 36500");
    }

    @Test
    void threeStagesNeedNotBeSharp() {
        var floquet =
                new SeasonalFloquet(
                        matrix(
                                new double[] {-1.78, 4.9, 0.01},
                                new double[] {0.01, -0.98, 0.01},
                                new double[] {1.7, 0.2, 0.02}),
                        matrix(
                                new double[] {-0.12, 0.01, 0.01},
                                new double[] {1.1, -0.32, 0.01},
                                new double[] {0.6, 0.01, -4.42}),
                        5.5);
        var threshold = SeasonalThreshold.of(floquet, 401);
        assertArrayEquals(new double[] {0.0195715, 0.5215354, 0.9938186}, threshold.roots(), 5e-8);
        assertFalse(threshold.sharp());
        assertEquals(0.41256, floquet.logRadius(0), 5e-6);
        assertEquals(-0.40579, floquet.logRadius(1), 5e-6);
        Rejects.bad(threshold::value, "number of thresholds", "1", "3");
    }

    /** Reference: figures of a prototype in NumPy and SciPy. */
    @Test
    void allStartsMeetTheSameFate() {
        double[][] starts = {{0.01, 0.01}, {5, 5}, {0, 1}, {1, 0}};
        var limit = INSECTS.limit(0.2, 60, starts);
        assertArrayEquals(new double[] {0.40444067, 0.88490087}, limit.state(), 2e-7);
        assertEquals(0, limit.spread(), 1e-10);
        var exact = new SeasonalSystem(SUMMER, WINTER, 4, new DormandPrince(1e-12));
        assertArrayEquals(
                new double[] {0.17140418, 0.24983454}, exact.limit(0.3, 60, starts).state(), 1e-8);
        assertEquals(0.60317611, INSECTS.limit(0.5, 60, starts).ratio(), 1e-6);
    }

    @Test
    void seasonsInEitherOrderHaveTheSameSpectrum() {
        var floquet = INSECTS.floquet();
        var swapped = new SeasonalFloquet(WINTER.rates(), SUMMER.rates(), 4);
        for (double theta : new double[] {0, 0.1, 0.5, 0.9, 1}) {
            assertEquals(floquet.logRadius(theta), swapped.logRadius(1 - theta), 1e-13);
        }
        var same = new SeasonalFloquet(SUMMER.rates(), SUMMER.rates(), 4);
        assertEquals(same.logRadius(0), same.logRadius(0.7), 1e-13);
        assertEquals(0, same.logRadiusSlope(0.4), 1e-13);
    }

    @Property(tries = 100)
    void yearIsMonotoneAndConcave(
            @ForAll @LongRange long seed,
            @ForAll @DoubleRange(min = 0, max = 1) double theta,
            @ForAll @DoubleRange(min = 0, max = 1) double share) {
        var random = new RandomStreams(seed).stream("year", 0);
        double[] x = random.uniforms(2);
        double[] y = random.uniforms(2);
        Kernels.axpy(1, x, y);
        double[] part = x.clone();
        Kernels.scale(share, part);
        double[] afterX = INSECTS.yearMap(x, theta);
        double[] afterY = INSECTS.yearMap(y, theta);
        double[] afterPart = INSECTS.yearMap(part, theta);
        for (int i = 0; i < 2; i++) {
            assertTrue(afterX[i] <= afterY[i] + 1e-10);
            assertTrue(afterPart[i] >= share * afterX[i] - 1e-10);
        }
    }

    @Property(tries = 50)
    void perronsFormulaIsTheDerivative(
            @ForAll @LongRange long seed, @ForAll @DoubleRange(min = 0.1, max = 0.9) double theta) {
        var random = new RandomStreams(seed).stream("pair", 0);
        var summer = new DMatrixRMaj(3, 3, true, random.uniforms(9));
        var winter = new DMatrixRMaj(3, 3, true, random.uniforms(9));
        var floquet = new SeasonalFloquet(summer, winter, 2);
        double h = 1e-5;
        double difference = floquet.logRadius(theta + h) - floquet.logRadius(theta - h);
        assertEquals(difference / (2 * h), floquet.logRadiusSlope(theta), 1e-8);
    }

    @Test
    void courseMeetsTheYears() {
        double[] x = {1, 2};
        double[][] years = INSECTS.years(x, 0.3, 2);
        double[][] course = INSECTS.course(x, 0.3, 2, 5);
        assertEquals(21, course.length);
        assertArrayEquals(years[1], course[10], 1e-7);
        assertArrayEquals(years[2], course[20], 1e-7);
        assertArrayEquals(new double[] {1, 2}, x);
        assertArrayEquals(years[2], INSECTS.yearMap(years[1], 0.3));
        assertArrayEquals(new double[2], INSECTS.yearMap(new double[2], 0.3));
    }

    @Test
    void irreducibilityOfBothSeasonsTogether() {
        assertTrue(INSECTS.floquet().irreducible());
        // Juveniles hatch in winter only: the two seasons together are irreducible.
        var lazy = new JuvenileAdultModel(2, 0, 0.5, 0.5, 1).population();
        assertTrue(new SeasonalFloquet(lazy.rates(), WINTER.rates(), 4).irreducible());
        assertFalse(new SeasonalFloquet(lazy.rates(), lazy.rates(), 4).irreducible());
    }

    @Test
    void refusesBadArguments() {
        Rejects.bad(() -> new JuvenileAdultModel(-1, 1, 1, 1, 1), "birth");
        Rejects.bad(() -> new JuvenileAdultModel(1, -1, 1, 1, 1), "hatching");
        Rejects.bad(() -> new JuvenileAdultModel(1, 1, -1, 1, 1), "juvenileDeath");
        Rejects.bad(() -> new JuvenileAdultModel(1, 1, 1, Double.NaN, 1), "adultDeath");
        Rejects.bad(() -> new JuvenileAdultModel(1, 1, 1, 1, -1), "competition");
        var negative = matrix(new double[] {1, -1}, new double[] {1, 1});
        Rejects.bad(() -> new StagePopulation(negative, new double[2]), "rates[0,1]", "-1.0");
        Rejects.bad(() -> new StagePopulation(SUMMER.rates(), new double[3]), "crowding");
        Rejects.bad(() -> new SeasonalFloquet(SUMMER.rates(), negative, 1), "unfavourable[0,1]");
        Rejects.bad(
                () -> new SeasonalFloquet(SUMMER.rates(), new DMatrixRMaj(3, 3), 1),
                "unfavourable",
                "2 x 2");
        Rejects.bad(() -> new SeasonalFloquet(SUMMER.rates(), SUMMER.rates(), 0), "year");
        var floquet = INSECTS.floquet();
        for (double theta : new double[] {-0.1, 1.1, Double.NaN}) {
            Rejects.bad(() -> floquet.logRadius(theta), "theta", "[0.0, 1.0]");
            Rejects.bad(() -> floquet.averagedGrowth(theta), "theta");
            Rejects.bad(() -> INSECTS.yearMap(new double[2], theta), "theta");
            Rejects.bad(() -> INSECTS.course(new double[2], theta, 1, 1), "theta");
        }
        var linear = new StagePopulation(SUMMER.rates(), new double[2]);
        Rejects.bad(
                () -> new SeasonalSystem(linear, linear, 1, RUNGE_KUTTA), "favourable", "linear");
        Rejects.bad(() -> new SeasonalSystem(SUMMER, logistic(1, 1), 1, RUNGE_KUTTA), "dimension");
        Rejects.bad(() -> new SeasonalSystem(SUMMER, WINTER, -1, RUNGE_KUTTA), "year");
        Rejects.bad(() -> new SeasonalSystem(SUMMER, WINTER, 1, null), "integrator");
        Rejects.bad(() -> INSECTS.yearMap(new double[] {1, -1}, 0.5), "x[1]");
        Rejects.bad(() -> INSECTS.yearMap(new double[3], 0.5), "x", "length 2");
        Rejects.bad(() -> INSECTS.limit(0.5, 3, new double[2]), "starts[0]", "not zero");
        Rejects.bad(() -> INSECTS.limit(0.5, 3), "number of starts");
        Rejects.bad(() -> INSECTS.limit(0.5, 0, new double[] {1, 1}), "years");
        var lazy = new JuvenileAdultModel(2, 0, 0.5, 0.5, 1).population();
        var apart = new SeasonalSystem(lazy, lazy, 1, RUNGE_KUTTA);
        Rejects.bad(() -> apart.limit(0.5, 3, new double[] {1, 1}), "reducible");
        Rejects.bad(() -> SeasonalThreshold.of(floquet, 1), "points");
        var growing = new SeasonalFloquet(SUMMER.rates(), SUMMER.rates(), 1);
        Rejects.bad(() -> SeasonalThreshold.ofLongYears(growing), "decline", "negative");
        Rejects.bad(() -> SeasonalThreshold.ofShortYears(growing), "function");
        var dying = new SeasonalFloquet(WINTER.rates(), WINTER.rates(), 1);
        Rejects.bad(() -> SeasonalThreshold.ofLongYears(dying), "growth", "positive");
    }

    @Test
    void floquetKeepsItsOwnCopies() {
        var rates = SUMMER.rates().copy();
        var floquet = new SeasonalFloquet(rates, WINTER.rates(), 4);
        Arrays.fill(rates.data, 0);
        assertEquals(2, floquet.logRadius(0), 1e-13);
    }
}
