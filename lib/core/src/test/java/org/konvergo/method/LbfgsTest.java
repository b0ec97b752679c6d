package org.konvergo.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import org.junit.jupiter.api.Test;
import org.konvergo.method.StrongWolfeLineSearch.Trial;
import org.konvergo.problem.Smooth;

class LbfgsTest {
    /** Fills the gradient and returns the value. */
    interface Formula {
        double at(double[] x, double[] gradient);
    }

    /** A function of two variables that fills the gradient as it computes the value. */
    static Smooth of(Formula formula) {
        return new Smooth() {
            @Override
            public int dimension() {
                return 2;
            }

            @Override
            public double value(double[] x) {
                return formula.at(x, new double[2]);
            }

            @Override
            public void gradient(double[] x, double[] gradient) {
                formula.at(x, gradient);
            }
        };
    }

    private static final Smooth ROSENBROCK =
            of(
                    (x, g) -> {
                        double a = 1 - x[0];
                        double b = x[1] - x[0] * x[0];
                        g[0] = -2 * a - 400 * x[0] * b;
                        g[1] = 200 * b;
                        return a * a + 100 * b * b;
                    });

    private static Trace<Lbfgs.State> run(Smooth f, int memory, double... x0) {
        return Run.of(new Lbfgs(f, memory, x0))
                .measure("gradient", Lbfgs.State::gradientNorm)
                .stop(Stop.below("gradient", 1e-9).or(Stop.iterations(200)))
                .start();
    }

    @Test
    void findsTheMinimumOfRosenbrocksFunction() {
        var trace = run(ROSENBROCK, 10, -1.2, 1);
        assertEquals(Status.CONVERGED, trace.status());
        assertArrayEquals(new double[] {1, 1}, trace.state().x(), 1e-8);
        // SciPy's L-BFGS-B takes 36 iterations from here.
        assertTrue(trace.iteration() <= 60, () -> trace.iteration() + " iterations");
    }

    @Test
    void theAcceptedPointIsNotEvaluatedAgain() {
        var calls = new int[1];
        var f =
                of(
                        (x, g) -> {
                            calls[0]++;
                            g[0] = x[0];
                            g[1] = x[1];
                            return (x[0] * x[0] + x[1] * x[1]) / 2;
                        });
        var method = new Lbfgs(f, 3, new double[] {0.6, 0.8});
        var start = method.start();
        calls[0] = 0;
        method.step(start); // The first step, of length 1, is the right one.
        assertEquals(2, calls[0], "value and gradient, once each");
    }

    /** On a quadratic of n variables with exact searches it would end in n steps. */
    @Test
    void isSuperlinearOnAQuadratic() {
        var f =
                of(
                        (x, g) -> {
                            g[0] = 100 * (x[0] - 3);
                            g[1] = x[1] + 2;
                            return 50 * (x[0] - 3) * (x[0] - 3) + (x[1] + 2) * (x[1] + 2) / 2;
                        });
        var trace = run(f, 5, 0, 0);
        assertEquals(Status.CONVERGED, trace.status());
        assertArrayEquals(new double[] {3, -2}, trace.state().x(), 1e-9);
        assertTrue(trace.iteration() <= 20, () -> trace.iteration() + " iterations");
    }

    @Test
    void valuesNeverRise() {
        var method = new Lbfgs(ROSENBROCK, 3, new double[] {-1.2, 1});
        var s = method.start();
        double value = s.value();
        for (int k = 0; k < 40; k++) {
            s = method.step(s);
            assertTrue(s.value() <= value);
            value = s.value();
        }
    }

    @Test
    void countsEvaluations() {
        var calls = new OracleCounter();
        var method = new Lbfgs(ROSENBROCK, 3, new double[] {-1.2, 1});
        method.step(method.start(), calls);
        assertTrue(calls.count(Oracle.GRADIENT) >= 1);
        assertEquals(calls.count(Oracle.GRADIENT), calls.count(Oracle.VALUE));
    }

    /** At the bottom of |x| + |y| there is no descent: it stalls and says so, without an error. */
    @Test
    void stallsAtAKink() {
        var f =
                of(
                        (x, g) -> {
                            g[0] = x[0] < 0 ? -1 : 1;
                            g[1] = x[1] < 0 ? -1 : 1;
                            return Math.abs(x[0]) + Math.abs(x[1]);
                        });
        var method = new Lbfgs(f, 5, new double[] {0, 0});
        var s = method.step(method.start());
        assertTrue(s.stalled());
        assertArrayEquals(new double[2], method.step(s).x());
        assertEquals(0, s.value());
    }

    @Test
    void endsAtOnceAtAMinimum() {
        var method = new Lbfgs(ROSENBROCK, 5, new double[] {1, 1});
        var s = method.step(method.start());
        assertTrue(s.stalled());
        assertEquals(0, s.gradientNorm());
    }

    private static Trial cubic(double a) {
        // phi = a^3 / 3 - 4 a: falls to its minimum at 2.
        return new Trial(a, a * a * a / 3 - 4 * a, a * a - 4);
    }

    @Test
    void lineSearchSatisfiesTheStrongWolfeConditions() {
        var strict = new StrongWolfeLineSearch(1e-4, 0.01, 2, 0, 50);
        for (double initial : new double[] {1e-3, 0.5, 2, 7, 300}) {
            var found = strict.search(LbfgsTest::cubic, cubic(0), initial);
            assertTrue(found.accepted());
            double a = found.last().step();
            assertTrue(found.last().value() <= -1e-4 * 4 * a);
            assertTrue(Math.abs(found.last().slope()) <= 0.01 * 4);
            assertEquals(2, a, 0.02);
        }
    }

    @Test
    void lineSearchGivesTheBestPointWhenTrialsEnd() {
        var impatient = new StrongWolfeLineSearch(1e-4, 0.9, 2, 0, 2);
        // A slope that never flattens: the last point with a decrease is handed back.
        var found = impatient.search(a -> new Trial(a, -a, -1), new Trial(0, 0, -1), 1);
        assertFalse(found.accepted());
        assertEquals(2, found.last().step());
        var none = impatient.search(a -> new Trial(a, Double.NaN, 0), new Trial(0, 0, -1), 1);
        assertFalse(none.accepted());
        assertNull(none.last());
        assertEquals(2, none.trials());
    }

    @Test
    void refusesBadInput() {
        bad(() -> new Lbfgs(null, 5, new double[2]), "problem");
        bad(() -> new Lbfgs(ROSENBROCK, 0, new double[2]), "memory");
        bad(() -> new Lbfgs(ROSENBROCK, 5, null, new double[2]), "search");
        bad(() -> new Lbfgs(ROSENBROCK, 5, new double[3]), "x0");
        bad(() -> new Lbfgs(ROSENBROCK, 5, new double[] {1, Double.NaN}), "x0[1]");
        bad(() -> new StrongWolfeLineSearch(0, 0.9, 2, 0, 20), "sufficient");
        bad(() -> new StrongWolfeLineSearch(0.5, 0.4, 2, 0, 20), "curvature");
        bad(() -> new StrongWolfeLineSearch(0.1, 1, 2, 0, 20), "curvature");
        bad(() -> new StrongWolfeLineSearch(0.1, 0.9, 1, 0, 20), "growth");
        bad(() -> new StrongWolfeLineSearch(0.1, 0.9, 2, -1, 20), "slack");
        bad(() -> new StrongWolfeLineSearch(0.1, 0.9, 2, 0, 0), "maxTrials");
        var search = StrongWolfeLineSearch.STANDARD;
        bad(() -> search.search(null, cubic(0), 1), "phi");
        bad(() -> search.search(LbfgsTest::cubic, null, 1), "origin");
        bad(() -> search.search(LbfgsTest::cubic, cubic(1), 1), "step of origin");
        bad(() -> search.search(LbfgsTest::cubic, new Trial(0, 1, 0), 1), "slope of origin");
        bad(
                () -> search.search(LbfgsTest::cubic, new Trial(0, Double.NaN, -1), 1),
                "value of origin");
        bad(() -> search.search(LbfgsTest::cubic, cubic(0), 0), "initial");
    }
}
