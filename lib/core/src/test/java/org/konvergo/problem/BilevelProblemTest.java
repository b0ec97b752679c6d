package org.konvergo.problem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.random.RandomStreams;

class BilevelProblemTest {
    private static final double[] X = {0.3, -0.7};
    private static final double[] Y = {1.1, 0.4, -0.2};
    private static final double[] V = {0.5, -1, 2};

    /** x0 y0^2 y1 + x1 sin(y2) + x0 x1. */
    private static BilevelObjective bent() {
        return BilevelFunction.of(
                2,
                3,
                (x, y) -> x[0] * y[0] * y[0] * y[1] + x[1] * StrictMath.sin(y[2]) + x[0] * x[1],
                (x, y) -> new double[] {y[0] * y[0] * y[1] + x[1], StrictMath.sin(y[2]) + x[0]},
                (x, y) ->
                        new double[] {
                            2 * x[0] * y[0] * y[1], x[0] * y[0] * y[0], x[1] * StrictMath.cos(y[2])
                        },
                (x, y) ->
                        new double[][] {
                            {2 * x[0] * y[1], 2 * x[0] * y[0], 0},
                            {2 * x[0] * y[0], 0, 0},
                            {0, 0, -x[1] * StrictMath.sin(y[2])}
                        },
                (x, y) ->
                        new double[][] {
                            {2 * y[0] * y[1], y[0] * y[0], 0}, {0, 0, StrictMath.cos(y[2])}
                        });
    }

    private static BilevelObjective square() {
        return BilevelFunction.of(
                2,
                3,
                (x, y) -> y[0] * y[0] + y[1] * x[1],
                (x, y) -> new double[] {0, y[1]},
                (x, y) -> new double[] {2 * y[0], x[1], 0},
                (x, y) -> new double[][] {{2, 0, 0}, {0, 0, 0}, {0, 0, 0}},
                (x, y) -> new double[][] {{0, 0, 0}, {0, 1, 0}});
    }

    @Test
    void formulasAgreeWithDifferences() {
        BilevelChecks.derivatives(bent(), X, Y, V, 1e-8);
        BilevelChecks.derivatives(square(), X, Y, V, 1e-8);
        var scalar =
                BilevelFunction.scalar(
                        (x, y) -> x * y * y + y,
                        (x, y) -> y * y,
                        (x, y) -> 2 * x * y + 1,
                        (x, y) -> 2 * x,
                        (x, y) -> 2 * y);
        BilevelChecks.derivatives(
                scalar, new double[] {0.7}, new double[] {1.3}, new double[] {2}, 1e-8);
    }

    @Test
    void secondDerivativesByProducts() {
        var f =
                BilevelFunction.withProducts(
                        2,
                        3,
                        bent()::value,
                        (x, y) ->
                                new double[] {
                                    y[0] * y[0] * y[1] + x[1], StrictMath.sin(y[2]) + x[0]
                                },
                        (x, y) ->
                                new double[] {
                                    2 * x[0] * y[0] * y[1],
                                    x[0] * y[0] * y[0],
                                    x[1] * StrictMath.cos(y[2])
                                },
                        (x, y, v) -> {
                            var product = new double[3];
                            bent().hessianYY(x, y, v, product);
                            return product;
                        },
                        (x, y, v) -> {
                            var product = new double[2];
                            bent().hessianXY(x, y, v, product);
                            return product;
                        });
        BilevelChecks.derivatives(f, X, Y, V, 1e-8);
        var short1 =
                BilevelFunction.withProducts(
                        1,
                        2,
                        (x, y) -> 0,
                        (x, y) -> x,
                        (x, y) -> y,
                        (x, y, v) -> x,
                        (x, y, v) -> v);
        double[] two = {1, 2};
        Rejects.bad(() -> short1.hessianYY(new double[1], two, two, new double[2]), "yy");
        double[] one = {1};
        Rejects.bad(() -> short1.hessianXY(one, two, two, one), "xy", "length 1");
        Rejects.bad(
                () ->
                        BilevelFunction.withProducts(
                                1, 1, (x, y) -> 0, (x, y) -> x, (x, y) -> y, null, (x, y, v) -> v),
                "yy");
    }

    @Property(tries = 50)
    void combinationsAreLinear(
            @ForAll @DoubleRange(min = -3, max = 3) double a,
            @ForAll @DoubleRange(min = -3, max = 3) double b) {
        var sum = BilevelObjective.combination(a, bent(), b, square());
        assertEquals(a * bent().value(X, Y) + b * square().value(X, Y), sum.value(X, Y), 1e-13);
        BilevelChecks.derivatives(sum, X, Y, V, 1e-7);
    }

    @Test
    void averageAndPenalty() {
        var problem = BilevelProblem.of(bent(), square());
        double f = bent().value(X, Y);
        double g = square().value(X, Y);
        assertEquals(0.25 * f + 0.75 * g, problem.average(0.25).value(X, Y), 1e-15);
        assertEquals(0.25 * f + g, problem.penalty(0.25).value(X, Y), 1e-15);
        assertEquals(2, problem.dimensionX());
        assertEquals(3, problem.dimensionY());
    }

    @Test
    void sliceFollowsItsFunction() {
        var slice = bent().inY(X);
        assertEquals(3, slice.dimension());
        assertEquals(bent().value(X, Y), slice.value(Y));
        var expected = new double[3];
        var actual = new double[3];
        bent().gradientY(X, Y, expected);
        slice.gradient(Y, actual);
        assertArrayEquals(expected, actual);
        bent().hessianYY(X, Y, V, expected);
        slice.hessianVector(Y, V, actual);
        assertArrayEquals(expected, actual);
    }

    @Test
    void withoutSecondDerivativesProductsAreRefused() {
        var first = BilevelFunction.scalar((x, y) -> x * y, (x, y) -> y, (x, y) -> x);
        double[] one = {1};
        assertThrows(
                UnsupportedOperationException.class,
                () -> first.hessianYY(one, one, one, new double[1]));
        assertThrows(
                UnsupportedOperationException.class,
                () -> first.hessianXY(one, one, one, new double[1]));
    }

    @Test
    void noiseIsUnbiasedAndOfTheGivenSize() {
        var noisy = StochasticBilevelObjective.noisy(bent(), 0.5, 0.2);
        var random = new RandomStreams(1).stream("noise", 0);
        int draws = 20_000;
        var mean = new double[4];
        var square = new double[4];
        var exact = new double[4];
        derivatives(bent(), exact);
        for (int i = 0; i < draws; i++) {
            var drawn = new double[4];
            derivatives(noisy.sample(random), drawn);
            for (int k = 0; k < 4; k++) {
                double d = drawn[k] - exact[k];
                mean[k] += d / draws;
                square[k] += d * d / draws;
            }
        }
        double[] deviations = {0.5, 0.5, 0.2, 0.2};
        for (int k = 0; k < 4; k++) {
            assertEquals(0, mean[k], 4 * deviations[k] / Math.sqrt(draws));
            assertEquals(deviations[k] * deviations[k], square[k], 0.02);
        }
    }

    @Test
    void noiseWhereAskedIsOfTheGivenSizeAndStays() {
        var problem = BilevelProblem.of(bent(), square());
        var noisy = StochasticBilevelProblem.noisyThroughout(problem, 0.5);
        var random = new RandomStreams(1).stream("noise", 0);
        int draws = 20_000;
        var exact = new double[4];
        derivatives(bent(), exact);
        var square = new double[4];
        for (int i = 0; i < draws; i++) {
            var drawn = new double[4];
            derivatives(noisy.upper().sample(random), drawn);
            for (int k = 0; k < 4; k++) {
                square[k] += (drawn[k] - exact[k]) * (drawn[k] - exact[k]) / draws;
            }
        }
        var sample = noisy.lower().sample(random);
        var first = new double[4];
        derivatives(sample, first);
        var second = new double[4];
        derivatives(sample, second);
        assertArrayEquals(first, second);
        assertEquals(square().value(X, Y), sample.value(X, Y));
        for (double s : square) {
            assertEquals(0.25, s, 0.02);
        }
        var none = StochasticBilevelProblem.noisyThroughout(problem, 0);
        assertSame(none.upper().mean(), none.upper().sample(random));
        Rejects.bad(() -> StochasticBilevelProblem.noisyThroughout(problem, -1), "deviation");
        Rejects.bad(() -> StochasticBilevelProblem.noisyThroughout(null, 1), "problem");
    }

    /** The first entry of each of the four derivatives. */
    private static void derivatives(BilevelObjective phi, double[] first) {
        var byX = new double[2];
        var byY = new double[3];
        phi.gradientX(X, Y, byX);
        first[0] = byX[0];
        phi.gradientY(X, Y, byY);
        first[1] = byY[0];
        phi.hessianYY(X, Y, V, byY);
        first[2] = byY[0];
        phi.hessianXY(X, Y, V, byX);
        first[3] = byX[0];
    }

    @Test
    void aSampleHasTheSameNoiseEverywhere() {
        var sample =
                StochasticBilevelObjective.noisy(bent(), 0.5, 0)
                        .sample(new RandomStreams(2).stream("noise", 0));
        double[] elsewhere = {0, 0, 0};
        var here = new double[3];
        var there = new double[3];
        var exact = new double[3];
        sample.gradientY(X, Y, here);
        bent().gradientY(X, Y, exact);
        sample.gradientY(X, elsewhere, there);
        var exactThere = new double[3];
        bent().gradientY(X, elsewhere, exactThere);
        for (int j = 0; j < 3; j++) {
            assertEquals(here[j] - exact[j], there[j] - exactThere[j], 1e-14);
        }
        assertEquals(bent().value(X, Y), sample.value(X, Y));
        var exactly = StochasticBilevelObjective.exact(bent());
        assertSame(exactly.mean(), exactly.sample(new RandomStreams(2).stream("noise", 0)));
    }

    @Test
    void stochasticProblemHasThePenaltyOfItsSamples() {
        var problem = BilevelProblem.of(bent(), square());
        var exact = StochasticBilevelProblem.noisy(problem, 0);
        var random = new RandomStreams(1).stream("unused", 0);
        assertEquals(
                problem.penalty(0.3).value(X, Y), exact.penalty(0.3, random).value(X, Y), 1e-15);
        assertEquals(2, exact.dimensionX());
        assertEquals(3, exact.dimensionY());
    }

    @Test
    void badArgumentsAreRefused() {
        var small = BilevelFunction.scalar((x, y) -> x * y, (x, y) -> y, (x, y) -> x);
        Rejects.bad(() -> BilevelProblem.of(bent(), small), "dimensionX of lower", "2", "1");
        Rejects.bad(() -> BilevelProblem.of(null, small), "upper");
        Rejects.bad(() -> BilevelObjective.combination(1, bent(), 1, small), "dimensionX of g");
        Rejects.bad(() -> BilevelObjective.combination(Double.NaN, small, 1, small), "a");
        var problem = BilevelProblem.of(small, small);
        Rejects.bad(() -> problem.penalty(0), "sigma", "positive", "0.0");
        Rejects.bad(() -> problem.average(0), "mu", "(0, 1)", "0.0");
        Rejects.bad(() -> problem.average(1), "mu");
        Rejects.bad(() -> problem.average(Double.NaN), "mu", "NaN");
        Rejects.bad(() -> StochasticBilevelObjective.noisy(small, -1, 0), "gradientDeviation");
        Rejects.bad(() -> StochasticBilevelObjective.exact(null), "mean");
        Rejects.bad(() -> small.inY(new double[2]), "x", "length 1");
        var crooked =
                BilevelFunction.of(
                        1, 2, (x, y) -> 0, (x, y) -> new double[2], (x, y) -> new double[2]);
        Rejects.bad(
                () -> crooked.gradientX(new double[1], new double[2], new double[1]),
                "fx",
                "length 1");
        Rejects.bad(
                () -> BilevelFunction.of(0, 2, (x, y) -> 0, (x, y) -> x, (x, y) -> y),
                "n",
                "at least 1");
    }
}
