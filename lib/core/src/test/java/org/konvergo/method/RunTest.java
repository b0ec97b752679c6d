package org.konvergo.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.Quadratic;

class RunTest {
    /** Halves a number; one gradient and three floats a step. */
    private static final Method<double[]> HALVING =
            new Method<>() {
                @Override
                public double[] start() {
                    return new double[] {1};
                }

                @Override
                public double[] step(double[] x, OracleCounter calls) {
                    x[0] /= 2;
                    calls.add(Oracle.GRADIENT, 1);
                    calls.add(Oracle.FLOATS_SENT, 3);
                    return x;
                }
            };

    private static Run<double[]> halving() {
        return Run.of(HALVING).measure("x", x -> x[0]);
    }

    @Test
    void measuresCountsAndStops() {
        var trace = halving().stop(Stop.iterations(3)).start();
        assertArrayEquals(new long[] {0, 1, 2, 3}, trace.iterations());
        assertArrayEquals(new double[] {1, 0.5, 0.25, 0.125}, trace.values("x"));
        assertArrayEquals(new long[] {0, 1, 2, 3}, trace.calls(Oracle.GRADIENT));
        assertArrayEquals(new long[] {0, 3, 6, 9}, trace.calls(Oracle.FLOATS_SENT));
        assertArrayEquals(new long[4], trace.calls(Oracle.PROX));
        assertEquals(Status.EXHAUSTED, trace.status());
        assertEquals(3, trace.iteration());
        assertEquals(4, trace.size());
        assertEquals(0.125, trace.last("x"));
        assertEquals(0.125, trace.state()[0]);
        assertEquals(List.of("x"), trace.measures());
        assertEquals(0, trace.seconds()[0]);
        assertTrue(trace.seconds()[3] > 0);
        assertEquals("EXHAUSTED after 3 iterations: 3 iterations done", trace.toString());
    }

    @Test
    void toleranceConverges() {
        var trace = halving().stop(Stop.below("x", 0.1).or(Stop.iterations(50))).start();
        assertEquals(Status.CONVERGED, trace.status());
        assertEquals(4, trace.iteration());
        assertEquals("x 0.0625 <= 0.1", trace.message());
    }

    @Test
    void schedulesKeepFirstAndLast() {
        var trace = halving().every(4).stop(Stop.iterations(10)).start();
        assertArrayEquals(new long[] {0, 4, 8, 10}, trace.iterations());
        var powers = halving().at(k -> Long.bitCount(k) == 1).stop(Stop.iterations(9)).start();
        assertArrayEquals(new long[] {0, 1, 2, 4, 8, 9}, powers.iterations());
        // A tolerance is looked at where it is measured.
        var late = halving().every(5).stop(Stop.below("x", 0.1)).start();
        assertEquals(5, late.iteration());
    }

    @Test
    void rulesCompose() {
        var both = Stop.below("x", 0.3).and(Stop.iterations(1));
        var trace = halving().stop(both).start();
        assertEquals(2, trace.iteration());
        assertEquals(Status.EXHAUSTED, trace.status());
        var converged = halving().stop(Stop.below("x", 0.3).and(Stop.below("x", 0.2))).start();
        assertEquals(Status.CONVERGED, converged.status());
        assertEquals(3, converged.iteration());
        var oracle = halving().stop(Stop.calls(Oracle.FLOATS_SENT, 7)).start();
        assertEquals(3, oracle.iteration());
        var first = halving().stop(Stop.iterations(2).or(Stop.below("x", 0.25))).start();
        assertEquals(Status.EXHAUSTED, first.status());
    }

    @Test
    void secondsStopARun() {
        var slow =
                new Method<Integer>() {
                    @Override
                    public Integer start() {
                        return 0;
                    }

                    @Override
                    public Integer step(Integer state, OracleCounter calls) {
                        long end = System.nanoTime() + 2_000_000;
                        while (System.nanoTime() < end) {
                            Thread.onSpinWait();
                        }
                        return state + 1;
                    }
                };
        var trace = Run.of(slow).stop(Stop.seconds(0.02)).start();
        assertTrue(trace.iteration() <= 10, trace::toString);
        assertEquals(Status.EXHAUSTED, trace.status());
    }

    @Test
    void divergenceIsNamed() {
        // Step 3 on curvature 1: the error doubles a step and overflows after 1,024.
        var method =
                new GradientDescent(
                        new Quadratic(new DMatrixRMaj(new double[][] {{1}}), new double[1]),
                        3,
                        new double[] {1});
        var trace =
                Run.of(method)
                        .measure("distance", Kernels::norm1)
                        .stop(Stop.iterations(5000))
                        .start();
        assertEquals(Status.DIVERGED, trace.status());
        assertEquals("distance is Infinity at iteration 1024", trace.message());
        assertEquals(1024, trace.iteration());
    }

    @Test
    void observedQuantitiesMayBeUndefined() {
        var trace = halving().observe("ratio", x -> Double.NaN).stop(Stop.iterations(2)).start();
        assertEquals(Status.EXHAUSTED, trace.status());
        assertEquals(Double.NaN, trace.last("ratio"));
    }

    @Test
    void interruptionKeepsTheTrace() {
        var trace =
                halving()
                        .measure(
                                "y",
                                x -> {
                                    if (x[0] < 0.1) {
                                        Thread.currentThread().interrupt();
                                    }
                                    return x[0];
                                })
                        .stop(Stop.iterations(100))
                        .start();
        assertTrue(Thread.interrupted(), "the flag stays set");
        assertEquals(Status.INTERRUPTED, trace.status());
        assertEquals(5, trace.size());
        assertEquals("interrupted at iteration 4", trace.message());
    }

    @Test
    void listenersHearEveryIterationAndTheEnd() {
        var heard = new ArrayList<String>();
        halving()
                .every(2)
                .listen(
                        new RunListener() {
                            @Override
                            public void iteration(RunView view) {
                                heard.add(
                                        view.iteration()
                                                + (view.measured() ? "m " : " ")
                                                + view.fraction()
                                                + " "
                                                + view.measure("x")
                                                + " "
                                                + view.calls(Oracle.GRADIENT));
                                assertTrue(view.seconds() >= 0);
                            }

                            @Override
                            public void ended(Status status) {
                                heard.add(status.name());
                            }
                        })
                .stop(Stop.iterations(4).or(Stop.below("x", -1)))
                .start();
        assertEquals(
                List.of(
                        "0m 0.0 1.0 0",
                        "1 0.25 1.0 1",
                        "2m 0.5 0.25 2",
                        "3 0.75 0.25 3",
                        "4m 1.0 0.0625 4",
                        "EXHAUSTED"),
                heard);
    }

    @Test
    void misuseIsRefused() {
        Rejects.bad(() -> halving().start(), "stop", "stopping rule");
        Rejects.bad(() -> halving().measure("x", x -> 0), "measure", "x");
        Rejects.bad(() -> halving().every(0), "k", "0");
        Rejects.bad(() -> halving().stop(null), "rule");
        Rejects.bad(() -> Run.of(null), "method");
        Rejects.bad(() -> Stop.iterations(-1), "limit", "-1");
        Rejects.bad(() -> Stop.calls(Oracle.VALUE, 0), "limit", "0");
        Rejects.bad(() -> Stop.seconds(0), "limit", "0.0");
        Rejects.bad(() -> Stop.below("x", Double.NaN), "tolerance");
        Rejects.bad(() -> Stop.iterations(1).or(null), "other");
        var run = halving().stop(Stop.below("y", 1));
        Rejects.bad(run::start, "measure", "[x]", "y");
        var trace = halving().stop(Stop.iterations(1)).start();
        Rejects.bad(() -> trace.values("z"), "measure", "[x]", "z");
        Rejects.bad(() -> new OracleCounter().add(Oracle.VALUE, -1), "calls");
    }

    @Test
    void failuresOfTheMethodComeThrough() {
        Method<Integer> broken =
                new Method<>() {
                    @Override
                    public Integer start() {
                        return 0;
                    }

                    @Override
                    public Integer step(Integer state, OracleCounter calls) {
                        throw new IllegalStateException("no step");
                    }
                };
        var run = Run.of(broken).stop(Stop.iterations(1));
        assertThrows(IllegalStateException.class, run::start);
    }

    @Test
    void gradientDescentKeepsItsRate() {
        var a = new DMatrixRMaj(new double[][] {{2, 0.5}, {0.5, 1}});
        var problem = new Quadratic(a, new double[] {1, -1});
        // The solution of Ax = b by Cramer's rule: determinant 1.75.
        double[] solution = {1.5 / 1.75, -2.5 / 1.75};
        double lipschitz = 2.21; // largest eigenvalue is 1.5 + sqrt(0.5) = 2.207
        double best = problem.value(solution);
        double[] x0 = {5, 5};
        double distance = Kernels.distance2(x0, solution);
        var trace =
                Run.of(new GradientDescent(problem, 1 / lipschitz, x0))
                        .measure("gap", x -> problem.value(x) - best)
                        .stop(Stop.iterations(200))
                        .start();
        double[] gaps = trace.values("gap");
        for (int k = 1; k < gaps.length; k++) {
            assertTrue(gaps[k] <= lipschitz * distance * distance / (2 * k) + 1e-12);
        }
        assertArrayEquals(solution, trace.state(), 1e-12);
        assertEquals(200, trace.calls(Oracle.GRADIENT)[200]);
        Rejects.bad(() -> new GradientDescent(problem, 0, x0), "step");
        Rejects.bad(() -> new GradientDescent(problem, 1, new double[3]), "x0", "length 2");
    }
}
