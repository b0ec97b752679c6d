package org.konvergo.constrained;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.konvergo.Rejects;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.LinearSolver;
import org.konvergo.method.Oracle;
import org.konvergo.method.Run;
import org.konvergo.method.SketchDistribution;
import org.konvergo.method.Status;
import org.konvergo.method.Stop;
import org.konvergo.method.Trace;
import org.konvergo.metric.KktResidual;
import org.konvergo.problem.CutestProblem;
import org.konvergo.problem.EqualityConstrainedProblem;
import org.konvergo.problem.FormulaProblem;
import org.konvergo.problem.LogisticRegression;
import org.konvergo.random.RandomStreams;

class NewtonSqpTest {
    private static final CutestProblem[] FIVE = {
        CutestProblem.HS28,
        CutestProblem.HS48,
        CutestProblem.HS7,
        CutestProblem.HS42,
        CutestProblem.HS6
    };

    private static Trace<NewtonSqp.State> run(NewtonSqp method, double tolerance) {
        return Run.of(method)
                .measure("kkt", NewtonSqp.State::kkt)
                .stop(Stop.below("kkt", tolerance).or(Stop.iterations(200)))
                .start();
    }

    private static InnerSolver sketch(SketchDistribution distribution, long seed) {
        return InnerSolver.sketch(
                distribution, new RandomStreams(1).stream("sketch", seed), 1_000_000);
    }

    private static double[] ones(int n) {
        var ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** The gradient of the merit function against central differences, relative error 1e-6. */
    @Property(tries = 40)
    void gradientOfTheMeritFunction(
            @ForAll @DoubleRange(min = 0, max = 3) double eta1,
            @ForAll @DoubleRange(min = 0, max = 3) double eta2) {
        var merit = new ExactAugmentedLagrangian(CutestProblem.HS7.problem(), eta1, eta2);
        double[] at = {1, 1, 0.5};
        double[] gradient = merit.gradient(new double[] {1, 1}, new double[] {0.5});
        for (int i = 0; i < 3; i++) {
            double[] up = at.clone();
            double[] down = at.clone();
            up[i] += 1e-6;
            down[i] -= 1e-6;
            double difference = (value(merit, up) - value(merit, down)) / 2e-6;
            assertEquals(difference, gradient[i], 1e-6 * Math.max(1, Math.abs(difference)));
        }
    }

    private static double value(ExactAugmentedLagrangian merit, double[] w) {
        return merit.value(new double[] {w[0], w[1]}, new double[] {w[2]});
    }

    @Test
    void withoutTheSecondPenaltyItIsTheClassicalAugmentedLagrangian() {
        var problem = CutestProblem.HS7.problem();
        double[] x = {1, 1};
        // f = log 2 - 1, c = 4 + 1 - 4 = 1
        double expected = StrictMath.log(2) - 1 + 0.5 + 0.5 * 3;
        assertEquals(
                expected,
                new ExactAugmentedLagrangian(problem, 3, 0).value(x, new double[] {0.5}),
                1e-14);
    }

    @Test
    void aConvexQuadraticTakesOneStep() {
        var method =
                NewtonSqp.of(
                        CutestProblem.HS28.problem(), InnerSolver.direct(), Accuracy.adaptive(1));
        var state = method.step(method.start());
        assertArrayEquals(new double[] {0.5, -0.5, 0.5}, state.x(), 1e-12);
        assertEquals(1, state.stepSize());
        assertTrue(state.kkt() < 1e-12);
    }

    static Stream<InnerSolver> solvers() {
        return Stream.of(
                InnerSolver.direct(),
                InnerSolver.gmres(),
                InnerSolver.minres(),
                sketch(SketchDistribution.GAUSSIAN, 0),
                sketch(SketchDistribution.KACZMARZ, 0));
    }

    @ParameterizedTest
    @MethodSource("solvers")
    void everySolverReachesTheSolution(InnerSolver inner) {
        for (var cutest : FIVE) {
            var trace = run(NewtonSqp.of(cutest.problem(), inner, Accuracy.constant(0.01)), 1e-8);
            assertEquals(Status.CONVERGED, trace.status(), cutest + ": " + trace);
            assertEquals(
                    cutest.optimum(), cutest.problem().value(trace.state().x()), 1e-7, "" + cutest);
            assertEquals(
                    trace.last("kkt"),
                    KktResidual.of(cutest.problem(), trace.state().x(), trace.state().lambda())
                            .norm(),
                    1e-14);
        }
    }

    @Test
    void thePapersAccuracyRuleReachesTheSolution() {
        for (var cutest : new CutestProblem[] {CutestProblem.HS48, CutestProblem.HS42}) {
            var trace =
                    run(
                            NewtonSqp.of(
                                    cutest.problem(),
                                    sketch(SketchDistribution.GAUSSIAN, 1),
                                    Accuracy.adaptive(1)),
                            1e-8);
            assertEquals(Status.CONVERGED, trace.status());
            assertEquals(0, trace.state().unreached());
            assertTrue(trace.state().innerSteps() > 100);
        }
    }

    /** From near a solution: the exact method converges quadratically and takes whole steps. */
    @Test
    void exactStepsConvergeQuadratically() {
        var trace =
                run(
                        NewtonSqp.of(
                                CutestProblem.HS42.problem(),
                                InnerSolver.direct(),
                                Accuracy.adaptive(1)),
                        1e-12);
        double[] kkt = trace.values("kkt");
        for (int k = 1; k < kkt.length; k++) {
            if (kkt[k - 1] < 0.1) {
                assertTrue(kkt[k] <= 10 * kkt[k - 1] * kkt[k - 1] + 1e-14, Arrays.toString(kkt));
            }
        }
        assertEquals(1, trace.state().stepSize());
        assertTrue(trace.state().eta1() > 1 && trace.state().eta2() < 0.1);
        assertTrue(trace.calls(Oracle.VALUE)[trace.size() - 1] >= trace.iteration());
    }

    static Stream<CutestProblem> reached() {
        return Stream.of(
                CutestProblem.HS6,
                CutestProblem.HS7,
                CutestProblem.HS28,
                CutestProblem.HS39,
                CutestProblem.HS40,
                CutestProblem.HS42,
                CutestProblem.HS48,
                CutestProblem.HS79,
                CutestProblem.BT1,
                CutestProblem.BT3,
                CutestProblem.BT11,
                CutestProblem.BT12);
    }

    /**
     * Every published optimum that Newton's method reaches from the usual start is the printed one.
     */
    @ParameterizedTest
    @MethodSource("reached")
    void publishedOptima(CutestProblem cutest) {
        var trace =
                run(
                        NewtonSqp.of(cutest.problem(), InnerSolver.direct(), Accuracy.adaptive(1)),
                        1e-8);
        assertEquals(Status.CONVERGED, trace.status(), trace.toString());
        assertEquals(
                cutest.optimum(),
                cutest.problem().value(trace.state().x()),
                1e-5 * Math.max(1, Math.abs(cutest.optimum())),
                () -> Arrays.toString(trace.state().x()));
    }

    static Stream<CutestProblem> all() {
        return CutestProblem.all().stream();
    }

    /** On the first system of every problem, and on the way to every solution that is reached. */
    @ParameterizedTest
    @MethodSource("all")
    void minresAgreesWithADirectSolve(CutestProblem cutest) {
        var problem = cutest.problem();
        var lambda = ones(problem.constraintCount());
        KktSystem system;
        try {
            system =
                    KktSystem.of(
                            problem, LagrangianPoint.of(problem, problem.start(), lambda), 0.1);
        } catch (IllegalStateException e) {
            return; // dependent gradients at the start: refused before any solver is asked
        }
        int p = system.rightSide().length;
        var exact = new double[p];
        var z = new double[p];
        InnerSolver.direct().refine(system.matrix(), system.rightSide(), exact, 0);
        double tolerance = 1e-10 * Kernels.norm2(system.rightSide());
        var work = InnerSolver.minres().refine(system.matrix(), system.rightSide(), z, tolerance);
        assertTrue(work.reached(), work.toString());
        assertArrayEquals(exact, z, 1e-6 * Math.max(1, Kernels.normInf(exact)));
        // Nothing is left to do, and nothing is done.
        assertEquals(
                0,
                InnerSolver.minres()
                        .refine(system.matrix(), system.rightSide(), z, tolerance)
                        .steps());
    }

    @ParameterizedTest
    @MethodSource("reached")
    void minresTakesTheStepsOfADirectSolve(CutestProblem cutest) {
        var direct =
                run(
                        NewtonSqp.of(cutest.problem(), InnerSolver.direct(), Accuracy.adaptive(1)),
                        1e-8);
        var minres =
                run(
                        NewtonSqp.of(cutest.problem(), InnerSolver.minres(), Accuracy.adaptive(1)),
                        1e-8);
        assertEquals(Status.CONVERGED, minres.status(), minres.toString());
        assertTrue(Math.abs(direct.iteration() - minres.iteration()) <= 1);
        assertArrayEquals(direct.state().x(), minres.state().x(), 1e-6);
        assertTrue(minres.state().innerSteps() >= minres.iteration());
    }

    @Test
    void theBaselinesReachTheSolutionToo() {
        for (var cutest : FIVE) {
            var problem = cutest.problem();
            double[] lambda = ones(problem.constraintCount());
            var l1 =
                    Run.of(
                                    new L1MeritSqp(
                                            problem,
                                            InnerSolver.gmres(),
                                            0.1,
                                            problem.start(),
                                            lambda))
                            .measure("kkt", L1MeritSqp.State::kkt)
                            .stop(Stop.below("kkt", 1e-6).or(Stop.iterations(500)))
                            .start();
            assertEquals(Status.CONVERGED, l1.status(), cutest + " " + l1);
            assertEquals(cutest.optimum(), l1.state().point().value(), 1e-6);
            var al =
                    Run.of(
                                    new AugmentedLagrangianMethod(
                                            problem,
                                            AugmentedLagrangianMethod.Parameters.STANDARD,
                                            problem.start(),
                                            lambda))
                            .measure("kkt", AugmentedLagrangianMethod.State::kkt)
                            .stop(Stop.below("kkt", 1e-6).or(Stop.iterations(60)))
                            .start();
            assertEquals(Status.CONVERGED, al.status(), cutest + " " + al);
            assertEquals(cutest.optimum(), problem.value(al.state().x()), 1e-6);
        }
    }

    /** N = 1 has h = 1 and c = -4 w + z, so that w = target / (1 + 16 cost). */
    @Test
    void smallestPoissonControlByHand() {
        var problem = PoissonControl.waves(1);
        double target = StrictMath.sin(4) + StrictMath.cos(3);
        var method = NewtonSqp.of(problem, InnerSolver.direct(), Accuracy.adaptive(1));
        double[] x = method.step(method.start()).x();
        assertEquals(target / 2.6, x[0], 1e-13);
        assertEquals(4 * target / 2.6, x[1], 1e-13);
        EqualityDerivatives.check(problem, new double[] {0.3, -0.2}, 1e-8);
        EqualityDerivatives.check(PoissonControl.waves(3), PoissonControl.waves(3).start(), 1e-8);
    }

    /** Optimal values that a direct solve of the KKT system in NumPy gave. */
    @Test
    void poissonControlHasTheKnownOptimum() {
        double[] known = {9.6444420518, 28.1064451923};
        for (int i = 0; i < 2; i++) {
            var problem = PoissonControl.waves(3 + 2 * i);
            var method = NewtonSqp.of(problem, InnerSolver.direct(), Accuracy.adaptive(1));
            var state = method.step(method.start());
            assertEquals(known[i], state.point().value(), 1e-9);
            assertTrue(state.kkt() < 1e-10);
        }
    }

    @Test
    void logisticRegressionOnASphere() {
        var random = new RandomStreams(3).stream("logistic", 0);
        var loss =
                new LogisticRegression(
                        new DMatrixRMaj(20, 5, true, random.gaussians(100)), ones(20), 0);
        for (int i = 0; i < 10; i++) {
            loss.labels()[i] = -1;
        }
        var a = new DMatrixRMaj(2, 5, true, random.gaussians(10));
        double[] b = {0.3, -0.1};
        var problem = new SphereLogisticRegression(loss, a, b);
        EqualityDerivatives.check(problem, new double[] {0.3, -0.5, 0.2, 0.7, 0.1}, 1e-6);
        var trace = run(NewtonSqp.of(problem, InnerSolver.direct(), Accuracy.adaptive(1)), 1e-9);
        assertEquals(Status.CONVERGED, trace.status());
        Rejects.bad(() -> new SphereLogisticRegression(loss, a, new double[] {1}), "a", "1 x 5");
        Rejects.bad(() -> new SphereLogisticRegression(loss, a, new double[5]), "length of b");
    }

    @Test
    void theKktSystemIsTheNewtonSystem() {
        var problem = CutestProblem.HS48.problem();
        var point = LagrangianPoint.of(problem, problem.start(), new double[] {1, 1});
        var system = KktSystem.of(problem, point, 0.1);
        assertEquals(0, system.shift());
        double[] z = LinearSolver.lu().solve(system.matrix(), system.rightSide()).orElseThrow();
        for (int i = 0; i < 5; i++) {
            assertEquals(1, problem.start()[i] + z[i], 1e-12);
        }
        assertEquals(-1, z[5], 1e-12); // the objective is flat at the solution: lambda = 0
    }

    @Test
    void anIndefiniteHessianIsShifted() {
        var concave =
                new FormulaProblem(
                        new double[] {1, 1}, x -> x[0].power(2).times(-3), x -> x[1].minus(1));
        var point = LagrangianPoint.of(concave, concave.start(), new double[] {0});
        var system = KktSystem.of(concave, point, 0.1);
        assertEquals(6.1, system.shift(), 1e-12);
        assertEquals(0.1, system.matrix().get(0, 0), 1e-12);
        assertEquals(6.1, system.matrix().get(1, 1), 1e-12);
    }

    @Test
    void aRankDeficientJacobianIsRefused() {
        EqualityConstrainedProblem flat =
                new FormulaProblem(
                        new double[] {0, 0}, x -> x[0], x -> x[0].power(2).plus(x[1].power(2)));
        var method = NewtonSqp.of(flat, InnerSolver.direct(), Accuracy.adaptive(1));
        var thrown = assertThrows(IllegalStateException.class, () -> method.step(method.start()));
        assertTrue(thrown.getMessage().contains("full row rank"));
    }

    @Test
    void badInputIsNamed() {
        var problem = CutestProblem.HS7.problem();
        var direct = InnerSolver.direct();
        var rule = Accuracy.constant(0.1);
        var standard = NewtonSqp.Parameters.STANDARD;
        Rejects.bad(
                () -> new NewtonSqp(problem, direct, rule, standard, new double[1], ones(1)), "x0");
        Rejects.bad(
                () -> new NewtonSqp(problem, direct, rule, standard, new double[2], ones(2)),
                "lambda0");
        Rejects.bad(() -> NewtonSqp.of(null, direct, rule), "problem");
        Rejects.bad(() -> new NewtonSqp.Parameters(0, 1, 1, 1, 0.1, 2), "eta1");
        Rejects.bad(() -> new NewtonSqp.Parameters(1, 0, 1, 1, 0.1, 2), "eta2");
        Rejects.bad(() -> new NewtonSqp.Parameters(1, 1, 0, 1, 0.1, 2), "delta");
        Rejects.bad(() -> new NewtonSqp.Parameters(1, 1, 1, 0, 0.1, 2), "xi");
        Rejects.bad(() -> new NewtonSqp.Parameters(1, 1, 1, 1, 0.5, 2), "beta", "(0, 1/2)");
        Rejects.bad(() -> new NewtonSqp.Parameters(1, 1, 1, 1, 0.1, 1), "nu", "above 1");
        Rejects.bad(() -> Accuracy.constant(1), "rho");
        Rejects.bad(() -> Accuracy.adaptive(0), "theta");
        Rejects.bad(() -> sketch(null, 0), "sketch");
        Rejects.bad(() -> new ExactAugmentedLagrangian(problem, -1, 0), "eta1");
        Rejects.bad(() -> new L1MeritSqp(problem, direct, 1, new double[2], ones(1)), "accuracy");
        Rejects.bad(() -> new AugmentedLagrangianMethod.Parameters(1, 0.5, 1, 1, 1), "growth");
        Rejects.bad(() -> new AugmentedLagrangianMethod.Parameters(1, 2, 1, 2, 1), "sharpening");
        Rejects.bad(() -> PoissonControl.waves(0), "grid");
        Rejects.bad(() -> new PoissonControl(2, 1, new double[3]), "target");
        Rejects.bad(() -> LagrangianPoint.of(problem, new double[2], new double[2]), "lambda");
    }
}
