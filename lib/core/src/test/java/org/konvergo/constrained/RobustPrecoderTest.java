package org.konvergo.constrained;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.ZMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.constrained.RobustPrecoder.Solve;
import org.konvergo.linalg.ComplexCholesky;
import org.konvergo.linalg.ComplexKernels;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Method;
import org.konvergo.method.Run;
import org.konvergo.method.Stop;
import org.konvergo.method.Trace;
import org.konvergo.random.RandomStreams;

class RobustPrecoderTest {
    private static final double NOISE = 0.02;

    private static CellFreeChannel network(double errorShare, long seed) {
        var random = new RandomStreams(seed).stream("network", 0);
        return CellFreeChannel.draw(6, 2, 4, errorShare, random);
    }

    private static RobustPrecoder problem(double errorShare, double eta, long seed) {
        return RobustPrecoder.of(network(errorShare, seed), NOISE, 1.5, eta);
    }

    private static RobustPrecoder dense(double errorShare, double eta, long seed) {
        var network = network(errorShare, seed);
        return new RobustPrecoder(
                network.estimate(), network.errorVariances(), NOISE, 1.5, eta, Solve.DENSE);
    }

    private static double relative(ZMatrixRMaj a, ZMatrixRMaj b) {
        return ComplexKernels.distance(a, b) / Math.sqrt(ComplexKernels.squaredNorm(a));
    }

    private static ZMatrixRMaj gaussian(int rows, int cols, long seed) {
        double[] x = new RandomStreams(seed).stream("matrix", 0).gaussians(2 * rows * cols);
        return new ZMatrixRMaj(rows, cols, true, x);
    }

    private static DMatrixRMaj constant(int rows, int cols, double value) {
        var matrix = new DMatrixRMaj(rows, cols);
        Arrays.fill(matrix.data, value);
        return matrix;
    }

    /** The objective as a mean of squares: the sum over the definition, entry by entry. */
    private static double byDefinition(
            CellFreeChannel network, ZMatrixRMaj p, double f, double eta) {
        int users = p.numCols;
        double sum = users * NOISE / (f * f);
        for (int k = 0; k < users; k++) {
            for (int j = 0; j < users; j++) {
                double real = 0;
                double imaginary = 0;
                double erred = 0;
                for (int m = 0; m < p.numRows; m++) {
                    double a = network.estimate().getReal(m, j);
                    double b = network.estimate().getImag(m, j);
                    double x = p.getReal(m, k);
                    double y = p.getImag(m, k);
                    real += a * x - b * y;
                    imaginary += a * y + b * x;
                    double variance = network.errorShare() * network.gains().get(m, j);
                    erred += variance * (x * x + y * y);
                }
                if (j == k) {
                    double off = 1 - real / f;
                    sum += off * off + imaginary * imaginary / (f * f) + erred / (f * f);
                } else {
                    sum += eta * (real * real + imaginary * imaginary + erred) / (f * f);
                }
            }
        }
        return sum;
    }

    @Test
    void objectiveIsWhatItsDefinitionSays() {
        var network = network(0.2, 3);
        var p = gaussian(12, 4, 1);
        for (double eta : new double[] {0.5, 1, 3}) {
            double expected = byDefinition(network, p, 0.7, eta);
            assertEquals(expected, problem(0.2, eta, 3).objective(p, 0.7), 1e-12 * expected);
        }
    }

    /** The mean over drawn errors is the objective that is averaged in closed form. */
    @Test
    void objectiveIsTheMeanOverErrors() {
        var network = network(0.3, 4);
        var problem = RobustPrecoder.of(network, NOISE, 1.5, 2);
        var solution = problem.solution();
        int draws = 20_000;
        var random = new RandomStreams(9).stream("errors", 0);
        double mean = 0;
        double f = solution.scale();
        for (int d = 0; d < draws; d++) {
            var gains =
                    ComplexKernels.transposedProduct(
                                    network.realisation(random), solution.precoder())
                            .data;
            double sum = 4 * NOISE / (f * f);
            for (int i = 0; i < 16; i++) {
                double real = (i % 5 == 0 ? 1 : 0) - gains[2 * i] / f;
                double imaginary = gains[2 * i + 1] / f;
                sum += (i % 5 == 0 ? 1 : 2) * (real * real + imaginary * imaginary);
            }
            mean += (sum - mean) / (d + 1);
        }
        assertEquals(solution.objective(), mean, 0.02 * mean);
    }

    @Property(tries = 20)
    void isMmseIfNothingIsUncertain(@ForAll long seed) {
        var g = gaussian(9, 5, seed);
        var robust =
                new RobustPrecoder(g, new DMatrixRMaj(9, 5), NOISE, 2, 1, Solve.LOW_RANK)
                        .solution();
        var mmse = LinearPrecoder.MMSE.precoder(g, NOISE, 2);
        assertTrue(relative(mmse, robust.precoder()) <= 1e-12);
    }

    /** B (B*B + mu I)^-1 and (B B* + mu I)^-1 B are the same. */
    @Test
    void mmseByTheLargeMatrix() {
        var g = gaussian(7, 3, 2);
        var b = ComplexKernels.ofColumns(ComplexKernels.columns(g, true), 7, 3);
        var rows = new ZMatrixRMaj(3, 7, true, ComplexKernels.columns(g, false));
        var a = ComplexKernels.product(b, rows);
        for (int i = 0; i < 7; i++) {
            a.setReal(i, i, a.getReal(i, i) + 3 * NOISE / 2);
        }
        var p = ComplexCholesky.of(a).solve(b);
        p = ComplexKernels.scaled(Math.sqrt(2 / ComplexKernels.squaredNorm(p)), p);
        assertTrue(relative(p, LinearPrecoder.MMSE.precoder(g, NOISE, 2)) <= 1e-12);
    }

    @Test
    void oneUserGetsTheMatchedFilter() {
        var g = gaussian(5, 1, 7);
        var conjugate = ComplexKernels.ofColumns(ComplexKernels.columns(g, true), 5, 1);
        var expected =
                ComplexKernels.scaled(
                        Math.sqrt(3 / ComplexKernels.squaredNorm(conjugate)), conjugate);
        for (var precoder : LinearPrecoder.values()) {
            assertTrue(relative(expected, precoder.precoder(g, NOISE, 3)) <= 1e-14);
        }
        var robust = new RobustPrecoder(g, constant(5, 1, 0.3), NOISE, 3, 2, Solve.LOW_RANK);
        assertTrue(relative(expected, robust.solution().precoder()) <= 1e-14);
    }

    @Test
    void identityByHand() {
        var g = new ZMatrixRMaj(2, 2, true, 1, 0, 0, 0, 0, 0, 1, 0);
        double half = Math.sqrt(0.5);
        double[] expected = {half, 0, 0, 0, 0, 0, half, 0};
        assertArrayEquals(expected, LinearPrecoder.MMSE.precoder(g, 0.1, 1).data, 1e-15);
        for (var solve : Solve.values()) {
            var s = new RobustPrecoder(g, new DMatrixRMaj(2, 2), 0.1, 1, 1, solve).solution();
            assertArrayEquals(expected, s.precoder().data, 1e-15);
            assertEquals(1.0 / 3, s.objective(), 1e-15);
            assertEquals(1.2 * half, s.scale(), 1e-15);
        }
    }

    @Test
    void zeroForcingForces() {
        var network = network(0, 5);
        var p = LinearPrecoder.ZERO_FORCING.precoder(network.estimate(), NOISE, 1);
        var gains = ComplexKernels.transposedProduct(network.estimate(), p);
        for (int i = 0; i < 16; i++) {
            if (i % 5 != 0) {
                assertEquals(0, gains.data[2 * i], 1e-10);
                assertEquals(0, gains.data[2 * i + 1], 1e-10);
            }
        }
        assertEquals(gains.getReal(0, 0), gains.getReal(3, 3), 1e-10);
    }

    @Property(tries = 30)
    void usesThePowerAndNoMore(
            @ForAll long seed,
            @ForAll @DoubleRange(min = 0, max = 0.9) double share,
            @ForAll @DoubleRange(min = 0.1, max = 10) double eta) {
        var problem = problem(share, eta, seed);
        var s = problem.solution();
        assertEquals(1.5, ComplexKernels.squaredNorm(s.precoder()), 1.5e-12);
        for (var precoder : LinearPrecoder.values()) {
            var p = precoder.precoder(network(share, seed).estimate(), NOISE, 1.5);
            assertEquals(1.5, ComplexKernels.squaredNorm(p), 1.5e-12);
            // No other precoder is better, whatever its scale.
            assertTrue(problem.objective(p, problem.bestScale(p)) >= s.objective() * (1 - 1e-12));
        }
        assertEquals(s.scale(), problem.bestScale(s.precoder()), 1e-10 * s.scale());
    }

    /** The least value is the sum of 1 - g_k'q_k. */
    @Property(tries = 30)
    void leastValueInClosedForm(
            @ForAll long seed, @ForAll @DoubleRange(min = 0.1, max = 10) double eta) {
        var problem = problem(0.2, eta, seed);
        var s = problem.solution();
        var gains = ComplexKernels.transposedProduct(network(0.2, seed).estimate(), s.precoder());
        double sum = 0;
        for (int k = 0; k < 4; k++) {
            sum += 1 - gains.getReal(k, k) / s.scale();
            assertEquals(0, gains.getImag(k, k), 1e-10);
        }
        assertEquals(sum, s.objective(), 1e-10);
    }

    /** Every direction that keeps the power is uphill, with the scale free. */
    @Test
    void isTheMinimum() {
        var problem = problem(0.3, 2, 6);
        var s = problem.solution();
        for (long seed = 0; seed < 50; seed++) {
            var moved = s.precoder().copy();
            Kernels.axpy(1e-3, gaussian(12, 4, seed).data, moved.data);
            moved =
                    ComplexKernels.scaled(
                            Math.sqrt(1.5 / ComplexKernels.squaredNorm(moved)), moved);
            assertTrue(problem.objective(moved, problem.bestScale(moved)) > s.objective());
        }
    }

    @Property(tries = 40)
    void bothSolversAgree(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 2) int which,
            @ForAll @IntRange(min = -4, max = 1) int exponent) {
        double mu = StrictMath.pow(10, exponent);
        double share = new double[] {0, 0.1, 0.8}[which];
        double eta = new double[] {1, 0.5, 4}[which];
        var low = problem(share, eta, seed).regularised(mu);
        var full = dense(share, eta, seed).regularised(mu);
        // The larger system loses digits where mu is small against the strongest channel.
        assertArrayEquals(full.columns(), low.columns(), 1e-7 * Math.sqrt(full.size()));
        assertEquals(full.fit(), low.fit(), 1e-7 * full.fit());
        assertEquals(full.slope(), low.slope(), 1e-6 * full.slope());
    }

    /** The slope is minus half the derivative of the size, which is minus the one of the fit. */
    @Test
    void derivatives() {
        for (double share : new double[] {0, 0.2}) {
            var problem = problem(share, 2, 8);
            double h = 1e-5;
            var low = problem.regularised(0.1 - h);
            var here = problem.regularised(0.1);
            var high = problem.regularised(0.1 + h);
            assertEquals(here.slope(), (low.size() - high.size()) / (4 * h), 1e-6 * here.slope());
            assertEquals(here.size(), (low.fit() - high.fit()) / (2 * h), 1e-6 * here.size());
        }
    }

    private static Trace<AlternatingRobustPrecoder.State> run(RobustPrecoder problem) {
        return Run.of(new AlternatingRobustPrecoder(problem))
                .measure("objective", AlternatingRobustPrecoder.State::objective)
                .observe("change", AlternatingRobustPrecoder.State::change)
                .stop(Stop.below("change", 1e-13).or(Stop.iterations(400)))
                .start();
    }

    @Test
    void alternatingReachesTheClosedForm() {
        for (double share : new double[] {0, 0.1, 0.5}) {
            for (double eta : new double[] {0.5, 1, 4}) {
                var problem = problem(share, eta, 1);
                var trace = run(problem);
                var s = problem.solution();
                double[] values = trace.values("objective");
                for (int t = 1; t < values.length; t++) {
                    assertTrue(values[t] <= values[t - 1] * (1 + 1e-12), "sweep " + t);
                }
                assertEquals(s.objective(), trace.last("objective"), 1e-8 * s.objective());
                assertTrue(relative(s.precoder(), trace.state().precoder()) <= 1e-4);
                double power = ComplexKernels.squaredNorm(trace.state().precoder());
                assertEquals(1.5, power, 1e-12);
            }
        }
    }

    @Test
    void bothSolversAlternateAlike() {
        Method<AlternatingRobustPrecoder.State> low =
                new AlternatingRobustPrecoder(problem(0.2, 2, 2));
        Method<AlternatingRobustPrecoder.State> full =
                new AlternatingRobustPrecoder(dense(0.2, 2, 2));
        var one = low.start();
        var other = full.start();
        for (int t = 0; t < 5; t++) {
            one = low.step(one);
            other = full.step(other);
            assertEquals(other.objective(), one.objective(), 1e-10 * one.objective());
            assertEquals(other.regularisation(), one.regularisation(), 1e-8);
        }
    }

    /** In the end each sweep multiplies J - min J by the square of the contraction. */
    @Test
    void rateIsTheContractionSquared() {
        var problem = problem(0.4, 1, 3);
        double rate = problem.contraction();
        assertTrue(rate > 0 && rate < 1);
        double least = problem.solution().objective();
        double[] gaps = run(problem).values("objective");
        int last = 0;
        while (last + 1 < gaps.length && gaps[last + 1] - least > 1e-8 * least) {
            last++;
        }
        assertTrue(last > 2);
        double factor = (gaps[last] - least) / (gaps[last - 1] - least);
        assertEquals(rate * rate, factor, 0.02 * rate * rate);
    }

    /** From a scale that is too small, less than the whole power does: the multiplier is zero. */
    @Test
    void slackPowerHasNoMultiplier() {
        var problem = problem(0.3, 1, 3);
        var method = new AlternatingRobustPrecoder(problem);
        var start = method.start();
        var small =
                new AlternatingRobustPrecoder.State(
                        start.precoder(),
                        1e-3 * start.scale(),
                        1,
                        0,
                        start.regularisation(),
                        start.size(),
                        start.slope());
        var next = method.step(small);
        assertEquals(0, next.regularisation());
        assertTrue(ComplexKernels.squaredNorm(next.precoder()) < 1.5e-3);
    }

    @Test
    void networkIsWhatItsPageSays() {
        var network = network(0.3, 11);
        assertEquals(12, network.antennas());
        assertEquals(1, Kernels.sum(network.gains().data) / 48, 1e-14);
        for (int k = 0; k < 4; k++) {
            assertEquals(network.gains().get(0, k), network.gains().get(1, k));
        }
        var sure = network(0, 11);
        assertArrayEquals(network.gains().data, sure.gains().data);
        double factor = Math.sqrt(0.7);
        for (int i = 0; i < 96; i++) {
            assertEquals(factor * sure.estimate().data[i], network.estimate().data[i], 1e-14);
        }
        var random = new RandomStreams(1).stream("errors", 0);
        assertArrayEquals(sure.estimate().data, sure.realisation(random).data);
        double mean = 0;
        for (int d = 0; d < 2000; d++) {
            var truth = network.realisation(random);
            double real = truth.getReal(3, 2) - network.estimate().getReal(3, 2);
            double imaginary = truth.getImag(3, 2) - network.estimate().getImag(3, 2);
            mean += (real * real + imaginary * imaginary) / 2000;
        }
        double variance = network.errorVariances().get(3, 2);
        assertEquals(0.3 * network.gains().get(3, 2), variance, 1e-15 * variance);
        assertEquals(variance, mean, 0.1 * variance);
    }

    @Test
    void refusesBadNetworks() {
        var random = new RandomStreams(1).stream("network", 0);
        bad(() -> CellFreeChannel.draw(0, 1, 1, 0, random), "accessPoints");
        bad(() -> CellFreeChannel.draw(1, 0, 1, 0, random), "antennas");
        bad(() -> CellFreeChannel.draw(1, 1, 0, 0, random), "users");
        bad(() -> CellFreeChannel.draw(2, 2, 5, 0, random), "users", "4 antennas", "5");
        bad(() -> CellFreeChannel.draw(2, 2, 2, 1, random), "errorShare", "[0, 1)");
        bad(() -> CellFreeChannel.draw(2, 2, 2, -0.1, random), "errorShare");
        bad(() -> CellFreeChannel.draw(2, 2, 2, 0, null), "random");
        var good = network(0, 1);
        bad(
                () ->
                        new CellFreeChannel(
                                good.accessPoints(),
                                good.users(),
                                new DMatrixRMaj(12, 4),
                                0,
                                good.estimate()),
                "gains");
        bad(
                () ->
                        new CellFreeChannel(
                                good.accessPoints(),
                                good.users(),
                                good.gains(),
                                0,
                                new ZMatrixRMaj(12, 3)),
                "estimate");
    }

    @Test
    void refusesBadPrecoders() {
        var g = gaussian(4, 3, 1);
        for (var precoder : LinearPrecoder.values()) {
            bad(() -> precoder.precoder(gaussian(2, 3, 1), 1, 1), "users", "2 antennas");
            bad(() -> precoder.precoder(g, 0, 1), "noise");
            bad(() -> precoder.precoder(g, Double.POSITIVE_INFINITY, 1), "noise");
            bad(() -> precoder.precoder(g, 1, 0), "power");
            bad(() -> precoder.precoder(new ZMatrixRMaj(4, 3), 1, 1), "estimate");
        }
        // Two users at one place cannot be told apart.
        var same = new ZMatrixRMaj(2, 2, true, 1, 2, 1, 2, 3, 4, 3, 4);
        bad(() -> LinearPrecoder.ZERO_FORCING.precoder(same, 1, 1), "positive definite");
        var c = constant(4, 3, 0.1);
        bad(() -> new RobustPrecoder(g, c, 1, 1, 0, Solve.DENSE), "leakageWeight");
        bad(() -> new RobustPrecoder(g, c, 0, 1, 1, Solve.DENSE), "noise");
        bad(() -> new RobustPrecoder(g, c, Double.NaN, 1, 1, Solve.DENSE), "noise");
        bad(() -> new RobustPrecoder(g, c, 1, -1, 1, Solve.DENSE), "power");
        bad(() -> new RobustPrecoder(g, c, 1, 1, 1, null), "solve");
        bad(() -> new RobustPrecoder(g, constant(4, 2, 0), 1, 1, 1, Solve.DENSE), "errorVar");
        bad(() -> new RobustPrecoder(g, constant(4, 3, -1), 1, 1, 1, Solve.DENSE), "errorVar");
        var oneSure = constant(4, 3, 0.1);
        Arrays.fill(oneSure.data, 3, 6, 0);
        bad(() -> new RobustPrecoder(g, oneSure, 1, 1, 1, Solve.DENSE), "zero in row 1");
        var dark = g.copy();
        for (int m = 0; m < 4; m++) {
            dark.set(m, 1, 0, 0);
        }
        bad(() -> new RobustPrecoder(dark, c, 1, 1, 1, Solve.DENSE), "column 1 of estimate");
        bad(
                () ->
                        new RobustPrecoder(
                                gaussian(2, 3, 1), constant(2, 3, 1), 1, 1, 1, Solve.DENSE),
                "users");
        var problem = problem(0.1, 1, 1);
        bad(() -> problem.objective(new ZMatrixRMaj(12, 3), 1), "precoder");
        bad(() -> problem.objective(new ZMatrixRMaj(12, 4), 0), "scale");
        bad(() -> problem.bestScale(new ZMatrixRMaj(12, 4)), "gains");
        bad(() -> new AlternatingRobustPrecoder(null), "problem");
        bad(() -> RobustPrecoder.of(null, 1, 1, 1), "channel");
    }
}
