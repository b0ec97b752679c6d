package org.konvergo.saddle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.LinearSolver;
import org.konvergo.linalg.SpectralRadius;
import org.konvergo.method.BisectionThreshold;
import org.konvergo.problem.MonotoneInclusion;
import org.konvergo.problem.QuadraticMinimax;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

/** Restricted Schur complement, test of second order and local stability. */
class LocalMinimaxTestTest {
    private static DMatrixRMaj matrix(double[]... rows) {
        return new DMatrixRMaj(rows);
    }

    private static QuadraticMinimax scalar(double a, double c, double b) {
        return new QuadraticMinimax(
                matrix(new double[] {a}), matrix(new double[] {c}), matrix(new double[] {b}));
    }

    /** The instance T. */
    private static QuadraticMinimax instance() {
        return new QuadraticMinimax(
                matrix(
                        new double[] {1, 0.3, 0.1},
                        new double[] {0.3, -0.5, 0.2},
                        new double[] {0.1, 0.2, 0.4}),
                matrix(
                        new double[] {1, 0.2, 0.5},
                        new double[] {0, 0.7, 1},
                        new double[] {0.3, 0, 0.8}),
                matrix(new double[3], new double[3], new double[] {0, 0, -1.5}));
    }

    private static DMatrixRMaj symmetric(int n, RandomStream random) {
        DMatrixRMaj a = RandomMatrices.gaussian(n, n, random);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                a.set(i, j, a.get(j, i));
            }
        }
        return a;
    }

    private static QuadraticMinimax random(long seed, int size, int nullity) {
        var random = new RandomStreams(seed).stream("minimax", nullity);
        var b = new DMatrixRMaj(size, size);
        if (nullity < size) {
            Kernels.syrk(RandomMatrices.gaussian(size, size - nullity, random), b);
            Kernels.scale(-1, b.data);
        }
        DMatrixRMaj a = symmetric(size, random);
        return new QuadraticMinimax(a, RandomMatrices.gaussian(size, size, random), b);
    }

    @Test
    void instanceHasItsKnownFigures() {
        var r = RestrictedSchurComplement.of(instance());
        assertArrayEquals(new double[] {0.73452979}, r.restricted().data, 1e-8);
        assertArrayEquals(new double[] {1.07428721, 0.6825738}, r.sigma(), 1e-8);
        assertArrayEquals(new double[] {0.80108921, -0.08835411}, r.iota(), 1e-8);
        assertEquals(1, r.basis().numCols);
        assertEquals(2, r.directions().numCols);
        var stability = LinearStability.of(instance().jacobian(1e6));
        double[] real =
                IntStream.range(0, 6)
                        .filter(i -> stability.imaginary()[i] == 0)
                        .mapToDouble(i -> stability.real()[i])
                        .sorted()
                        .toArray();
        assertEquals(2, real.length);
        assertEquals(0.7345303, real[0] * 1e6, 1e-6);
        assertEquals(1.499999, real[1], 1e-6);
        assertEquals(LocalMinimaxTest.Verdict.SECOND_ORDER, LocalMinimaxTest.of(instance()));
    }

    @Test
    void invertibleRepliesLeaveTheOrdinarySchurComplement() {
        var model = random(3, 4, 0);
        var r = RestrictedSchurComplement.of(model);
        assertEquals(0, r.sigma().length);
        assertEquals(0, r.iota().length);
        assertEquals(0, r.directions().numCols);
        for (int j = 0; j < 4; j++) {
            // Column j of A - C B^-1 C'.
            var row = new double[4];
            System.arraycopy(model.c().data, 4 * j, row, 0, 4);
            double[] reply = LinearSolver.lu().solve(model.b(), row).orElseThrow();
            var pull = new double[4];
            Kernels.gemv(model.c(), reply, pull);
            for (int i = 0; i < 4; i++) {
                double expected = model.a().get(i, j) - pull[i];
                assertEquals(expected, r.schur().get(i, j), 1e-10 * (1 + Math.abs(expected)));
                assertEquals(r.schur().get(i, j), r.restricted().get(i, j), 1e-12);
                assertEquals(i == j ? 1 : 0, r.basis().get(i, j));
            }
        }
    }

    @Test
    void noRepliesAndFullCouplingLeaveAnEmptyMatrix() {
        var r = RestrictedSchurComplement.of(random(5, 3, 3));
        assertEquals(0, r.restricted().numRows);
        assertEquals(0, r.restricted().numCols);
        assertEquals(0, r.restrictedEigenvalues().length);
        assertEquals(3, r.sigma().length);
    }

    @Test
    void noCouplingLeavesA() {
        var model =
                new QuadraticMinimax(
                        matrix(new double[] {2, 1}, new double[] {1, 3}),
                        new DMatrixRMaj(2, 1),
                        new DMatrixRMaj(1, 1));
        var r = RestrictedSchurComplement.of(model);
        assertEquals(0, r.sigma().length);
        double root = Math.sqrt(5);
        assertArrayEquals(
                new double[] {(5 - root) / 2, (5 + root) / 2}, r.restrictedEigenvalues(), 1e-14);
    }

    /** With equal singular values only the curvature on their whole span is defined. */
    @Test
    void equalSingularValuesShareTheCurvaturesOfTheirSpan() {
        var model =
                new QuadraticMinimax(
                        matrix(new double[] {2, 1}, new double[] {1, 3}),
                        matrix(new double[] {1, 0}, new double[] {0, 1}),
                        new DMatrixRMaj(2, 2));
        var r = RestrictedSchurComplement.of(model);
        double root = Math.sqrt(5);
        assertArrayEquals(new double[] {(5 - root) / 4, (5 + root) / 4}, r.iota(), 1e-14);
        double epsilon = 1e-6;
        var stability = LinearStability.of(model.jacobian(1 / epsilon));
        assertEquals(r.iota()[0], stability.real()[0] / epsilon, 1e-4);
        assertEquals(r.iota()[1], stability.real()[3] / epsilon, 1e-4);
    }

    @Property(tries = 50)
    void basisAndDirectionsSpanTheSpace(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 5) int nullity) {
        var model = random(seed, 5, nullity);
        var r = RestrictedSchurComplement.of(model);
        assertEquals(5, r.basis().numCols + r.directions().numCols);
        assertEquals(nullity, r.sigma().length);
        if (r.basis().numCols > 0 && r.directions().numCols > 0) {
            var cross = new DMatrixRMaj(r.basis().numCols, r.directions().numCols);
            Kernels.gemmTransA(r.basis(), r.directions(), cross);
            assertEquals(0, Kernels.normInf(cross.data), 1e-13);
        }
    }

    @Test
    void verdicts() {
        assertEquals(LocalMinimaxTest.Verdict.SECOND_ORDER, LocalMinimaxTest.of(scalar(1, 0, -1)));
        // min over x of max over y: -x^2/2 + 2xy - y^2/2 is 3x^2/2 after y's reply.
        assertEquals(LocalMinimaxTest.Verdict.SECOND_ORDER, LocalMinimaxTest.of(scalar(-1, 2, -1)));
        assertEquals(
                LocalMinimaxTest.Verdict.STRICT_NON_MINIMAX,
                LocalMinimaxTest.of(scalar(-1, 0, -1)));
        assertEquals(
                LocalMinimaxTest.Verdict.STRICT_NON_MINIMAX, LocalMinimaxTest.of(scalar(1, 0, 1)));
        assertEquals(LocalMinimaxTest.Verdict.UNDECIDED, LocalMinimaxTest.of(scalar(-1, 1, -1)));
        assertEquals(LocalMinimaxTest.Verdict.UNDECIDED, LocalMinimaxTest.of(scalar(0, 0, 0)));
        // The restriction is empty: the sign of A does not matter.
        assertEquals(LocalMinimaxTest.Verdict.SECOND_ORDER, LocalMinimaxTest.of(scalar(-9, 1, 0)));
    }

    @Property(tries = 50)
    void extragradientFactorOfTheBilinearGame(
            @ForAll @DoubleRange(min = 0.05, max = 0.95) double eta,
            @ForAll @DoubleRange(min = 1, max = 1000) double tau) {
        double epsilon = 1 / tau;
        var stability = LinearStability.of(scalar(0, 1, 0).jacobian(tau));
        double square = 1 - eta * eta * epsilon + eta * eta * eta * eta * epsilon * epsilon;
        assertEquals(Math.sqrt(square), stability.extragradient(eta), 1e-14);
        assertEquals(
                Math.sqrt(1 + eta * eta * epsilon), stability.gradientDescentAscent(eta), 1e-14);
    }

    @Property(tries = 30)
    void factorsAreThoseOfTheJacobians(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 4) int nullity) {
        var model = random(seed, 4, nullity);
        double eta = 0.07;
        DMatrixRMaj h = model.jacobian(3);
        var inner = h.copy();
        Kernels.scale(-eta, inner.data);
        for (int i = 0; i < 8; i++) {
            inner.add(i, i, 1);
        }
        var stability = LinearStability.of(h);
        assertEquals(SpectralRadius.of(inner), stability.gradientDescentAscent(eta), 1e-11);
        var outer = new DMatrixRMaj(8, 8);
        Kernels.gemm(h, inner, outer);
        Kernels.scale(-eta, outer.data);
        for (int i = 0; i < 8; i++) {
            outer.add(i, i, 1);
        }
        double radius = SpectralRadius.of(outer);
        assertEquals(radius, stability.extragradient(eta), 1e-10 * radius);
    }

    @Test
    void knownRadii() {
        var game = scalar(0, 1, 0);
        var together = LinearStability.of(game.jacobian(1));
        assertEquals(1.118034, together.gradientDescentAscent(0.5), 1e-6);
        assertEquals(0.901388, together.extragradient(0.5), 1e-6);
        var apart = LinearStability.of(game.jacobian(100));
        assertEquals(1.0012492, apart.gradientDescentAscent(0.5), 1e-7);
        assertEquals(0.9987523, apart.extragradient(0.5), 1e-7);
        var bent = scalar(-0.4, 1, 0);
        assertEquals(1.05, LinearStability.of(bent.jacobian(1)).extragradient(0.5), 1e-12);
        assertEquals(0.998261, LinearStability.of(bent.jacobian(10)).extragradient(0.5), 1e-6);
    }

    @Test
    void ruleForLargeTauHasItsThresholds() {
        assertTrue(RestrictedSchurComplement.of(scalar(-0.49, 1, 0)).extragradientStable(0.5));
        assertFalse(RestrictedSchurComplement.of(scalar(-0.51, 1, 0)).extragradientStable(0.5));
        assertTrue(
                RestrictedSchurComplement.of(scalar(0.51, 1, 0)).gradientDescentAscentStable(0.5));
        assertFalse(
                RestrictedSchurComplement.of(scalar(0.49, 1, 0)).gradientDescentAscentStable(0.5));
        assertFalse(RestrictedSchurComplement.of(scalar(-1, 0, -1)).extragradientStable(0.5));
        assertTrue(RestrictedSchurComplement.of(instance()).extragradientStable(0.4));
    }

    @Test
    void oneTimescaleIsTheSharedExtragradientBitForBit() {
        var model = random(9, 3, 1);
        double[] start = new RandomStreams(1).stream("start", 0).gaussians(6);
        var shared = new Extragradient(MonotoneInclusion.of(model.operator()), 0.05, start);
        var scaled = new Extragradient(MonotoneInclusion.of(model.operator(1)), 0.05, start);
        double[] z = shared.start();
        double[] w = scaled.start();
        for (int k = 0; k < 100; k++) {
            z = shared.step(z);
            w = scaled.step(w);
            assertArrayEquals(z, w);
        }
    }

    @Test
    void bisectionEnclosesTheChange() {
        var found = BisectionThreshold.of(x -> x * x >= 2, 0, 2, 30);
        assertTrue(found.low() <= Math.sqrt(2) && Math.sqrt(2) <= found.high());
        assertEquals(StrictMath.pow(2, -29), found.high() - found.low(), 1e-15);
        assertEquals(Math.sqrt(2), found.middle(), 2e-9);
        var falling = BisectionThreshold.of(x -> x < 0.3, 0, 1, 20);
        assertEquals(0.3, falling.middle(), 1e-6);
        assertEquals(0.5, BisectionThreshold.of(x -> x < 0.3, 0, 1, 0).middle());
    }

    @Test
    void refusesBadInput() {
        bad(() -> RestrictedSchurComplement.of(null), "model");
        bad(() -> RestrictedSchurComplement.of(instance(), -1), "tolerance");
        bad(() -> RestrictedSchurComplement.of(instance(), 1), "tolerance");
        bad(() -> LocalMinimaxTest.of(null), "model");
        bad(() -> LocalMinimaxTest.of(instance(), Double.NaN), "tolerance");
        var r = RestrictedSchurComplement.of(instance());
        bad(() -> r.extragradientStable(0), "eta");
        bad(() -> r.gradientDescentAscentStable(-1), "eta");
        var stability = LinearStability.of(instance().jacobian(1));
        bad(() -> stability.extragradient(0), "eta");
        bad(() -> stability.gradientDescentAscent(Double.NaN), "eta");
        bad(() -> LinearStability.of(new DMatrixRMaj(2, 3)), "a", "square");
        bad(() -> new LinearStability(new double[2], new double[1]), "imaginary");
        bad(() -> BisectionThreshold.of(x -> true, 0, 1, 3), "property", "different");
        bad(() -> BisectionThreshold.of(x -> x > 0, 1, 0, 3), "high");
        bad(() -> BisectionThreshold.of(x -> x > 0, 0, 1, -1), "steps");
        bad(() -> BisectionThreshold.of(null, 0, 1, 1), "property");
        bad(() -> new BisectionThreshold(Double.NaN, 1), "low");
    }
}
