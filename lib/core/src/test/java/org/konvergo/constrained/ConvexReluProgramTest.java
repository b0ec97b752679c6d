package org.konvergo.constrained;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Admm;
import org.konvergo.method.Run;
import org.konvergo.method.Stop;
import org.konvergo.random.RandomStreams;

class ConvexReluProgramTest {
    private static final double[] SIX = {-1, -0.6, -0.2, 0.2, 0.6, 1};

    /** A column of numbers and one of ones. */
    private static DMatrixRMaj biased(double... x) {
        var matrix = new DMatrixRMaj(x.length, 2);
        for (int k = 0; k < x.length; k++) {
            matrix.set(k, 0, x[k]);
            matrix.set(k, 1, 1);
        }
        return matrix;
    }

    private static ConvexReluProgram six() {
        return new ConvexReluProgram(
                biased(SIX),
                new double[] {1, -1, 1, -1, 1, -1},
                ActivationPatterns.halfLines(SIX),
                0.01);
    }

    private static double[] solve(ConvexReluProgram program, double rho, long steps) {
        var method = ConvexReluAdmm.of(program, rho);
        var trace = Run.of(method).every(steps).stop(Stop.iterations(steps)).start();
        return ((ConvexReluAdmm) method.problem()).variables(trace.state());
    }

    @Test
    void oneSample() {
        var x = new DMatrixRMaj(new double[][] {{1}});
        var active = new BitSet(1);
        active.set(0);
        var patterns = ActivationPatterns.sampled(x, 1, new RandomStreams(1).stream("h", 0));
        assertEquals(active, patterns.pattern(0));
        var program = new ConvexReluProgram(x, new double[] {2}, patterns, 0.5);
        double[] u = solve(program, 1, 2000);
        assertArrayEquals(new double[] {1.5, 0}, u, 1e-10);
        assertEquals(0.875, program.objective(u), 1e-10);
    }

    @Test
    void twoSamples() {
        var program =
                new ConvexReluProgram(
                        biased(-1, 1),
                        new double[] {1, 2},
                        ActivationPatterns.halfLines(new double[] {-1, 1}),
                        0.1);
        double[] u = solve(program, 0.05, 20_000);
        assertEquals(0.1556138830, program.objective(u), 1e-9);
        var network = TwoLayerReluNetwork.recover(u, 2);
        assertEquals(1, network.output().length);
        assertTrue(network.output()[0] > 0);
        assertEquals(0.4841886, network.hidden().get(0, 0) * network.output()[0], 1e-6);
        assertEquals(1.4525658, network.hidden().get(0, 1) * network.output()[0], 1e-6);
    }

    @Test
    void patternsSurviveBeingNumbers() {
        var patterns = ActivationPatterns.halfLines(SIX);
        var again = ActivationPatterns.ofIndicators(patterns.indicators());
        assertEquals(6, again.samples());
        assertEquals(12, again.size());
        for (int i = 0; i < 12; i++) {
            assertEquals(patterns.pattern(i), again.pattern(i));
        }
    }

    @Test
    void numbersHaveTwoPatternsEach() {
        assertEquals(12, ActivationPatterns.halfLines(SIX).size());
        var random = new RandomStreams(1).stream("x", 0);
        double[] x = random.uniforms(20);
        var all = ActivationPatterns.halfLines(x);
        assertEquals(40, all.size());
        // Whatever is sampled is among them.
        var sampled = ActivationPatterns.drawn(biased(x), 500, random);
        for (int i = 0; i < sampled.size(); i++) {
            assertTrue(all.contains(sampled.pattern(i)));
        }
    }

    @Test
    void strongDecayGivesZero() {
        var program = six();
        var strong = new ConvexReluProgram(program.x(), program.y(), program.patterns(), 1e3);
        double[] u = solve(strong, 1, 500);
        assertArrayEquals(new double[48], u, 0);
        assertEquals(3, strong.objective(u), 0);
        var network = TwoLayerReluNetwork.recover(u, 2);
        assertArrayEquals(new double[6], network.predict(strong.x()), 0);
    }

    @Test
    void stepsSolveTheirNormalEquations() {
        var program = six();
        for (var solve : ConvexReluAdmm.Solve.values()) {
            var split = new ConvexReluAdmm(program, 0.05, solve);
            var random = new RandomStreams(2).stream("target", 0);
            double[] target = random.gaussians(split.splitDimension());
            var u = new double[split.primalDimension()];
            split.minimize(0.05, target, u);
            double least = coupled(split, u, target);
            // At the minimum of a quadratic the difference quotients vanish.
            for (int k = 0; k < u.length; k++) {
                double[] more = u.clone();
                double[] less = u.clone();
                more[k] += 1e-3;
                less[k] -= 1e-3;
                double slope = (coupled(split, more, target) - coupled(split, less, target)) / 2e-3;
                assertEquals(0, slope, 1e-9 * Math.max(1, least), solve + " " + k);
            }
        }
    }

    @Test
    void stepsSolveTheirNormalEquationsToRounding() {
        var program = six();
        double rho = 0.05;
        for (var solve : ConvexReluAdmm.Solve.values()) {
            var split = new ConvexReluAdmm(program, rho, solve);
            int variables = split.primalDimension();
            double[] target =
                    new RandomStreams(4).stream("target", 0).gaussians(split.splitDimension());
            var u = new double[variables];
            split.minimize(rho, target, u);
            var copies = new double[target.length];
            split.apply(u, copies);
            double[] outputs = program.predict(u);
            var left = new double[variables];
            var right = new double[variables];
            for (int k = 0; k < variables; k++) {
                var unit = new double[variables];
                unit[k] = 1;
                var column = new double[target.length]; // of (I, G)
                split.apply(unit, column);
                double[] response = program.predict(unit); // of F
                left[k] = Kernels.dot(column, copies) + Kernels.dot(response, outputs) / rho;
                right[k] = Kernels.dot(column, target) + Kernels.dot(response, program.y()) / rho;
            }
            double size = Kernels.normInf(right);
            assertTrue(size > 1);
            assertArrayEquals(right, left, 1e-10 * size, solve.toString());
        }
    }

    private static double coupled(ConvexReluAdmm split, double[] u, double[] target) {
        var au = new double[target.length];
        split.apply(u, au);
        Kernels.axpy(-1, target, au);
        double[] residual = split.program().predict(u);
        Kernels.axpy(-1, split.program().y(), residual);
        return Kernels.dot(residual, residual) / 2 + 0.025 * Kernels.dot(au, au);
    }

    @Test
    void denseAndStructuredStepsAreTheSame() {
        var program = six();
        var dense = new ConvexReluAdmm(program, 0.05, ConvexReluAdmm.Solve.DENSE);
        var structured = new ConvexReluAdmm(program, 0.05, ConvexReluAdmm.Solve.STRUCTURED);
        double[] target =
                new RandomStreams(3).stream("target", 0).gaussians(dense.splitDimension());
        var a = new double[48];
        var b = new double[48];
        dense.minimize(0.05, target, a);
        structured.minimize(0.05, target, b);
        assertArrayEquals(a, b, 1e-10);
    }

    @Test
    void networkIsWorthWhatTheProgramIs() {
        var program = six();
        double[] u = solve(program, 0.05, 3000);
        assertEquals(0.4181658, program.objective(u), 1e-6);
        assertTrue(program.violation(u) < 1e-9);
        var network = TwoLayerReluNetwork.recover(u, 2);
        var training =
                new ReluTraining(
                        program.x(),
                        program.y(),
                        PointLoss.squared(),
                        0.5,
                        0.01,
                        network.output().length);
        assertEquals(program.objective(u), training.value(network.parameters()), 1e-10);
        assertArrayEquals(program.predict(u), network.predict(program.x()), 1e-8);
    }

    @Test
    void patternsAreDifferentAndNested() {
        var random = new RandomStreams(5).stream("x", 0);
        var x = new DMatrixRMaj(15, 3);
        Arrays.setAll(x.data, k -> (k + 1) % 3 == 0 ? 1 : random.gaussian());
        var patterns = ActivationPatterns.perturbed(x, 30, 0.2, random);
        assertEquals(30, patterns.size());
        var seen = new HashSet<BitSet>();
        for (int i = 0; i < 30; i++) {
            assertTrue(seen.add(patterns.pattern(i)));
            assertFalse(patterns.pattern(i).isEmpty());
        }
        var some = patterns.first(7);
        assertEquals(7, some.size());
        assertEquals(patterns.pattern(6), some.pattern(6));
        assertFalse(some.contains(patterns.pattern(7)));
        assertEquals(8, some.with(patterns.pattern(7)).size());
        assertEquals(7, some.with(patterns.pattern(3)).size());
        assertEquals(82, ActivationPatterns.enough(10, 0.3, 0.3));
    }

    @Test
    void admmOfALasso() {
        // f = |x - b|^2 / 2, g = |z|_1, A = I.
        var problem =
                new org.konvergo.problem.SplitProblem() {
                    @Override
                    public int primalDimension() {
                        return 3;
                    }

                    @Override
                    public int splitDimension() {
                        return 3;
                    }

                    @Override
                    public void apply(double[] x, double[] ax) {
                        System.arraycopy(x, 0, ax, 0, 3);
                    }

                    @Override
                    public void minimize(double rho, double[] target, double[] x) {
                        double[] b = {3, -0.5, -2};
                        Arrays.setAll(x, k -> (b[k] + rho * target[k]) / (1 + rho));
                    }

                    @Override
                    public org.konvergo.problem.Proximable split() {
                        return new org.konvergo.problem.L1Norm(1);
                    }
                };
        var state = Run.of(new Admm(problem, 0.7, 1.5)).stop(Stop.iterations(300)).start().state();
        assertArrayEquals(new double[] {2, 0, -1}, state.z(), 1e-12);
        assertArrayEquals(state.z(), state.x(), 1e-12);
        assertEquals(0, state.residual(), 1e-12);
        assertEquals(0, state.change(), 1e-12);
        bad(() -> new Admm(null, 1, 1), "problem");
        bad(() -> new Admm(problem, 0, 1), "rho");
        bad(() -> new Admm(problem, 1, 1.7), "gamma");
    }

    @Test
    void refusesBadInput() {
        var program = six();
        var x = program.x();
        var patterns = program.patterns();
        bad(() -> new ConvexReluProgram(x, program.y(), patterns, 0), "beta");
        bad(() -> new ConvexReluProgram(x, new double[5], patterns, 1), "y");
        bad(
                () -> new ConvexReluProgram(new DMatrixRMaj(5, 2), new double[5], patterns, 1),
                "patterns",
                "5 samples");
        bad(() -> program.objective(new double[3]), "u", "48");
        bad(() -> ConvexReluAdmm.of(program, -1), "rho");
        bad(() -> new ConvexReluAdmm(program, 1, null), "solve");
        var split = new ConvexReluAdmm(program, 1, ConvexReluAdmm.Solve.STRUCTURED);
        bad(
                () -> split.minimize(2, new double[split.splitDimension()], new double[48]),
                "rho",
                "factorisation");
        bad(() -> ActivationPatterns.halfLines(new double[] {1, 1}), "x", "different");
        bad(() -> ActivationPatterns.ofIndicators(new DMatrixRMaj(0, 2)), "rows of indicators");
        bad(
                () -> ActivationPatterns.ofIndicators(new DMatrixRMaj(new double[][] {{1, 0.5}})),
                "indicators",
                "0.5");
        bad(
                () -> ActivationPatterns.ofIndicators(new DMatrixRMaj(2, 2)),
                "row 1 of indicators",
                "new");
        bad(() -> ActivationPatterns.enough(10, 1, 0.3), "psi");
        bad(() -> ActivationPatterns.enough(10, 0.3, 0), "xi");
        bad(() -> patterns.first(13), "count");
        bad(() -> patterns.pattern(12), "i");
        bad(() -> ActivationPatterns.of(x, new double[3]), "h");
        var random = new RandomStreams(1).stream("h", 0);
        bad(() -> ActivationPatterns.sampled(x, 0, random), "count");
        bad(() -> ActivationPatterns.drawn(x, 0, random), "draws");
        bad(() -> ActivationPatterns.perturbed(x, 1, -1, random), "epsilon");
    }
}
