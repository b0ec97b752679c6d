package org.konvergo.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.Parallel;
import org.konvergo.linalg.TopEntries;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.Run;
import org.konvergo.method.Status;
import org.konvergo.method.Stop;
import org.konvergo.method.Trace;

class SinkhornNewtonTest {
    private static Trace<NewtonIterate> solve(Method<NewtonIterate> method, int cap) {
        return Run.of(method)
                .measure("error", NewtonIterate::error)
                .stop(Stop.below("error", 1e-11).or(Stop.iterations(cap)))
                .start();
    }

    @Test
    void keepingEverythingIsDenseNewton() {
        var dual = Problems.rectangular(9, 12, 40, 1);
        var sparse = new SinkhornNewtonSparse(dual, 5, 9 * 12, 1e-14);
        var dense = new SinkhornNewtonDense(dual, 5);
        var a = sparse.start();
        var b = dense.start();
        for (int k = 0; k < 10; k++) {
            a = sparse.step(a);
            b = dense.step(b);
            assertArrayEquals(centred(b), centred(a), 1e-9, "step " + k);
        }
        assertEquals(5, a.sweeps());
        assertEquals(5, a.newtonSteps());
        assertTrue(a.error() < 1e-12 && b.error() < 1e-12);
    }

    /** Potentials without the part along (1, -1), which is free. */
    private static double[] centred(NewtonIterate s) {
        double[] z = s.potentials();
        int n = s.plan().numRows;
        double shift = z[0];
        for (int i = 0; i < z.length; i++) {
            z[i] += i < n ? -shift : shift;
        }
        return z;
    }

    @Test
    void agreesWithPot() {
        var five = Problems.reference(5);
        assertArrayEquals(
                Problems.POT_ETA_5,
                solve(new SinkhornNewtonSparse(five, 3, 12), 60).state().plan().data,
                1e-10);
        assertArrayEquals(
                Problems.POT_ETA_5,
                solve(new SinkhornNewtonDense(five, 0), 60).state().plan().data,
                1e-10);
        assertArrayEquals(
                Problems.POT_ETA_50,
                solve(new SinkhornNewtonSparse(Problems.reference(50), 10, 20), 60)
                        .state()
                        .plan()
                        .data,
                1e-10);
    }

    @Property(tries = 25)
    void dualNeverFallsInEitherStage(
            @ForAll @IntRange(min = 0, max = 8) int sweeps,
            @ForAll @IntRange(min = 1, max = 6) int keptPerRow,
            @ForAll @DoubleRange(min = 5, max = 150) double eta,
            @ForAll @LongRange long seed) {
        var dual = Problems.randomAssignment(10, eta, seed);
        var method = new SinkhornNewtonSparse(dual, sweeps, 10 * keptPerRow);
        var s = method.start();
        double value = dual.value(s.potentials());
        for (int k = 0; k < 15; k++) {
            s = method.step(s);
            double next = dual.value(s.potentials());
            assertTrue(next >= value - 1e-14, "step " + k);
            value = next;
            assertEquals(dual.marginalError(s.potentials()), s.error(), 1e-11);
            assertTrue(s.stepLength() >= 0 && s.stepLength() <= 1);
        }
    }

    @Test
    void manyTimesFewerIterationsThanSinkhorn() {
        var dual = Problems.randomAssignment(60, 144, 2);
        var newton = solve(new SinkhornNewtonSparse(dual, 20, 10 * 60), 120);
        var sweeps =
                Run.of(new StabilizedSinkhorn(dual))
                        .measure("error", DualIterate::error)
                        .stop(Stop.below("error", 1e-11).or(Stop.iterations(5000)))
                        .start();
        assertEquals(Status.CONVERGED, newton.status());
        assertTrue(sweeps.iteration() >= 5 * newton.iteration(), sweeps + " against " + newton);
    }

    /** The theory: kept entries cover the Hessian up to epsilon, so the rate is of that order. */
    @Test
    void keepingMoreIsNotSlower() {
        var dual = Problems.randomAssignment(60, 144, 3);
        int last = Integer.MAX_VALUE;
        for (int kept : new int[] {2, 3, 5, 10, 60}) {
            var s = solve(new SinkhornNewtonSparse(dual, 20, 60 * kept), 300).state();
            assertTrue(s.newtonSteps() <= last, kept + " a row");
            last = s.newtonSteps();
        }
        var dense = solve(new SinkhornNewtonDense(dual, 20), 300);
        assertEquals(last, dense.state().newtonSteps());
    }

    @Test
    void convergesSuperlinearlyWhereEnoughIsKept() {
        double[] e =
                solve(
                                new SinkhornNewtonSparse(
                                        Problems.randomAssignment(60, 144, 4), 20, 1200),
                                120)
                        .values("error");
        int fast = 0;
        for (int k = e.length - 3; k < e.length; k++) {
            fast += StrictMath.log(e[k]) / StrictMath.log(e[k - 1]) >= 1.3 ? 1 : 0;
        }
        assertTrue(fast >= 2, java.util.Arrays.toString(e));
    }

    /**
     * The theorem: with eta above (1 + 2 log n) / gap, the optimal plan has at most 6 n^2 exp(-eta
     * gap) of its mass off the best permutation. The gap is that of plans of total mass 1, 1/n of
     * the assignment's.
     */
    @Test
    void massOffTheBestPermutationIsBounded() {
        int n = 20;
        var cost = Problems.random(n, n, 6);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                cost.set(i, j, i == j ? 0 : 0.5 + cost.get(i, j) / 2);
            }
        }
        double gap = HungarianSolver.solve(cost).gap() / n;
        assertTrue(gap >= 1.0 / n);
        for (double factor : new double[] {1, 1.5, 2}) {
            double eta = factor * (1 + 2 * StrictMath.log(n)) / gap;
            var dual = Problems.dual(cost, eta);
            var plan = solve(new SinkhornNewtonSparse(dual, 20, n * n), 100).state().plan();
            double bound = 6.0 * n * n * StrictMath.exp(-eta * gap);
            assertTrue(TopEntries.of(plan, n).rest() <= bound + 1e-12);
        }
    }

    @Test
    void earlyNewtonAtStrongCostsHalvesButDoesNotFail() {
        var dual = Problems.randomAssignment(20, 400, 7);
        var trace = solve(new SinkhornNewtonSparse(dual, 0, 400), 200);
        assertTrue(trace.status() != Status.DIVERGED, trace.toString());
        assertTrue(trace.last("error") < trace.values("error")[0]);
    }

    @Test
    void constantCostsTieEverywhere() {
        var cost = new DMatrixRMaj(6, 6);
        cost.fill(0.5);
        var trace = solve(new SinkhornNewtonSparse(Problems.dual(cost, 10), 0, 6), 20);
        assertEquals(Status.CONVERGED, trace.status());
        assertEquals(
                0, Kernels.distance2(new double[36], trace.state().plan().data) - 1.0 / 6, 1e-11);
    }

    @Test
    void stepsAndProductsAreCounted() {
        var trace =
                solve(new SinkhornNewtonSparse(Problems.randomAssignment(20, 60, 8), 4, 200), 60);
        var s = trace.state();
        assertEquals(4, s.sweeps());
        assertEquals(trace.iteration() - 4, s.newtonSteps());
        assertTrue(s.linearSteps() > 0);
        int end = trace.size() - 1;
        assertTrue(trace.calls(Oracle.HESSIAN_VECTOR)[end] >= s.linearSteps());
        assertEquals(8 + s.newtonSteps(), trace.calls(Oracle.GRADIENT)[end]);
        assertTrue(trace.calls(Oracle.VALUE)[end] >= s.newtonSteps());
    }

    @Test
    void sameBitsOnAnyThread() {
        var runs =
                Parallel.map(
                        4,
                        i ->
                                solve(
                                                new SinkhornNewtonSparse(
                                                        Problems.randomAssignment(30, 70, 9),
                                                        10,
                                                        150),
                                                60)
                                        .values("error"));
        for (double[] errors : runs) {
            assertArrayEquals(runs.get(0), errors);
        }
    }

    @Test
    void badArgumentsAreRefused() {
        var dual = Problems.dual(Problems.SWAP, 1);
        Rejects.bad(() -> new SinkhornNewtonSparse(null, 1, 1), "dual");
        Rejects.bad(() -> new SinkhornNewtonSparse(dual, -1, 1), "sweeps", "-1");
        Rejects.bad(() -> new SinkhornNewtonSparse(dual, 1, 0), "kept", "1..4", "0");
        Rejects.bad(() -> new SinkhornNewtonSparse(dual, 1, 5), "kept", "1..4", "5");
        Rejects.bad(() -> new SinkhornNewtonSparse(dual, 1, 4, 1), "linearTolerance", "(0, 1)");
        Rejects.bad(() -> new SinkhornNewtonDense(null, 1), "dual");
        Rejects.bad(() -> new SinkhornNewtonDense(dual, -1), "sweeps");
    }
}
