package org.konvergo.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.linalg.Kernels;

class RandomTest {
    private static final int DRAWS = 100_000;

    private static RandomStream stream() {
        return new RandomStreams(1).stream("test", 0);
    }

    @Test
    void firstDrawsAreThoseOfEveryMachine() {
        // A change here changes every published figure.
        var s = new RandomStreams(1).stream("golden", 0);
        assertEquals(GOLDEN_LONG, s.source().nextLong());
        assertEquals(GOLDEN_UNIFORM, s.uniform());
        assertEquals(GOLDEN_GAUSSIAN, s.gaussian());
        assertEquals(GOLDEN_GAMMA, s.gamma(0.3));
    }

    private static final long GOLDEN_LONG = 5959970632613172576L;
    private static final double GOLDEN_UNIFORM = 0x1.e4f5cac24f5bep-1;
    private static final double GOLDEN_GAUSSIAN = 0x1.d8d7187e3a757p-2;
    private static final double GOLDEN_GAMMA = 0x1.b794463f32badp0;

    @Test
    void streamsAreNamed() {
        double[] a = stream().gaussians(5);
        assertArrayEquals(a, stream().gaussians(5));
        assertNotEquals(a[0], new RandomStreams(2).stream("test", 0).gaussian());
        assertNotEquals(a[0], new RandomStreams(1).stream("test", 1).gaussian());
        assertNotEquals(a[0], new RandomStreams(1).stream("tesu", 0).gaussian());
    }

    @Test
    void splitsDoNotDependOnWhatWasDrawn() {
        var fresh = stream();
        var used = stream();
        used.gaussians(100);
        assertEquals(fresh.split("client", 3).uniform(), used.split("client", 3).uniform());
        assertNotEquals(fresh.split("client", 3).uniform(), fresh.split("client", 4).uniform());
    }

    @Test
    void differentStreamsAreUncorrelated() {
        double[] a = new RandomStreams(1).stream("a", 0).gaussians(DRAWS);
        double[] b = new RandomStreams(1).stream("b", 0).gaussians(DRAWS);
        assertEquals(0, Kernels.dot(a, b) / DRAWS, 5 / Math.sqrt(DRAWS));
    }

    @Test
    void momentsOfTheDistributions() {
        var s = stream();
        moments(s.gaussians(DRAWS), 0, 1);
        moments(s.uniforms(DRAWS), 0.5, 1 / 12.0);
        var x = new double[DRAWS];
        Arrays.setAll(x, i -> s.exponential());
        moments(x, 1, 1);
        Arrays.setAll(x, i -> s.gamma(0.3));
        moments(x, 0.3, 0.3);
        Arrays.setAll(x, i -> s.gamma(4));
        moments(x, 4, 4);
        Arrays.setAll(x, i -> s.uniform(2, 5));
        moments(x, 3.5, 9 / 12.0);
        Arrays.setAll(x, i -> s.bernoulli(0.25) ? 1 : 0);
        moments(x, 0.25, 0.1875);
        Arrays.setAll(x, i -> s.integer(5));
        moments(x, 2, 2);
        Arrays.setAll(x, i -> Math.log(s.logNormal(1, 0.5)));
        moments(x, 1, 0.25);
    }

    private static void moments(double[] x, double mean, double variance) {
        double m = Kernels.sum(x) / x.length;
        double v = Kernels.dot(x, x) / x.length - m * m;
        assertEquals(mean, m, 5 * Math.sqrt(variance / x.length));
        assertEquals(variance, v, 0.05 * variance);
    }

    @Property(tries = 50)
    void dirichletIsAProbability(
            @ForAll @IntRange(min = 1, max = 20) int n, @ForAll @LongRange long seed) {
        var alpha = new double[n];
        Arrays.fill(alpha, 0.05);
        double[] p = new RandomStreams(seed).stream("dirichlet", 0).dirichlet(alpha);
        assertEquals(1, Kernels.sum(p), 1e-12);
        assertTrue(Arrays.stream(p).allMatch(v -> v >= 0));
    }

    @Test
    void multinomialCountsFollowTheirWeights() {
        int[] counts = stream().multinomial(DRAWS, 1, 0, 3);
        assertEquals(DRAWS, Arrays.stream(counts).sum());
        assertEquals(0, counts[1]);
        assertEquals(0.25 * DRAWS, counts[0], 5 * Math.sqrt(DRAWS * 0.1875));
    }

    @Property(tries = 100)
    void permutationsAndSubsets(@ForAll @IntRange(max = 30) int n, @ForAll @LongRange long seed) {
        var s = new RandomStreams(seed).stream("sets", 0);
        int[] sorted = s.permutation(n);
        Arrays.sort(sorted);
        assertArrayEquals(IntStream.range(0, n).toArray(), sorted);
        int[] chosen = s.subset(n, n / 2);
        assertEquals(n / 2, IntStream.of(chosen).distinct().filter(i -> i >= 0 && i < n).count());
    }

    @Test
    void everySubsetIsEquallyLikely() {
        var s = stream();
        var counts = new int[6];
        for (int i = 0; i < 60_000; i++) {
            int[] pair = s.subset(4, 2);
            counts[pair[0] == 0 ? pair[1] - 1 : pair[0] + pair[1]]++;
        }
        for (int count : counts) {
            assertEquals(10_000, count, 5 * Math.sqrt(60_000 * 5 / 36.0));
        }
    }

    @Test
    void orthogonalMatricesAreOrthogonalAndSpread() {
        var q = RandomMatrices.orthogonal(12, stream());
        var product = new DMatrixRMaj(12, 12);
        Kernels.gemmTransA(q, q, product);
        for (int i = 0; i < 12; i++) {
            for (int j = 0; j < 12; j++) {
                assertEquals(i == j ? 1 : 0, product.get(i, j), 1e-14);
            }
        }
        var thin = RandomMatrices.orthonormal(40, 3, stream());
        var gram = new DMatrixRMaj(3, 3);
        Kernels.gemmTransA(thin, thin, gram);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                assertEquals(i == j ? 1 : 0, gram.get(i, j), 1e-14);
            }
        }
        // Haar: the trace of a 2 x 2 one has mean 0; without the signs of R it has not.
        double trace = 0;
        var s = stream();
        for (int i = 0; i < 2000; i++) {
            var small = RandomMatrices.orthogonal(2, s);
            trace += small.get(0, 0) + small.get(1, 1);
        }
        assertEquals(0, trace / 2000, 0.12);
    }

    @Test
    void graphs() {
        assertTrue(RandomGraphs.ring(5).connected());
        assertEquals(5, RandomGraphs.ring(5).edges().size());
        assertEquals(12, RandomGraphs.grid(3, 3).edges().size());
        assertTrue(RandomGraphs.grid(1, 4).connected());
        assertFalse(RandomGraphs.erdosRenyi(4, 0, stream()).connected());
        assertEquals(6, RandomGraphs.erdosRenyi(4, 1, stream()).edges().size());
        assertEquals(10, RandomGraphs.geometric(5, 2, stream()).edges().size());
        int edges = RandomGraphs.erdosRenyi(200, 0.1, stream()).edges().size();
        assertEquals(1990, edges, 5 * Math.sqrt(19900 * 0.09));
        var laplacian = RandomGraphs.ring(4).laplacian();
        var ones = new double[] {1, 1, 1, 1};
        var zero = new double[4];
        Kernels.gemv(laplacian, ones, zero);
        assertArrayEquals(new double[4], zero);
        assertEquals(2, laplacian.get(0, 0));
        assertEquals(java.util.List.of(1, 3), RandomGraphs.ring(4).neighbours().get(0));
    }

    @Test
    void badArgumentsAreRefused() {
        var s = stream();
        Rejects.bad(() -> new RandomStreams(1).stream("", 0), "name of the stream");
        Rejects.bad(() -> s.split(null, 0), "name of the stream");
        Rejects.bad(() -> s.uniform(2, 1), "high", "2.0");
        Rejects.bad(() -> s.uniform(Double.NaN, 1), "low");
        Rejects.bad(() -> s.integer(0), "count");
        Rejects.bad(() -> s.bernoulli(1.5), "probability", "1.5");
        Rejects.bad(() -> s.gaussians(-1), "n");
        Rejects.bad(() -> s.uniforms(-1), "n");
        Rejects.bad(() -> s.logNormal(0, -1), "sigma");
        Rejects.bad(() -> s.gamma(0), "shape");
        Rejects.bad(() -> s.dirichlet(), "alpha");
        Rejects.bad(() -> s.dirichlet(1, -1), "shape");
        Rejects.bad(() -> s.multinomial(1, 1, -1), "probabilities[1]");
        Rejects.bad(() -> s.multinomial(1, 0, 0), "sum of probabilities");
        Rejects.bad(() -> s.multinomial(-1, 1), "trials");
        Rejects.bad(() -> s.permutation(-1), "n");
        Rejects.bad(() -> s.subset(3, 4), "k", "0..3", "4");
        Rejects.bad(() -> RandomMatrices.gaussian(0, 1, s), "rows");
        Rejects.bad(() -> RandomMatrices.orthogonal(0, s), "cols");
        Rejects.bad(() -> RandomMatrices.orthonormal(3, 0, s), "cols");
        Rejects.bad(() -> RandomMatrices.orthonormal(2, 3, s), "rows", "at least 3");
        Rejects.bad(() -> RandomGraphs.erdosRenyi(3, 1.1, s), "probability");
        Rejects.bad(() -> RandomGraphs.geometric(3, 0, s), "radius");
        Rejects.bad(() -> RandomGraphs.ring(2), "nodes");
        Rejects.bad(() -> RandomGraphs.grid(0, 3), "rows");
        Rejects.bad(() -> new Graph(2, java.util.List.of(new Graph.Edge(1, 1))), "edge");
        var twice = java.util.List.of(new Graph.Edge(0, 1), new Graph.Edge(0, 1));
        Rejects.bad(() -> new Graph(2, twice), "edges", "distinct");
    }
}
