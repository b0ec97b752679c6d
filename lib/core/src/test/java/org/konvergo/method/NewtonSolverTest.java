package org.konvergo.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.linalg.LinearSolver;
import org.konvergo.problem.NonlinearSystem;

class NewtonSolverTest {
    private record Scalar(DoubleUnaryOperator f, DoubleUnaryOperator slope)
            implements NonlinearSystem {
        @Override
        public int dimension() {
            return 1;
        }

        @Override
        public void residual(double[] z, double[] residual) {
            residual[0] = f.applyAsDouble(z[0]);
        }

        @Override
        public DMatrixRMaj jacobian(double[] z) {
            return new DMatrixRMaj(new double[][] {{slope.applyAsDouble(z[0])}});
        }
    }

    private static final Scalar ROOT_OF_TWO = new Scalar(z -> z * z - 2, z -> 2 * z);

    private static NewtonSolver newton(Scalar system, double start) {
        return new NewtonSolver(system, LinearSolver.lu(), new double[] {start});
    }

    @Test
    void convergesQuadratically() {
        var trace = newton(ROOT_OF_TWO, 1).solve(1e-15, 20);
        assertEquals(Status.CONVERGED, trace.status());
        assertEquals(Math.sqrt(2), trace.state().z()[0], 1e-15);
        double[] residual = trace.values(NewtonSolver.RESIDUAL);
        // With e_k the error, e_(k+1) = e_k^2 / 2 z_k, and the residual is near 2 sqrt(2) e.
        for (int k = 1; k < 4; k++) {
            assertTrue(residual[k + 1] <= 0.2 * residual[k] * residual[k]);
        }
        assertEquals(trace.iteration(), trace.calls(Oracle.GRADIENT)[trace.size() - 1]);
    }

    @Test
    void linearSystemTakesOneStep() {
        var trace = newton(new Scalar(z -> 3 * z - 6, z -> 3), 100).solve(1e-12, 5);
        assertEquals(1, trace.iteration());
        assertEquals(2, trace.state().z()[0], 1e-14);
        assertArrayEquals(new double[] {294, 0}, trace.values(NewtonSolver.RESIDUAL), 1e-12);
    }

    @Test
    void startAtARootTakesNoStep() {
        assertEquals(0, newton(new Scalar(z -> z, z -> 1), 0).solve(1e-10, 5).iteration());
    }

    @Test
    void singularJacobianEndsAsDiverged() {
        var trace = newton(ROOT_OF_TWO, 0).solve(1e-10, 5);
        assertEquals(Status.DIVERGED, trace.status());
        assertTrue(trace.message().contains("residual is NaN at iteration 1"));
    }

    @Test
    void exhaustedBudgetIsReported() {
        // Newton's method swings between 0 and 1 on z^3 - 2z + 2.
        var cycle = new Scalar(z -> z * z * z - 2 * z + 2, z -> 3 * z * z - 2);
        var trace = newton(cycle, 0).solve(1e-10, 30);
        assertEquals(Status.EXHAUSTED, trace.status());
        assertEquals(30, trace.iteration());
    }

    @Test
    void badInputIsRefused() {
        Rejects.bad(
                () -> new NewtonSolver(ROOT_OF_TWO, LinearSolver.lu(), new double[2]),
                "z0",
                "1",
                "2");
        Rejects.bad(() -> newton(ROOT_OF_TWO, Double.NaN), "z0[0]", "finite");
        Rejects.bad(() -> newton(null, 1), "system", "given");
        Rejects.bad(
                () -> new NewtonSolver(ROOT_OF_TWO, null, new double[1]), "linearSolver", "given");
        Rejects.bad(() -> newton(ROOT_OF_TWO, 1).solve(0, 5), "tolerance", "positive");
        Rejects.bad(() -> newton(ROOT_OF_TWO, 1).solve(1e-9, -1), "limit", "at least 0");
    }
}
