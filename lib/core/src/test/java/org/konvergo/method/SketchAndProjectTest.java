package org.konvergo.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.konvergo.Rejects;
import org.konvergo.linalg.Kernels;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

class SketchAndProjectTest {
    private static RandomStream stream(String name, long i) {
        return new RandomStreams(1).stream(name, i);
    }

    private static DMatrixRMaj matrix(int p, int q, long seed) {
        return new DMatrixRMaj(p, q, true, stream("a", seed).gaussians(p * q));
    }

    private static double[] times(DMatrixRMaj a, double[] x) {
        var b = new double[a.numRows];
        Kernels.gemv(a, x, b);
        return b;
    }

    /** A projection on a row's hyperplane solves that row. */
    @Test
    void unitVectorSolvesItsRow() {
        var a = matrix(5, 5, 1);
        double[] b = stream("b", 1).gaussians(5);
        var method =
                new SketchAndProject(
                        a, b, SketchDistribution.KACZMARZ, stream("s", 1), new double[5]);
        var state = method.start();
        for (int i = 0; i < 5; i++) {
            var unit = new double[5];
            unit[i] = 1;
            state = method.project(state, unit);
            assertEquals(b[i], times(a, state.z())[i], 1e-12);
        }
        assertEquals(5, state.steps());
    }

    /**
     * Up to rounding, relative to the error at the start. A Gaussian combination of rows may be
     * much shorter than the rows themselves, which magnifies it: up to 6.3e-11 in all cases that
     * can be drawn here, with rows 2.2e-16.
     */
    @Property(tries = 50)
    void errorNeverRises(
            @ForAll @IntRange(min = 1, max = 7) int q,
            @ForAll @IntRange(min = 0, max = 3) int more,
            @ForAll @IntRange(min = 0, max = 1000) int seed,
            @ForAll SketchDistribution sketch) {
        var a = matrix(q + more, q, seed);
        double[] solution = stream("z", seed).gaussians(q);
        var method =
                new SketchAndProject(
                        a, times(a, solution), sketch, stream("s", seed), new double[q]);
        var state = method.start();
        double before = Kernels.norm2(solution);
        double slack = (sketch == SketchDistribution.GAUSSIAN ? 1e-10 : 1e-12) * before;
        for (int k = 0; k < 100; k++) {
            state = method.step(state);
            double after = Kernels.distance2(state.z(), solution);
            assertTrue(after <= before + slack, before + " to " + after);
            before = after;
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsTheSolution(SketchDistribution sketch) {
        var a = matrix(8, 4, 3);
        double[] solution = {1, -2, 3, 0.5};
        var method =
                new SketchAndProject(a, times(a, solution), sketch, stream("s", 2), new double[4]);
        var state = method.solve(1e-10, 100_000);
        assertTrue(method.residual(state) <= 1e-10);
        assertArrayEquals(solution, state.z(), 1e-9);
        assertTrue(state.steps() < 5000);
    }

    /** One step in the mean: at most the bound. For orthogonal A it is exact, 1 - 1/n. */
    @ParameterizedTest
    @EnumSource
    void meanContractionObeysTheBound(SketchDistribution sketch) {
        for (int shape = 0; shape < 2; shape++) {
            var a = new DMatrixRMaj(4, 4);
            for (int i = 0; i < 4; i++) {
                a.set(i, i, shape == 0 ? 2 : 1 + i);
            }
            double[] solution = {1, 0.3, 0.1, 0.2};
            int runs = 20_000;
            double mean = 0;
            var random = stream("mean" + shape + sketch, 0);
            var method = new SketchAndProject(a, times(a, solution), sketch, random, new double[4]);
            double whole = Kernels.dot(solution, solution);
            for (int k = 0; k < runs; k++) {
                double after = Kernels.distance2(method.step(method.start()).z(), solution);
                mean += after * after / whole / runs;
            }
            double bound = method.contraction();
            assertTrue(mean <= bound + 0.005, mean + " above " + bound);
            if (shape == 0) {
                assertEquals(0.75, bound, 1e-12);
                assertEquals(0.75, mean, 0.01);
            }
        }
    }

    @Test
    void weightsAreTheSquaredNorms() {
        var a = new DMatrixRMaj(new double[][] {{1, 0, 0}, {0, 2, 0}, {0, 0, 0.5}});
        var random = stream("weights", 0);
        var hits = new int[3];
        for (int k = 0; k < 21_000; k++) {
            var method =
                    new SketchAndProject(
                            a,
                            new double[] {1, 1, 1},
                            SketchDistribution.WEIGHTED_KACZMARZ,
                            random,
                            new double[3]);
            double[] z = method.step(method.start()).z();
            hits[z[0] != 0 ? 0 : z[1] != 0 ? 1 : 2]++;
        }
        assertEquals(4000, hits[0], 200);
        assertEquals(16_000, hits[1], 250);
        assertEquals(1000, hits[2], 120);
    }

    @Test
    void badInputIsNamed() {
        var a = new DMatrixRMaj(new double[][] {{1, 0}, {0, 0}});
        var random = stream("s", 0);
        Rejects.bad(
                () ->
                        new SketchAndProject(
                                a,
                                new double[2],
                                SketchDistribution.KACZMARZ,
                                random,
                                new double[2]),
                "row 1 of a",
                "not zero");
        Rejects.bad(
                () ->
                        new SketchAndProject(
                                a,
                                new double[3],
                                SketchDistribution.GAUSSIAN,
                                random,
                                new double[2]),
                "b",
                "of length 2");
        Rejects.bad(
                () ->
                        new SketchAndProject(
                                a,
                                new double[2],
                                SketchDistribution.GAUSSIAN,
                                random,
                                new double[1]),
                "z0");
        var method =
                new SketchAndProject(
                        a, new double[2], SketchDistribution.GAUSSIAN, random, new double[2]);
        Rejects.bad(() -> method.project(method.start(), new double[1]), "s");
        Rejects.bad(() -> method.solve(-1, 1), "tolerance");
        Rejects.bad(() -> method.solve(1, -1), "maxSteps");
    }
}
