package org.konvergo.constrained;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.konvergo.Rejects;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.method.Run;
import org.konvergo.method.Stop;
import org.konvergo.problem.LogBarrier;
import org.konvergo.problem.LogPortfolio;
import org.konvergo.problem.Quadratic;
import org.konvergo.problem.Smooth;
import org.konvergo.problem.TwiceSmooth;
import org.konvergo.random.RandomStreams;

class FrankWolfeTest {
    private static LogPortfolio portfolio(double[]... rows) {
        return new LogPortfolio(new DMatrixRMaj(rows));
    }

    private static LogPortfolio random(int p, int n, long seed) {
        var random = new RandomStreams(seed).stream("returns", 0);
        var returns = new DMatrixRMaj(p, n);
        for (int k = 0; k < p * n; k++) {
            returns.data[k] = Math.abs(1 + 0.1 * random.gaussian());
        }
        return new LogPortfolio(returns);
    }

    private static double[] unit(int n, int i) {
        var e = new double[n];
        e[i] = 1;
        return e;
    }

    private static LinearMinimizationOracle simplex(int n) {
        return LinearMinimizationOracle.simplex(n, 1);
    }

    private static double[] row(double... entries) {
        return entries;
    }

    static Stream<StepRule> monotone() {
        return Stream.of(
                StepRule.monotonic(),
                StepRule.monotonicOrStay(),
                StepRule.statelessMonotonic(),
                StepRule.backtracking());
    }

    @ParameterizedTest
    @MethodSource("monotone")
    void firstStepLandsOnAVertexThatIsOptimal(StepRule rule) {
        var f = portfolio(row(1, 2));
        var method = new FrankWolfe(f, simplex(2), rule, unit(2, 0));
        var state = method.start();
        for (int k = 0; k < 60; k++) {
            state = method.step(state);
        }
        assertArrayEquals(row(0, 1), state.x(), 1e-12);
        assertEquals(-StrictMath.log(2), state.value(), 1e-12);
        assertEquals(0, state.gap(), 1e-12);
    }

    @Test
    void theOpenLoopStepsOnToTheVertexAtOnce() {
        var method =
                new FrankWolfe(portfolio(row(1, 2)), simplex(2), StepRule.monotonic(), unit(2, 0));
        var state = method.step(method.start());
        assertArrayEquals(row(0, 1), state.x());
        assertEquals(1, state.stepSize());
        assertEquals(0, state.gap(), 1e-15);
    }

    @Test
    void theGapVanishesAtTheOptimum() {
        var f = portfolio(row(1, 3), row(3, 1));
        var state = new FrankWolfe(f, simplex(2), StepRule.openLoop(), row(0.5, 0.5)).start();
        assertEquals(-2 * StrictMath.log(2), state.value(), 1e-14);
        assertEquals(0, state.gap(), 1e-14);
    }

    /** h_t at most 4/(t+2): twice the bound 2 L D^2/(t+2) with L = 1 and D^2 = 2, halved. */
    @Test
    void distanceOnTheSimplexFallsAtTheKnownRate() {
        double[] b = {0.6, 0.4};
        var f = new Quadratic(new DMatrixRMaj(new double[][] {{1, 0}, {0, 1}}), b);
        double least = -0.5 * Kernels.dot(b, b);
        var method = new FrankWolfe(f, simplex(2), StepRule.monotonic(), unit(2, 0));
        var state = method.start();
        for (int t = 0; t < 500; t++) {
            assertTrue(state.value() - least <= 4.0 / (t + 2), "at " + t);
            assertTrue(state.gap() >= state.value() - least - 1e-14);
            state = method.step(state);
        }
    }

    /** From e_1 the exact step along (1, -1) to b = (0.6, 0.4) is 0.4, which L = 1 gives. */
    @Test
    void backtrackingFindsTheExactStepOfAQuadratic() {
        var f =
                new Quadratic(
                        new DMatrixRMaj(new double[][] {{1, 0}, {0, 1}}), new double[] {0.6, 0.4});
        var point = new MovingPoint(f, unit(2, 0));
        point.aim(unit(2, 1), false);
        var choice =
                StepRule.backtracking()
                        .choose(
                                point,
                                new StepRule.Situation(0, 0.8, 1, 1 / 0.9),
                                new OracleCounter());
        assertEquals(0.4, choice.gamma(), 1e-15);
        assertEquals(1, choice.memory(), 1e-15);
    }

    /** A linear function never rises along the open loop, so that nothing is halved. */
    @Test
    void withoutRisesTheMonotonicRuleIsTheOpenLoop() {
        double[] c = {0.3, -0.2, 0.1};
        var f = new Quadratic(new DMatrixRMaj(3, 3), c);
        var open = new FrankWolfe(f, simplex(3), StepRule.openLoop(), unit(3, 0));
        var monotonic = new FrankWolfe(f, simplex(3), StepRule.monotonic(), unit(3, 0));
        var a = open.start();
        var b = monotonic.start();
        for (int t = 0; t < 50; t++) {
            a = open.step(a);
            b = monotonic.step(b);
            assertArrayEquals(a.x(), b.x());
            assertEquals(0, b.memory());
        }
    }

    @Property(tries = 30)
    void monotoneRulesNeverRiseAndTheGapBoundsTheError(
            @ForAll @IntRange(min = 2, max = 8) int n,
            @ForAll @IntRange(min = 0, max = 1000) int seed,
            @ForAll @IntRange(min = 0, max = 2) int which) {
        var f = random(5, n, seed);
        var rule =
                List.of(
                                StepRule.monotonic(),
                                StepRule.statelessMonotonic(),
                                StepRule.monotonicOrStay())
                        .get(which);
        var method = new FrankWolfe(f, simplex(n), rule, unit(n, 0));
        var best = new AwayStepFrankWolfe(f, StepRule.backtracking(), unit(n, 0));
        var optimal = best.start();
        for (int k = 0; k < 300; k++) {
            optimal = best.step(optimal);
        }
        var state = method.start();
        double halvings = 0;
        for (int t = 0; t < 100; t++) {
            double before = state.value();
            double memory = state.memory();
            state = method.step(state);
            assertTrue(state.value() <= before);
            assertTrue(which == 1 || state.memory() >= memory);
            assertTrue(state.gap() >= state.value() - optimal.value() - 1e-10);
            assertEquals(1, Kernels.sum(state.x()), 1e-12);
            halvings = state.memory();
        }
        assertTrue(halvings >= 0);
    }

    /** With the image carried along, the values are those of the function computed afresh. */
    @Test
    void theMovingImageStaysRight() {
        var f = random(20, 12, 4);
        Smooth plain =
                new Smooth() {
                    @Override
                    public int dimension() {
                        return 12;
                    }

                    @Override
                    public double value(double[] x) {
                        return f.value(x);
                    }

                    @Override
                    public void gradient(double[] x, double[] gradient) {
                        f.gradient(x, gradient);
                    }
                };
        var a = new FrankWolfe(f, simplex(12), StepRule.backtracking(), unit(12, 3));
        var b = new FrankWolfe(plain, simplex(12), StepRule.backtracking(), unit(12, 3));
        var s = a.start();
        var r = b.start();
        for (int t = 0; t < 30; t++) {
            s = a.step(s);
            r = b.step(r);
            assertArrayEquals(r.x(), s.x(), 1e-9);
            assertEquals(f.value(s.x()), s.value(), 1e-12);
        }
        var far = Run.of(a).every(2500).stop(Stop.iterations(2500)).start().state();
        assertEquals(f.value(far.x()), far.value(), 1e-12);
    }

    @Test
    void awayStepsConvergeLinearly() {
        var f = random(30, 20, 5);
        var method = new AwayStepFrankWolfe(f, StepRule.backtracking(), unit(20, 0));
        var trace =
                Run.of(method)
                        .measure("gap", FrankWolfe.State::bestGap)
                        .stop(Stop.below("gap", 1e-9).or(Stop.iterations(2000)))
                        .start();
        assertTrue(trace.last("gap") <= 1e-9, trace.toString());
        double[] x = trace.state().x();
        assertEquals(1, Kernels.sum(x), 1e-12);
        assertTrue(Arrays.stream(x).allMatch(v -> v >= 0));
        assertTrue(Arrays.stream(x).filter(v -> v == 0).count() > 0, "some vertices are dropped");
    }

    @Test
    void aStepOutOfTheDomainIsRefused() {
        var f = new LogBarrier(new double[] {1, 2, 3});
        double[] x0 = {0.8, 0.1, 0.1};
        var open = new FrankWolfe(f, simplex(3), StepRule.openLoop(), x0);
        var thrown = assertThrows(IllegalStateException.class, () -> open.step(open.start()));
        assertTrue(thrown.getMessage().contains("leaves the domain"));
        for (var rule :
                new StepRule[] {
                    StepRule.monotonic(),
                    StepRule.monotonicOrStay(),
                    StepRule.statelessMonotonic(),
                    StepRule.backtracking(),
                    StepRule.selfConcordant(f, 2)
                }) {
            var method = new FrankWolfe(f, simplex(3), rule, x0);
            var state = method.start();
            for (int t = 0; t < 200; t++) {
                state = method.step(state);
                assertTrue(Double.isFinite(state.value()));
            }
            assertTrue(state.bestGap() < 0.1, "" + state.bestGap());
        }
    }

    @Test
    void rulesCountTheirOracles() {
        var f = random(10, 6, 6);
        for (var rule : new StepRule[] {StepRule.monotonic(), StepRule.selfConcordant(f, 2)}) {
            Method<FrankWolfe.State> method = new FrankWolfe(f, simplex(6), rule, unit(6, 0));
            var calls = new OracleCounter();
            method.step(method.start(), calls);
            assertEquals(1, calls.count(Oracle.GRADIENT));
            assertEquals(1, calls.count(Oracle.PROX));
            assertTrue(calls.count(Oracle.VALUE) + calls.count(Oracle.HESSIAN_VECTOR) > 0);
        }
    }

    @Test
    void oracles() {
        double[] slope = {3, -5, 1};
        assertArrayEquals(row(0, 2, 0), LinearMinimizationOracle.l1Ball(3, 2).vertex(slope));
        assertArrayEquals(
                row(-2, 0, 0), LinearMinimizationOracle.l1Ball(3, 2).vertex(row(6, -5, 1)));
        assertArrayEquals(row(0, 1, 0), simplex(3).vertex(slope));
        assertArrayEquals(row(1, 0, 0), simplex(3).vertex(row(1, 1, 1)));
    }

    @Property(tries = 40)
    void birkhoffAgreesWithAllPermutations(@ForAll @IntRange(min = 0, max = 10_000) int seed) {
        double[] slope = new RandomStreams(seed).stream("slope", 0).gaussians(16);
        double[] vertex = LinearMinimizationOracle.birkhoff(4).vertex(slope);
        assertEquals(least(slope, 0, 0, 0), Kernels.dot(slope, vertex), 1e-12);
        for (int i = 0; i < 4; i++) {
            assertEquals(1, Kernels.sum(Arrays.copyOfRange(vertex, 4 * i, 4 * i + 4)));
        }
    }

    private static double least(double[] slope, int row, int used, double sum) {
        if (row == 4) {
            return sum;
        }
        double best = Double.POSITIVE_INFINITY;
        for (int j = 0; j < 4; j++) {
            if ((used & 1 << j) == 0) {
                double with = sum + slope[4 * row + j];
                best = Math.min(best, least(slope, row + 1, used | 1 << j, with));
            }
        }
        return best;
    }

    @Test
    void derivatives() {
        derivatives(random(7, 4, 8), row(0.1, 0.2, 0.3, 0.4));
        derivatives(new LogBarrier(row(1, -2, 3)), row(0.5, 0.2, 0.3));
    }

    private static void derivatives(TwiceSmooth f, double[] x) {
        int n = x.length;
        var g = new double[n];
        var up = new double[n];
        var down = new double[n];
        var product = new double[n];
        double[] v = new RandomStreams(1).stream("v", 0).gaussians(n);
        double[] plus = x.clone();
        double[] minus = x.clone();
        Kernels.axpy(1e-6, v, plus);
        Kernels.axpy(-1e-6, v, minus);
        f.gradient(x, g);
        f.gradient(plus, up);
        f.gradient(minus, down);
        f.hessianVector(x, v, product);
        double along = Kernels.dot(g, v);
        assertEquals(along, (f.value(plus) - f.value(minus)) / 2e-6, 1e-6 * Math.abs(along));
        for (int i = 0; i < n; i++) {
            assertEquals(product[i], (up[i] - down[i]) / 2e-6, 1e-5 * Math.abs(product[i]) + 1e-6);
        }
        assertEquals(Double.POSITIVE_INFINITY, f.value(new double[n]));
    }

    @Test
    void badInputIsNamed() {
        var f = portfolio(row(1, 2));
        var rule = StepRule.monotonic();
        Rejects.bad(() -> new FrankWolfe(f, simplex(3), rule, row(1, 0)), "dimension of set", "2");
        Rejects.bad(() -> new FrankWolfe(f, simplex(2), rule, row(0, 0)), "x0", "in the domain");
        Rejects.bad(() -> new FrankWolfe(f, simplex(2), rule, row(1)), "x0");
        Rejects.bad(() -> new FrankWolfe(f, simplex(2), null, row(1, 0)), "rule");
        Rejects.bad(() -> portfolio(row(1, 2), row(0, 0)), "row 1 of matrix");
        Rejects.bad(() -> portfolio(row(1, -2)), "matrix[1]", "non-negative");
        Rejects.bad(() -> LinearMinimizationOracle.l1Ball(2, -1), "radius");
        Rejects.bad(() -> LinearMinimizationOracle.simplex(0, 1), "n");
        Rejects.bad(() -> LinearMinimizationOracle.birkhoff(0), "k");
        Rejects.bad(() -> simplex(2).vertex(row(1, 2, 3)), "slope");
        Rejects.bad(() -> new AwayStepFrankWolfe(f, rule, row(0.2, 0.2)), "sum of x0");
        Rejects.bad(() -> new AwayStepFrankWolfe(f, rule, row(2, -1)), "x0[1]");
        Rejects.bad(() -> StepRule.selfConcordant(f, 0), "m");
        Rejects.bad(() -> new LogBarrier(new double[0]), "length of c");
    }
}
