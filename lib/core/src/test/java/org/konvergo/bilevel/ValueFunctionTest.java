package org.konvergo.bilevel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.linalg.AffineProjection;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Lbfgs;
import org.konvergo.method.OracleCounter;
import org.konvergo.method.Run;
import org.konvergo.method.Stop;
import org.konvergo.metric.GradientCheck;
import org.konvergo.problem.BilevelChecks;
import org.konvergo.problem.BilevelFunction;
import org.konvergo.problem.BilevelObjective;
import org.konvergo.problem.BilevelProblem;
import org.konvergo.problem.Indicator;
import org.konvergo.problem.LinearSvm;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStreams;

class ValueFunctionTest {
    private static double[] make(int n, IntToDoubleFunction entry) {
        var v = new double[n];
        Arrays.setAll(v, entry);
        return v;
    }

    /**
     * A merely convex lower level: F = |x - y2|^2 / 2 + |y1 - e|^2 / 2, f = |y1|^2 / 2 - x'y1 +
     * e'y2, with the sum of all entries zero.
     */
    static ConstrainedBilevelProblem merely(int n) {
        var upper =
                BilevelFunction.withProducts(
                        n,
                        2 * n,
                        (x, y) ->
                                IntStream.range(0, n)
                                        .mapToDouble(
                                                i ->
                                                        (x[i] - y[n + i]) * (x[i] - y[n + i]) / 2
                                                                + (y[i] - 1) * (y[i] - 1) / 2)
                                        .reduce(0, Double::sum),
                        (x, y) -> make(n, i -> x[i] - y[n + i]),
                        (x, y) -> make(2 * n, i -> i < n ? y[i] - 1 : y[i] - x[i - n]),
                        (x, y, v) -> v.clone(),
                        (x, y, v) -> make(n, i -> -v[n + i]));
        var lower =
                BilevelFunction.withProducts(
                        n,
                        2 * n,
                        (x, y) ->
                                IntStream.range(0, n)
                                        .mapToDouble(i -> y[i] * y[i] / 2 - x[i] * y[i] + y[n + i])
                                        .reduce(0, Double::sum),
                        (x, y) -> make(n, i -> -y[i]),
                        (x, y) -> make(2 * n, i -> i < n ? y[i] - x[i] : 1),
                        (x, y, v) -> make(2 * n, i -> i < n ? v[i] : 0),
                        (x, y, v) -> make(n, i -> -v[i]));
        var h = new DMatrixRMaj(1, n);
        var a = new DMatrixRMaj(1, 2 * n);
        Arrays.fill(h.data, 1);
        Arrays.fill(a.data, 1);
        return ConstrainedBilevelProblem.linear(
                upper, lower, new LinearCoupling(h, a, new double[1], true).unitRows());
    }

    /** f = |y - t|^2 / 2 and F = |y|^2 / 2 + |x|^2 / 2 in one variable each, with y >= x. */
    private static ConstrainedBilevelProblem half(double t) {
        return ConstrainedBilevelProblem.linear(
                BilevelFunction.of(
                        1,
                        1,
                        (x, y) -> (y[0] * y[0] + x[0] * x[0]) / 2,
                        (x, y) -> x.clone(),
                        (x, y) -> y.clone()),
                BilevelFunction.of(
                        1,
                        1,
                        (x, y) -> (y[0] - t) * (y[0] - t) / 2,
                        (x, y) -> new double[1],
                        (x, y) -> new double[] {y[0] - t}),
                new LinearCoupling(
                        new DMatrixRMaj(new double[][] {{1}}),
                        new DMatrixRMaj(new double[][] {{-1}}),
                        new double[1],
                        false));
    }

    private static ProximalLagrangianValueFunction exact(
            ConstrainedBilevelProblem problem, double gamma) {
        return new ProximalLagrangianValueFunction(problem, gamma, gamma, 0.1, 1e-13, 100_000);
    }

    private static BilevelProblem levels(int n) {
        return merely(n).levels();
    }

    @Test
    void instancesHaveTheRightDerivatives() {
        var random = new RandomStreams(1).stream("derivatives", 0);
        double[] x = random.gaussians(3);
        double[] y = random.gaussians(6);
        double[] v = random.gaussians(6);
        BilevelChecks.derivatives(levels(3).upper(), x, y, v, 1e-8);
        BilevelChecks.derivatives(levels(3).lower(), x, y, v, 1e-8);
    }

    /** n = 1 by hand: y1 - x + nu = 0, 1 + nu = 0 and x + y1 + y2 = 0. */
    @Test
    void solutionByHandIsStationary() {
        double[] x = {-0.3};
        double[] y = {0.7, -0.4};
        var problem = merely(1);
        var pull = new double[2];
        double nu = -Math.sqrt(3);
        problem.coupling().gradientY(x, y, new double[] {nu}, pull);
        var f = new double[2];
        problem.levels().lower().gradientY(x, y, f);
        assertArrayEquals(new double[] {0, 0}, make(2, i -> f[i] + pull[i]), 1e-15);
        assertEquals(0, problem.infeasibility(x, y), 1e-15);
        assertEquals(0.05, problem.levels().upper().value(x, y), 1e-15);
        var gradient = new double[1];
        nullSpace(problem, true, 0).apply(problem.levels(), x, y, gradient, new OracleCounter());
        assertEquals(0, gradient[0], 1e-12);
        assertEquals(0, exact(problem, 1).gap(x, y, new double[] {nu}), 1e-12);
    }

    @Test
    void withoutConstraintsItIsTheMoreauEnvelope() {
        BilevelObjective square =
                BilevelFunction.of(
                        1,
                        1,
                        (x, y) -> y[0] * y[0] / 2,
                        (x, y) -> new double[1],
                        (x, y) -> y.clone());
        var problem = ConstrainedBilevelProblem.linear(square, square, LinearCoupling.none(1, 1));
        var at = exact(problem, 1).at(new double[1], new double[] {2}, new double[0]);
        assertEquals(1.0, at.value(), 1e-12);
        assertArrayEquals(new double[] {1}, at.theta(), 1e-12);
        assertArrayEquals(new double[] {1}, at.gradientY(), 1e-12);
        assertTrue(at.converged());
    }

    /** The saddle point of the instance solves a linear system. */
    @Test
    void findsTheSaddlePointOfTheLinearSystem() {
        int n = 4;
        var problem = merely(n);
        var random = new RandomStreams(2).stream("saddle", 0);
        double[] x = random.gaussians(n);
        double[] y = random.gaussians(2 * n);
        double[] z = {random.gaussian()};
        double gamma1 = 1.5;
        double gamma2 = 0.7;
        double s = 1 / Math.sqrt(3 * n);
        var system = new DMatrixRMaj(2 * n + 1, 2 * n + 1);
        var right = new DMatrixRMaj(2 * n + 1, 1);
        for (int i = 0; i < 2 * n; i++) {
            system.set(i, i, (i < n ? 1 : 0) + 1 / gamma1);
            system.set(i, 2 * n, s);
            system.set(2 * n, i, -s);
            right.set(i, 0, (i < n ? x[i] : -1) + y[i] / gamma1);
        }
        system.set(2 * n, 2 * n, 1 / gamma2);
        right.set(2 * n, 0, z[0] / gamma2 + s * Kernels.sum(x));
        var solution = new DMatrixRMaj(2 * n + 1, 1);
        assertTrue(CommonOps_DDRM.solve(system, right, solution));
        var at =
                new ProximalLagrangianValueFunction(problem, gamma1, gamma2, 0.1, 1e-13, 100_000)
                        .at(x, y, z);
        assertTrue(at.converged());
        assertArrayEquals(Arrays.copyOf(solution.data, 2 * n), at.theta(), 1e-10);
        assertEquals(solution.data[2 * n], at.lambda()[0], 1e-10);
    }

    @Test
    void gradientIsThatOfTheValue() {
        for (var problem : new ConstrainedBilevelProblem[] {merely(3), half(-1)}) {
            var v = new ProximalLagrangianValueFunction(problem, 1.2, 0.8, 0.1, 1e-14, 100_000);
            double[] at = new RandomStreams(3).stream("v", 0).gaussians(v.dimension());
            int[] all = IntStream.range(0, v.dimension()).toArray();
            assertTrue(GradientCheck.relativeError(v, at, 1e-4, all) < 1e-7);
        }
    }

    /** f - v is not negative at feasible points, whatever the multiplier. */
    @Property(tries = 50)
    void theGapIsNotNegative(@ForAll long seed) {
        var random = new RandomStreams(seed).stream("gap", 0);
        for (var problem : new ConstrainedBilevelProblem[] {merely(3), half(0.5)}) {
            double[] x = random.gaussians(problem.levels().dimensionX());
            double[] y = random.gaussians(problem.levels().dimensionY());
            problem.project(x, y);
            double z = 10 * random.gaussian();
            z = problem.coupling().equality() ? z : Math.abs(z);
            assertTrue(exact(problem, 1).gap(x, y, new double[] {z}) > -1e-9);
        }
    }

    @Test
    void theGapIsZeroAtLowerSolutions() {
        var random = new RandomStreams(4).stream("zero", 0);
        int n = 3;
        double[] x = random.gaussians(n);
        double[] y = random.gaussians(2 * n);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            y[i] = x[i] + 1;
            sum += x[i] + y[i] + y[n + i];
        }
        y[n] -= sum;
        double[] z = {-Math.sqrt(3 * n)};
        assertEquals(0, exact(merely(n), 1).gap(x, y, z), 1e-12);
        // y >= x = 2 with the target -1: y = 2 and the multiplier 3.
        assertEquals(
                0,
                exact(half(-1), 1).gap(new double[] {2}, new double[] {2}, new double[] {3}),
                1e-12);
    }

    @Test
    void projectsOnTheMeanZero() {
        var problem = merely(2);
        double[] x = {1, 2};
        double[] y = {3, 4, 5, 9};
        problem.project(x, y);
        assertEquals(0, Kernels.sum(x) + Kernels.sum(y), 1e-14);
        double[] sameX = x.clone();
        double[] sameY = y.clone();
        problem.project(sameX, sameY);
        assertArrayEquals(x, sameX, 1e-15);
        assertArrayEquals(y, sameY, 1e-15);
    }

    /** Started at the saddle point with lambda = z, theta, lambda and z stay. */
    @Test
    void theMultiplierStaysWhereItIsRight() {
        var problem = merely(1);
        double[] x = {-0.3};
        double[] y = {0.7, -0.4};
        double[] theta = y.clone();
        double[] z = {-Math.sqrt(3)};
        double[] lambda = z.clone();
        new ProximalSaddle(problem, 1, 1, 0.1).step(x, y, z, theta, lambda);
        assertArrayEquals(y, theta, 1e-15);
        assertArrayEquals(z, lambda, 1e-15);
    }

    /** A whole step from there leaves z too, and moves a z that is not right. */
    @Test
    void aStepLeavesTheRightMultiplier() {
        var settings = LvHba.Settings.standard();
        var method = new LvHba(merely(1), settings, new double[] {-0.3}, new double[] {0.7, -0.4});
        double right = -Math.sqrt(3);
        var s = method.start();
        s.lambda()[0] = right;
        s.z()[0] = right;
        method.step(s, new OracleCounter());
        assertEquals(right, s.z()[0], 1e-15);
        assertEquals(right, s.lambda()[0], 1e-15);

        s = method.start();
        s.lambda()[0] = right;
        s.z()[0] = right + 1;
        method.step(s, new OracleCounter());
        // lambda is first pulled to z by eta, then z to lambda by beta: each 0.1.
        assertEquals(right + 1 - 0.1 * 0.9, s.z()[0], 1e-15);
    }

    private static double[] fixed(int n, double c, int steps) {
        var settings =
                LvHba.Settings.standard().withGamma(10).withPenalty(LvHba.Penalty.rising(c, 0));
        var method = new LvHba(merely(n), settings, make(n, i -> 10), make(2 * n, i -> 10));
        var run = Run.of(method).every(steps).stop(Stop.iterations(steps)).start();
        return run.state().x();
    }

    /** The limit is off by O(1 / c). */
    @Test
    void fourTimesThePenaltyIsAQuarterOfTheBias() {
        double weak = Math.abs(fixed(2, 10, 60_000)[0] + 0.3);
        double strong = Math.abs(fixed(2, 40, 60_000)[1] + 0.3);
        assertTrue(strong < 0.005, "bias " + strong);
        assertEquals(4, weak / strong, 0.6);
    }

    @Test
    void findsTheSolutionOfTheMerelyConvexProblem() {
        int n = 5;
        var method =
                new LvHba(
                        merely(n), LvHba.Settings.standard(), make(n, i -> 10), new double[2 * n]);
        var run =
                Run.of(method)
                        .observe("residual", LvHba.State::residual)
                        .stop(Stop.iterations(20_000))
                        .every(5_000)
                        .start();
        var s = run.state();
        assertEquals(20_000, s.k());
        for (int i = 0; i < n; i++) {
            assertEquals(-0.3, s.x()[i], 0.02);
            assertEquals(0.7, s.y()[i], 0.02);
            assertEquals(-0.4, s.y()[n + i], 0.02);
        }
        assertEquals(-1, s.lambda()[0] / Math.sqrt(3 * n), 0.02);
        assertEquals(-1, s.z()[0] / Math.sqrt(3 * n), 0.02);
        assertTrue(s.residual() < run.values("residual")[1]);
    }

    /** y >= x with the target -1: y = x where x > -1, and then F is least at 0. */
    @Test
    void inequalitiesHaveMultipliersThatAreNotNegative() {
        var settings = LvHba.Settings.standard().withPenalty(LvHba.Penalty.rising(4, 0.3));
        var method = new LvHba(half(-1), settings, new double[] {2}, new double[] {0});
        var state = Run.of(method).every(30_000).stop(Stop.iterations(30_000)).start().state();
        assertEquals(0, state.x()[0], 0.05);
        assertEquals(0, state.y()[0], 0.05);
        assertTrue(state.z()[0] >= 0);
        assertEquals(1, state.z()[0], 0.05);
    }

    private static NullSpaceHypergradient nullSpace(
            ConstrainedBilevelProblem problem, boolean basis, int steps) {
        var coupling = (LinearCoupling) problem.coupling();
        return basis
                ? NullSpaceHypergradient.withBasis(
                        coupling, InverseHessianProduct.pseudoInverse(1e-10), steps, 0.5)
                : NullSpaceHypergradient.withProjection(
                        coupling, InverseHessianProduct.conjugateGradient(50, 1e-14), steps, 0.5);
    }

    /** A strongly convex lower level f = |x - y|^2 / 2 with A y + H x = b. */
    @Test
    void nullSpaceHypergradientIsThatOfTheLowerSolution() {
        int n = 5;
        var random = new RandomStreams(5).stream("strongly", 0);
        double[] t = random.gaussians(n);
        var upper =
                BilevelFunction.withProducts(
                        n,
                        n,
                        (x, y) -> square(y, t) / 2 + StrictMath.sin(x[0] * y[1]),
                        (x, y) -> make(n, i -> i == 0 ? y[1] * StrictMath.cos(x[0] * y[1]) : 0),
                        (x, y) ->
                                make(
                                        n,
                                        i ->
                                                y[i]
                                                        - t[i]
                                                        + (i == 1
                                                                ? x[0] * StrictMath.cos(x[0] * y[1])
                                                                : 0)),
                        (x, y, v) -> v.clone(),
                        (x, y, v) -> new double[n]);
        var lower =
                BilevelFunction.withProducts(
                        n,
                        n,
                        (x, y) -> square(x, y) / 2,
                        (x, y) -> make(n, i -> x[i] - y[i]),
                        (x, y) -> make(n, i -> y[i] - x[i]),
                        (x, y, v) -> v.clone(),
                        (x, y, v) -> make(n, i -> -v[i]));
        var a = RandomMatrices.gaussian(3, n, random);
        var h = RandomMatrices.gaussian(3, n, random);
        double[] b = random.gaussians(3);
        var problem =
                ConstrainedBilevelProblem.linear(
                        upper, lower, new LinearCoupling(h, a, b, true).unitRows());
        double[] x = random.gaussians(n);
        var onA = AffineProjection.onNullSpace(a);
        for (boolean basis : new boolean[] {true, false}) {
            var y = new double[n];
            var gradient = new double[n];
            nullSpace(problem, basis, 100)
                    .apply(problem.levels(), x, y, gradient, new OracleCounter());
            assertArrayEquals(lowerSolution(onA, h, b, x), y, 1e-12);
            for (int i = 0; i < n; i++) {
                double[] up = x.clone();
                double[] down = x.clone();
                up[i] += 1e-5;
                down[i] -= 1e-5;
                double difference =
                        upper.value(up, lowerSolution(onA, h, b, up))
                                - upper.value(down, lowerSolution(onA, h, b, down));
                assertEquals(difference / 2e-5, gradient[i], 1e-7, "entry " + i);
            }
        }
    }

    /** The nearest point to x with A y = b - H x. */
    private static double[] lowerSolution(
            AffineProjection onA, DMatrixRMaj h, double[] b, double[] x) {
        var right = new double[b.length];
        Kernels.gemv(h, x, right);
        Kernels.axpby(1, b, -1, right);
        return onA.apply(x, right);
    }

    private static double square(double[] x, double[] y) {
        double distance = Kernels.distance2(x, y);
        return distance * distance;
    }

    @Test
    void nullSpaceDescentSolvesTheMerelyConvexProblemFromASymmetricStart() {
        int n = 3;
        var problem = merely(n);
        var method =
                new HypergradientDescent(
                        problem.levels(),
                        nullSpace(problem, true, 5),
                        0.1,
                        new double[n],
                        new double[2 * n]);
        var state = Run.of(method).every(1000).stop(Stop.iterations(300)).start().state();
        assertArrayEquals(make(n, i -> -0.3), state.x(), 1e-6);
    }

    @Test
    void penalizedProblemHasItsDerivatives() {
        for (var problem : new ConstrainedBilevelProblem[] {merely(2), half(-1)}) {
            var f = problem.penalized(10).lower();
            double[] x = make(f.dimensionX(), i -> 0.3 + i);
            double[] y = make(f.dimensionY(), i -> 0.1 - 0.2 * i);
            var gradientX = new double[x.length];
            var gradientY = new double[y.length];
            f.gradientX(x, y, gradientX);
            f.gradientY(x, y, gradientY);
            for (int i = 0; i < x.length + y.length; i++) {
                double[] at = i < x.length ? x : y;
                int j = i < x.length ? i : i - x.length;
                double kept = at[j];
                at[j] = kept + 1e-5;
                double up = f.value(x, y);
                at[j] = kept - 1e-5;
                double difference = (up - f.value(x, y)) / 2e-5;
                at[j] = kept;
                assertEquals(difference, (at == x ? gradientX : gradientY)[j], 1e-6);
            }
            assertThrows(
                    UnsupportedOperationException.class, () -> f.hessianYY(x, y, y, y.clone()));
            assertThrows(
                    UnsupportedOperationException.class, () -> f.hessianXY(x, y, y, x.clone()));
        }
    }

    private static SvmWeightSelection svm() {
        var random = new RandomStreams(6).stream("svm", 0);
        var a = RandomMatrices.gaussian(12, 3, random);
        var b = RandomMatrices.gaussian(8, 3, random);
        return new SvmWeightSelection(a, labels(a), b, labels(b));
    }

    private static double[] labels(DMatrixRMaj features) {
        return make(features.numRows, i -> features.get(i, 0) > 0.2 ? 1 : -1);
    }

    @Test
    void svmHasTheRightDerivatives() {
        var problem = svm().problem();
        var random = new RandomStreams(7).stream("svm point", 0);
        double[] x = random.gaussians(12);
        double[] y = random.gaussians(16);
        BilevelChecks.derivatives(problem.levels().lower(), x, y, random.gaussians(16), 1e-7);
        var upper = problem.levels().upper();
        var gradient = new double[16];
        upper.gradientY(x, y, gradient);
        for (int j = 0; j < 16; j++) {
            double[] up = y.clone();
            double[] down = y.clone();
            up[j] += 1e-6;
            down[j] -= 1e-6;
            assertEquals((upper.value(x, up) - upper.value(x, down)) / 2e-6, gradient[j], 1e-8);
        }
        var byX = new double[12];
        upper.gradientX(x, y, byX);
        assertArrayEquals(new double[12], byX);
        assertThrows(
                UnsupportedOperationException.class, () -> upper.hessianYY(x, y, y, y.clone()));
    }

    /** With its slacks a classifier is feasible, and f is the value of the machine. */
    @Test
    void svmSlacksAreFeasible() {
        var selection = svm();
        double[] y = selection.withSlacks(new double[] {1, 0.5, -0.3, 0.1});
        var problem = selection.problem();
        assertEquals(0, problem.infeasibility(new double[12], y), 1e-15);
        double[] x = make(12, i -> -1 + 0.1 * i);
        var training = RandomMatrices.gaussian(12, 3, new RandomStreams(6).stream("svm", 0));
        var machine =
                new LinearSvm(training, labels(training), make(12, i -> StrictMath.exp(x[i])));
        assertEquals(
                machine.value(new double[] {1, 0.5, -0.3, 0.1}),
                problem.levels().lower().value(x, y),
                1e-12);
    }

    /** At the trained machine with its multipliers the gap is zero. */
    @Test
    void svmGapIsZeroAtTheTrainedMachine() {
        var selection = svm();
        var problem = selection.problem();
        var training = RandomMatrices.gaussian(12, 3, new RandomStreams(6).stream("svm", 0));
        double[] x = new double[12];
        var machine = new LinearSvm(training, labels(training), make(12, i -> 1));
        var run =
                Run.of(new Lbfgs(machine, 10, new double[4]))
                        .measure("gradient", Lbfgs.State::gradientNorm)
                        .stop(Stop.below("gradient", 1e-11).or(Stop.iterations(500)))
                        .start();
        double[] y = selection.withSlacks(run.state().x());
        // The multiplier of a row of unit norm is the slack times the norm of the row before.
        double[] z =
                make(
                        12,
                        i -> {
                            double[] row = Arrays.copyOfRange(training.data, 3 * i, 3 * i + 3);
                            return y[4 + i] * Math.sqrt(2 + Kernels.dot(row, row));
                        });
        var v = new ProximalLagrangianValueFunction(problem, 1, 1, 0.05, 1e-12, 100_000);
        assertEquals(0, v.gap(x, y, z), 1e-8);
    }

    @Test
    void unitRowsDescribeTheSameSet() {
        var c =
                new LinearCoupling(
                                new DMatrixRMaj(new double[][] {{3, 0}, {0, 0}}),
                                new DMatrixRMaj(new double[][] {{4}, {0}}),
                                new double[] {10, 0},
                                true)
                        .unitRows();
        assertArrayEquals(new double[] {0.6, 0, 0.8, 0, 0, 0}, c.joint().data, 1e-15);
        assertArrayEquals(new double[] {2, 0}, c.b(), 1e-15);
    }

    @Test
    void refusesBadInput() {
        var problem = merely(1);
        var settings = LvHba.Settings.standard();
        Rejects.bad(() -> LvHba.Penalty.rising(1, 0.5), "p", "1/2");
        Rejects.bad(() -> LvHba.Penalty.rising(1, -0.1), "p");
        Rejects.bad(() -> LvHba.Penalty.rising(0, 0.1), "c");
        Rejects.bad(() -> settings.withGamma(0), "gamma");
        Rejects.bad(() -> settings.withPenalty(null), "penalty");
        Rejects.bad(() -> settings.withSteps(0, 1, 1), "eta");
        Rejects.bad(() -> settings.withSteps(1, -1, 1), "alpha");
        Rejects.bad(() -> settings.withSteps(1, 1, 0), "beta");
        Rejects.bad(() -> new LvHba.Settings(1, 0, 1, 1, 1, settings.penalty(), 1), "gamma2");
        Rejects.bad(() -> new LvHba.Settings(1, 1, 1, 1, 1, settings.penalty(), 0), "radius");
        Rejects.bad(() -> new LvHba(null, settings, new double[1], new double[2]), "problem");
        Rejects.bad(() -> new LvHba(problem, null, new double[1], new double[2]), "settings");
        Rejects.bad(() -> new LvHba(problem, settings, new double[2], new double[2]), "x0");
        Rejects.bad(() -> new LvHba(problem, settings, new double[1], new double[1]), "y0");
        Rejects.bad(() -> new ProximalLagrangianValueFunction(problem, 0, 1, 0.1, 0, 1), "gamma1");
        Rejects.bad(
                () -> new ProximalLagrangianValueFunction(problem, 1, 1, 0.1, -1, 1), "tolerance");
        Rejects.bad(
                () -> new ProximalLagrangianValueFunction(problem, 1, 1, 0.1, 0, 0), "maxSteps");
        var v = exact(problem, 1);
        Rejects.bad(() -> v.at(new double[2], new double[2], new double[1]), "x");
        Rejects.bad(() -> v.at(new double[1], new double[2], new double[2]), "z");
        Rejects.bad(() -> v.value(new double[1]), "xyz");
        Rejects.bad(() -> problem.project(new double[1], new double[1]), "y");
        Rejects.bad(() -> problem.penalized(0), "weight");
        Rejects.bad(
                () ->
                        new ConstrainedBilevelProblem(
                                problem.levels(), LinearCoupling.none(2, 2), Indicator.none()),
                "dimensionX of coupling");
        Rejects.bad(
                () ->
                        new ConstrainedBilevelProblem(
                                problem.levels(), LinearCoupling.none(1, 1), Indicator.none()),
                "dimensionY of coupling");
        Rejects.bad(() -> LinearCoupling.none(0, 1), "n");
        Rejects.bad(
                () ->
                        new LinearCoupling(
                                new DMatrixRMaj(1, 1), new DMatrixRMaj(2, 1), new double[1], true),
                "a");
        var unequal = (LinearCoupling) half(1).coupling();
        var inverse = InverseHessianProduct.pseudoInverse(1e-10);
        Rejects.bad(() -> NullSpaceHypergradient.withBasis(unequal, inverse, 1, 1), "of equations");
        Rejects.bad(
                () -> NullSpaceHypergradient.withBasis(LinearCoupling.none(1, 1), inverse, 1, 1),
                "number of constraints");
        var equal = (LinearCoupling) problem.coupling();
        Rejects.bad(() -> NullSpaceHypergradient.withBasis(equal, null, 1, 1), "inverse");
        Rejects.bad(
                () -> NullSpaceHypergradient.withProjection(equal, inverse, -1, 1), "lowerSteps");
        Rejects.bad(() -> NullSpaceHypergradient.withProjection(equal, inverse, 1, 0), "lowerStep");
        Rejects.bad(() -> svm().withSlacks(new double[3]), "u");
        Rejects.bad(
                () ->
                        new SvmWeightSelection(
                                new DMatrixRMaj(1, 2),
                                new double[] {1},
                                new DMatrixRMaj(1, 3),
                                new double[] {1}),
                "b");
    }
}
