package org.konvergo.saddle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Oracle;
import org.konvergo.method.Run;
import org.konvergo.method.Status;
import org.konvergo.method.Stop;
import org.konvergo.method.Trace;
import org.konvergo.problem.BilinearSaddleProblem;
import org.konvergo.problem.Indicator;
import org.konvergo.problem.MatrixSaddleProblem;
import org.konvergo.problem.Proximable;
import org.konvergo.random.RandomStreams;
import org.konvergo.transport.AssignmentProblem;
import org.konvergo.transport.HungarianSolver;

class RestartedPdhgTest {
    /** The linear function c'x, of non-negative x if so asked. */
    record Linear(double[] c, boolean positive) implements Proximable {
        @Override
        public double value(double[] x) {
            return Kernels.dot(c, x);
        }

        @Override
        public void prox(double step, double[] x, double[] result) {
            for (int i = 0; i < c.length; i++) {
                double moved = x[i] - step * c[i];
                result[i] = positive ? Math.max(moved, 0) : moved;
            }
        }
    }

    /** Least c'x with A x = b and x >= 0. */
    private static MatrixSaddleProblem program(DMatrixRMaj a, double[] b, double... c) {
        double[] down = b.clone();
        Kernels.scale(-1, down);
        return new MatrixSaddleProblem(a, new Linear(c, true), new Linear(down, false));
    }

    /** The factory of Dantzig's text books: two products, three plants, profits 3 and 5. */
    private static MatrixSaddleProblem factory(double price) {
        var a = new DMatrixRMaj(new double[][] {{1, 0, 1, 0, 0}, {0, 2, 0, 1, 0}, {3, 2, 0, 0, 1}});
        return program(a, new double[] {4, 12, 18}, -3 * price, -5 * price, 0, 0, 0);
    }

    private static Trace<RestartedPdhg.State> run(RestartedPdhg method, double goal, long limit) {
        return Run.of(method)
                .measure("merit", RestartedPdhg.State::merit)
                .stop(Stop.below("merit", goal).or(Stop.iterations(limit)))
                .start();
    }

    @Test
    void aLinearProgramWithAKnownOptimum() {
        var trace = run(RestartedPdhg.of(factory(1), 1.0 / 3, 1), 1e-10, 20_000);
        assertEquals(Status.CONVERGED, trace.status(), trace.toString());
        assertArrayEquals(new double[] {2, 6, 2, 0, 0}, trace.state().x(), 1e-8);
        assertArrayEquals(new double[] {0, -1.5, -1}, trace.state().y(), 1e-8);
        assertTrue(trace.state().restarts() > 2);
        assertTrue(trace.state().trials() >= trace.iteration());
        assertEquals(trace.state().trials(), trace.calls(Oracle.GRADIENT)[trace.size() - 1]);
    }

    /** Prices a thousand times as high: the weight finds out. */
    @Test
    void theWeightAdaptsToTheScale() {
        var trace = run(RestartedPdhg.of(factory(1000), 1.0 / 3, 1), 1e-7, 50_000);
        assertEquals(Status.CONVERGED, trace.status(), trace.toString());
        assertEquals(2, trace.state().x()[0], 1e-6);
        assertTrue(trace.state().weight() > 10, "" + trace.state().weight());
    }

    /** With random costs against the Hungarian method. */
    @Property(tries = 15)
    void assignments(
            @ForAll @IntRange(min = 2, max = 12) int n,
            @ForAll @IntRange(min = 0, max = 1000) int seed) {
        var random = new RandomStreams(seed).stream("assignment", n);
        var cost = new DMatrixRMaj(n, n, true, random.uniforms(n * n));
        var problem = new AssignmentProblem(cost);
        var trace = run(RestartedPdhg.of(problem, 1, 1), 1e-8, 50_000);
        assertEquals(Status.CONVERGED, trace.status(), trace.toString());
        double best = HungarianSolver.solve(cost).cost();
        assertEquals(best, problem.objective(trace.state().x()), 1e-6);
        assertEquals(best, problem.lowerBound(trace.state().y()), 1e-6);
    }

    /** The plain method with the best constant step needs several times as many iterations. */
    @Test
    void restartsPay() {
        var random = new RandomStreams(1).stream("pays", 0);
        var problem = new AssignmentProblem(new DMatrixRMaj(20, 20, true, random.uniforms(400)));
        var merit = RestartedPdhg.Merit.naturalResidual(problem);
        var trace = run(RestartedPdhg.of(problem, 1, 1), 1e-8, 50_000);
        assertEquals(Status.CONVERGED, trace.status());
        double product = Math.sqrt(problem.largestEigenvalue());
        var plain = PrimalDualHybridGradient.chambollePock(problem, product, product);
        var s = plain.start();
        for (long k = 0; k < trace.iteration(); k++) {
            s = plain.step(s);
        }
        assertTrue(merit.of(s.x(), s.y()) > 1e-6);
    }

    /** min over x, max over y of xy: the iterates turn about the solution, their average is it. */
    @Test
    void turnsAreAveragedAway() {
        var one = new DMatrixRMaj(new double[][] {{1}});
        var problem = new MatrixSaddleProblem(one, Indicator.none(), Indicator.none());
        var merit = RestartedPdhg.Merit.naturalResidual(problem);
        assertEquals(5, merit.of(new double[] {3}, new double[] {4}), 1e-15);
        double[] start = {1};
        var method = new RestartedPdhg(problem, merit, 0.1, 1, 5, start, start);
        var trace = run(method, 1e-12, 5000);
        assertEquals(Status.CONVERGED, trace.status());
        assertEquals(0, trace.state().x()[0], 1e-12);
        // The step stays near the largest that is safe, 1 / |A|, or above where the turns allow it.
        assertTrue(trace.state().step() > 0.5);
    }

    /** A saddle point is left as it is, whatever the number of steps. */
    @Test
    void staysAtASaddlePoint() {
        var problem = factory(1);
        double[] x = {2, 6, 2, 0, 0};
        double[] y = {0, -1.5, -1};
        var merit = RestartedPdhg.Merit.naturalResidual(problem);
        var method = new RestartedPdhg(problem, merit, 0.25, 1, 10, x, y);
        var s = method.start();
        for (int k = 0; k < 500; k++) {
            s = method.step(s);
        }
        assertArrayEquals(x, s.x(), 1e-12);
        assertArrayEquals(y, s.y(), 1e-12);
        assertTrue(Double.isFinite(s.step()) && s.step() > 0);
    }

    @Test
    void badInputIsNamed() {
        BilinearSaddleProblem problem = factory(1);
        RestartedPdhg.Merit merit = (x, y) -> 1;
        double[] x = new double[5];
        double[] y = new double[3];
        bad(() -> RestartedPdhg.of(null, 1, 1), "problem");
        bad(() -> RestartedPdhg.Merit.naturalResidual(null), "problem");
        bad(() -> RestartedPdhg.of(problem, 0, 1), "step");
        bad(() -> RestartedPdhg.of(problem, 1, -1), "weight");
        bad(() -> new RestartedPdhg(problem, null, 1, 1, 1, x, y), "merit");
        bad(() -> new RestartedPdhg(problem, merit, 1, 1, 0, x, y), "every");
        bad(() -> new RestartedPdhg(problem, merit, 1, 1, 1, y, y), "x0");
        bad(() -> new RestartedPdhg(problem, merit, 1, 1, 1, x, x), "y0");
    }
}
