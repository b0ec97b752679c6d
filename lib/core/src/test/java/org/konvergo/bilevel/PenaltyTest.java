package org.konvergo.bilevel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.method.Run;
import org.konvergo.method.Stop;
import org.konvergo.problem.BilevelFunction;
import org.konvergo.problem.BilevelProblem;
import org.konvergo.problem.Indicator;
import org.konvergo.problem.StochasticBilevelProblem;
import org.konvergo.random.RandomStreams;

class PenaltyTest {
    private static final LowerSolver SOLVER = LowerSolver.projectedGradient(0.3, 200_000);

    private static PenaltyHyperObjective.Evaluation at(
            BilevelProblem problem, double sigma, double x, LowerSolver solver) {
        double[] y0 = new double[problem.dimensionY()];
        var psi = new PenaltyHyperObjective(problem, sigma, solver, 1e-11, y0);
        return psi.at(new double[] {x}, y0, y0, new OracleCounter());
    }

    @Test
    void clippedInClosedForm() {
        assertEquals(3, Instances.psiOfClipped(1));
        var at = at(Instances.clipped(), 0.1, 1, LowerSolver.projectedGradient(0.9, 10_000));
        assertTrue(at.converged());
        assertEquals(3 - 0.2 / 1.1, at.value(), 1e-10);
        assertEquals(5 - 0.2 / 1.1, at.gradient()[0], 1e-10);
        assertEquals(1, at.y()[1]);
        assertEquals(2.8181818, at.value(), 1e-7);
        assertEquals(4.8181818, at.gradient()[0], 1e-7);
    }

    /** psi - psi_sigma = sigma / (1 + sigma) (x + 1)^2 / 2, and its derivative. */
    @Property(tries = 30)
    void clippedEverywhere(
            @ForAll @DoubleRange(min = -2, max = 2) double x,
            @ForAll @DoubleRange(min = 0.01, max = 1) double sigma) {
        var solver = LowerSolver.projectedGradient(1 / (1 + sigma), 20_000);
        var at = at(Instances.clipped(), sigma, x, solver);
        double share = sigma / (1 + sigma);
        double y = Math.max(-1, Math.min(1, 2 * x));
        assertEquals(Instances.psiOfClipped(x) - share * (x + 1) * (x + 1) / 2, at.value(), 1e-10);
        assertEquals(x + 1 - 2 * (y - 2 * x) + x - share * (x + 1), at.gradient()[0], 1e-10);
    }

    @Test
    void waveOfTheLowerLevel() {
        assertEquals(0.1499164, Instances.psiOfWave(0.5, 1), 5e-8);
        assertEquals(-0.4277190, Instances.psiSlopeOfWave(0.5, 1), 5e-8);
        var at = at(Instances.wave(0.5), 0.01, 1, SOLVER);
        assertEquals(0.1496584, at.value(), 5e-8);
        assertEquals(-0.4266260, at.gradient()[0], 5e-8);
    }

    @Property(tries = 40)
    void surrogateIsBelowAndFallsWithSigma(
            @ForAll @DoubleRange(min = -1, max = 5) double x,
            @ForAll @DoubleRange(min = 0.01, max = 0.3) double sigma,
            @ForAll @DoubleRange(min = 1.01, max = 3) double factor) {
        double psi = Instances.psiOfWave(0.5, x);
        double fine = at(Instances.wave(0.5), sigma, x, SOLVER).value();
        double coarse = at(Instances.wave(0.5), sigma * factor, x, SOLVER).value();
        assertTrue(fine <= psi + 1e-12, fine + " > " + psi);
        assertTrue(coarse <= fine + 1e-12, coarse + " > " + fine);
    }

    /** The gradient formula against central differences of the value. */
    @Property(tries = 30)
    void gradientIsThatOfTheValue(@ForAll @DoubleRange(min = -0.9, max = 4.9) double x) {
        double h = 1e-4;
        double up = at(Instances.wave(0.5), 0.05, x + h, SOLVER).value();
        double down = at(Instances.wave(0.5), 0.05, x - h, SOLVER).value();
        double slope = at(Instances.wave(0.5), 0.05, x, SOLVER).gradient()[0];
        assertEquals((up - down) / (2 * h), slope, 1e-5);
    }

    @Test
    void withoutAnErrorBoundItJumps() {
        double[] xs = {0, -0.05, -0.2};
        double[] values = {-1, 0.0025, 1.04};
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    values[i],
                    at(Instances.jump(), 0.1, xs[i], LowerSolver.projectedGradient(100, 1000))
                            .value(),
                    1e-12);
        }
    }

    @Test
    void hyperplaneOfLowerSolutions() {
        double[] b = {0, 0};
        assertArrayEquals(new double[] {0.5, 0.5}, Instances.nearest(1, b), 1e-15);
        assertEquals(1.0914710, Instances.psiOfHyperplane(1, b), 5e-8);
        // (M2) tends to the closed form, y* = b + a (x - a'b) / |a|^2.
        var at = at(Instances.hyperplane(b), 1e-5, 1, LowerSolver.projectedGradient(0.4, 10_000));
        assertEquals(StrictMath.cos(1) + 0.5, at.gradient()[0], 1e-4);
        assertEquals(1.0403023, at.gradient()[0], 1e-4);
    }

    /** A lower level with two minimisers: from one start alone the wrong one is found. */
    @Test
    void furtherStartsFindTheLowerOfTwoMinima() {
        var f = BilevelFunction.scalar((x, y) -> y, (x, y) -> 0, (x, y) -> 1);
        var g =
                BilevelFunction.scalar(
                        (x, y) -> (y * y - 1) * (y * y - 1),
                        (x, y) -> 0,
                        (x, y) -> 4 * y * (y * y - 1));
        var problem = BilevelProblem.of(f, g);
        double[] start = {0.9};
        var one = LowerSolver.projectedGradient(0.05, 10_000);
        var calls = new OracleCounter();
        var h = problem.penalty(0.01);
        double[] x = {0};
        assertTrue(one.solve(h, Indicator.none(), x, start, 1e-10, calls).y()[0] > 0.9);
        var two = one.alsoFrom(new double[] {-0.9});
        assertTrue(two.solve(h, Indicator.none(), x, start, 1e-10, calls).y()[0] < -0.9);
        assertFalse(
                LowerSolver.projectedGradient(0.05, 2)
                        .solve(h, Indicator.none(), x, start, 1e-10, calls)
                        .converged());
    }

    @Test
    void doubleLoopFindsAStationaryPoint() {
        double[] x0 = {4};
        double[] y0 = {4};
        for (double epsilon : new double[] {0.1, 0.01}) {
            var method =
                    PenaltyBilevelDoubleLoop.forAccuracy(
                            Instances.wave(0.5), epsilon, 0.1, SOLVER, x0, y0);
            assertEquals(epsilon, method.sigma());
            var trace =
                    Run.of(method)
                            .observe("residual", PenaltyBilevelDoubleLoop.State::residual)
                            .stop(Stop.below("residual", epsilon / 2).or(Stop.iterations(1000)))
                            .start();
            var end = trace.state();
            assertTrue(end.residual() <= epsilon / 2);
            assertTrue(end.converged());
            assertTrue(
                    Math.abs(Instances.psiSlopeOfWave(0.5, end.x()[0])) <= 1.5 * epsilon,
                    "x = " + end.x()[0]);
            assertEquals(1.5561056, end.x()[0], epsilon);
        }
        assertEquals(0.0255984, Instances.psiOfWave(0.5, 1.5561056), 5e-8);
    }

    @Test
    void doubleLoopCountsGradientsAndStaysInTheSet() {
        var free = Instances.wave(0.5);
        var boxed =
                new BilevelProblem(
                        free.upper(), free.lower(), Indicator.box(2, 5), Indicator.none());
        var method =
                new PenaltyBilevelDoubleLoop(
                        boxed, 0.1, 0.1, SOLVER, 1e-4, new double[] {4}, new double[] {4});
        var calls = new OracleCounter();
        var state = method.start();
        for (int k = 0; k < 200; k++) {
            state = method.step(state, calls);
        }
        assertEquals(2, state.x()[0]);
        assertEquals(0, state.residual());
        assertTrue(calls.count(Oracle.GRADIENT) >= 200 * 6);
        assertEquals(state.z()[0] + 0.5 * StrictMath.sin(state.z()[0]), 2, 1e-3);
    }

    /** Without noise both stochastic forms come near the minimiser of psi. */
    @Test
    void stochasticFormsWithoutNoise() {
        var exact = StochasticBilevelProblem.noisy(Instances.wave(0.5), 0);
        var random = new RandomStreams(1).stream("none", 0);
        double[] start = {3};
        var loops =
                new PenaltyBilevelStochasticDoubleLoop(
                        exact, 0.01, 20, 1, 0.3, 0.1, start, start, random);
        assertEquals(1.5561, end(loops, 400).x()[0], 0.02);
        var single =
                new PenaltyBilevelSingleLoop(
                        exact, PenaltyBilevelSingleLoop.Schedule.standard(), start, start, random);
        assertEquals(1.5561, end(single, 5000).x()[0], 0.05);
    }

    /** Without noise the momentum has nothing to do: the iterates are those without it. */
    @Test
    void momentumOfExactSamplesChangesNothing() {
        var exact = StochasticBilevelProblem.noisy(Instances.wave(0.5), 0);
        var random = new RandomStreams(1).stream("none", 0);
        double[] start = {3};
        var schedule = PenaltyBilevelSingleLoop.Schedule.standard();
        var with = new PenaltyBilevelSingleLoop(exact, schedule, start, start, random);
        var without =
                new PenaltyBilevelSingleLoop(
                        exact, schedule.withoutMomentum(), start, start, random);
        assertEquals(end(without, 300).x()[0], end(with, 300).x()[0], 1e-9);
    }

    @Test
    void stochasticStepsCountTheirSamples() {
        var noisy = StochasticBilevelProblem.noisy(Instances.wave(0.5), 0.1);
        double[] start = {3};
        var calls = new OracleCounter();
        var loops =
                new PenaltyBilevelStochasticDoubleLoop(
                        noisy,
                        0.1,
                        5,
                        4,
                        0.1,
                        0.1,
                        start,
                        start,
                        new RandomStreams(1).stream("noise", 0));
        loops.step(loops.start(), calls);
        assertEquals(3 * 4 * 6, calls.count(Oracle.GRADIENT));
        var single =
                new PenaltyBilevelSingleLoop(
                        noisy,
                        PenaltyBilevelSingleLoop.Schedule.standard(),
                        start,
                        start,
                        new RandomStreams(1).stream("noise", 0));
        calls = new OracleCounter();
        var state = single.step(single.start(), calls);
        assertEquals(6, calls.count(Oracle.GRADIENT));
        single.step(state, calls);
        assertEquals(18, calls.count(Oracle.GRADIENT));
    }

    @Test
    void aRunRepeats() {
        var noisy = StochasticBilevelProblem.noisy(Instances.wave(0.5), 0.1);
        double[] start = {3};
        var random = new RandomStreams(1).stream("noise", 0);
        var loops =
                new PenaltyBilevelStochasticDoubleLoop(
                        noisy, 0.1, 5, 2, 0.3, 0.1, start, start, random);
        assertArrayEquals(end(loops, 20).x(), end(loops, 20).x());
        var single =
                new PenaltyBilevelSingleLoop(
                        noisy, PenaltyBilevelSingleLoop.Schedule.standard(), start, start, random);
        assertArrayEquals(end(single, 20).x(), end(single, 20).x());
    }

    @Test
    void scheduleOfTheSingleLoop() {
        var schedule = PenaltyBilevelSingleLoop.Schedule.standard();
        assertEquals(StrictMath.pow(100, -0.2), schedule.sigma(0));
        assertEquals(StrictMath.pow(1000, -0.4), schedule.gamma(900));
        assertEquals(0.3 * StrictMath.pow(1000, -0.6), schedule.alpha(900));
        assertEquals(20 * StrictMath.pow(1000, -0.8), schedule.eta(900));
        assertEquals(1, schedule.withoutMomentum().eta(900));
    }

    private static <S> S end(Method<S> method, int steps) {
        S state = method.start();
        for (int k = 0; k < steps; k++) {
            state = method.step(state);
        }
        return state;
    }

    @Test
    void badArgumentsAreRefused() {
        var problem = Instances.wave(0.5);
        double[] one = {1};
        double[] two = {1, 2};
        Rejects.bad(
                () -> new PenaltyHyperObjective(problem, 0, SOLVER, 1, one), "sigma", "positive");
        Rejects.bad(() -> new PenaltyHyperObjective(problem, -1, SOLVER, 1, one), "sigma");
        Rejects.bad(() -> new PenaltyHyperObjective(problem, 1, SOLVER, 0, one), "accuracy");
        Rejects.bad(() -> new PenaltyHyperObjective(problem, 1, SOLVER, 1, two), "y0", "length 1");
        Rejects.bad(() -> new PenaltyHyperObjective(problem, 1, null, 1, one), "solver");
        Rejects.bad(
                () -> PenaltyBilevelDoubleLoop.forAccuracy(problem, 0, 1, SOLVER, one, one),
                "epsilon");
        Rejects.bad(
                () -> new PenaltyBilevelDoubleLoop(problem, 1, 0, SOLVER, 1, one, one), "alpha");
        Rejects.bad(
                () -> new PenaltyBilevelDoubleLoop(problem, 1, 1, SOLVER, 0, one, one),
                "tolerance");
        Rejects.bad(() -> new PenaltyBilevelDoubleLoop(problem, 1, 1, SOLVER, 1, two, one), "x0");
        var samples = StochasticBilevelProblem.noisy(problem, 0.1);
        var random = new RandomStreams(1).stream("noise", 0);
        Rejects.bad(
                () ->
                        new PenaltyBilevelStochasticDoubleLoop(
                                samples, 1, 0, 1, 1, 1, one, one, random),
                "innerSteps");
        Rejects.bad(
                () ->
                        new PenaltyBilevelStochasticDoubleLoop(
                                samples, 1, 1, 0, 1, 1, one, one, random),
                "batch");
        Rejects.bad(
                () ->
                        new PenaltyBilevelStochasticDoubleLoop(
                                samples, 0, 1, 1, 1, 1, one, one, random),
                "sigma");
        var schedule = PenaltyBilevelSingleLoop.Schedule.standard();
        Rejects.bad(() -> new PenaltyBilevelSingleLoop(samples, schedule, one, two, random), "y0");
        Rejects.bad(
                () -> new PenaltyBilevelSingleLoop(samples, null, one, one, random), "schedule");
        Rejects.bad(() -> new PenaltyBilevelSingleLoop.Schedule(0, 1, 1, 1), "k0");
        Rejects.bad(() -> new PenaltyBilevelSingleLoop.Schedule(1, 0, 1, 1), "gamma0");
        Rejects.bad(() -> new PenaltyBilevelSingleLoop.Schedule(1, 1, 0, 1), "alpha0");
        Rejects.bad(() -> new PenaltyBilevelSingleLoop.Schedule(1, 1, 1, Double.NaN), "c");
        Rejects.bad(() -> LowerSolver.projectedGradient(0, 1), "step");
        Rejects.bad(() -> LowerSolver.projectedGradient(1, 0), "maxSteps");
        Rejects.bad(() -> SOLVER.alsoFrom(one, null), "others[1]");
    }
}
