package org.konvergo.bilevel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.bilevel.AveragedMethodOfMultipliers.Schedule;
import org.konvergo.bilevel.AveragedMethodOfMultipliers.Steps;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.BilevelChecks;
import org.konvergo.problem.BilevelProblem;
import org.konvergo.problem.MultinomialLogistic;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStreams;

class AveragedMethodOfMultipliersTest {
    private static final double[] START = {0.01};
    private static final double[] STARTS = {0.01, 0.01};

    private static double[] all(int n, double value) {
        var v = new double[n];
        Arrays.fill(v, value);
        return v;
    }

    private static <S> S end(Method<S> method, int steps) {
        S state = method.start();
        for (int k = 0; k < steps; k++) {
            state = method.step(state);
        }
        return state;
    }

    @Test
    void toyHasTheRightDerivatives() {
        for (double c : new double[] {0, 1}) {
            var p = Instances.blocks(2, c);
            double[] x = {0.3, -1};
            double[] y = {0.1, 0.7, -0.4, 2};
            double[] v = {1, -1, 0.5, 0.2};
            BilevelChecks.derivatives(p.upper(), x, y, v, 1e-8);
            BilevelChecks.derivatives(p.lower(), x, y, v, 1e-8);
            BilevelChecks.derivatives(p.average(0.3), x, y, v, 1e-8);
        }
    }

    @Test
    void theSolutionIsAFixedPoint() {
        var problem = Instances.blocks(3, 0);
        for (double mu : new double[] {0, 0.2, 0.9}) {
            var residual = BilevelKktResidual.of(problem, mu, all(3, 1), all(6, 1), new double[6]);
            assertEquals(0, residual.norm());
        }
        var state =
                end(
                        new AveragedMethodOfMultipliers(
                                problem, Schedule.standard(10), false, all(3, 1), all(6, 1)),
                        5);
        assertArrayEquals(all(3, 1), state.x());
        assertArrayEquals(all(6, 1), state.y());
        assertArrayEquals(new double[6], state.v());
        assertEquals(5, state.k());
    }

    /** F at (e/2, e/2, 0) is n/4, the minimum of |x|^2/2 + |x - e|^2/2. */
    @Test
    void stronglyConvexToy() {
        var problem = Instances.blocks(4, 1);
        double[] y = {0.5, 0.5, 0.5, 0.5, 0, 0, 0, 0};
        assertEquals(1, problem.upper().value(all(4, 0.5), y), 1e-15);
        var gradient = new double[4];
        ImplicitHypergradient.exact().apply(problem, all(4, 0.5), y, gradient, new OracleCounter());
        assertArrayEquals(new double[4], gradient, 1e-15);
    }

    /** For fixed x and mu: y = (mu + (1 - mu) x, x), v = (y1 - 1, 0), (1 - mu)^2 (x - 1). */
    @Property(tries = 30)
    void fixedPointOfTheLowerSteps(
            @ForAll @DoubleRange(min = -2, max = 2) double x,
            @ForAll @DoubleRange(min = 0.1, max = 0.9) double mu) {
        var problem = Instances.blocks(1, 0);
        double y1 = mu + (1 - mu) * x;
        double[] y = {y1, x};
        double[] v = {y1 - 1, 0};
        var residual = BilevelKktResidual.of(problem, mu, new double[] {x}, y, v);
        assertEquals(0, residual.lower(), 1e-14);
        assertEquals(0, residual.multiplier(), 1e-14);
        assertEquals((1 - mu) * (1 - mu) * Math.abs(x - 1), residual.upper(), 1e-14);
        // With a tiny step of x the loop finds that point.
        var state =
                end(
                        new AveragedMethodOfMultipliers(
                                problem,
                                k -> new Steps(mu, 0.5, 0.5, 1e-13),
                                false,
                                new double[] {x},
                                STARTS),
                        800);
        assertArrayEquals(y, state.y(), 1e-9);
        assertArrayEquals(v, state.v(), 1e-9);
    }

    @Test
    void hypergradientByHand() {
        var residual =
                BilevelKktResidual.of(
                        Instances.blocks(1, 0),
                        0.5,
                        new double[1],
                        new double[] {0.5, 0},
                        new double[] {-0.5, 0});
        assertEquals(0.25, residual.upper(), 1e-15);
        assertEquals(0.25, residual.norm(), 1e-15);
    }

    @Test
    void hypergradientHasTheRightSign() {
        int n = 3;
        var problem = Instances.blocks(n, 0);
        // At x = 0 and mu = 1/2 the fixed point has y1 = mu e + (1 - mu) x, y2 = x, v1 = y1 - e,
        // v2 = 0, and the hypergradient (1 - mu)^2 (x - e) = -e / 4.
        double[] y = {0.5, 0.5, 0.5, 0, 0, 0};
        double[] v = {-0.5, -0.5, -0.5, 0, 0, 0};
        var hypergradient = new double[n];
        problem.upper().gradientX(new double[n], y, hypergradient);
        var mixed = new double[n];
        problem.average(0.5).hessianXY(new double[n], y, v, mixed);
        Kernels.axpy(-1, mixed, hypergradient);
        assertArrayEquals(all(n, -0.25), hypergradient, 1e-15);
        // The method goes against it, and y and v stay.
        var method =
                new AveragedMethodOfMultipliers(
                        problem, k -> new Steps(0.5, 0.1, 0.1, 1), false, new double[n], y);
        var state = method.start();
        System.arraycopy(v, 0, state.v(), 0, v.length);
        state = method.step(state);
        assertArrayEquals(all(n, 0.25), state.x(), 1e-15);
        assertArrayEquals(y, state.y(), 1e-15);
        assertArrayEquals(v, state.v(), 1e-15);
    }

    @Test
    void firstStepByHand() {
        var method =
                new AveragedMethodOfMultipliers(
                        Instances.blocks(1, 0), Schedule.standard(10), false, START, STARTS);
        var calls = new OracleCounter();
        var state = method.step(method.start(), calls);
        assertEquals(0.0991, state.y()[0], 1e-15);
        assertEquals(0.01, state.y()[1], 1e-15);
        assertEquals(-0.099, state.v()[0], 1e-15); // 0.1 (0.01 - 1)
        assertEquals(0, state.v()[1], 1e-15);
        assertEquals(0.01, state.x()[0], 1e-15); // x - y2 = 0 and v = 0
        assertEquals(3, calls.count(Oracle.GRADIENT));
        assertEquals(4, calls.count(Oracle.HESSIAN_VECTOR));
    }

    @Test
    void findsTheOptimisticSolutionWithoutStrongConvexity() {
        var method =
                new AveragedMethodOfMultipliers(
                        Instances.blocks(2, 0),
                        Schedule.standard(10),
                        false,
                        all(2, 0.01),
                        all(4, 0.01));
        var state = end(method, 6000);
        assertArrayEquals(all(2, 1), state.x(), 1e-4);
        assertArrayEquals(all(4, 1), state.y(), 1e-3);
    }

    /** Without averaging the block that f does not see stays where it is. */
    @Test
    void withoutAveragingItDoesNot() {
        var method =
                new AveragedMethodOfMultipliers(
                        Instances.blocks(1, 0),
                        Schedule.withoutAveraging(0.1, 0.005),
                        false,
                        START,
                        STARTS);
        var state = end(method, 3000);
        assertEquals(0.01, state.y()[1]);
        assertTrue(Math.abs(state.x()[0] - 1) > 0.1);
        var calls = new OracleCounter();
        method.step(method.start(), calls);
        assertEquals(2, calls.count(Oracle.HESSIAN_VECTOR));
    }

    /** The exact step solves one-dimensional multipliers at once, and survives a zero residual. */
    @Test
    void steepestMultiplier() {
        var method =
                new AveragedMethodOfMultipliers(
                        Instances.blocks(1, 1),
                        Schedule.standard(10),
                        true,
                        START,
                        new double[] {0.01, 0.01});
        var state = method.step(method.start());
        assertEquals(-0.99, state.v()[0], 1e-9);
        var still =
                new AveragedMethodOfMultipliers(
                        Instances.blocks(1, 0),
                        Schedule.standard(10),
                        true,
                        new double[] {1},
                        new double[] {1, 1});
        assertArrayEquals(new double[2], still.step(still.start()).v());
    }

    @Test
    void scheduleOfTheTheory() {
        var steps = Schedule.theory(0.9, 2, 0.1, 0.2).at(3);
        assertEquals(0.45, steps.mu(), 1e-15);
        assertEquals(0.2, steps.beta());
        assertEquals(0.2 * StrictMath.pow(4, -0.05), steps.eta(), 1e-15);
        assertEquals(0.2 * StrictMath.pow(4, -0.15) * 0.45 * 0.45 * 0.45, steps.alpha(), 1e-15);
    }

    private static HyperCleaning cleaning() {
        var random = new RandomStreams(5).stream("cleaning", 0);
        DMatrixRMaj a = RandomMatrices.gaussian(7, 3, random);
        DMatrixRMaj b = RandomMatrices.gaussian(5, 3, random);
        return new HyperCleaning(
                new MultinomialLogistic(a, new int[] {0, 1, 2, 3, 0, 1, 2}, 4),
                new MultinomialLogistic(b, new int[] {3, 2, 1, 0, 3}, 4),
                0.05);
    }

    @Test
    void derivativesOfHyperCleaning() {
        var random = new RandomStreams(6).stream("points", 0);
        var problem = cleaning().problem();
        assertEquals(7, problem.dimensionX());
        assertEquals(12, problem.dimensionY());
        for (int i = 0; i < 5; i++) {
            double[] x = random.gaussians(7);
            double[] w = random.gaussians(12);
            double[] v = random.gaussians(12);
            BilevelChecks.derivatives(problem.upper(), x, w, v, 1e-6);
            BilevelChecks.derivatives(problem.lower(), x, w, v, 1e-6);
        }
    }

    /** With all weights 1/2 the lower level is half the loss of the whole sample. */
    @Test
    void hyperCleaningAgreesWithMultinomialRegression() {
        var random = new RandomStreams(5).stream("cleaning", 0);
        var data =
                new MultinomialLogistic(
                        RandomMatrices.gaussian(7, 3, random), new int[] {0, 1, 2, 3, 0, 1, 2}, 4);
        double[] w = new RandomStreams(6).stream("points", 1).gaussians(12);
        BilevelProblem problem = cleaning().problem();
        assertEquals(data.value(w) / 2, problem.lower().value(new double[7], w), 1e-14);
        var expected = new double[12];
        var actual = new double[12];
        data.gradient(w, expected);
        problem.lower().gradientY(new double[7], w, actual);
        for (int j = 0; j < 12; j++) {
            assertEquals(expected[j] / 2, actual[j], 1e-14);
        }
    }

    @Test
    void f1OfTheWeights() {
        double[] x = {1, 2, -1, -2, 3};
        boolean[] right = {true, false, true, false, true};
        assertEquals(2 * 2.0 / (2 * 2 + 2), HyperCleaning.f1(x, right), 1e-15);
        assertEquals(0, HyperCleaning.f1(new double[5], right));
        assertEquals(1, HyperCleaning.f1(new double[] {1, -1}, new boolean[] {true, false}));
    }

    @Test
    void badArgumentsAreRefused() {
        var problem = Instances.blocks(1, 0);
        var schedule = Schedule.standard(10);
        Rejects.bad(
                () -> new AveragedMethodOfMultipliers(problem, schedule, false, STARTS, STARTS),
                "x0",
                "length 1");
        Rejects.bad(
                () ->
                        new AveragedMethodOfMultipliers(
                                problem, schedule, false, START, new double[] {1, Double.NaN}),
                "y0[1]");
        Rejects.bad(
                () -> new AveragedMethodOfMultipliers(problem, null, false, START, STARTS),
                "schedule");
        Rejects.bad(() -> Schedule.theory(0, 1, 0, 1), "mu0", "(0, 1)");
        Rejects.bad(() -> Schedule.theory(1, 1, 0, 1), "mu0");
        Rejects.bad(() -> Schedule.theory(Double.NaN, 1, 0, 1), "mu0", "NaN");
        Rejects.bad(() -> Schedule.theory(0.5, 0, 0, 1), "p");
        Rejects.bad(() -> Schedule.theory(0.5, 1, -1, 1), "tau");
        Rejects.bad(() -> Schedule.theory(0.5, 1, 0, 0), "eta0");
        Rejects.bad(() -> new Steps(-0.1, 1, 1, 1), "mu");
        Rejects.bad(() -> new Steps(1, 1, 1, 1), "mu", "[0, 1)");
        Rejects.bad(() -> new Steps(0.5, 0, 1, 1), "beta");
        Rejects.bad(() -> new Steps(0.5, 1, 0, 1), "eta");
        Rejects.bad(() -> new Steps(0.5, 1, 1, 0), "alpha");
        Rejects.bad(() -> Schedule.withoutAveraging(0, 1), "beta");
        Rejects.bad(() -> BilevelKktResidual.of(problem, 1, START, STARTS, STARTS), "mu", "[0, 1)");
        Rejects.bad(
                () -> BilevelKktResidual.of(problem, 0.5, START, STARTS, START), "v", "length 2");
        var three = new MultinomialLogistic(new DMatrixRMaj(2, 2), new int[] {0, 1}, 3);
        var two = new MultinomialLogistic(new DMatrixRMaj(2, 2), new int[] {0, 1}, 2);
        Rejects.bad(() -> new HyperCleaning(three, two, 0), "validation", "3 classes");
        Rejects.bad(() -> new HyperCleaning(three, three, -1), "ridge");
        Rejects.bad(() -> new HyperCleaning(null, three, 0), "training");
        Rejects.bad(() -> HyperCleaning.f1(START, new boolean[2]), "x", "length 2");
    }
}
