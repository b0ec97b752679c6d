package org.konvergo.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Lbfgs;
import org.konvergo.method.SubgradientMethod;
import org.konvergo.problem.Smooth;
import org.konvergo.problem.TransportProblem;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

class RegularizedTransportTest {
    private static final TransportProblem TWO =
            new TransportProblem(
                    new DMatrixRMaj(new double[][] {{0, 1}, {1, 0}}),
                    new double[] {0.5, 0.5},
                    new double[] {0.5, 0.5});

    private static TransportProblem random(int m, int n, RandomStream random) {
        double[] a = positive(m, random);
        double[] b = positive(n, random);
        return new TransportProblem(new DMatrixRMaj(m, n, true, random.uniforms(m * n)), a, b);
    }

    private static double[] positive(int n, RandomStream random) {
        var masses = new double[n];
        Arrays.setAll(masses, i -> random.uniform(0.5, 1.5));
        Kernels.scale(1 / Kernels.sum(masses), masses);
        return masses;
    }

    private static RandomStream stream(long seed) {
        return new RandomStreams(seed).stream("regularised transport", 0);
    }

    /** A maximiser, by far more steps than these problems need. */
    private static Lbfgs.State maximise(Smooth f) {
        var method = new Lbfgs(f.negated(), 10, new double[f.dimension()]);
        var state = method.start();
        for (int k = 0; k < 400 && !state.stalled(); k++) {
            state = method.step(state);
        }
        return state;
    }

    private static RegularizedTransportSemiDual semiDual(TransportProblem p, double gamma, int k) {
        return new RegularizedTransportSemiDual(p, new SquaredNormRegularizer(gamma, k));
    }

    /** Known optima of the 2 x 2 problem: one entry a column, or two with weak and strong norm. */
    @ParameterizedTest
    @CsvSource({"1, 1, 0.25, 0.5", "1, 4, 1, 0.5", "2, 4, 0.875, 0.375", "2, 1, 0.25, 0.5"})
    void knownOptima(int k, double gamma, double value, double diagonal) {
        var f = semiDual(TWO, gamma, k);
        var found = maximise(f);
        assertEquals(value, -found.value(), 1e-12);
        var plan = f.plan(found.x());
        double other = 0.5 - diagonal;
        assertArrayEquals(
                new double[] {diagonal, other, other, diagonal}, plan.data, 1e-9, plan::toString);
        assertEquals(value, f.primal(plan), 1e-9);
        var dual = new RegularizedTransportDual(TWO, new SquaredNormRegularizer(gamma, k));
        assertEquals(value, -maximise(dual).value(), 1e-9);
    }

    /**
     * Values of POT 0.9.7: ot.smooth.smooth_ot_semi_dual(a, b, C, gamma, reg_type='l2',
     * stopThr=1e-14, numItermax=5000) on C_ij = ((7i + 3j) mod 11) / 10 + |i - j| / 20, a_i
     * proportional to 1 + i, b_j to 2 + (5j mod 4); cost of the plan plus gamma / 2 its squared
     * norm.
     */
    @ParameterizedTest
    @CsvSource({"0.1, 0.3077089562189219", "1, 0.3726801184245937"})
    void agreesWithPot(double gamma, double expected) {
        var cost = new DMatrixRMaj(5, 4);
        double[] a = {1 / 15.0, 2 / 15.0, 3 / 15.0, 4 / 15.0, 5 / 15.0};
        double[] b = {2 / 14.0, 3 / 14.0, 4 / 14.0, 5 / 14.0};
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 4; j++) {
                cost.set(i, j, (7 * i + 3 * j) % 11 / 10.0 + Math.abs(i - j) / 20.0);
            }
        }
        var problem = new TransportProblem(cost, a, b);
        var f = new RegularizedTransportSemiDual(problem, SquaredNormRegularizer.quadratic(gamma));
        var found = maximise(f);
        assertEquals(expected, -found.value(), 1e-6);
        assertEquals(expected, f.primal(f.plan(found.x())), 1e-6);
        // ot.emd2 on the same data.
        assertEquals(0.30047619047619045, TransportLinearProgram.solve(problem).cost(), 1e-12);
    }

    /** At k = 1 the dual is that of the linear programme, shifted by gamma |b|^2 / 2. */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 1, 5})
    void oneEntryAColumnIsExactTransport(double gamma) {
        int n = 8;
        var masses = new double[n];
        Arrays.fill(masses, 1.0 / n);
        var problem =
                new TransportProblem(
                        new DMatrixRMaj(n, n, true, stream(1).uniforms(n * n)), masses, masses);
        double exact = HungarianSolver.solve(problem.cost()).cost() / n;
        assertEquals(exact, TransportLinearProgram.solve(problem).cost(), 1e-12);
        double shift = gamma / 2 * Kernels.dot(masses, masses);
        assertEquals(exact + shift, -maximise(semiDual(problem, gamma, 1)).value(), 1e-9);
    }

    /** Kinks stop the quasi-Newton method early, so that subgradient steps have to follow. */
    private static double polished(Smooth f) {
        var method = new SubgradientMethod(f.negated(), 0.02, maximise(f).x());
        var state = method.start();
        for (int k = 0; k < 5000; k++) {
            state = method.step(state);
        }
        return -state.value();
    }

    @Test
    void valuesFallWithTheLimitAndDualsAgree() {
        var problem = random(6, 5, stream(2));
        double last = Double.POSITIVE_INFINITY;
        for (int k = 1; k <= 6; k++) {
            double value = polished(semiDual(problem, 0.3, k));
            assertTrue(value <= last + 1e-4, "k = " + k);
            last = value;
        }
        var dual = new RegularizedTransportDual(problem, SquaredNormRegularizer.quadratic(0.3));
        assertEquals(last, -maximise(dual).value(), 1e-9);
    }

    /** Any plan with the right sums and at most k entries a column costs at least the dual. */
    @Property(tries = 50)
    void weakDuality(@ForAll @LongRange(min = 0, max = 1000) long seed) {
        var problem = random(5, 5, stream(seed));
        var f = semiDual(problem, 0.5, 5);
        var plan = new DMatrixRMaj(5, 5);
        for (int i = 0; i < 25; i++) {
            plan.data[i] = problem.rows()[i / 5] * problem.cols()[i % 5];
        }
        assertTrue(f.value(stream(seed + 1).gaussians(5)) <= f.primal(plan));
        assertEquals(Double.POSITIVE_INFINITY, semiDual(problem, 0.5, 4).primal(plan));
    }

    @Property(tries = 50)
    void aConstantChangesNothingAndColumnsAreMet(
            @ForAll @LongRange(min = 0, max = 1000) long seed) {
        var random = stream(seed);
        var problem = random(6, 4, random);
        double[] alpha = random.gaussians(6);
        double[] shifted = Arrays.stream(alpha).map(x -> x + 3).toArray();
        for (TransportRegularizer regularizer :
                new TransportRegularizer[] {
                    new SquaredNormRegularizer(0.4, 2), new EntropyRegularizer(0.4)
                }) {
            var f = new RegularizedTransportSemiDual(problem, regularizer);
            assertEquals(f.value(alpha), f.value(shifted), 1e-12);
            var plan = f.plan(alpha);
            var gradient = new double[6];
            f.gradient(alpha, gradient);
            for (int j = 0; j < 4; j++) {
                double sum = 0;
                for (int i = 0; i < 6; i++) {
                    sum += plan.get(i, j);
                }
                assertEquals(problem.cols()[j], sum, 1e-14);
            }
            assertEquals(Kernels.norm1(gradient), f.marginalError(plan), 1e-13);
        }
    }

    @Property(tries = 30)
    void gradientsAreDerivatives(@ForAll @LongRange(min = 0, max = 1000) long seed) {
        var random = stream(seed);
        var problem = random(5, 4, random);
        for (TransportRegularizer regularizer :
                new TransportRegularizer[] {
                    new SquaredNormRegularizer(0.7, 2),
                    SquaredNormRegularizer.quadratic(0.7),
                    new EntropyRegularizer(0.7)
                }) {
            check(new RegularizedTransportSemiDual(problem, regularizer), random);
            check(new RegularizedTransportDual(problem, regularizer), random);
        }
    }

    private static void check(Smooth f, RandomStream random) {
        double[] z = random.gaussians(f.dimension());
        double[] d = random.gaussians(f.dimension());
        var gradient = new double[z.length];
        f.gradient(z, gradient);
        double h = 1e-6;
        double difference = (f.value(moved(z, h, d)) - f.value(moved(z, -h, d))) / (2 * h);
        double scale = Math.max(1, Math.abs(difference));
        assertEquals(difference, Kernels.dot(gradient, d), 1e-6 * scale);
    }

    private static double[] moved(double[] z, double h, double[] d) {
        double[] moved = z.clone();
        Kernels.axpy(h, d, moved);
        return moved;
    }

    @Test
    void entropyIsTheDualOfSinkhorn() {
        var problem = random(5, 6, stream(4));
        var dual = new RegularizedTransportDual(problem, new EntropyRegularizer(1 / 8.0));
        var known = new EntropicTransportDual(problem, 8);
        double[] z = stream(5).gaussians(11);
        assertEquals(known.value(z), dual.value(z), 1e-10 * Math.abs(known.value(z)));
        assertArrayEquals(known.plan(z).data, dual.plan(z).data, 1e-9 * known.plan(z).data[0]);
        var semi = new RegularizedTransportSemiDual(problem, new EntropyRegularizer(1 / 8.0));
        var found = maximise(semi);
        assertTrue(semi.marginalError(semi.plan(found.x())) < 1e-8);
        assertTrue(Arrays.stream(semi.plan(found.x()).data).allMatch(t -> t > 0));
        assertEquals(-found.value(), semi.primal(semi.plan(found.x())), 1e-8);
    }

    @Test
    void tieGapIsTheSmallestOverTheColumns() {
        var problem =
                new TransportProblem(
                        new DMatrixRMaj(new double[][] {{0, 0.5}, {1, 0.2}, {3, 0.1}}),
                        new double[] {0.2, 0.3, 0.5},
                        new double[] {0.5, 0.5});
        assertEquals(0.1, semiDual(problem, 1, 1).tieGap(new double[3]), 1e-15);
        assertEquals(0.3, semiDual(problem, 1, 2).tieGap(new double[3]), 1e-15);
        assertEquals(Double.POSITIVE_INFINITY, semiDual(problem, 1, 3).tieGap(new double[3]));
    }

    @Test
    void refusesBadInput() {
        bad(() -> new SquaredNormRegularizer(0, 1), "strength");
        bad(() -> new SquaredNormRegularizer(1, 0), "most");
        bad(() -> new EntropyRegularizer(Double.NaN), "strength");
        bad(() -> semiDual(TWO, 1, 3), "most");
        bad(() -> semiDual(null, 1, 1), "problem");
        bad(() -> new RegularizedTransportDual(TWO, null), "regularizer");
        var f = semiDual(TWO, 1, 1);
        bad(() -> f.value(new double[3]), "alpha");
        bad(() -> f.gradient(new double[2], new double[3]), "gradient");
        bad(() -> f.plan(new double[1]), "alpha");
        bad(() -> f.tieGap(new double[1]), "alpha");
        bad(() -> f.primal(new DMatrixRMaj(2, 3)), "plan");
        bad(() -> f.marginalError(new DMatrixRMaj(3, 2)), "plan");
        var dual = new RegularizedTransportDual(TWO, new EntropyRegularizer(1));
        bad(() -> dual.value(new double[2]), "z");
        bad(() -> dual.plan(new double[5]), "z");
        bad(() -> TransportLinearProgram.solve(null), "problem");
    }
}
