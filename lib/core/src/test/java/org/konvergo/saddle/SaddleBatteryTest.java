package org.konvergo.saddle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Method;
import org.konvergo.problem.BilinearGame;
import org.konvergo.problem.Indicator;
import org.konvergo.problem.MonotoneInclusion;
import org.konvergo.problem.MonotoneOperator;

/** Every solver of inclusions on the same problems, whose solutions are known. */
class SaddleBatteryTest {
    /**
     * A solver by name, with its evaluations a step and whether it converges linearly where it can:
     * makes the method for a problem, and reads the point from its state.
     */
    record Solver(
            String name,
            int evaluations,
            boolean linear,
            Function<Case, Method<?>> make,
            Function<Object, double[]> point) {
        @Override
        public String toString() {
            return name;
        }

        double[] run(Case c, int steps) {
            return run(make.apply(c), steps);
        }

        private <S> double[] run(Method<S> method, int steps) {
            S state = method.start();
            for (int k = 0; k < steps; k++) {
                state = method.step(state);
            }
            return point.apply(state);
        }
    }

    record Case(MonotoneInclusion problem, double lipschitz, double[] start) {}

    static Stream<Solver> solvers() {
        Function<Object, double[]> self = z -> (double[]) z;
        return Stream.of(
                new Solver(
                        "extragradient",
                        2,
                        true,
                        c -> new Extragradient(c.problem, 0.9 / c.lipschitz, c.start),
                        self),
                new Solver(
                        "optimistic gradient",
                        1,
                        true,
                        c -> new OptimisticGradient(c.problem, 0.45 / c.lipschitz, c.start),
                        s -> ((OptimisticGradient.State) s).z()),
                new Solver(
                        "extra anchored gradient",
                        2,
                        false,
                        c -> new ExtraAnchoredGradient(c.problem, 0.5 / c.lipschitz, c.start),
                        s -> ((ExtraAnchoredGradient.State) s).z()));
    }

    /** phi = (x^2 - y^2)/2 + 2xy + x + y; the operator's zero solves a 2 x 2 system. */
    private static Case stronglyMonotone() {
        MonotoneOperator f =
                new MonotoneOperator() {
                    @Override
                    public int dimension() {
                        return 2;
                    }

                    @Override
                    public void apply(double[] z, double[] result) {
                        result[0] = z[0] + 2 * z[1] + 1;
                        result[1] = z[1] - 2 * z[0] - 1;
                    }
                };
        return new Case(MonotoneInclusion.of(f), Math.sqrt(5), new double[] {3, -4});
    }

    /** A game of paper, scissors and stone with unequal stakes; the equilibrium is (b, c, a). */
    private static Case stones() {
        var a = new DMatrixRMaj(new double[][] {{0, -3, 2}, {3, 0, -1}, {-2, 1, 0}});
        var game = new BilinearGame(a, new double[3], new double[3]);
        return new Case(
                new MonotoneInclusion(game.operator(), Indicator.simplices(3, 3)),
                4,
                new double[] {1, 0, 0, 0, 1, 0});
    }

    @ParameterizedTest
    @MethodSource("solvers")
    void stronglyMonotoneQuadratic(Solver solver) {
        var c = stronglyMonotone();
        double[] z = solver.run(c, solver.linear ? 400 : 20_000);
        double tolerance = solver.linear ? 1e-12 : 1e-3;
        assertEquals(-0.6, z[0], tolerance);
        assertEquals(-0.2, z[1], tolerance);
    }

    @ParameterizedTest
    @MethodSource("solvers")
    void bilinearOnSimplices(Solver solver) {
        var c = stones();
        double[] z = solver.run(c, 20_000);
        double tolerance = solver.linear ? 1e-9 : 1e-3;
        double[] known = {1 / 6.0, 2 / 6.0, 3 / 6.0};
        for (int i = 0; i < 6; i++) {
            assertEquals(known[i % 3], z[i], tolerance, "entry " + i);
        }
        assertTrue(c.problem.residual(1, z) <= 10 * tolerance);
    }

    @ParameterizedTest
    @MethodSource("solvers")
    void startsAtASolutionAndStays(Solver solver) {
        var c = stones();
        double[] at = {1 / 6.0, 2 / 6.0, 3 / 6.0, 1 / 6.0, 2 / 6.0, 3 / 6.0};
        double[] z = solver.run(new Case(c.problem, c.lipschitz, at), 50);
        assertEquals(0, Kernels.distance2(at, z), 1e-12);
    }

    @Test
    void gradientDescentAscentSpiralsOutwards() {
        var game =
                new BilinearGame(
                        new DMatrixRMaj(new double[][] {{1}}), new double[1], new double[1]);
        var method =
                new GradientDescentAscent(
                        MonotoneInclusion.of(game.operator()), 0.5, new double[] {1, 0});
        double[] z = method.start();
        for (int k = 0; k < 10; k++) {
            z = method.step(z);
        }
        // Each step multiplies the norm by sqrt(1 + eta^2).
        assertEquals(StrictMath.pow(1.25, 5), Kernels.norm2(z), 1e-12);
    }

    @Test
    void extragradientShrinksABilinearGameByItsFactor() {
        var game =
                new BilinearGame(
                        new DMatrixRMaj(new double[][] {{1}}), new double[1], new double[1]);
        var method =
                new Extragradient(MonotoneInclusion.of(game.operator()), 0.5, new double[] {1, 0});
        double[] z = method.step(method.start());
        assertEquals(0.901387818865997, Kernels.norm2(z), 1e-14);
    }

    @Test
    void scaledOperatorGivesTwoTimescales() {
        var game =
                new BilinearGame(
                        new DMatrixRMaj(new double[][] {{1}}), new double[1], new double[1]);
        var f = game.operator().scaled(new double[] {0.1, 1});
        var method = new GradientDescentAscent(MonotoneInclusion.of(f), 0.5, new double[] {1, 2});
        double[] z = method.step(method.start());
        assertEquals(1 - 0.5 * 0.1 * 2, z[0], 1e-15);
        assertEquals(2 + 0.5 * 1, z[1], 1e-15);
    }

    @Test
    void halpernResidualFallsLikeOneOverK() {
        // A rotation averaged with the identity is cocoercive with constant 1/2: L = 2.
        MonotoneOperator f =
                new MonotoneOperator() {
                    @Override
                    public int dimension() {
                        return 2;
                    }

                    @Override
                    public void apply(double[] z, double[] result) {
                        result[0] = z[0] - z[1];
                        result[1] = z[1] + z[0];
                    }
                };
        var problem = MonotoneInclusion.of(f);
        var method = HalpernIteration.classical(problem, 1, new double[] {1, 0});
        var state = method.start();
        for (int k = 1; k <= 1000; k++) {
            state = method.step(state);
            assertTrue(problem.residual(1, state.z()) <= 4.0 / k, "at " + k);
        }
    }

    @Test
    void halpernInsideTakesItsFirstStepFromTheStart() {
        var problem = stronglyMonotone().problem;
        var method = new HalpernIteration(problem, 0.1, k -> 2.0 / (k + 4), true, new double[2]);
        double[] z = method.step(method.start()).z();
        assertEquals(-0.1, z[0], 1e-15);
        assertEquals(0.1, z[1], 1e-15);
    }

    @Test
    void rungeKuttaHasOrderFour() {
        MonotoneOperator decay =
                new MonotoneOperator() {
                    @Override
                    public int dimension() {
                        return 1;
                    }

                    @Override
                    public void apply(double[] z, double[] result) {
                        result[0] = z[0];
                    }
                };
        List<Double> errors = new ArrayList<>();
        for (int steps : new int[] {10, 20}) {
            var method = new RungeKutta4(decay, 1.0 / steps, new double[] {1});
            double[] z = method.start();
            for (int k = 0; k < steps; k++) {
                z = method.step(z);
            }
            errors.add(Math.abs(z[0] - StrictMath.exp(-1)));
        }
        assertEquals(16, errors.get(0) / errors.get(1), 1);
    }

    @Test
    void refusesBadInput() {
        var c = stronglyMonotone();
        double[] wrong = {1};
        double[] nan = {Double.NaN, 0};
        var start = new double[2];
        for (double step : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            bad(() -> new Extragradient(c.problem, step, start), "step");
            bad(() -> new OptimisticGradient(c.problem, step, start), "step");
            bad(() -> new GradientDescentAscent(c.problem, step, start), "step");
            bad(() -> new ExtraAnchoredGradient(c.problem, step, start), "step");
            bad(() -> HalpernIteration.classical(c.problem, step, start), "step");
            bad(() -> new RungeKutta4(c.problem.operator(), step, start), "step");
            bad(() -> c.problem.residual(step, start), "step");
        }
        bad(() -> new Extragradient(c.problem, 1, wrong), "z0", "2");
        bad(() -> new Extragradient(c.problem, 1, nan), "z0[0]");
        bad(() -> new Extragradient(null, 1, start), "problem");
        bad(() -> new OptimisticGradient(c.problem, 1, wrong), "z0");
        bad(() -> new GradientDescentAscent(c.problem, 1, nan), "z0[0]");
        bad(() -> new ExtraAnchoredGradient(c.problem, 1, wrong), "z0");
        bad(() -> new HalpernIteration(c.problem, 1, null, true, start), "weight");
        var out = new HalpernIteration(c.problem, 1, k -> 2, true, start);
        bad(() -> out.step(out.start()), "weight");
        bad(() -> c.problem.residual(1, wrong), "z", "2");
        bad(() -> new MonotoneInclusion(null, Indicator.none()), "operator");
        bad(() -> new MonotoneInclusion(c.problem.operator(), null), "constraint");
        bad(() -> c.problem.operator().scaled(wrong), "factors");
        bad(() -> c.problem.operator().scaled(new double[] {1, 0}), "factors[1]");
    }
}
