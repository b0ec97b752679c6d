package org.konvergo.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.konvergo.Rejects;
import org.konvergo.control.PrimalDualSystem.Block;
import org.konvergo.linalg.ConditionNumber;
import org.konvergo.linalg.EigenvaluesNonsymmetric;
import org.konvergo.linalg.GershgorinDiscs;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.LinearSolver;
import org.konvergo.method.NewtonSolver;
import org.konvergo.method.Status;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStreams;

class PrimalDualSystemTest {
    private static DMatrixRMaj matrix(double[]... rows) {
        return new DMatrixRMaj(rows);
    }

    private static final LinearQuadraticProblem SCALAR =
            LinearQuadraticProblem.withControlWeight(
                    matrix(new double[] {1}), matrix(new double[] {1}), 10, 2, 1);
    private static final LinearQuadraticProblem DOUBLE_INTEGRATOR =
            twoStates(new double[] {0, 1}, new double[] {0, 0});
    private static final LinearQuadraticProblem OSCILLATOR =
            twoStates(new double[] {0, 20}, new double[] {-20, -2});
    private static final PendulumTransfer PENDULUM =
            new PendulumTransfer(4, new double[] {0, 0}, new double[] {2, 0}, 50);

    private static LinearQuadraticProblem twoStates(double[]... a) {
        return LinearQuadraticProblem.withControlWeight(
                matrix(a), matrix(new double[] {0}, new double[] {1}), 10, 4, 1, 0);
    }

    private static LinearQuadraticProblem random(int n, int m, long seed) {
        var random = new RandomStreams(seed).stream("control", 0);
        return LinearQuadraticProblem.withControlWeight(
                RandomMatrices.gaussian(n, n, random),
                RandomMatrices.gaussian(n, m, random),
                50,
                4,
                random.gaussians(n));
    }

    private static List<PrimalDualSystem> both(OptimalControlProblem problem, int n) {
        return List.of(
                new BirkhoffPrimalDualSystem(problem, n), new LagrangePrimalDualSystem(problem, n));
    }

    private static DMatrixRMaj jacobian(OptimalControlProblem problem, int n) {
        var system = new BirkhoffPrimalDualSystem(problem, n);
        return system.jacobian(new double[system.dimension()]);
    }

    @Test
    void blocksTileTheUnknowns() {
        var system = new BirkhoffPrimalDualSystem(random(3, 2, 1), 4);
        assertEquals(5 * (4 * 3 + 2) + 4 * 3, system.dimension());
        int next = 0;
        for (var block : Block.values()) {
            assertEquals(next, system.from(block));
            next = system.to(block);
            assertEquals(block, system.block(system.from(block)));
            assertEquals(block, system.block(next - 1));
        }
        assertEquals(system.dimension(), next);
        double[] z = new double[system.dimension()];
        Arrays.setAll(z, i -> i);
        int u = system.from(Block.U);
        assertArrayEquals(
                new double[] {u + 1, u + 3, u + 5, u + 7, u + 9}, system.component(z, Block.U, 1));
        assertArrayEquals(
                new double[] {0, 2 - Math.sqrt(2), 2, 2 + Math.sqrt(2), 4}, system.times(), 1e-15);
    }

    @Property(tries = 12)
    void jacobianIsTheDerivativeOfTheResidual(@ForAll @LongRange long seed) {
        var random = new RandomStreams(seed).stream("control", 1);
        for (OptimalControlProblem problem : List.of(random(2, 2, seed), PENDULUM)) {
            for (var system : both(problem, 5)) {
                double[] z = random.gaussians(system.dimension());
                double[] direction = random.gaussians(system.dimension());
                var expected = new double[system.dimension()];
                Kernels.gemv(system.jacobian(z), direction, expected);
                double step = 1e-5;
                var plus = new double[system.dimension()];
                var minus = new double[system.dimension()];
                double[] point = z.clone();
                Kernels.axpy(step, direction, point);
                system.residual(point, plus);
                Kernels.axpy(-2 * step, direction, point);
                system.residual(point, minus);
                Kernels.axpy(-1, minus, plus);
                Kernels.scale(0.5 / step, plus);
                assertArrayEquals(expected, plus, 1e-6);
            }
        }
    }

    @Property(tries = 12)
    void oneStepSolvesALinearQuadraticProblem(@ForAll @LongRange long seed) {
        for (var system : both(random(3, 2, seed), 12)) {
            double[] start =
                    new RandomStreams(seed).stream("start", 0).gaussians(system.dimension());
            var newton = new NewtonSolver(system, LinearSolver.lu(), start);
            assertTrue(newton.step(newton.start()).residualNorm() < 1e-9);
        }
    }

    /**
     * The costate at the start is p(0) x0 with p of Riccati's equation -p' = 2p - p^2/10 + 1, p(2)
     * = 1. Reference 17.0311734025867: scipy 1.17.1, solve_ivp, DOP853, rtol 1e-13.
     */
    @Test
    void costateIsThatOfRiccati() {
        for (var system : both(SCALAR, 32)) {
            var start = new double[system.dimension()];
            double[] z =
                    new NewtonSolver(system, LinearSolver.lu(), start).solve(1e-10, 2).state().z();
            assertEquals(17.0311734025867, z[system.from(Block.LAMBDA_A)], 1e-10);
            assertEquals(17.0311734025867, z[system.from(Block.LAMBDA)], 1e-10);
            assertEquals(17.0311734025867 / 2, system.cost(z), 1e-10); // x0 p(0) x0 / 2
        }
    }

    /**
     * The pendulum's figures by another way: scipy 1.17.1, solve_bvp (tol 1e-10) on Pontryagin's
     * conditions, cost by DOP853.
     */
    @ParameterizedTest
    @CsvSource({"8, 4.3e-3, 5e-5", "16, 4e-6, 1e-9", "32, 2e-12, 1e-12", "40, 1e-12, 1e-12"})
    void pendulumIsSolvedInFourStepsOnEveryGrid(int n, double variation, double error) {
        var system = new BirkhoffPrimalDualSystem(PENDULUM, n);
        var trace =
                new NewtonSolver(system, LinearSolver.lu(), system.straightStart(2, 0))
                        .solve(1e-10, 50);
        assertEquals(Status.CONVERGED, trace.status());
        assertEquals(4, trace.iteration());
        double[] z = trace.state().z();
        assertEquals(0.8240312897343, system.cost(z), error);
        double[] h = system.hamiltonian(z);
        assertTrue(
                Arrays.stream(h).max().orElseThrow() - Arrays.stream(h).min().orElseThrow()
                        < variation);
        if (n >= 32) {
            assertEquals(0.9519485, z[system.from(Block.LAMBDA_A)], 1e-7);
            assertEquals(0.09915667, z[system.from(Block.LAMBDA_A) + 1], 1e-7);
            assertEquals(1.99527778, z[system.from(Block.XB)], 1e-8);
            double[] angle = system.component(z, Block.X, 0);
            assertEquals(z[system.from(Block.XB)], angle[n], 1e-12);
            assertEquals(0, angle[0], 1e-12);
        }
    }

    /** Reference: numpy.linalg.cond of a Jacobian put together from Kronecker products. */
    @ParameterizedTest
    @CsvSource({"16, 649.5234991557645", "32, 852.8383129492333", "64, 1159.5388936355803"})
    void conditionNumberAgreesWithNumpy(int n, double expected) {
        double condition = ConditionNumber.of(jacobian(SCALAR, n)).value();
        assertEquals(expected, condition, 1e-9 * expected);
    }

    /** Reference: numpy.linalg.eigvals of the oscillator's Jacobian. */
    @ParameterizedTest
    @CsvSource({"8, 20.000150042850972, 3.0088450817", "16, 20.000150042850954, 3.0089186749"})
    void eigenvaluesAgreeWithNumpy(int n, double largestReal, double largestImaginary) {
        var e = EigenvaluesNonsymmetric.of(jacobian(OSCILLATOR, n));
        assertEquals(largestReal, e.real()[e.size() - 1], 1e-11);
        assertEquals(largestImaginary, Kernels.normInf(e.imaginary()), 1e-9);
        assertEquals(18, e.countOutsideDisc(1, 3) - (n + 1));
        assertEquals(8 * (n + 1) + 8, e.countRealIn(-2, 4));
    }

    @Test
    void dataFreeRowsHaveDiscsAboutOneOfRadiusThree() {
        for (OptimalControlProblem problem : List.of(SCALAR, OSCILLATOR, random(6, 3, 1))) {
            var system = new BirkhoffPrimalDualSystem(problem, 16);
            var discs = new GershgorinDiscs(system.jacobian(new double[system.dimension()]));
            for (int i = 0; i < system.dimension(); i++) {
                if (BirkhoffPrimalDualSystem.DATA_FREE.contains(system.block(i))) {
                    assertEquals(1, discs.centres()[i]);
                    assertTrue(discs.radii()[i] <= 3 + 1e-10);
                }
            }
        }
    }

    @Test
    void dataFreeRowsAreTheSameForAnotherProblem() {
        var one = new BirkhoffPrimalDualSystem(DOUBLE_INTEGRATOR, 16);
        var j = one.jacobian(new double[one.dimension()]);
        for (OptimalControlProblem problem : List.of(OSCILLATOR, PENDULUM)) {
            var k = jacobian(problem, 16);
            for (int i = 0; i < one.dimension(); i++) {
                boolean free = BirkhoffPrimalDualSystem.DATA_FREE.contains(one.block(i));
                if (free) {
                    int from = i * one.dimension();
                    int to = from + one.dimension();
                    assertTrue(Arrays.equals(j.data, from, to, k.data, from, to));
                }
            }
        }
    }

    @Test
    void badProblemsAreRefused() {
        var a = matrix(new double[] {1});
        var bad = matrix(new double[] {1, 2});
        Rejects.bad(
                () -> new LinearQuadraticProblem(bad, a, a, a, a, 1, new double[1]), "a", "square");
        Rejects.bad(
                () -> new LinearQuadraticProblem(a, null, a, a, a, 1, new double[1]), "b", "given");
        Rejects.bad(
                () -> new LinearQuadraticProblem(a, a, bad, a, a, 1, new double[1]), "q", "1 x 2");
        Rejects.bad(
                () -> new LinearQuadraticProblem(a, a, a, bad, a, 1, new double[1]), "r", "1 x 2");
        Rejects.bad(
                () -> new LinearQuadraticProblem(a, a, a, a, bad, 1, new double[1]), "s", "1 x 2");
        var zero = new DMatrixRMaj(1, 1);
        Rejects.bad(
                () -> new LinearQuadraticProblem(a, a, a, zero, a, 1, new double[1]),
                "r",
                "positive definite");
        for (double time : new double[] {0, -1, Double.NaN}) {
            Rejects.bad(
                    () -> new LinearQuadraticProblem(a, a, a, a, a, time, new double[1]),
                    "finalTime",
                    "positive");
            Rejects.bad(
                    () -> new PendulumTransfer(time, new double[2], new double[2], 1),
                    "finalTime",
                    "positive");
        }
        Rejects.bad(
                () -> new LinearQuadraticProblem(a, a, a, a, a, 1, new double[2]),
                "initialState",
                "1",
                "2");
        var lopsided = matrix(new double[] {1, 2}, new double[] {0, 1});
        var eye = CommonOps_DDRM.identity(2);
        Rejects.bad(
                () -> new LinearQuadraticProblem(eye, eye, lopsided, eye, eye, 1, new double[2]),
                "q",
                "symmetric",
                "1,0");
        Rejects.bad(
                () -> LinearQuadraticProblem.withControlWeight(a, a, 0, 1, 1), "rho", "positive");
        Rejects.bad(() -> new PendulumTransfer(1, new double[3], new double[2], 1), "initialState");
        Rejects.bad(() -> new PendulumTransfer(1, new double[2], new double[1], 1), "target");
        Rejects.bad(() -> new PendulumTransfer(1, new double[2], new double[2], 0), "weight");
    }

    @Test
    void badSystemsAndPointsAreRefused() {
        Rejects.bad(() -> new BirkhoffPrimalDualSystem(SCALAR, 1), "n", "at least 2", "1");
        Rejects.bad(() -> new LagrangePrimalDualSystem(SCALAR, 0), "n", "at least 2", "0");
        Rejects.bad(() -> new BirkhoffPrimalDualSystem(null, 4), "problem", "given");
        var system = new BirkhoffPrimalDualSystem(SCALAR, 4);
        var z = new double[system.dimension()];
        var small = new double[3];
        Rejects.bad(() -> system.residual(small, z), "z", "29", "3");
        Rejects.bad(() -> system.residual(z, small), "residual", "29", "3");
        Rejects.bad(() -> system.jacobian(small), "z", "29");
        Rejects.bad(() -> system.cost(small), "z", "29");
        Rejects.bad(() -> system.hamiltonian(small), "z", "29");
        Rejects.bad(() -> system.block(29), "row", "29");
        Rejects.bad(() -> system.component(z, Block.XA, 0), "block", "XA");
        Rejects.bad(() -> system.component(z, Block.U, 1), "component", "1");
        Rejects.bad(() -> system.straightStart(1, 2), "target", "1", "2");
        Rejects.bad(() -> system.straightStart(Double.NaN), "target[0]", "finite");
    }

    @Test
    void singularArcsAreRefused() {
        var system = new BirkhoffPrimalDualSystem(new Unregularised(), 4);
        Rejects.bad(
                () -> system.jacobian(new double[system.dimension()]),
                "H_uu",
                "singular arc",
                "node 0");
    }

    /** x' = u with the running cost x^2/2: nothing limits the control. */
    private static final class Unregularised implements OptimalControlProblem {
        @Override
        public int states() {
            return 1;
        }

        @Override
        public int controls() {
            return 1;
        }

        @Override
        public double finalTime() {
            return 1;
        }

        @Override
        public double[] initialState() {
            return new double[] {1};
        }

        @Override
        public void dynamics(double[] x, double[] u, double[] f) {
            f[0] = u[0];
        }

        @Override
        public void dynamicsJacobian(double[] x, double[] u, DMatrixRMaj fx, DMatrixRMaj fu) {
            fx.zero();
            fu.set(0, 0, 1);
        }

        @Override
        public double runningCost(double[] x, double[] u) {
            return x[0] * x[0] / 2;
        }

        @Override
        public void runningGradient(double[] x, double[] u, double[] gx, double[] gu) {
            gx[0] = x[0];
            gu[0] = 0;
        }

        @Override
        public void hamiltonianHessian(
                double[] lambda,
                double[] x,
                double[] u,
                DMatrixRMaj hxx,
                DMatrixRMaj hxu,
                DMatrixRMaj huu) {
            hxx.set(0, 0, 1);
            hxu.zero();
            huu.zero();
        }

        @Override
        public double terminalCost(double[] x) {
            return 0;
        }

        @Override
        public void terminalGradient(double[] x, double[] g) {
            g[0] = 0;
        }

        @Override
        public void terminalHessian(double[] x, DMatrixRMaj hessian) {
            hessian.zero();
        }
    }
}
