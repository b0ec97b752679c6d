package org.konvergo.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.problem.Indicator;
import org.konvergo.problem.L1Norm;
import org.konvergo.problem.Quadratic;

class ProjectedGradientTest {
    private static final DMatrixRMaj A = new DMatrixRMaj(new double[][] {{2, 1}, {1, 3}});

    private static ProjectedGradient boxed(double... b) {
        return new ProjectedGradient(
                new Quadratic(A, b), Indicator.box(0, 1), 0.25, new double[] {5, -5});
    }

    @Test
    void findsTheMinimiserInABox() {
        // Free minimiser of x'Ax/2 - b'x for b = (4, 1): x = (2.2, -0.4). In [0, 1]^2: (1, 0),
        // where the gradient is (-2, 0).
        var calls = new OracleCounter();
        var end = boxed(4, 1).solve(1e-12, 1000, calls);
        assertArrayEquals(new double[] {1, 0}, end.x(), 1e-12);
        assertEquals(0, end.residual(), 1e-12);
        assertEquals(end.steps(), calls.count(Oracle.GRADIENT));
        assertEquals(end.steps(), calls.count(Oracle.PROX));
    }

    @Test
    void oneStepByHand() {
        // Gradient at (5, -5) is (10 - 5 - 4, 5 - 15 - 1) = (1, -11); (4.75, -2.25) goes to (1, 0).
        var method = boxed(4, 1);
        var state = method.start();
        assertEquals(Double.POSITIVE_INFINITY, state.residual());
        state = method.step(state);
        assertArrayEquals(new double[] {1, 0}, state.x());
        assertEquals(Math.sqrt(16 + 25) / 0.25, state.residual(), 1e-12);
    }

    @Property(tries = 50)
    void meetsTheOptimalityCondition(
            @ForAll @DoubleRange(min = -5, max = 5) double b0,
            @ForAll @DoubleRange(min = -5, max = 5) double b1) {
        double[] x = boxed(b0, b1).solve(1e-11, 10_000, new OracleCounter()).x();
        var g = new double[2];
        new Quadratic(A, new double[] {b0, b1}).gradient(x, g);
        for (int i = 0; i < 2; i++) {
            assertTrue(x[i] > 0 || g[i] >= -1e-9);
            assertTrue(x[i] < 1 || g[i] <= 1e-9);
            assertTrue(x[i] == 0 || x[i] == 1 || Math.abs(g[i]) < 1e-9);
        }
    }

    @Test
    void withAProximalMapItIsTheProximalGradientMethod() {
        // min x^2 + y^2 - 3x - y/2 + |x| + |y|: soft-thresholding gives (1, 0).
        var twice = new DMatrixRMaj(new double[][] {{2, 0}, {0, 2}});
        var f = new Quadratic(twice, new double[] {3, 0.5});
        var end =
                new ProjectedGradient(f, new L1Norm(1), 0.3, new double[2])
                        .solve(1e-12, 1000, new OracleCounter());
        assertArrayEquals(new double[] {1, 0}, end.x(), 1e-11);
    }

    @Test
    void stopsAtTheBoundOfSteps() {
        var end = boxed(1, 1).solve(0, 7, new OracleCounter());
        assertEquals(7, end.steps());
    }

    @Test
    void badArgumentsAreRefused() {
        var f = new Quadratic(A, new double[2]);
        var set = Indicator.none();
        Rejects.bad(() -> new ProjectedGradient(f, set, 0, new double[2]), "step");
        Rejects.bad(() -> new ProjectedGradient(f, set, 1, new double[3]), "x0", "length 2");
        Rejects.bad(() -> new ProjectedGradient(null, set, 1, new double[2]), "problem");
        Rejects.bad(() -> new ProjectedGradient(f, null, 1, new double[2]), "domain");
        Rejects.bad(() -> boxed(1, 1).solve(-1, 1, new OracleCounter()), "tolerance");
        Rejects.bad(() -> boxed(1, 1).solve(1, 0, new OracleCounter()), "maxSteps");
    }
}
