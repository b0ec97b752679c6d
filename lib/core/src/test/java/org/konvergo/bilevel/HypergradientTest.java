package org.konvergo.bilevel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.method.ProjectedGradient;
import org.konvergo.problem.BilevelChecks;
import org.konvergo.problem.BilevelProblem;
import org.konvergo.problem.Indicator;
import org.konvergo.problem.SampleData;
import org.konvergo.random.RandomStreams;

class HypergradientTest {
    private static final InverseHessianProduct CG =
            InverseHessianProduct.conjugateGradient(100, 1e-14);

    private static double[] at(Hypergradient how, BilevelProblem problem, double[] x, double[] y) {
        var gradient = new double[x.length];
        how.apply(problem, x, y, gradient, new OracleCounter());
        return gradient;
    }

    @Test
    void instancesHaveTheRightDerivatives() {
        double[] v = {0.3, -1, 2};
        for (var level : new int[] {0, 1}) {
            var p = Instances.linear();
            BilevelChecks.derivatives(
                    level == 0 ? p.upper() : p.lower(),
                    new double[] {0.4, -1},
                    new double[] {0.1, 0.2, 0.3},
                    v,
                    1e-8);
            var h = Instances.hyperplane(0.2, -0.4);
            BilevelChecks.derivatives(
                    level == 0 ? h.upper() : h.lower(),
                    new double[] {0.4},
                    new double[] {0.1, 0.2},
                    new double[] {1, -2},
                    1e-8);
            var w = Instances.wave(0.5);
            BilevelChecks.derivatives(
                    level == 0 ? w.upper() : w.lower(),
                    new double[] {0.4},
                    new double[] {1.1},
                    new double[] {1.7},
                    1e-8);
        }
    }

    /** y* = M x, so the hypergradient is x + M'(M x - t): all ways must find it. */
    @Test
    void allWaysAgreeWhereTheLowerLevelIsStronglyConvex() {
        var problem = Instances.linear();
        double[] x = {0.4, -1.3};
        double[][] m = {{1, 0.5}, {-0.3, 2}, {0.7, 0.1}};
        double[] t = {1, -1, 0.5};
        double[] expected = x.clone();
        for (int i = 0; i < 3; i++) {
            Kernels.axpy(Kernels.dot(m[i], x) - t[i], m[i], expected);
        }
        var inverse = InverseHessianProduct.pseudoInverse(1e-10);
        assertArrayEquals(
                expected,
                at(new ImplicitHypergradient(inverse, 100, 0.5), problem, x, new double[3]),
                1e-12);
        assertArrayEquals(
                expected,
                at(new ImplicitHypergradient(CG, 100, 0.5), problem, x, new double[3]),
                1e-12);
        assertArrayEquals(
                expected, at(new ReverseHypergradient(100, 0.5), problem, x, new double[3]), 1e-12);
        // Averaging leaves a bias of the order of its last weights.
        assertArrayEquals(
                expected,
                at(new BilevelDescentAggregation(1000, 0.5, 0.1), problem, x, new double[3]),
                1e-3);
    }

    /**
     * Reverse differentiation is exact for any number of steps: central differences of F(x, y_T).
     */
    @Test
    void reverseDifferentiationIsExact() {
        var problem = Instances.wave(0.5);
        double h = 1e-5;
        double[] start = {0.3};
        var reverse = new ReverseHypergradient(4, 0.2);
        var averaged = new BilevelDescentAggregation(4, 0.2, 0.4);
        for (var how : new Hypergradient[] {reverse, averaged}) {
            double[] up = start.clone();
            double[] down = start.clone();
            double[] above = {2 + h};
            double[] below = {2 - h};
            at(how, problem, above, up);
            at(how, problem, below, down);
            double difference =
                    problem.upper().value(above, up) - problem.upper().value(below, down);
            assertEquals(
                    difference / (2 * h),
                    at(how, problem, new double[] {2}, start.clone())[0],
                    1e-8);
        }
    }

    @Test
    void explicitFormulaWithManyLowerSolutions() {
        assertEquals(
                1.0403023,
                at(
                        ImplicitHypergradient.exact(),
                        Instances.hyperplane(0, 0),
                        new double[] {1},
                        new double[] {0.5, 0.5})[0],
                5e-8);
    }

    @Property(tries = 30)
    void explicitFormulaIsTheSlopeOfPsi(
            @ForAll @DoubleRange(min = -3, max = 3) double x,
            @ForAll @DoubleRange(min = -2, max = 2) double b0) {
        double[] b = {b0, 1, -0.5};
        double h = 1e-5;
        double slope =
                (Instances.psiOfHyperplane(x + h, b) - Instances.psiOfHyperplane(x - h, b))
                        / (2 * h);
        double[] y = Instances.nearest(x, b);
        double[] at = {x};
        var problem = Instances.hyperplane(b);
        assertEquals(slope, at(ImplicitHypergradient.exact(), problem, at, y)[0], 1e-7);
        // The right side lies in the range of the singular Hessian, so conjugate gradients do too,
        // as long as rounding, which leaves the range, stays below their tolerance.
        if (Math.abs(x - b0 - 0.5) > 1e-3) {
            var cg = InverseHessianProduct.conjugateGradient(100, 1e-10);
            assertEquals(slope, at(new ImplicitHypergradient(cg, 0, 1), problem, at, y)[0], 1e-7);
        }
    }

    @Test
    void pseudoInverseDropsTheKernel() {
        var inverse = InverseHessianProduct.pseudoInverse(1e-10);
        var calls = new OracleCounter();
        double[] v =
                inverse.solve(
                        (u, product) -> {
                            product[0] = 2 * u[0];
                            product[1] = 0;
                        },
                        new double[] {3, 5},
                        calls);
        assertArrayEquals(new double[] {1.5, 0}, v, 1e-15);
        assertEquals(2, calls.count(Oracle.HESSIAN_VECTOR));
    }

    @Test
    void descentFindsTheMinimiser() {
        // x + M'(M x - t) = 0 has one solution; the residual tells.
        var problem = Instances.linear();
        var method =
                new HypergradientDescent(
                        problem,
                        new ImplicitHypergradient(CG, 20, 0.5),
                        0.1,
                        new double[2],
                        new double[3]);
        var state = method.start();
        assertEquals(Double.POSITIVE_INFINITY, state.residual());
        for (int k = 0; k < 300; k++) {
            state = method.step(state);
        }
        assertEquals(0, state.residual(), 1e-6);
        assertArrayEquals(
                new double[2],
                at(ImplicitHypergradient.exact(), problem, state.x(), state.y()),
                1e-6);
    }

    @Test
    void callsAreCounted() {
        var problem = Instances.linear();
        var calls = new OracleCounter();
        new ReverseHypergradient(7, 0.1)
                .apply(problem, new double[2], new double[3], new double[2], calls);
        assertEquals(9, calls.count(Oracle.GRADIENT));
        assertEquals(14, calls.count(Oracle.HESSIAN_VECTOR));
        calls = new OracleCounter();
        new BilevelDescentAggregation(7, 0.1, 0.1)
                .apply(problem, new double[2], new double[3], new double[2], calls);
        assertEquals(16, calls.count(Oracle.GRADIENT));
        assertEquals(28, calls.count(Oracle.HESSIAN_VECTOR));
        calls = new OracleCounter();
        new ImplicitHypergradient(CG, 7, 0.1)
                .apply(problem, new double[2], new double[3], new double[2], calls);
        assertEquals(9, calls.count(Oracle.GRADIENT));
    }

    private static RidgeWeightSelection ridge() {
        DMatrixRMaj a = SampleData.features(12, 3, 0);
        DMatrixRMaj c = SampleData.features(7, 3, 5);
        double[] b = new RandomStreams(3).stream("targets", 0).gaussians(12);
        double[] d = new RandomStreams(3).stream("targets", 1).gaussians(7);
        return new RidgeWeightSelection(a, b, c, d, 6);
    }

    @Test
    void ridgeWeights() {
        var ridge = ridge();
        var problem = ridge.problem();
        double[] x = {0.3, -1, 2};
        double[] y = {0.5, 0.2, -0.7};
        double[] v = {1, -2, 0.5};
        BilevelChecks.derivatives(problem.upper(), x, y, v, 1e-7);
        BilevelChecks.derivatives(problem.lower(), x, y, v, 1e-7);
        var gradient = new double[3];
        double[] best = ridge.coefficients(x);
        problem.lower().gradientY(x, best, gradient);
        assertArrayEquals(new double[3], gradient, 1e-13);
        double[] found =
                new ProjectedGradient(
                                problem.lower().inY(x),
                                Indicator.none(),
                                1 / ridge.smoothness(x),
                                new double[3])
                        .solve(1e-11, 10_000, new OracleCounter())
                        .x();
        assertArrayEquals(best, found, 1e-10);
    }

    @Test
    void gradientOfTheRidgeHyperObjective() {
        var psi = ridge().hyperObjective();
        double[] x = {0.3, -1, 2};
        var gradient = new double[3];
        psi.gradient(x, gradient);
        for (int i = 0; i < 3; i++) {
            double[] up = x.clone();
            double[] down = x.clone();
            up[i] += 1e-5;
            down[i] -= 1e-5;
            assertEquals((psi.value(up) - psi.value(down)) / 2e-5, gradient[i], 1e-8);
        }
        // The penalty surrogate, by gradients alone, comes near it.
        var ridge = ridge();
        var surrogate =
                new PenaltyHyperObjective(
                        ridge.problem(),
                        1e-4,
                        LowerSolver.projectedGradient(u -> 1 / (ridge.smoothness(u) + 1), 100_000),
                        1e-6,
                        new double[3]);
        var other = new double[3];
        assertEquals(psi.value(x), surrogate.valueAndGradient(x, other), 1e-3);
        assertArrayEquals(gradient, other, 1e-3);
        surrogate.gradient(x, gradient);
        assertArrayEquals(gradient, other);
        assertEquals(surrogate.value(x), surrogate.valueAndGradient(x, other));
    }

    @Test
    void batchesOfTheRidgeProblemAreUnbiased() {
        var ridge = ridge();
        var samples = ridge.samples(4);
        var random = new RandomStreams(4).stream("batches", 0);
        double[] x = {0.3, -1, 2};
        double[] y = {0.5, 0.2, -0.7};
        var mean = new double[3];
        var drawn = new double[3];
        int draws = 20_000;
        for (int i = 0; i < draws; i++) {
            samples.lower().sample(random).gradientY(x, y, drawn);
            Kernels.axpy(1.0 / draws, drawn, mean);
        }
        ridge.problem().lower().gradientY(x, y, drawn);
        assertArrayEquals(drawn, mean, 0.02);
        BilevelChecks.derivatives(samples.upper().sample(random), x, y, y, 1e-7);
        assertTrue(samples.domainX().value(new double[] {7, 0, 0}) > 0);
    }

    @Test
    void badArgumentsAreRefused() {
        var problem = Instances.linear();
        double[] x = new double[2];
        double[] y = new double[3];
        var exact = ImplicitHypergradient.exact();
        Rejects.bad(() -> new HypergradientDescent(problem, exact, 0, x, y), "alpha");
        Rejects.bad(() -> new HypergradientDescent(problem, exact, 1, y, y), "x0", "length 2");
        Rejects.bad(() -> new HypergradientDescent(problem, null, 1, x, y), "hypergradient");
        Rejects.bad(() -> new ReverseHypergradient(0, 1), "lowerSteps");
        Rejects.bad(() -> new ReverseHypergradient(1, 0), "lowerStep");
        Rejects.bad(() -> new BilevelDescentAggregation(1, 1, 1), "weight", "(0, 1)");
        Rejects.bad(() -> new BilevelDescentAggregation(0, 1, 0.1), "lowerSteps");
        Rejects.bad(() -> new BilevelDescentAggregation(1, -1, 0.1), "lowerStep");
        Rejects.bad(() -> new ImplicitHypergradient(CG, -1, 1), "lowerSteps");
        Rejects.bad(() -> new ImplicitHypergradient(null, 1, 1), "inverse");
        Rejects.bad(() -> InverseHessianProduct.pseudoInverse(0), "cutoff");
        Rejects.bad(() -> InverseHessianProduct.conjugateGradient(0, 1), "maxSteps");
        Rejects.bad(() -> InverseHessianProduct.conjugateGradient(1, -1), "tolerance");
        var a = SampleData.features(4, 2, 0);
        Rejects.bad(() -> new RidgeWeightSelection(a, new double[3], a, new double[4], 6), "b");
        Rejects.bad(
                () ->
                        new RidgeWeightSelection(
                                a, new double[4], SampleData.features(4, 3, 0), new double[4], 6),
                "c",
                "4 x 2");
        Rejects.bad(() -> new RidgeWeightSelection(a, new double[4], a, new double[4], 0), "bound");
        Rejects.bad(() -> ridge().samples(0), "batch");
        Rejects.bad(() -> ridge().smoothness(new double[2]), "x", "length 3");
    }
}
