package org.konvergo.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.linalg.Kernels;
import org.konvergo.metric.GradientCheck;
import org.konvergo.problem.Smooth;
import org.konvergo.random.RandomStreams;

class BoxDescentTest {
    /** (1 - x)^2 + 100 (y - x^2)^2. */
    private static final Smooth ROSENBROCK =
            new Smooth() {
                @Override
                public int dimension() {
                    return 2;
                }

                @Override
                public double value(double[] x) {
                    double a = 1 - x[0];
                    double b = x[1] - x[0] * x[0];
                    return a * a + 100 * b * b;
                }

                @Override
                public void gradient(double[] x, double[] gradient) {
                    double b = x[1] - x[0] * x[0];
                    gradient[0] = -2 * (1 - x[0]) - 400 * x[0] * b;
                    gradient[1] = 200 * b;
                }
            };

    private static final double[] LOW = {-5, -5};
    private static final double[] HIGH = {5, 5};

    private static Smooth quadratic(long seed, int n) {
        var random = new RandomStreams(seed).stream("box", 0);
        var a = new DMatrixRMaj(n, n);
        Kernels.syrk(new DMatrixRMaj(n, n, true, random.gaussians(n * n)), a);
        for (int i = 0; i < n; i++) {
            a.add(i, i, 0.5);
        }
        double[] b = random.gaussians(n);
        return new Smooth() {
            @Override
            public int dimension() {
                return n;
            }

            @Override
            public double value(double[] x) {
                var ax = new double[n];
                Kernels.gemv(a, x, ax);
                return 0.5 * Kernels.dot(x, ax) - Kernels.dot(b, x);
            }

            @Override
            public void gradient(double[] x, double[] gradient) {
                Kernels.gemv(a, x, gradient);
                Kernels.axpy(-1, b, gradient);
            }
        };
    }

    @Test
    void inTheInterior() {
        var method = new BoxLbfgs(ROSENBROCK, 5, LOW, HIGH, new double[] {-1.2, 1});
        var run = Run.of(method).stop(Stop.iterations(100)).start();
        assertArrayEquals(new double[] {1, 1}, run.state().x(), 1e-6);
        assertTrue(run.state().projectedGradientNorm() < 1e-5);
        assertTrue(run.state().value() < 1e-12);
    }

    @Test
    void atABound() {
        // With x at most 0.5 the minimum is (0.5, 0.25).
        var high = new double[] {0.5, 5};
        var method = new BoxLbfgs(ROSENBROCK, 5, LOW, high, new double[] {3, 1});
        var run = Run.of(method).stop(Stop.iterations(100)).start();
        assertArrayEquals(new double[] {0.5, 0.25}, run.state().x(), 1e-7);
        assertEquals(0.25, run.state().value(), 1e-12);
    }

    /** At a minimum over a box, x = P(x - gradient). */
    @Property(tries = 40)
    void bothMethodsFindTheMinimumOfAQuadratic(@ForAll @LongRange long seed) {
        int n = 6;
        var f = quadratic(seed, n);
        var low = new double[n];
        var high = new double[n];
        Arrays.fill(low, -0.1);
        Arrays.fill(high, 0.2);
        var quick =
                Run.of(new BoxLbfgs(f, 5, low, high, new double[n]))
                        .stop(Stop.iterations(300))
                        .start()
                        .state();
        assertTrue(quick.projectedGradientNorm() < 1e-6);
        var slow =
                Run.of(new ArmijoDescent(f, g -> g, low, high, new double[n]))
                        .stop(Stop.iterations(3000))
                        .start()
                        .state();
        assertEquals(quick.value(), slow.value(), 1e-6);
    }

    @Test
    void stallsAtTheMinimum() {
        var method = new BoxLbfgs(ROSENBROCK, 5, LOW, HIGH, new double[] {1, 1});
        var state = method.step(method.start(), new OracleCounter());
        assertTrue(state.stalled());
        assertEquals(0, state.relativeDecrease());
        var descent = new ArmijoDescent(ROSENBROCK, g -> g, LOW, HIGH, new double[] {1, 1});
        assertEquals(0, descent.step(descent.start(), new OracleCounter()).step());
    }

    @Test
    void checkOfGradients() {
        double[] x = {0.3, -0.7};
        assertTrue(GradientCheck.relativeError(ROSENBROCK, x, 1e-5, 0, 1) < 1e-8);
        var wrong =
                new Smooth() {
                    @Override
                    public int dimension() {
                        return 2;
                    }

                    @Override
                    public double value(double[] at) {
                        return ROSENBROCK.value(at);
                    }

                    @Override
                    public void gradient(double[] at, double[] gradient) {
                        ROSENBROCK.gradient(at, gradient);
                        gradient[1] *= 1.01;
                    }
                };
        assertEquals(0.01, GradientCheck.relativeError(wrong, x, 1e-5, 0, 1), 1e-6);
        Rejects.bad(() -> GradientCheck.relativeError(wrong, x, 0, 0), "step");
        Rejects.bad(() -> GradientCheck.relativeError(wrong, x, 1, 2), "component");
        Rejects.bad(() -> GradientCheck.relativeError(wrong, x, 1), "number of components");
        Rejects.bad(() -> GradientCheck.relativeError(wrong, new double[3], 1, 0), "x");
    }

    @Test
    void refuseBadArguments() {
        double[] x = {0, 0};
        Rejects.bad(() -> new BoxLbfgs(ROSENBROCK, 0, LOW, HIGH, x), "memory");
        Rejects.bad(() -> new BoxLbfgs(ROSENBROCK, 1, HIGH, LOW, x), "high[0]", "at least low");
        Rejects.bad(() -> new BoxLbfgs(ROSENBROCK, 1, new double[1], HIGH, x), "low");
        Rejects.bad(() -> new BoxLbfgs(ROSENBROCK, 1, LOW, new double[1], x), "high");
        Rejects.bad(() -> new BoxLbfgs(ROSENBROCK, 1, LOW, HIGH, new double[3]), "x0");
        Rejects.bad(() -> new ArmijoDescent(ROSENBROCK, null, LOW, HIGH, x), "preconditioner");
        Rejects.bad(() -> new ArmijoDescent(ROSENBROCK, g -> g, HIGH, LOW, x), "high[0]");
        var shorter = new ArmijoDescent(ROSENBROCK, g -> new double[1], LOW, HIGH, x);
        Rejects.bad(() -> shorter.step(shorter.start(), new OracleCounter()), "preconditioned");
    }
}
