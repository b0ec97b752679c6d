package org.konvergo.saddle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.NormOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.SingularValues;
import org.konvergo.method.Method;
import org.konvergo.problem.BilinearGame;
import org.konvergo.problem.BilinearSaddleProblem;
import org.konvergo.problem.FiniteSumOperator;
import org.konvergo.problem.Indicator;
import org.konvergo.problem.L1Norm;
import org.konvergo.problem.MatrixSaddleProblem;
import org.konvergo.problem.MinimaxFunction;
import org.konvergo.problem.MinimaxProblem;
import org.konvergo.problem.MonotoneInclusion;
import org.konvergo.problem.MonotoneOperator;
import org.konvergo.problem.Proximable;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;
import org.konvergo.transport.AssignmentProblem;

/** Every solver on the same problems, whose solutions are known. */
class SaddleBatteryTest {
    /**
     * A problem: min over x, max over y of theta1(x) - y'Ax - theta2(y).
     *
     * @param smooth the same as a minimax problem; null unless it is smooth and strongly monotone
     * @param x the solution
     * @param y the dual solution; null where it is not unique
     */
    record Case(
            String name,
            BilinearSaddleProblem problem,
            DMatrixRMaj a,
            MinimaxProblem smooth,
            double[] x,
            double[] y) {
        @Override
        public String toString() {
            return name;
        }

        double norm() {
            return SingularValues.of(a)[0];
        }

        double[] zero() {
            return new double[x.length + a.numRows];
        }

        /** The coupling as the average of m terms, one a row of A. */
        FiniteSumOperator byRows() {
            int n = a.numCols;
            int m = a.numRows;
            return new FiniteSumOperator() {
                @Override
                public int dimension() {
                    return n + m;
                }

                @Override
                public int terms() {
                    return m;
                }

                @Override
                public void apply(double[] z, double[] result) {
                    apply(IntStream.range(0, m).toArray(), z, result);
                }

                @Override
                public void apply(int[] terms, double[] z, double[] result) {
                    Arrays.fill(result, 0);
                    double weight = m / (double) terms.length;
                    for (int i : terms) {
                        for (int j = 0; j < n; j++) {
                            result[j] -= weight * a.get(i, j) * z[n + i];
                            result[n + i] += weight * a.get(i, j) * z[j];
                        }
                    }
                }
            };
        }

        /** The smooth problem's operator as the average of three terms, two of which cancel. */
        FiniteSumOperator inThree() {
            var f = smooth.operator();
            return new FiniteSumOperator() {
                @Override
                public int dimension() {
                    return f.dimension();
                }

                @Override
                public int terms() {
                    return 3;
                }

                @Override
                public void apply(double[] z, double[] result) {
                    f.apply(z, result);
                }

                @Override
                public void apply(int[] terms, double[] z, double[] result) {
                    f.apply(z, result);
                    for (int i : terms) {
                        for (int j = 0; j < z.length; j++) {
                            result[j] += 0.1 * (i - 1) * z[j] / terms.length;
                        }
                    }
                }
            };
        }
    }

    /**
     * A solver: its name, how near it comes, and how to run it to (x, y).
     *
     * @param strong whether it needs a smooth, strongly monotone problem
     */
    record Solver(String name, boolean strong, double tolerance, Function<Case, double[]> solve) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** phi = (x^2 - y^2)/2 + 2xy + x + y. */
    private static MonotoneInclusion twoNumbers() {
        return MonotoneInclusion.of(
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
                });
    }

    private static <S> S run(Method<S> method, int steps) {
        S state = method.start();
        for (int k = 0; k < steps; k++) {
            state = method.step(state);
        }
        return state;
    }

    private static double[] join(double[] x, double[] y) {
        return DoubleStream.concat(DoubleStream.of(x), DoubleStream.of(y)).toArray();
    }

    private static RandomStream random() {
        return new RandomStreams(1).stream("battery", 0);
    }

    private static double[] primalDual(Case c, double theta) {
        double w = 1.01 * c.norm();
        int n = c.x.length;
        var s =
                run(
                        new PrimalDualHybridGradient(
                                c.problem, w, w, theta, new double[n], new double[c.a.numRows]),
                        6000);
        return join(s.x(), s.y());
    }

    static Stream<Solver> solvers() {
        return Stream.of(
                new Solver(
                        "extragradient",
                        false,
                        1e-8,
                        c -> run(new Extragradient(inclusion(c), 0.9 / c.norm(), c.zero()), 6000)),
                new Solver(
                        "optimistic gradient",
                        false,
                        1e-8,
                        c ->
                                run(
                                                new OptimisticGradient(
                                                        inclusion(c), 0.45 / c.norm(), c.zero()),
                                                9000)
                                        .z()),
                new Solver(
                        "extra anchored gradient",
                        false,
                        3e-3,
                        c ->
                                run(
                                                new ExtraAnchoredGradient(
                                                        inclusion(c), 0.5 / c.norm(), c.zero()),
                                                20_000)
                                        .z()),
                new Solver(
                        "Chambolle-Pock primal-dual hybrid gradient",
                        false,
                        1e-8,
                        c -> primalDual(c, 1)),
                new Solver(
                        "adaptive prediction-correction",
                        false,
                        1e-8,
                        c -> {
                            var s =
                                    run(
                                                    AdaptivePredictionCorrectionPdhg.of(
                                                            c.problem, c.norm() * c.norm() / 4, 1),
                                                    6000)
                                            .last();
                            return join(s.x(), s.y());
                        }),
                new Solver(
                        "variance-reduced forward-reflected-backward",
                        false,
                        1e-6,
                        c ->
                                run(
                                                VarianceReducedForwardReflectedBackward.of(
                                                        c.byRows(),
                                                        c.problem.inclusion().constraint(),
                                                        Math.sqrt(c.a.numRows)
                                                                * NormOps_DDRM.normF(c.a),
                                                        c.zero(),
                                                        random()),
                                                150_000)
                                        .v()),
                new Solver(
                        "inexact Halpern, variance-reduced",
                        false,
                        4e-2,
                        c -> {
                            double l = Math.sqrt(c.a.numRows) * NormOps_DDRM.normF(c.a);
                            return run(
                                            InexactHalpern.varianceReduced(
                                                    c.byRows(),
                                                    c.problem.inclusion().constraint(),
                                                    l,
                                                    8 * Math.sqrt(c.a.numRows) / l,
                                                    c.zero(),
                                                    random()),
                                            400)
                                    .u();
                        }),
                new Solver(
                        "Arrow-Hurwicz primal-dual hybrid gradient",
                        true,
                        1e-8,
                        c -> primalDual(c, 0)),
                new Solver(
                        "gradient descent ascent",
                        true,
                        1e-8,
                        c -> run(new GradientDescentAscent(smooth(c), 0.1, c.zero()), 2000)),
                new Solver(
                        "Halpern iteration",
                        true,
                        3e-3,
                        c -> run(HalpernIteration.classical(smooth(c), 0.1, c.zero()), 10_000).z()),
                new Solver(
                        "variance-reduced Halpern",
                        true,
                        3e-2,
                        c ->
                                run(
                                                VarianceReducedHalpern.of(
                                                        c.inThree(),
                                                        Indicator.none(),
                                                        0.05,
                                                        c.zero(),
                                                        random()),
                                                3000)
                                        .u()),
                new Solver(
                        "competitive gradient descent",
                        true,
                        1e-8,
                        c ->
                                run(
                                        CompetitiveGradientOptimization.competitiveGradientDescent(
                                                c.smooth, Indicator.none(), 0.2, c.zero()),
                                        2000)),
                new Solver(
                        "competitive gradient optimisation",
                        true,
                        1e-8,
                        c ->
                                run(
                                        CompetitiveGradientOptimization.plain(
                                                c.smooth, Indicator.none(), 0.1, 0.5, c.zero()),
                                        2000)),
                new Solver(
                        "optimistic competitive gradient optimisation",
                        true,
                        1e-8,
                        c ->
                                run(
                                        CompetitiveGradientOptimization.optimistic(
                                                c.smooth, Indicator.none(), 0.1, 0.5, c.zero()),
                                        2000)));
    }

    private static MonotoneInclusion inclusion(Case c) {
        return c.problem.inclusion();
    }

    private static MonotoneInclusion smooth(Case c) {
        return MonotoneInclusion.of(c.smooth.operator());
    }

    /** |v|^2/2 + b'v. */
    private record Square(double... b) implements Proximable {
        @Override
        public double value(double[] v) {
            return 0.5 * Kernels.dot(v, v) + Kernels.dot(b, v);
        }

        @Override
        public void prox(double step, double[] v, double[] result) {
            for (int i = 0; i < v.length; i++) {
                result[i] = (v[i] - step * b[i]) / (1 + step);
            }
        }
    }

    /** With x = (1, -1) and y = (2, 1): c = A'y - x and d = -Ax - y. */
    private static Case quadratic() {
        var a = new DMatrixRMaj(new double[][] {{1, -2}, {0.5, 1}});
        var c = new Square(1.5, -2);
        var d = new Square(-5, -0.5);
        var smooth =
                MinimaxFunction.of(
                        2,
                        2,
                        (x, y) -> {
                            var ax = new double[2];
                            Kernels.gemv(a, x, ax);
                            return c.value(x) - Kernels.dot(y, ax) - d.value(y);
                        },
                        (x, y) ->
                                new double[] {
                                    x[0] + 1.5 - y[0] - 0.5 * y[1], x[1] - 2 + 2 * y[0] - y[1]
                                },
                        (x, y) ->
                                new double[] {
                                    -x[0] + 2 * x[1] - y[0] + 5, -0.5 * x[0] - x[1] - y[1] + 0.5
                                },
                        (x, y) -> new double[][] {{1, 0}, {0, 1}},
                        (x, y) -> new double[][] {{-1, -0.5}, {2, -1}},
                        (x, y) -> new double[][] {{-1, 0}, {0, -1}});
        return new Case(
                "strongly monotone quadratic",
                new MatrixSaddleProblem(a, c, d),
                a,
                smooth,
                new double[] {1, -1},
                new double[] {2, 1});
    }

    /** Paper, scissors and stone with unequal stakes. */
    private static Case stones() {
        var a = new DMatrixRMaj(new double[][] {{0, -3, 2}, {3, 0, -1}, {-2, 1, 0}});
        double[] mixed = {1 / 6.0, 2 / 6.0, 3 / 6.0};
        var simplex = Indicator.simplices(3);
        return new Case(
                "bilinear on simplices",
                new MatrixSaddleProblem(a, simplex, simplex),
                a,
                null,
                mixed,
                mixed);
    }

    /** Orthogonal columns: the solution is the soft threshold of A'data / |column|^2. */
    private static Case lasso() {
        var a = new DMatrixRMaj(new double[][] {{2, 0}, {0, 1}, {0, 0}});
        double[] data = {3, 0.4, 7};
        return new Case(
                "lasso",
                new MatrixSaddleProblem(a, new L1Norm(1), new Square(-data[0], -data[1], -data[2])),
                a,
                null,
                new double[] {1.25, 0}, // (2 * 3 - 1) / 4; 0.4 < 1
                new double[] {data[0] - 2.5, data[1], data[2]});
    }

    /** Everyone keeps the own place; the duals are not unique. */
    private static Case assignment() {
        var cost = new DMatrixRMaj(new double[][] {{1, 5, 6}, {4, 1, 7}, {5, 6, 2}});
        var problem = new AssignmentProblem(cost);
        int n = problem.primalDimension();
        int m = problem.dualDimension();
        var a = new DMatrixRMaj(m, n);
        for (int j = 0; j < n; j++) {
            var unit = new double[n];
            unit[j] = 1;
            var column = new double[m];
            problem.apply(unit, column);
            for (int i = 0; i < m; i++) {
                a.set(i, j, column[i]);
            }
        }
        return new Case(
                "assignment", problem, a, null, new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, null);
    }

    static Stream<Arguments> pairs() {
        return Stream.of(quadratic(), stones(), lasso(), assignment())
                .flatMap(
                        c ->
                                solvers()
                                        .filter(s -> !s.strong || c.smooth != null)
                                        .map(s -> Arguments.of(s, c)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("pairs")
    void findsTheKnownSolution(Solver solver, Case c) {
        double[] z = solver.solve.apply(c);
        for (int i = 0; i < c.x.length; i++) {
            assertEquals(c.x[i], z[i], solver.tolerance, "x " + i);
        }
        for (int i = 0; c.y != null && i < c.y.length; i++) {
            assertEquals(c.y[i], z[c.x.length + i], solver.tolerance, "y " + i);
        }
        var inclusion = inclusion(c);
        double residual = inclusion.residual(0.5 / c.norm(), z);
        assertTrue(residual <= 10 * solver.tolerance, "residual " + residual);
    }

    static Stream<Case> cases() {
        return Stream.of(quadratic(), stones(), lasso());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theSolutionIsAFixedPointOfEveryStep(Case c) {
        double[] at = join(c.x, c.y);
        double eta = 0.4 / c.norm();
        double w = 1.01 * c.norm();
        var inclusion = inclusion(c);
        assertEquals(0, inclusion.residual(eta, at), 1e-12);
        double[] z = run(new Extragradient(inclusion, eta, at), 50);
        assertEquals(0, Kernels.distance2(at, z), 1e-12);
        z = run(new OptimisticGradient(inclusion, eta, at), 50).z();
        assertEquals(0, Kernels.distance2(at, z), 1e-12);
        z = run(new ExtraAnchoredGradient(inclusion, eta, at), 50).z();
        assertEquals(0, Kernels.distance2(at, z), 1e-12);
        var s = run(new PrimalDualHybridGradient(c.problem, w, w, 1, c.x, c.y), 50);
        assertEquals(0, Kernels.distance2(at, join(s.x(), s.y())), 1e-12);
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
        var problem = twoNumbers();
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
        var problem = twoNumbers();
        double[] wrong = {1};
        double[] nan = {Double.NaN, 0};
        var start = new double[2];
        for (double step : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            bad(() -> new Extragradient(problem, step, start), "step");
            bad(() -> new OptimisticGradient(problem, step, start), "step");
            bad(() -> new GradientDescentAscent(problem, step, start), "step");
            bad(() -> new ExtraAnchoredGradient(problem, step, start), "step");
            bad(() -> HalpernIteration.classical(problem, step, start), "step");
            bad(() -> new RungeKutta4(problem.operator(), step, start), "step");
            bad(() -> problem.residual(step, start), "step");
        }
        bad(() -> new Extragradient(problem, 1, wrong), "z0", "2");
        bad(() -> new Extragradient(problem, 1, nan), "z0[0]");
        bad(() -> new Extragradient(null, 1, start), "problem");
        bad(() -> new OptimisticGradient(problem, 1, wrong), "z0");
        bad(() -> new GradientDescentAscent(problem, 1, nan), "z0[0]");
        bad(() -> new ExtraAnchoredGradient(problem, 1, wrong), "z0");
        bad(() -> new HalpernIteration(problem, 1, null, true, start), "weight");
        var out = new HalpernIteration(problem, 1, k -> 2, true, start);
        bad(() -> out.step(out.start()), "weight");
        bad(() -> problem.residual(1, wrong), "z", "2");
        bad(() -> new MonotoneInclusion(null, Indicator.none()), "operator");
        bad(() -> new MonotoneInclusion(problem.operator(), null), "constraint");
        bad(() -> problem.operator().scaled(wrong), "factors");
        bad(() -> problem.operator().scaled(new double[] {1, 0}), "factors[1]");
    }
}
