package org.konvergo.problem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.linalg.ConeProjection;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.L1BallProjection;
import org.konvergo.linalg.SingularValueMap;
import org.konvergo.linalg.SingularValues;
import org.konvergo.linalg.SymmetricEigendecomposition;
import org.konvergo.linalg.TotalVariationDenoising;
import org.konvergo.random.RandomStreams;

/** Projections and proximal maps against what makes them optimal, not against themselves. */
class ProjectionsTest {
    private static final int ROWS = 4;
    private static final int COLS = 3;

    private static double[] gaussians(int n, long seed, double scale) {
        double[] x = new RandomStreams(seed).stream("point", 0).gaussians(n);
        Kernels.scale(scale, x);
        return x;
    }

    private static DMatrixRMaj matrix(double[] x) {
        return DMatrixRMaj.wrap(ROWS, COLS, x);
    }

    private static double[] prox(Proximable h, double step, double[] x) {
        var p = new double[x.length];
        h.prox(step, x, p);
        return p;
    }

    private static double[] minus(double[] x, double[] y) {
        var z = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            z[i] = x[i] - y[i];
        }
        return z;
    }

    private static Map<String, Indicator> sets() {
        var sets = new LinkedHashMap<String, Indicator>();
        sets.put("ball", Indicator.ball(1.5));
        sets.put("l1 ball", Indicator.l1Ball(1.5));
        sets.put("second-order cone", Indicator.secondOrderCone());
        sets.put("nuclear ball", Indicator.nuclearBall(ROWS, COLS, 1.5));
        sets.put("spectral ball", Indicator.spectralBall(ROWS, COLS, 1.5));
        return sets;
    }

    private static void repeatsAndDoesNotExpand(
            String name, Indicator set, double[] z, double[] other) {
        double scale = 1 + Kernels.norm2(z) + Kernels.norm2(other);
        double[] p = prox(set, 1, z);
        assertArrayEquals(p, prox(set, 7, p), 1e-13 * scale, name);
        assertEquals(0, set.value(p), name);
        // Firmly: |P z - P w|^2 <= <P z - P w, z - w>.
        double[] projected = minus(p, prox(set, 1, other));
        assertTrue(
                Kernels.dot(projected, projected)
                        <= Kernels.dot(projected, minus(z, other)) + 1e-12 * scale * scale,
                name);
    }

    @Property(tries = 100)
    void projectionsRepeatAndDoNotExpand(
            @ForAll long seed, @ForAll @DoubleRange(min = 0.01, max = 20) double scale) {
        double[] z = gaussians(ROWS * COLS, seed, scale);
        double[] other = gaussians(ROWS * COLS, seed + 1, scale);
        sets().forEach((name, set) -> repeatsAndDoesNotExpand(name, set, z, other));
        double[] square = gaussians(9, seed, scale);
        double[] second = gaussians(9, seed + 1, scale);
        repeatsAndDoesNotExpand("psd", Indicator.positiveSemidefinite(3), square, second);
    }

    /** P is the projection on a ball if x - P is steepest there: radius |x - P|_dual = <x-P, P>. */
    @Property(tries = 100)
    void ballsAreOptimal(
            @ForAll long seed, @ForAll @DoubleRange(min = 0.01, max = 20) double scale) {
        double[] x = gaussians(ROWS * COLS, seed, scale);
        double tolerance = 1e-12 * (1 + scale * scale) * 20;
        double[] p = prox(Indicator.l1Ball(1.5), 1, x);
        double[] left = minus(x, p);
        assertTrue(Kernels.norm1(p) <= 1.5 + 1e-13);
        assertEquals(1.5 * Kernels.normInf(left), Kernels.dot(left, p), tolerance);
        p = prox(Indicator.ball(1.5), 1, x);
        left = minus(x, p);
        assertEquals(1.5 * Kernels.norm2(left), Kernels.dot(left, p), tolerance);
        p = prox(Indicator.nuclearBall(ROWS, COLS, 1.5), 1, x);
        left = minus(x, p);
        assertTrue(Kernels.sum(SingularValues.of(matrix(p))) <= 1.5 + 1e-12);
        assertEquals(1.5 * SingularValues.of(matrix(left))[0], Kernels.dot(left, p), tolerance);
        p = prox(Indicator.spectralBall(ROWS, COLS, 1.5), 1, x);
        left = minus(x, p);
        assertTrue(SingularValues.of(matrix(p))[0] <= 1.5 + 1e-12);
        double nuclear = Kernels.sum(SingularValues.of(matrix(left)));
        assertEquals(1.5 * nuclear, Kernels.dot(left, p), tolerance);
    }

    /** Moreau: a point is its projection plus that on the polar cone, at right angles. */
    @Property(tries = 100)
    void conesSplitAPoint(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 6) int n,
            @ForAll @DoubleRange(min = -4, max = 4) double t) {
        double[] z = gaussians(n, seed, 1);
        z[0] = t;
        double[] p = ConeProjection.secondOrder(z);
        double[] polar = minus(p, z);
        for (double[] v : new double[][] {p, polar}) {
            double[] x = v.clone();
            x[0] = 0;
            assertTrue(Kernels.norm2(x) <= v[0] + 1e-14);
        }
        assertEquals(0, Kernels.dot(p, polar), 1e-13);
        var a = DMatrixRMaj.wrap(n, n, gaussians(n * n, seed, 1));
        var psd = ConeProjection.positiveSemidefinite(a);
        var rest = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                assertEquals(psd.get(i, j), psd.get(j, i), 1e-14);
                rest.set(i, j, psd.get(i, j) - (a.get(i, j) + a.get(j, i)) / 2);
            }
        }
        assertTrue(SymmetricEigendecomposition.of(psd).smallest() >= -1e-13);
        assertTrue(SymmetricEigendecomposition.of(rest).smallest() >= -1e-13);
        assertEquals(0, Kernels.dot(psd.data, rest.data), 1e-12);
    }

    @Test
    void conesByHand() {
        assertArrayEquals(
                new double[] {2, 1.2, 1.6},
                ConeProjection.secondOrder(new double[] {-1, 3, 4}),
                1e-15);
        assertArrayEquals(
                new double[] {5, 3, 4}, ConeProjection.secondOrder(new double[] {5, 3, 4}));
        assertArrayEquals(new double[3], ConeProjection.secondOrder(new double[] {-5, 3, 4}));
        assertArrayEquals(new double[] {0}, ConeProjection.secondOrder(new double[] {-2}));
        // Neither do squares overflow.
        assertArrayEquals(
                new double[] {2.5e200, 1.5e200, 2e200},
                ConeProjection.secondOrder(new double[] {0, 3e200, 4e200}),
                1e187);
        var flip = new DMatrixRMaj(new double[][] {{0, 2}, {0, 0}});
        assertArrayEquals(
                new double[] {0.5, 0.5, 0.5, 0.5},
                ConeProjection.positiveSemidefinite(flip).data,
                1e-15);
    }

    /** The nuclear norm's proximal map and the spectral ball's projection add up to the point. */
    @Property(tries = 100)
    void dualNormsSplitAPoint(
            @ForAll long seed,
            @ForAll @DoubleRange(min = 0.01, max = 5) double weight,
            @ForAll @DoubleRange(min = 0.1, max = 3) double step) {
        double[] x = gaussians(ROWS * COLS, seed, 1);
        double[] shrunk = prox(new NuclearNorm(ROWS, COLS, weight), step, x);
        double[] capped = prox(Indicator.spectralBall(ROWS, COLS, weight * step), 1, x);
        assertArrayEquals(x, minus(shrunk, minus(new double[x.length], capped)), 1e-13);
        // And for the spectral norm the subgradient says the same without the projection.
        var norm = new SpectralNorm(ROWS, COLS, weight);
        double[] p = prox(norm, step, x);
        double[] pull = minus(x, p);
        double[] pulled = SingularValues.of(matrix(pull));
        assertTrue(Kernels.sum(pulled) <= step * weight + 1e-12);
        assertEquals(step * norm.value(p), Kernels.dot(pull, p), 1e-12);
    }

    @Test
    void singularValuesByHand() {
        double[] x = {3, 0, 0, 0, -1, 0};
        var norm = new NuclearNorm(2, 3, 0.5);
        assertEquals(2, norm.value(x), 1e-15);
        assertArrayEquals(new double[] {2, 0, 0, 0, 0, 0}, prox(norm, 2, x), 1e-15);
        assertArrayEquals(
                new double[] {1, 0, 0, 0, -1, 0},
                prox(Indicator.spectralBall(2, 3, 1), 1, x),
                1e-15);
        assertArrayEquals(
                new double[] {2.5, 0, 0, 0, -0.5, 0},
                prox(Indicator.nuclearBall(2, 3, 3), 1, x),
                1e-15);
        assertEquals(6, new SpectralNorm(2, 3, 2).value(x), 1e-15);
        assertArrayEquals(x, prox(new SpectralNorm(2, 3, 0), 1, x));
        assertArrayEquals(
                new double[] {2, 0, 0, 0, -1, 0}, prox(new SpectralNorm(2, 3, 1), 1, x), 1e-15);
        // What lies inside is not touched, to the last bit.
        assertArrayEquals(x, prox(Indicator.nuclearBall(2, 3, 4), 1, x));
        assertArrayEquals(x, prox(Indicator.spectralBall(2, 3, 3), 1, x));
        assertArrayEquals(
                new double[6], SingularValueMap.softThreshold(DMatrixRMaj.wrap(2, 3, x), 3).data);
    }

    @Test
    void l1BallByHand() {
        assertArrayEquals(
                new double[] {1.5, -0.5, 0},
                L1BallProjection.project(new double[] {3, -2, 0.1}, 2),
                1e-15);
        assertArrayEquals(
                new double[] {0.3, -0.2}, L1BallProjection.project(new double[] {0.3, -0.2}, 2));
        assertArrayEquals(new double[0], L1BallProjection.project(new double[0], 2));
    }

    /**
     * The sums of y - x are the multipliers: within the weight, zero at the end, and at the weight,
     * with the right sign, where x steps.
     */
    private static void requireDenoised(double[] y, double weight, double[] x, double tolerance) {
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            sum += y[i] - x[i];
            assertTrue(Math.abs(sum) <= weight + tolerance, () -> "bound");
            if (i + 1 < y.length && x[i + 1] != x[i]) {
                assertEquals(-Math.signum(x[i + 1] - x[i]) * weight, sum, tolerance);
            }
        }
        assertEquals(0, sum, tolerance);
    }

    @Property(tries = 300)
    void denoisingIsOptimal(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int n,
            @ForAll @DoubleRange(min = 0, max = 8) double weight) {
        double[] y = gaussians(n, seed, 2);
        requireDenoised(y, weight, TotalVariationDenoising.of(y, weight), 1e-11);
    }

    @Property(tries = 50)
    void denoisingRoundedNumbersIsOptimal(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 4) int weight) {
        // Ties everywhere.
        double[] y = gaussians(40, seed, 2);
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.rint(y[i]);
        }
        requireDenoised(y, weight, TotalVariationDenoising.of(y, weight), 1e-12);
    }

    @Property(tries = 50)
    void denoisingDoesNotExpandAndKeepsTheMean(@ForAll long seed) {
        double[] y = gaussians(30, seed, 1);
        double[] z = gaussians(30, seed + 1, 1);
        var variation = new TotalVariation(0.7);
        double[] p = prox(variation, 0.9, y);
        double[] q = prox(variation, 0.9, z);
        assertTrue(Kernels.distance2(p, q) <= Kernels.distance2(y, z) + 1e-12);
        assertEquals(Kernels.sum(y), Kernels.sum(p), 1e-12);
        assertTrue(variation.value(p) <= variation.value(y));
    }

    @Test
    void denoisingLongSequences() {
        // A ramp keeps all knots to the end, a walk has pieces of every length.
        int n = 100_000;
        var ramp = new double[n];
        double[] walk = gaussians(n, 3, 1);
        for (int i = 1; i < n; i++) {
            ramp[i] = i;
            walk[i] += walk[i - 1];
        }
        double[] x = TotalVariationDenoising.of(ramp, 10);
        requireDenoised(ramp, 10, x, 1e-4);
        requireDenoised(walk, 50, TotalVariationDenoising.of(walk, 50), 1e-4);
    }

    @Test
    void denoisingByHand() {
        assertArrayEquals(
                new double[] {1, 3}, TotalVariationDenoising.of(new double[] {0, 4}, 1), 1e-15);
        assertArrayEquals(
                new double[] {2, 2}, TotalVariationDenoising.of(new double[] {0, 4}, 3), 1e-15);
        assertArrayEquals(
                new double[] {0.5, 0.5, 0.5, 4},
                TotalVariationDenoising.of(new double[] {0, 1.5, -1, 5}, 1),
                1e-15);
        assertArrayEquals(new double[] {7}, TotalVariationDenoising.of(new double[] {7}, 1));
        assertArrayEquals(new double[0], TotalVariationDenoising.of(new double[0], 1));
        assertArrayEquals(new double[] {3, 1}, TotalVariationDenoising.of(new double[] {3, 1}, 0));
        assertEquals(6, new TotalVariation(2).value(new double[] {1, 3, 2}));
    }

    @Test
    void refusesBadInput() {
        bad(() -> L1BallProjection.project(new double[1], 0), "radius");
        bad(() -> L1BallProjection.project(new double[] {1, Double.NaN}, 1), "v[1]");
        bad(() -> ConeProjection.secondOrder(new double[0]), "length of v");
        bad(() -> ConeProjection.secondOrder(new double[] {Double.NaN}), "v[0]");
        bad(() -> ConeProjection.positiveSemidefinite(new DMatrixRMaj(2, 3)), "a", "2 x 3");
        bad(() -> ConeProjection.positiveSemidefinite(new DMatrixRMaj(0, 0)), "rows of a");
        var a = new DMatrixRMaj(2, 2);
        bad(() -> SingularValueMap.softThreshold(a, -1), "threshold");
        bad(() -> SingularValueMap.softThreshold(null, 1), "a");
        bad(() -> SingularValueMap.spectralBall(a, 0), "radius");
        bad(() -> SingularValueMap.nuclearBall(a, Double.NaN), "radius");
        bad(() -> TotalVariationDenoising.of(new double[] {Double.NaN}, 1), "y[0]");
        bad(() -> TotalVariationDenoising.of(new double[2], -1), "weight");
        bad(() -> new TotalVariation(-1), "weight");
        bad(() -> new TotalVariation(1).prox(0, new double[2], new double[2]), "step");
        bad(() -> new TotalVariation(1).prox(1, new double[2], new double[3]), "result");
        bad(() -> new NuclearNorm(0, 2, 1), "rows");
        bad(() -> new NuclearNorm(2, 0, 1), "cols");
        bad(() -> new NuclearNorm(2, 2, -1), "weight");
        bad(() -> new NuclearNorm(2, 2, 1).value(new double[3]), "x");
        bad(() -> new SpectralNorm(2, 2, 1).prox(1, new double[4], new double[3]), "result");
        bad(() -> new SpectralNorm(2, 2, 1).prox(0, new double[4], new double[4]), "step");
        bad(() -> Indicator.ball(0), "radius");
        bad(() -> Indicator.l1Ball(-1), "radius");
        bad(() -> Indicator.nuclearBall(0, 1, 1), "rows");
        bad(() -> Indicator.spectralBall(1, 0, 1), "cols");
        bad(() -> Indicator.spectralBall(1, 1, 0), "radius");
        bad(() -> Indicator.positiveSemidefinite(0), "n");
        bad(() -> prox(Indicator.positiveSemidefinite(2), 1, new double[3]), "x");
    }
}
