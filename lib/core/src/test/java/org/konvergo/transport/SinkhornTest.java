package org.konvergo.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.Run;
import org.konvergo.method.Status;
import org.konvergo.method.Stop;
import org.konvergo.method.Trace;
import org.konvergo.problem.TransportProblem;

class SinkhornTest {
    private static <S extends DualIterate> Trace<S> solve(Method<S> method, double tolerance) {
        return Run.of(method)
                .measure("error", DualIterate::error)
                .stop(Stop.below("error", tolerance).or(Stop.iterations(20000)))
                .start();
    }

    private static List<Method<? extends DualIterate>> both(EntropicTransportDual dual) {
        return List.of(new Sinkhorn(dual), new StabilizedSinkhorn(dual));
    }

    @Test
    void twoByTwoByHand() {
        var dual = Problems.dual(Problems.SWAP, 1);
        for (var method : both(dual)) {
            var trace = solve(method, 1e-14);
            assertEquals(Status.CONVERGED, trace.status());
            var plan = dual.plan(trace.state().potentials());
            // (1/2) / (1 + 1/e) on the diagonal
            assertEquals(0.3655292893150024, plan.get(0, 0), 1e-14);
            assertEquals(0.1344707106849976, plan.get(0, 1), 1e-14);
        }
    }

    @Property(tries = 30)
    void withoutCostsOneSweepGivesTheProductOfTheMarginals(
            @ForAll @IntRange(min = 1, max = 8) int n,
            @ForAll @IntRange(min = 1, max = 8) int m,
            @ForAll @LongRange long seed) {
        var problem = Problems.rectangular(n, m, 1, seed).problem();
        var dual =
                new EntropicTransportDual(
                        new TransportProblem(new DMatrixRMaj(n, m), problem.rows(), problem.cols()),
                        7);
        for (var method : both(dual)) {
            var state = once(method);
            var plan = dual.plan(state.potentials());
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < m; j++) {
                    assertEquals(problem.rows()[i] * problem.cols()[j], plan.get(i, j), 1e-14);
                }
            }
            assertEquals(0, state.error(), 1e-13);
        }
    }

    private static <S extends DualIterate> S once(Method<S> method) {
        return method.step(method.start());
    }

    @Test
    void agreesWithPot() {
        for (var method : both(Problems.reference(5))) {
            double[] z = solve(method, 1e-15).state().potentials();
            assertArrayEquals(Problems.POT_ETA_5, Problems.reference(5).plan(z).data, 1e-12);
        }
        for (var method : both(Problems.reference(50))) {
            double[] z = solve(method, 1e-14).state().potentials();
            assertArrayEquals(Problems.POT_ETA_50, Problems.reference(50).plan(z).data, 1e-12);
        }
    }

    @Property(tries = 20)
    void errorIsThatOfThePlanAndTheDualNeverFalls(
            @ForAll @DoubleRange(min = 1, max = 200) double eta, @ForAll @LongRange long seed) {
        var dual = Problems.rectangular(7, 5, eta, seed);
        for (var method : both(dual)) {
            climbs(dual, method);
        }
    }

    private static <S extends DualIterate> void climbs(
            EntropicTransportDual dual, Method<S> method) {
        S state = method.start();
        double value = dual.value(state.potentials());
        for (int k = 0; k < 30; k++) {
            state = method.step(state);
            double next = dual.value(state.potentials());
            assertTrue(next >= value - 1e-13, "sweep " + k);
            value = next;
            assertEquals(dual.marginalError(state.potentials()), state.error(), 1e-11);
        }
    }

    /** The theory: after t sweeps some iterate has an error of at most sqrt(q / t). */
    @Test
    void sublinearBoundHolds() {
        // Each sweep gains eta/2 error^2 or more (Pinsker), so t error^2 is bounded by the whole
        // climb of f times 2 / eta (Altschuler, Weed and Rigollet, NeurIPS 2017).
        var dual = Problems.randomAssignment(40, 100, 1);
        var best = solve(new StabilizedSinkhorn(dual), 1e-12).state().potentials();
        var method = new StabilizedSinkhorn(dual);
        var state = method.step(method.start());
        double climb = dual.value(best) - dual.value(state.potentials());
        double smallest = state.error();
        for (int t = 1; t <= 60; t++) {
            state = method.step(state);
            smallest = Math.min(smallest, state.error());
            assertTrue(smallest * smallest * t <= 2 * dual.eta() * climb + 1e-9);
        }
    }

    @Test
    void absorptionChangesNoSweep() {
        // Strong costs: scalings leave their range within a few sweeps, more than 200 sweeps run.
        for (double eta : new double[] {30, 3000}) {
            var dual = Problems.randomAssignment(12, eta, 4);
            var logs = new Sinkhorn(dual);
            var fast = new StabilizedSinkhorn(dual);
            var a = logs.start();
            var b = fast.start();
            for (int k = 0; k < 450; k++) {
                a = logs.step(a);
                b = fast.step(b);
                assertEquals(a.error(), b.error(), 1e-9 * a.error() + 1e-13, "sweep " + k);
            }
            var pa = dual.plan(a.potentials());
            var pb = dual.plan(b.potentials());
            assertEquals(0, Kernels.distance2(pa.data, pb.data), 1e-11);
        }
    }

    @Test
    void hugeEtaDoesNotOverflow() {
        for (var method : both(Problems.dual(Problems.SWAP, 1e6))) {
            var trace = solve(method, 1e-9);
            assertEquals(Status.CONVERGED, trace.status());
            var plan = Problems.dual(Problems.SWAP, 1e6).plan(trace.state().potentials());
            assertArrayEquals(new double[] {0.5, 0, 0, 0.5}, plan.data, 1e-9);
        }
    }

    @Test
    void tendsToTheExactAssignment() {
        var cost = Problems.random(8, 8, 5);
        var exact = HungarianSolver.solve(cost);
        var dual = Problems.dual(cost, 2000);
        var plan = dual.plan(solve(new StabilizedSinkhorn(dual), 1e-6).state().potentials());
        for (int i = 0; i < 8; i++) {
            assertEquals(1.0 / 8, plan.get(i, exact.columns()[i]), 1e-3);
        }
        assertEquals(exact.cost() / 8, dual.transportCost(plan), 1e-4);
    }

    @Test
    void sweepsAreCounted() {
        var trace =
                Run.of(new Sinkhorn(Problems.dual(Problems.SWAP, 1)))
                        .stop(Stop.iterations(3))
                        .start();
        assertEquals(6, trace.calls(Oracle.GRADIENT)[trace.size() - 1]);
    }

    @Test
    void missingDualIsRefused() {
        Rejects.bad(() -> new Sinkhorn(null), "dual");
        Rejects.bad(() -> new StabilizedSinkhorn(null), "dual");
    }
}
