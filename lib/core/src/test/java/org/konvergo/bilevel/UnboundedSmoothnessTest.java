package org.konvergo.bilevel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Method;
import org.konvergo.method.MomentumStep;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.method.Run;
import org.konvergo.method.Stop;
import org.konvergo.metric.GradientCheck;
import org.konvergo.problem.BilevelChecks;
import org.konvergo.problem.BilevelFunction;
import org.konvergo.problem.BilevelObjective;
import org.konvergo.problem.BilevelProblem;
import org.konvergo.problem.StochasticBilevelProblem;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

class UnboundedSmoothnessTest {
    private static final double[] V = {0.5, -1, 2};

    private static RandomStream random(String name) {
        return new RandomStreams(1).stream(name, 0);
    }

    private static CoshTracking tracking() {
        var a = new DMatrixRMaj(new double[][] {{1, 0.3, 0}, {-0.2, 1.2, 0.4}, {0.1, 0, 0.8}});
        return new CoshTracking(a, new double[] {1, 4, 10}, new double[] {0.3, -0.5, 0.1});
    }

    /** One variable, A = H = 1, t = 0. */
    private static CoshTracking scalar() {
        return new CoshTracking(new DMatrixRMaj(new double[][] {{1}}), one(1), one(0));
    }

    private static double[] one(double x) {
        return new double[] {x};
    }

    private static StochasticBilevelProblem noisy(CoshTracking problem, double deviation) {
        return StochasticBilevelProblem.noisyThroughout(problem.problem(), deviation);
    }

    private static BoRep boRep(
            CoshTracking of, double deviation, LowerUpdates lower, double beta, double eta) {
        double[] x0 = of.pointAt(2);
        return new BoRep(
                noisy(of, deviation), lower, 0.05, beta, eta, x0, new double[3], random("run"));
    }

    @Test
    void trackingProblemIsWhatItSays() {
        var of = tracking();
        double[] x = {0.4, -0.3, 0.7};
        double[] y = {1, -0.2, 0.5};
        BilevelChecks.derivatives(of.problem().upper(), x, y, V, 1e-8);
        BilevelChecks.derivatives(of.problem().lower(), x, y, V, 1e-8);
        assertEquals(0, of.problem().lower().value(x, of.lowerSolution(x)));
        var phi = of.hyperObjective();
        assertTrue(GradientCheck.relativeError(phi, x, 1e-5, 0, 1, 2) < 1e-8);
        var gradient = new double[3];
        var exact = new double[3];
        phi.gradient(x, gradient);
        ImplicitHypergradient.exact()
                .apply(of.problem(), x, of.lowerSolution(x), exact, new OracleCounter());
        assertArrayEquals(exact, gradient, 1e-13);
        var product = new double[3];
        phi.hessianVector(x, V, product);
        double[] ahead = x.clone();
        Kernels.axpy(1e-5, V, ahead);
        double[] behind = x.clone();
        Kernels.axpy(-1e-5, V, behind);
        phi.gradient(ahead, exact);
        phi.gradient(behind, gradient);
        for (int i = 0; i < 3; i++) {
            assertEquals((exact[i] - gradient[i]) / 2e-5, product[i], 1e-7);
        }
    }

    @Test
    void trackingFarOutAndAtTheMinimum() {
        var of = tracking();
        assertEquals(0, of.hyperObjective().value(of.pointAt(0)), 1e-28);
        assertEquals(3 * (StrictMath.cosh(2) - 1), of.hyperObjective().value(of.pointAt(2)), 1e-12);
        // At r = 0 the Hessian is A'A, elsewhere cosh r times that.
        double bend = of.curvature(of.pointAt(0));
        assertEquals(bend * StrictMath.cosh(5), of.curvature(of.pointAt(5)), 1e-10 * bend * 75);
        var gradient = new double[3];
        of.hyperObjective().gradient(new double[] {1e200, 0, 0}, gradient);
        assertTrue(Double.isFinite(gradient[0]));
        assertTrue(Double.isFinite(of.hyperObjective().value(new double[] {1e200, 0, 0})));
    }

    /** sinh 1 by the multiplier equation, once z has settled. */
    @Test
    void hypergradientInOneVariable() {
        var lower =
                LowerUpdates.everyStep(1, 1)
                        .startingWith(new EpochSgd(1, 1, 1), 1); // exact for H = 1
        var run =
                new MomentumBilevelSgd(
                        noisy(scalar(), 0),
                        lower,
                        1,
                        0.5,
                        MomentumStep.plain(1e-300),
                        one(1),
                        one(0),
                        random("one"));
        var state = run.step(run.start());
        assertEquals(1.1752011936, state.m()[0], 1e-10);
        assertEquals(StrictMath.sinh(1), state.z()[0], 1e-15);
    }

    @Test
    void multiplierSettlesAtItsFixedPoint() {
        var of = tracking();
        var lower = LowerUpdates.everyStep(1, 0.05).startingWith(new EpochSgd(2, 500, 0.1), 2000);
        var state = boRep(of, 0, lower, 0, 1e-300).start();
        state = boRep(of, 0, lower, 0, 1e-300).step(state);
        double[] h = {1, 4, 10};
        double[] t = {0.3, -0.5, 0.1};
        for (int i = 0; i < 3; i++) {
            assertEquals(StrictMath.sinh(state.y()[i] - t[i]) / h[i], state.z()[i], 1e-10);
        }
        assertArrayEquals(of.lowerSolution(of.pointAt(2)), state.y(), 1e-10);
    }

    @Property(tries = 20)
    void everyStepHasLengthEta(
            @ForAll @DoubleRange(min = 0.01, max = 0.5) double eta,
            @ForAll @DoubleRange(min = 0, max = 0.99) double beta,
            @ForAll @IntRange(min = 1, max = 5) int interval) {
        var method =
                boRep(tracking(), 0.1, LowerUpdates.everyStep(3, 0.05).every(interval), beta, eta);
        var state = method.start();
        for (int k = 0; k < 50; k++) {
            double[] before = state.x().clone();
            state = method.step(state);
            assertEquals(eta, Kernels.distance2(before, state.x()), 1e-14);
        }
        assertEquals(50, state.k());
    }

    /** With exact lower and multiplier steps it is normalised gradient descent on Phi. */
    @Test
    void exactInnerStepsGiveNormalisedDescent() {
        var of =
                new CoshTracking(
                        new DMatrixRMaj(new double[][] {{1, 0.3}, {-0.2, 1.2}}),
                        new double[] {1, 1},
                        new double[] {0.3, -0.5});
        double[] x = of.pointAt(3);
        var lower = LowerUpdates.everyStep(200, 0.5);
        var method = new BoRep(noisy(of, 0), lower, 1, 0, 0.1, x, new double[2], random("x"));
        var state = method.start();
        var gradient = new double[2];
        for (int k = 0; k < 40; k++) {
            of.hyperObjective().gradient(x, gradient);
            Kernels.axpy(-0.1 / Kernels.norm2(gradient), gradient, x);
            state = method.step(state);
            assertArrayEquals(x, state.x(), 1e-6);
        }
    }

    /** |y_k - y*(x_k)| obeys the recursion of contraction and drift. */
    @Property(tries = 20)
    void lowerVariableKeepsTrack(
            @ForAll @IntRange(min = 1, max = 10) int interval,
            @ForAll @IntRange(min = 1, max = 5) int steps) {
        var of = tracking();
        double eta = 0.05;
        var lower =
                LowerUpdates.everyStep(steps, 0.05)
                        .every(interval)
                        .startingWith(new EpochSgd(4, 50, 0.1), 100);
        var method = boRep(of, 0, lower, 0.9, eta);
        var state = method.start();
        double drift = interval * eta * Math.sqrt(of.curvature(of.pointAt(0))); // the root is |A|
        double contraction = StrictMath.pow(1 - 0.05, steps);
        double bound = 1;
        for (int k = 0; k < 100; k++) {
            if (k % interval == 0) {
                bound = contraction * bound + drift;
            }
            state = method.step(state);
            double error = Kernels.distance2(state.y(), of.lowerSolution(state.x()));
            assertTrue(error <= bound, error + " > " + bound + " at " + k);
        }
    }

    @Test
    void ballHoldsTheLowerVariable() {
        var lower = new LowerUpdates(2, 20, 0.1, 0.01, EpochSgd.none(), 0);
        var method = boRep(tracking(), 0, lower, 0.9, 0.03);
        var state = method.start();
        for (int k = 0; k < 10; k++) {
            double[] before = state.y().clone();
            state = method.step(state);
            double moved = Kernels.distance2(before, state.y());
            assertTrue(moved <= 0.01 * (1 + 1e-12));
            assertEquals(k % 2 == 0, moved > 0);
        }
    }

    @Test
    void withoutMomentumNothingMoves() {
        BilevelObjective flat =
                BilevelFunction.scalar(
                        (x, y) -> 0, (x, y) -> 0, (x, y) -> 0, (x, y) -> 0, (x, y) -> 0);
        var square =
                BilevelFunction.scalar(
                        (x, y) -> y * y / 2, (x, y) -> 0, (x, y) -> y, (x, y) -> 1, (x, y) -> 0);
        var samples = StochasticBilevelProblem.noisy(BilevelProblem.of(flat, square), 0);
        var method =
                new BoRep(
                        samples,
                        LowerUpdates.everyStep(1, 0.1),
                        0.1,
                        0.9,
                        0.1,
                        one(3),
                        one(1),
                        random("flat"));
        var state = method.step(method.step(method.start()));
        assertEquals(3, state.x()[0]);
        assertEquals(0, state.m()[0]);
    }

    /** Without noise the series misses (1 - nu mu)^Q of the multiplier. */
    @Test
    void truncatedSeriesHasItsBias() {
        double[] x0 = tracking().pointAt(1);
        double[] y0 = tracking().lowerSolution(x0);
        var method =
                new StocBio(
                        noisy(tracking(), 0),
                        LowerUpdates.everyStep(1, 0.05),
                        10,
                        0.05,
                        1e-3,
                        x0,
                        y0,
                        random("series"));
        var counter = new OracleCounter();
        var state = method.step(method.start(), counter);
        double[] h = {1, 4, 10};
        for (int i = 0; i < 3; i++) {
            double share = 1 - StrictMath.pow(1 - 0.05 * h[i], 10);
            assertEquals(share * StrictMath.sinh(1) / h[i], state.z()[i], 1e-12);
        }
        assertEquals(3, counter.count(Oracle.GRADIENT));
        assertEquals(10, counter.count(Oracle.HESSIAN_VECTOR));
        assertArrayEquals(y0, state.y(), 1e-14);
    }

    /** Where the start is mild all of them arrive; only the plain step is thrown out far away. */
    @Test
    void gentleStartSuitsAllAndAFarOneOnlyTheNormalised() {
        var lower = LowerUpdates.everyStep(3, 0.05).startingWith(new EpochSgd(4, 50, 0.05), 200);
        assertTrue(end(lower, MomentumStep.plain(0.03), 1) < 1);
        assertTrue(end(lower, MomentumStep.clipped(0.03, 1), 1) < 1);
        assertTrue(end(lower, MomentumStep.normalized(0.03), 1) < 1.5);
        assertTrue(end(lower, MomentumStep.normalized(0.03), 8) < 1.5);
        assertTrue(end(lower, MomentumStep.clipped(0.03, 1), 8) < 1.5);
        assertTrue(!(end(lower, MomentumStep.plain(0.03), 8) < 1e3));
    }

    private static double end(LowerUpdates lower, MomentumStep step, double r) {
        var of = tracking();
        var method =
                new MomentumBilevelSgd(
                        noisy(of, 0.1),
                        lower,
                        0.05,
                        0.9,
                        step,
                        of.pointAt(r),
                        new double[3],
                        random("far"));
        var trace =
                Run.of(method)
                        .measure("gradient", s -> slope(of, s.x()))
                        .stop(Stop.iterations(1500))
                        .start();
        return trace.last("gradient");
    }

    private static double slope(CoshTracking of, double[] x) {
        var gradient = new double[x.length];
        of.hyperObjective().gradient(x, gradient);
        return Kernels.norm2(x) > 1e3 ? Double.NaN : Kernels.norm2(gradient);
    }

    private static <S> double[] twice(
            Method<S> method, java.util.function.Function<S, double[]> x) {
        double[] first = null;
        for (int run = 0; run < 2; run++) {
            var state = method.start();
            for (int k = 0; k < 10; k++) {
                state = method.step(state);
            }
            double[] end = x.apply(state).clone();
            if (first != null) {
                assertArrayEquals(first, end);
            }
            first = end;
        }
        return first;
    }

    @Test
    void runsRepeat() {
        var lower = LowerUpdates.everyStep(3, 0.05).startingWith(new EpochSgd(2, 5, 0.05), 3);
        var bo = boRep(tracking(), 0.1, lower, 0.9, 0.03);
        double[] normalised = twice(bo, s -> s.x());
        var same =
                new MomentumBilevelSgd(
                        bo.samples(),
                        lower,
                        0.05,
                        0.9,
                        MomentumStep.normalized(0.03),
                        bo.x0(),
                        bo.y0(),
                        bo.random());
        assertArrayEquals(normalised, twice(same, s -> s.x()));
        twice(
                new StocBio(bo.samples(), lower, 5, 0.05, 0.01, bo.x0(), bo.y0(), bo.random()),
                s -> s.x());
    }

    @Test
    void oracleCalls() {
        var lower = LowerUpdates.everyStep(3, 0.05).every(2);
        var method = boRep(tracking(), 0.1, lower.startingWith(new EpochSgd(2, 5, 0.05), 4), 0, 1);
        var counter = new OracleCounter();
        var state = method.step(method.start(), counter);
        assertEquals(10 + 4 + 3 + 2, counter.count(Oracle.GRADIENT));
        assertEquals(4 + 2, counter.count(Oracle.HESSIAN_VECTOR));
        method.step(state, counter);
        assertEquals(10 + 4 + 3 + 2 + 2, counter.count(Oracle.GRADIENT));
    }

    @Test
    void refinementAveragesNoise() {
        var of = tracking();
        double[] x = of.pointAt(1);
        double worst = 0;
        double rough = 0;
        for (int seed = 0; seed < 20; seed++) {
            var stream = new RandomStreams(seed).stream("refine", 0);
            var y = new double[3];
            new EpochSgd(6, 100, 0.1).refine(noisy(of, 1), x, y, stream, new OracleCounter());
            worst += Kernels.distance2(y, of.lowerSolution(x)) / 20;
            var z = new double[3];
            new EpochSgd(1, 600, 0.1).refine(noisy(of, 1), x, z, stream, new OracleCounter());
            rough += Kernels.distance2(z, of.lowerSolution(x)) / 20;
        }
        assertTrue(worst < 0.6 * rough, worst + " against " + rough);
    }

    private static RecurrentTasks tasks() {
        return RecurrentTasks.draw(3, 12, 7, 4, 0.1, random("tasks"));
    }

    @Test
    void recurrentTasksAreWhatTheySay() {
        var of = tasks();
        double[] x = of.network().initial(random("network"));
        double[] y = random("heads").gaussians(12);
        BilevelChecks.derivatives(of.problem().upper(), x, y, random("v").gaussians(12), 1e-7);
        BilevelChecks.derivatives(of.problem().lower(), x, y, random("v").gaussians(12), 1e-7);
        var byY = new double[12];
        of.problem().lower().gradientY(x, of.heads(x), byY);
        assertEquals(0, Kernels.norm2(byY), 1e-13);
        for (int lag : of.lags()) {
            assertTrue(lag >= 2 && lag <= 6);
        }
        double[] losses = of.losses(x);
        assertEquals(Kernels.sum(losses) / 3, of.problem().upper().value(x, of.heads(x)), 1e-14);
    }

    @Test
    void ridgeHeadHypergradientAgainstDifferences() {
        var of = tasks();
        double[] x = of.network().initial(random("network"));
        var psi = of.hyperObjective();
        var gradient = new double[x.length];
        psi.gradient(x, gradient);
        for (int i = 0; i < x.length; i++) {
            double[] at = x.clone();
            at[i] += 1e-5;
            double up = psi.value(at);
            at[i] = x[i] - 1e-5;
            assertEquals((up - psi.value(at)) / 2e-5, gradient[i], 1e-8);
        }
        var general = new double[x.length];
        ImplicitHypergradient.exact()
                .apply(of.problem(), x, of.heads(x), general, new OracleCounter());
        assertArrayEquals(general, gradient, 1e-12);
    }

    /** A network that holds the last entry and the one before can represent lag 2. */
    @Test
    void descentOnTheTasksLowersTheLoss() {
        var of = RecurrentTasks.draw(4, 20, 8, 6, 0.1, random("descent"));
        double[] x0 = of.network().initial(random("network"));
        var samples = StochasticBilevelProblem.noisy(of.problem(), 0);
        var lower =
                LowerUpdates.everyStep(10, 0.1)
                        .every(2)
                        .startingWith(new EpochSgd(2, 100, 0.2), 500);
        var method =
                new BoRep(
                        samples, lower, 0.1, 0.9, 0.03, x0, new double[24], random("descent run"));
        var state = method.start();
        for (int k = 0; k < 60; k++) {
            state = method.step(state);
        }
        double before = of.hyperObjective().value(x0);
        double after = of.hyperObjective().value(state.x());
        assertTrue(after < before, before + " to " + after);
    }

    @Test
    void badArgumentsAreRefused() {
        var of = tracking();
        var lower = LowerUpdates.everyStep(3, 0.05);
        Rejects.bad(() -> boRep(of, 0.1, lower, 1, 0.1), "beta", "[0, 1)", "1.0");
        Rejects.bad(() -> boRep(of, 0.1, lower, -0.1, 0.1), "beta");
        Rejects.bad(() -> boRep(of, 0.1, lower, Double.NaN, 0.1), "beta", "NaN");
        Rejects.bad(() -> boRep(of, 0.1, lower, 0.9, 0), "eta", "positive");
        Rejects.bad(() -> boRep(of, 0.1, null, 0.9, 0.1), "lower");
        Rejects.bad(() -> lower.every(0), "interval", "at least 1");
        Rejects.bad(() -> LowerUpdates.everyStep(0, 0.1), "steps", "at least 1");
        Rejects.bad(() -> LowerUpdates.everyStep(1, 0), "gamma");
        Rejects.bad(() -> new LowerUpdates(1, 1, 1, 0, EpochSgd.none(), 0), "radius");
        Rejects.bad(() -> lower.startingWith(null, 0), "refinement");
        Rejects.bad(() -> lower.startingWith(EpochSgd.none(), -1), "multiplierSteps");
        Rejects.bad(() -> new EpochSgd(-1, 1, 1), "epochs");
        Rejects.bad(() -> new EpochSgd(1, 0, 1), "steps");
        Rejects.bad(() -> new EpochSgd(1, 1, -1), "step", "positive");
        var samples = noisy(of, 0.1);
        double[] three = new double[3];
        Rejects.bad(() -> new BoRep(samples, lower, 0, 0.9, 1, three, three, random("x")), "nu");
        Rejects.bad(() -> new BoRep(samples, lower, 1, 0.9, 1, one(0), three, random("x")), "x0");
        Rejects.bad(() -> new BoRep(samples, lower, 1, 0.9, 1, three, one(0), random("x")), "y0");
        Rejects.bad(() -> new BoRep(samples, lower, 1, 0.9, 1, three, three, null), "random");
        Rejects.bad(
                () -> new MomentumBilevelSgd(samples, lower, 1, 0, null, three, three, null),
                "step");
        Rejects.bad(() -> new StocBio(samples, lower, 0, 1, 1, three, three, random("x")), "terms");
        Rejects.bad(() -> new StocBio(samples, lower, 1, 1, 0, three, three, random("x")), "eta");
        var identity = new DMatrixRMaj(new double[][] {{1, 0}, {0, 1}});
        double[] two = {1, 1};
        Rejects.bad(() -> new CoshTracking(new DMatrixRMaj(2, 3), two, two), "a");
        Rejects.bad(() -> new CoshTracking(identity, new double[] {1, 0}, two), "h");
        Rejects.bad(() -> new CoshTracking(identity, two, three), "t", "length 2");
        Rejects.bad(
                () -> new CoshTracking(new DMatrixRMaj(2, 2), two, two).pointAt(1),
                "a",
                "invertible");
        Rejects.bad(() -> of.pointAt(Double.NaN), "r");
        Rejects.bad(() -> of.lowerSolution(two), "x", "length 3");
        Rejects.bad(() -> RecurrentTasks.draw(0, 5, 8, 3, 0.1, random("x")), "tasks");
        Rejects.bad(() -> RecurrentTasks.draw(2, 5, 5, 3, 0.1, random("x")), "length", "6");
        Rejects.bad(() -> RecurrentTasks.draw(2, 5, 8, 0, 0.1, random("x")), "hidden");
        Rejects.bad(() -> RecurrentTasks.draw(2, 5, 8, 3, 0, random("x")), "ridge");
        Rejects.bad(() -> tasks().heads(two), "x");
    }

    /** Random instances of the size of the paper's reproduction are invertible and consistent. */
    @Property(tries = 10)
    void randomInstances(@ForAll @IntRange(min = 0, max = 1000) int seed) {
        var stream = new RandomStreams(seed).stream("A", 0);
        var a = RandomMatrices.gaussian(10, 10, stream);
        for (int i = 0; i < 100; i++) {
            a.data[i] = a.data[i] / Math.sqrt(10) + (i % 11 == 0 ? 1 : 0);
        }
        double[] t = stream.gaussians(10);
        var h = new double[10];
        java.util.Arrays.setAll(h, i -> 1 + i);
        var of = new CoshTracking(a, h, t);
        double[] y = of.lowerSolution(of.pointAt(3));
        for (int i = 0; i < 10; i++) {
            assertEquals(t[i] + 3, y[i], 1e-8);
        }
    }
}
