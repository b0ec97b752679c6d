package org.konvergo.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.konvergo.Rejects;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.BoxLbfgs;
import org.konvergo.method.Run;
import org.konvergo.method.Stop;
import org.konvergo.metric.GradientCheck;
import org.konvergo.random.RandomStreams;

/** The travelling wave u = exp(s(t) - x) - 1 with s = 1 + t solves the problem with a = 1. */
class StefanTest {
    private static final StefanProblem WAVE =
            new StefanProblem(1, 0.5, 1, x -> StrictMath.exp(1 - x) - 1, t -> 0);

    private static double last(double x) {
        return StrictMath.exp(1.5 - x) - 1;
    }

    private static double[] constant(int n, double value) {
        var x = new double[n];
        Arrays.fill(x, value);
        return x;
    }

    private static FinalTimeCost cost(int cells) {
        return new FinalTimeCost(
                1, 1, 1, StefanTest::last, x -> -1 - last(x), t -> 0, 1.5, constant(cells + 1, 1));
    }

    private static StefanControl truth(int n) {
        var s = new double[n];
        var g = new double[n];
        for (int k = 0; k < n; k++) {
            s[k] = 1 + 0.5 * (k + 1) / n;
            g[k] = -StrictMath.exp(s[k]);
        }
        return new StefanControl(s, g, 1);
    }

    /** Reference: figures of a prototype in NumPy. */
    @ParameterizedTest
    @CsvSource({
        "32, 64, 2.019e-3, 3.28e-6",
        "32, 128, 7.60e-4, 6.2e-7",
        "16, 32, 3.05e-3, 9.99e-6"
    })
    void errorsOfTheTravellingWave(int cells, int steps, double error, double j) {
        var solver = new StefanStateSolver(WAVE, cells, steps);
        double[][] v = solver.solve(truth(steps));
        double worst = 0;
        for (int i = 0; i <= cells; i++) {
            worst = Math.max(worst, Math.abs(v[steps][i] - last(1.5 * i / cells)));
        }
        assertEquals(error, worst, 0.002 * error);
        assertEquals(j, cost(cells).value(solver, truth(steps), v), 0.005 * j);
    }

    /** a u_xx = u_t for the wave with a = 2 and speed 1/2: both are 0.125 e^0.2. */
    @Test
    void waveSolvesTheHeatEquation() {
        double a = 2;
        double speed = 0.5;
        double h = 1e-4;
        assertEquals(0.1526753, wave(0.3, 0.2, a, speed) * speed * speed / a, 5e-8);
        double uxx =
                (wave(0.3 + h, 0.2, a, speed)
                                - 2 * wave(0.3, 0.2, a, speed)
                                + wave(0.3 - h, 0.2, a, speed))
                        / (h * h);
        double ut = (wave(0.3, 0.2 + h, a, speed) - wave(0.3, 0.2 - h, a, speed)) / (2 * h);
        assertEquals(a * uxx, ut, 1e-6);
    }

    private static double wave(double x, double t, double a, double speed) {
        return StrictMath.exp(-speed / a * (x - 1 - speed * t));
    }

    @Test
    void constantsAndLinearFunctionsStay() {
        var flat = new StefanProblem(1, 0.5, 1, x -> 0.7, t -> 0);
        double[][] v =
                new StefanStateSolver(flat, 16, 32)
                        .solve(new StefanControl(constant(32, 1), new double[32], 1));
        assertArrayEquals(constant(17, 0.7), v[32], 1e-14);
        var slope = new StefanProblem(1, 0.5, 1, x -> -x, t -> -1);
        v =
                new StefanStateSolver(slope, 16, 32)
                        .solve(new StefanControl(constant(32, 1), constant(32, -1), 1));
        double[] line = IntStream.rangeClosed(0, 16).mapToDouble(i -> -i / 16.0).toArray();
        assertArrayEquals(line, v[32], 1e-12);
    }

    @Property(tries = 20)
    void adjointIsTheGradient(@ForAll @LongRange long seed) {
        var random = new RandomStreams(seed).stream("control", 0);
        int n = 12;
        var s = new double[n];
        Arrays.setAll(s, k -> 1 + 0.5 * (k + 1) / n + 0.05 * random.uniform());
        var control = new StefanControl(s, random.gaussians(n), random.uniform(0.7, 2));
        var noisy =
                new FinalTimeCost(
                        1,
                        2,
                        3,
                        StefanTest::last,
                        x -> -1 - last(x),
                        t -> 0.1 * t,
                        1.4,
                        random.uniforms(9));
        var solver =
                new StefanStateSolver(
                        new StefanProblem(1, 0.5, 0.8, x -> 1 - x, t -> 0.3 * t), 8, n);
        var fit = new StefanFit(new StefanAdjoint(solver, noisy), control, true, true, true, 1e-2);
        int[] all = IntStream.range(0, 2 * n + 1).toArray();
        assertTrue(GradientCheck.relativeError(fit, fit.unknown(control), 1e-5, all) < 2e-6);
    }

    /** The mesh leaves the truth short of a minimum, but close to one. */
    @Test
    void gradientAtTheTruthIsSmallButNotZero() {
        int n = 32;
        var adjoint = new StefanAdjoint(new StefanStateSolver(WAVE, 16, n), cost(16));
        var fit = new StefanFit(adjoint, truth(n), true, true, true, 0);
        double atTruth = gradientNorm(fit, truth(n));
        double still = gradientNorm(fit, new StefanControl(constant(n, 1), truth(n).flux(), 1));
        double fast = gradientNorm(fit, new StefanControl(truth(n).front(), truth(n).flux(), 2));
        assertTrue(atTruth > 1e-4, "norm " + atTruth);
        assertTrue(atTruth < 0.01 * still, "share " + atTruth / still);
        assertTrue(atTruth < 0.01 * fast, "share " + atTruth / fast);
    }

    private static double gradientNorm(StefanFit fit, StefanControl control) {
        var gradient = new double[fit.dimension()];
        fit.gradient(fit.unknown(control), gradient);
        return Kernels.norm2(gradient);
    }

    @Test
    void diffusionAndFrontAreFound() {
        int n = 32;
        var adjoint = new StefanAdjoint(new StefanStateSolver(WAVE, 16, n), cost(16));
        var s = new double[n];
        Arrays.setAll(s, k -> 1 + 0.4 * (k + 1) / n);
        var fit =
                new StefanFit(
                        adjoint, new StefanControl(s, truth(n).flux(), 2), true, false, true, 0);
        var low = fit.unknown(new StefanControl(constant(n, 0.2), new double[n], 0.2));
        var high = fit.unknown(new StefanControl(constant(n, 4), new double[n], 5));
        var run =
                Run.of(new BoxLbfgs(fit, 10, low, high, fit.unknown(fit.known())))
                        .stop(Stop.iterations(100))
                        .start();
        var found = fit.control(run.state().x());
        assertEquals(1.00091, found.diffusion(), 2e-5);
        assertArrayEquals(truth(n).front(), found.front(), 1.1e-3);
        assertArrayEquals(truth(n).flux(), found.flux());
        assertEquals(3.6e-6, run.state().value(), 5e-8);
    }

    @Test
    void packsWhatIsUnknown() {
        int n = 4;
        var adjoint = new StefanAdjoint(new StefanStateSolver(WAVE, 4, n), cost(4));
        var control = new StefanControl(new double[] {1, 2, 3, 4}, new double[] {5, 6, 7, 8}, 9);
        var all = new StefanFit(adjoint, control, true, true, true, 0);
        assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, all.unknown(control));
        var flux = new StefanFit(adjoint, control, false, true, false, 0);
        assertArrayEquals(new double[] {5, 6, 7, 8}, flux.unknown(control));
        assertArrayEquals(new double[] {1, 1, 1, 1}, flux.control(constant(4, 1)).flux());
        assertEquals(9, flux.control(constant(4, 1)).diffusion());
        var rough = new StefanFit(adjoint, control, false, true, false, 2);
        double[] x = {5, 6, 7, 8};
        assertEquals(flux.value(x) + 2 * 3 / 0.125, rough.value(x), 1e-9 * rough.value(x));
    }

    @Test
    void refuseBadArguments() {
        Rejects.bad(() -> new StefanProblem(0, 1, 1, x -> x, t -> 0), "start");
        Rejects.bad(() -> new StefanProblem(1, 0, 1, x -> x, t -> 0), "horizon");
        Rejects.bad(() -> new StefanProblem(1, 1, Double.NaN, x -> x, t -> 0), "latentHeat");
        Rejects.bad(() -> new StefanProblem(1, 1, 1, null, t -> 0), "initial");
        Rejects.bad(() -> new StefanProblem(1, 1, 1, x -> x, null), "chi");
        Rejects.bad(() -> new StefanControl(new double[2], new double[1], 1), "flux");
        Rejects.bad(() -> new StefanControl(new double[] {1 / 0.0}, new double[1], 1), "front[0]");
        Rejects.bad(() -> new StefanControl(new double[1], new double[1], 1 / 0.0), "diffusion");
        Rejects.bad(() -> new StefanStateSolver(WAVE, 1, 4), "cells");
        Rejects.bad(() -> new StefanStateSolver(WAVE, 4, 0), "steps");
        var solver = new StefanStateSolver(WAVE, 4, 2);
        var good = new StefanControl(constant(2, 1), new double[2], 1);
        Rejects.bad(() -> solver.solve(truth(3)), "front", "length 2");
        Rejects.bad(
                () -> solver.solve(new StefanControl(new double[2], new double[2], 1)), "front[0]");
        Rejects.bad(
                () -> solver.solve(new StefanControl(constant(2, 1), new double[2], 0)),
                "diffusion");
        Rejects.bad(() -> cost(5).value(solver, good, solver.solve(good)), "errors", "length 5");
        var one = constant(5, 1);
        Rejects.bad(
                () -> new FinalTimeCost(-1, 1, 1, x -> x, x -> 1, t -> 0, 1, one), "finalWeight");
        Rejects.bad(
                () -> new FinalTimeCost(1, -1, 1, x -> x, x -> 1, t -> 0, 1, one), "frontWeight");
        Rejects.bad(
                () -> new FinalTimeCost(1, 1, -1, x -> x, x -> 1, t -> 0, 1, one),
                "positionWeight");
        Rejects.bad(() -> new FinalTimeCost(1, 1, 1, x -> x, x -> 1, t -> 0, 0, one), "position");
        Rejects.bad(
                () -> new FinalTimeCost(1, 1, 1, x -> x, x -> 1, t -> 0, 1, new double[2]),
                "length of errors");
        var adjoint = new StefanAdjoint(solver, cost(4));
        Rejects.bad(() -> new StefanFit(adjoint, good, false, false, false, 0), "unknown");
        Rejects.bad(() -> new StefanFit(adjoint, good, true, false, false, -1), "smoothing");
        Rejects.bad(() -> new StefanFit(adjoint, truth(3), true, false, false, 0), "front");
        var fit = new StefanFit(adjoint, good, true, false, false, 0);
        Rejects.bad(() -> fit.value(new double[3]), "x should");
        Rejects.bad(() -> new StefanAdjoint(null, cost(4)), "solver");
    }
}
