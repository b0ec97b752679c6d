package org.konvergo.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.konvergo.Rejects;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

class StochasticTest {
    private static final ScalarSde GEOMETRIC = new ScalarSde((t, x) -> 0, (t, x) -> x, (t, x) -> 1);
    private static final ScalarSde CUBIC =
            new ScalarSde((t, x) -> -x * x * x, (t, x) -> 0, (t, x) -> 0);

    private static RandomStream stream(String name) {
        return new RandomStreams(3).stream(name, 0);
    }

    @Test
    void oneStepByHand() {
        var step = new BrownianIncrements(0.01, 0.1);
        double[] path = new TruncatedMilstein(GEOMETRIC, Truncation.none()).path(1, step);
        assertArrayEquals(new double[] {1, 1.1}, path, 1e-15);
        var longer = new BrownianIncrements(0.01, 0.2);
        path = new TruncatedMilstein(GEOMETRIC, Truncation.none()).path(1, longer);
        assertEquals(1 + 0.2 + 0.5 * (0.04 - 0.01), path[1], 1e-15);
        path = new TruncatedEulerMaruyama(GEOMETRIC, Truncation.none()).path(1, longer);
        assertEquals(1.2, path[1], 1e-15);
    }

    @Test
    void withoutNoiseItIsEulersMethod() {
        var brownian = BrownianIncrements.of(0.1, 20, stream("noise"));
        double[] path = new TruncatedMilstein(CUBIC, Truncation.none()).path(2, brownian);
        double x = 2;
        for (int k = 0; k < 20; k++) {
            assertEquals(x, path[k]);
            x -= 0.1 * (x * x * x);
        }
    }

    @Property(tries = 50)
    void withConstantDiffusionMilsteinIsEuler(
            @ForAll @LongRange long seed, @ForAll @DoubleRange(min = -2, max = 2) double x0) {
        var sde = new ScalarSde((t, x) -> t - x, (t, x) -> 0.3 + t, (t, x) -> 0);
        var random = new RandomStreams(seed).stream("constant", 0);
        var brownian = BrownianIncrements.of(0.125, 16, random);
        var cut = Truncation.polynomial(3, 5, 50, 0.25);
        assertArrayEquals(
                new TruncatedEulerMaruyama(sde, cut).path(x0, brownian),
                new TruncatedMilstein(sde, cut).path(x0, brownian));
    }

    /** Only the coefficients see the truncated state. */
    @Test
    void truncationLeavesTheStateAlone() {
        var cut = new Truncation(step -> 1);
        var path = new TruncatedMilstein(CUBIC, cut).path(5, new BrownianIncrements(0.5, 0, 0));
        assertArrayEquals(new double[] {5, 4.5, 4}, path);
        path = new TruncatedMilstein(CUBIC, cut).path(-5, new BrownianIncrements(0.5, 0, 0));
        assertArrayEquals(new double[] {-5, -4.5, -4}, path);
    }

    @Test
    void radiusOfThePolynomialRule() {
        var cut = Truncation.polynomial(3, 5, 50, 0.25);
        assertEquals(Math.pow(50 / 3.0 * 2, 0.2), cut.at(1 / 16.0), 1e-14);
        assertEquals(Double.POSITIVE_INFINITY, Truncation.none().at(1));
    }

    @Property(tries = 50)
    void coarserIncrementsAreSumsOfFinerOnes(
            @ForAll @LongRange long seed,
            @ForAll @IntRange(min = 1, max = 9) int factor,
            @ForAll @IntRange(min = 0, max = 70) int size) {
        var random = new RandomStreams(seed).stream("coarse", 0);
        var fine = BrownianIncrements.of(1 / 64.0, size, random);
        var coarse = fine.coarsened(factor);
        assertEquals(size / factor, coarse.size());
        assertEquals(factor / 64.0, coarse.step());
        for (int k = 0; k < coarse.size(); k++) {
            double sum = 0;
            for (int j = 0; j < factor; j++) {
                sum += fine.increment(k * factor + j);
            }
            assertEquals(sum, coarse.increment(k), 1e-15);
        }
        double[] path = fine.path();
        double[] coarsePath = coarse.path();
        for (int k = 0; k <= coarse.size(); k++) {
            assertEquals(path[k * factor], coarsePath[k], 2e-15 * (1 + size));
        }
        assertEquals(coarse.size(), fine.coarsenedTo(factor / 64.0).size());
    }

    @Test
    void incrementsHaveTheVarianceOfTheStep() {
        double[] b = BrownianIncrements.of(0.25, 40_000, stream("variance")).path();
        double squares = 0;
        for (int k = 1; k < b.length; k++) {
            squares += (b[k] - b[k - 1]) * (b[k] - b[k - 1]) / 40_000;
        }
        assertEquals(0.25, squares, 5 * 0.25 * Math.sqrt(2 / 40_000.0));
    }

    @Test
    void kantersFormulaByHand() {
        assertEquals(0.5, new StableSubordinator(0.5).kanter(Math.PI / 2, 1), 1e-15);
    }

    /** At alpha = 1/2, P(D(1) <= x) = erfc(1 / (2 sqrt(x))); the median is 1.09905. */
    @ParameterizedTest
    @CsvSource({"0.5, 0.3173105", "1.09905, 0.5", "4, 0.7236736"})
    void lawOfIndexOneHalf(double x, double probability) {
        assertEquals(probability, Erf.erfc(1 / (2 * Math.sqrt(x))), 1e-6);
        var d = new StableSubordinator(0.5);
        var random = stream("median");
        int below = 0;
        for (int i = 0; i < 100_000; i++) {
            below += d.increment(1, random) <= x ? 1 : 0;
        }
        double standardError = Math.sqrt(probability * (1 - probability) / 1e5);
        assertEquals(probability, below / 1e5, 5 * standardError);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.8, 0.95})
    void laplaceTransform(double alpha) {
        var d = new StableSubordinator(alpha);
        var random = stream("laplace");
        double mean = 0;
        double scaled = 0;
        int n = 1_000_000;
        for (int i = 0; i < n; i++) {
            mean += StrictMath.exp(-d.increment(1, random)) / n;
            scaled += StrictMath.exp(-d.increment(2, random)) / n;
        }
        assertEquals(Math.exp(-1), mean, 0.002);
        assertEquals(Math.exp(-2), scaled, 0.002);
    }

    /** E[E(t)] = t^alpha / Gamma(1 + alpha). */
    @ParameterizedTest
    @CsvSource({"0.5, 1.1283791670955126", "0.8, 1.07367"})
    void meanOfTheClock(double alpha, double meanAtOne) {
        var clock = new InverseSubordinator(new StableSubordinator(alpha), 1 / 32.0);
        double[] times = {0.25, 1, 4};
        int n = 20_000;
        var mean = new double[3];
        double exact = 0;
        for (int p = 0; p < n; p++) {
            var random = new RandomStreams(3).stream("clock", p);
            int[] steps = clock.steps(times, random);
            for (int i = 0; i < 3; i++) {
                mean[i] += (steps[i] + 0.5) / 32 / n;
            }
            exact += clock.exact(1, random) / n;
        }
        for (int i = 0; i < 3; i++) {
            double expected = meanAtOne * Math.pow(times[i], alpha);
            assertEquals(expected, clock.mean(times[i]), 1e-5 * expected);
            assertEquals(expected, mean[i], 0.03 * expected);
        }
        assertEquals(meanAtOne, exact, 0.03 * meanAtOne);
    }

    @Test
    void clockCountsTheStepsOfItsSubordinator() {
        var clock = new InverseSubordinator(new StableSubordinator(0.7), 0.01);
        double[] path = clock.subordinatorPath(3, stream("path"));
        int[] steps = clock.steps(new double[] {0, 1, 3}, stream("path"));
        assertEquals(0, steps[0]);
        assertEquals(path.length - 2, steps[2]);
        assertTrue(path[steps[1]] <= 1 && path[steps[1] + 1] > 1);
        assertTrue(path[path.length - 2] <= 3 && path[path.length - 1] > 3);
        assertEquals(steps[2], clock.steps(3, stream("path")));
    }

    @Test
    void weierstrassAtZero() {
        assertEquals(2.4142113, new WeierstrassFunction(0.5, 40).value(0), 5e-8);
        var w = new WeierstrassFunction(0.3, 40);
        assertEquals(w.value(0), w.value(4), 1e-15);
        assertEquals(w.value(0.3125), w.value(2.3125), 1e-15);
    }

    /** At nodes j / 2^L every term beyond L is at its largest. */
    @Test
    void tailAtTheNodes() {
        var whole = new WeierstrassFunction(0.4, 40);
        var start = new WeierstrassFunction(0.4, 5);
        double tail = whole.value(0) - start.value(0);
        for (int j = 0; j < 32; j++) {
            assertEquals(start.value(j / 32.0) + tail, whole.value(j / 32.0), 1e-14);
        }
    }

    @Test
    void meansAreIntegrals() {
        var w = new WeierstrassFunction(0.6, 6);
        double sum = 0;
        int n = 4096;
        for (int i = 0; i < n; i++) {
            sum += w.value(0.2 + 0.3 * (i + 0.5) / n) / n;
        }
        assertEquals(sum, w.mean(0.2, 0.3), 1e-4);
        var rough = new WeierstrassFunction(0.3, 40);
        assertEquals(
                rough.mean(0.125, 0.25),
                0.5 * (rough.mean(0.125, 0.125) + rough.mean(0.25, 0.125)),
                1e-13);
        assertEquals(0, rough.mean(0, 2), 1e-13);
    }

    @Test
    void tables() {
        var w = new WeierstrassFunction(0.3, 40);
        var values = w.onGrid(1 / 64.0, 65);
        var means = w.meansOnGrid(1 / 64.0, 64);
        assertEquals(w.value(0.5), values.applyAsDouble(0.5));
        assertEquals(w.value(1), values.applyAsDouble(1));
        assertEquals(w.mean(0.5, 1 / 64.0), means.applyAsDouble(0.5));
        Rejects.bad(() -> means.applyAsDouble(1), "t", "on the grid");
        Rejects.bad(() -> means.applyAsDouble(-1), "t", "on the grid");
        Rejects.bad(() -> means.applyAsDouble(Double.NaN), "t", "on the grid");
    }

    @Test
    void studyOfKnownErrors() {
        double[] steps = {0.1, 0.2, 0.4};
        double[][] differences = {{0.01, -0.02, 0.04}, {-0.01, 0.02, 0.04}};
        var study = StrongErrorStudy.of(steps, differences);
        assertArrayEquals(new double[] {0.01, 0.02, 0.04}, study.errors(), 1e-17);
        assertArrayEquals(new double[3], study.standardErrors(), 1e-9);
        assertEquals(1, study.order(), 1e-14);
        var twice = StrongErrorStudy.of(steps, new double[][] {{0.02, 0.04, 0.08}, {0, 0, 0}});
        assertEquals(1 - 1 / Math.sqrt(2), study.relativeDifference(twice), 1e-14);
        assertEquals(0, study.relativeDifference(study));
    }

    /** X = exp(B - t/2): order 1 for Milstein, 1/2 for Euler and Maruyama. */
    @Test
    void ordersOnGeometricBrownianMotion() {
        double[] steps = {1 / 32.0, 1 / 64.0, 1 / 128.0, 1 / 256.0};
        var differences = new double[2][1000][4];
        var milstein = new TruncatedMilstein(GEOMETRIC, Truncation.none());
        var euler = new TruncatedEulerMaruyama(GEOMETRIC, Truncation.none());
        for (int p = 0; p < 1000; p++) {
            var fine =
                    BrownianIncrements.of(
                            1 / 256.0, 256, new RandomStreams(4).stream("geometric", p));
            double exact = StrictMath.exp(fine.path()[256] - 0.5);
            for (int l = 0; l < 4; l++) {
                var brownian = fine.coarsenedTo(steps[l]);
                differences[0][p][l] = milstein.path(1, brownian)[brownian.size()] - exact;
                differences[1][p][l] = euler.path(1, brownian)[brownian.size()] - exact;
            }
        }
        assertEquals(1, StrongErrorStudy.of(steps, differences[0]).order(), 0.15);
        assertEquals(0.5, StrongErrorStudy.of(steps, differences[1]).order(), 0.15);
    }

    @Test
    void refuseBadArguments() {
        for (double alpha : new double[] {0, 1, -0.5, 2, Double.NaN}) {
            Rejects.bad(() -> new StableSubordinator(alpha), "alpha", "(0, 1)");
        }
        var d = new StableSubordinator(0.5);
        Rejects.bad(() -> d.increment(0, stream("x")), "dt");
        Rejects.bad(() -> d.kanter(0, 1), "u");
        Rejects.bad(() -> d.kanter(4, 1), "u");
        Rejects.bad(() -> d.kanter(1, 0), "w");
        Rejects.bad(() -> new InverseSubordinator(d, 0), "step");
        Rejects.bad(() -> new InverseSubordinator(null, 1), "subordinator");
        var clock = new InverseSubordinator(d, 0.1);
        Rejects.bad(() -> clock.steps(-1, stream("x")), "times[0]");
        Rejects.bad(() -> clock.steps(new double[] {1, 0.5}, stream("x")), "times[1]");
        Rejects.bad(() -> clock.subordinatorPath(-1, stream("x")), "until");
        Rejects.bad(() -> clock.exact(0, stream("x")), "t should");
        Rejects.bad(() -> clock.mean(-1), "t should");
        for (double gamma : new double[] {0, 1.1, Double.NaN}) {
            Rejects.bad(() -> new WeierstrassFunction(gamma, 40), "gamma", "(0, 1]");
        }
        Rejects.bad(() -> new WeierstrassFunction(0.5, 0), "terms");
        var w = new WeierstrassFunction(0.5, 40);
        Rejects.bad(() -> w.value(1e7), "t should");
        Rejects.bad(() -> w.mean(0, 0), "length");
        Rejects.bad(() -> w.onGrid(0, 3), "step");
        Rejects.bad(() -> w.meansOnGrid(1, 0), "size");
        Rejects.bad(() -> new ScalarSde(null, (t, x) -> 1, (t, x) -> 0), "drift");
        Rejects.bad(() -> Truncation.polynomial(3, 5, 2, 0.25), "level", "mu(1)");
        Rejects.bad(() -> Truncation.polynomial(3, 5, 50, 0.3), "epsilon");
        Rejects.bad(() -> Truncation.polynomial(0, 5, 50, 0.2), "coefficient");
        Rejects.bad(() -> Truncation.polynomial(3, 0, 50, 0.2), "power");
        Rejects.bad(() -> Truncation.none().at(0), "step");
        Rejects.bad(() -> new Truncation(h -> -1).at(1), "radius of step");
        Rejects.bad(() -> new BrownianIncrements(0, 1), "step");
        Rejects.bad(() -> new BrownianIncrements(1, Double.NaN), "increments[0]");
        Rejects.bad(() -> BrownianIncrements.of(1, -1, stream("x")), "n should");
        var b = new BrownianIncrements(0.1, 1, 2);
        Rejects.bad(() -> b.coarsened(0), "factor");
        Rejects.bad(() -> b.coarsenedTo(0.25), "longer", "multiple");
        Rejects.bad(() -> b.coarsenedTo(0.05), "longer", "multiple");
        var scheme = new TruncatedMilstein(GEOMETRIC, Truncation.none());
        Rejects.bad(() -> scheme.path(Double.NaN, b), "x0");
        Rejects.bad(() -> new TruncatedMilstein(GEOMETRIC, null), "truncation");
        Rejects.bad(() -> new TruncatedEulerMaruyama(null, Truncation.none()), "sde");
        double[] steps = {1, 2};
        Rejects.bad(() -> StrongErrorStudy.of(steps, new double[1][2]), "number of paths");
        Rejects.bad(() -> StrongErrorStudy.of(steps, new double[2][1]), "differences[0]");
        Rejects.bad(
                () -> StrongErrorStudy.of(steps, new double[][] {{1, 1}, {1, 1 / 0.0}}),
                "differences[1][1]");
        var one = StrongErrorStudy.of(steps, new double[][] {{1, 1}, {1, 1}});
        var other = StrongErrorStudy.of(new double[] {1, 3}, new double[][] {{1, 1}, {1, 1}});
        Rejects.bad(() -> one.relativeDifference(other), "other", "same steps");
    }

    @Test
    void streamsRepeat() {
        var clock = new InverseSubordinator(new StableSubordinator(0.7), 0.01);
        assertTrue(
                Arrays.equals(
                        clock.subordinatorPath(3, stream("path")),
                        clock.subordinatorPath(3, stream("path"))));
    }
}
