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
import org.konvergo.problem.TransportProblem;
import org.konvergo.random.RandomStreams;

class EntropicTransportDualTest {
    private static double[] point(EntropicTransportDual dual, long seed) {
        double[] z = new RandomStreams(seed).stream("point", 0).gaussians(dual.dimension());
        Kernels.scale(0.3, z);
        return z;
    }

    private static double[] shifted(double[] z, double t, double[] d) {
        var moved = z.clone();
        Kernels.axpy(t, d, moved);
        return moved;
    }

    @Test
    void valueByHand() {
        var dual = Problems.dual(Problems.SWAP, 1);
        // P = exp(-1) on the diagonal and exp(-2) off it.
        double e = StrictMath.exp(-1);
        double[] origin = new double[4];
        assertEquals(-2 * (e + e * e), dual.value(origin), 1e-15);
        var g = new double[4];
        dual.gradient(origin, g);
        for (double slope : g) {
            assertEquals(0.5 - e - e * e, slope, 1e-15);
        }
        assertEquals(4 * Math.abs(0.5 - e - e * e), dual.marginalError(origin), 1e-15);
        assertEquals(2 * e * e, dual.transportCost(dual.plan(origin)), 1e-15);
    }

    @Property(tries = 40)
    void gradientIsTheDerivative(
            @ForAll @IntRange(min = 1, max = 6) int n,
            @ForAll @IntRange(min = 1, max = 6) int m,
            @ForAll @DoubleRange(min = 0.5, max = 8) double eta,
            @ForAll @LongRange long seed) {
        var dual = Problems.rectangular(n, m, eta, seed);
        double[] z = point(dual, seed);
        double[] d = point(dual, seed + 1);
        var g = new double[z.length];
        dual.gradient(z, g);
        double h = 1e-5;
        double difference =
                (dual.value(shifted(z, h, d)) - dual.value(shifted(z, -h, d))) / (2 * h);
        double scale = Kernels.norm2(g) * Kernels.norm2(d) + 1e-3;
        assertEquals(difference, Kernels.dot(g, d), 1e-6 * scale);
    }

    @Property(tries = 40)
    void hessianIsTheDerivativeOfTheGradientAndNegative(
            @ForAll @IntRange(min = 1, max = 6) int n,
            @ForAll @IntRange(min = 1, max = 6) int m,
            @ForAll @DoubleRange(min = 0.5, max = 8) double eta,
            @ForAll @LongRange long seed) {
        var dual = Problems.rectangular(n, m, eta, seed);
        double[] z = point(dual, seed);
        double[] d = point(dual, seed + 1);
        var product = new double[z.length];
        dual.hessianVector(z, d, product);
        double h = 1e-5;
        var plus = new double[z.length];
        var minus = new double[z.length];
        dual.gradient(shifted(z, h, d), plus);
        dual.gradient(shifted(z, -h, d), minus);
        Kernels.axpby(-1 / (2 * h), minus, 1 / (2 * h), plus);
        assertTrue(
                Kernels.distance2(plus, product) <= 1e-6 * (Kernels.norm2(product) + 1e-3),
                "central difference");
        assertTrue(Kernels.dot(d, product) <= 1e-12, "concave");
    }

    @Property(tries = 40)
    void nothingChangesAlongTheKernel(
            @ForAll @DoubleRange(min = -2, max = 2) double t, @ForAll @LongRange long seed) {
        var dual = Problems.rectangular(3, 4, 5, seed);
        double[] z = point(dual, seed);
        double[] kernel = {1, 1, 1, -1, -1, -1, -1};
        assertEquals(dual.value(z), dual.value(shifted(z, t, kernel)), 1e-10);
        var product = new double[7];
        dual.hessianVector(z, kernel, product);
        assertEquals(0, Kernels.normInf(product), 1e-10 * Kernels.norm1(dual.sums(dual.plan(z))));
    }

    @Test
    void overflowIsMinusInfinity() {
        var dual = Problems.dual(Problems.SWAP, 100);
        assertEquals(Double.NEGATIVE_INFINITY, dual.value(new double[] {8, 0, 0, 0}));
        assertEquals(Double.POSITIVE_INFINITY, dual.plan(new double[] {8, 0, 0, 0}).get(0, 0));
        assertTrue(Double.isFinite(dual.value(new double[] {7, 0, 0, 0})));
    }

    @Test
    void sumsOfAPlan() {
        var dual = Problems.rectangular(2, 3, 1, 1);
        assertEquals(5, dual.dimension());
        assertArrayEquals(
                new double[] {6, 15, 5, 7, 9},
                dual.sums(new DMatrixRMaj(new double[][] {{1, 2, 3}, {4, 5, 6}})));
    }

    @Test
    void badProblemsAreRefused() {
        double[] half = {0.5, 0.5};
        Rejects.bad(() -> Problems.dual(Problems.SWAP, 0), "eta", "positive", "0.0");
        Rejects.bad(() -> Problems.dual(Problems.SWAP, Double.NaN), "eta", "NaN");
        Rejects.bad(() -> new EntropicTransportDual(null, 1), "problem");
        Rejects.bad(
                () -> new TransportProblem(Problems.SWAP, new double[] {1, 0}, half),
                "rows[1]",
                "positive");
        Rejects.bad(
                () -> new TransportProblem(Problems.SWAP, half, new double[] {0.5, 0.5 + 1e-11}),
                "sum of cols");
        Rejects.bad(
                () -> Problems.dual(new DMatrixRMaj(new double[][] {{0, Double.NaN}, {1, 0}}), 1),
                "cost");
        var dual = Problems.dual(Problems.SWAP, 1);
        Rejects.bad(() -> dual.value(new double[3]), "z", "length 4");
        Rejects.bad(() -> dual.plan(new double[5]), "z", "length 4");
        Rejects.bad(() -> dual.marginalError(null), "z");
        Rejects.bad(() -> dual.gradient(new double[4], new double[3]), "gradient", "length 4");
        Rejects.bad(
                () -> dual.hessianVector(new double[4], new double[3], new double[4]),
                "v should",
                "length 4");
        Rejects.bad(
                () -> dual.hessianVector(new double[4], new double[4], new double[3]),
                "product",
                "length 4");
        Rejects.bad(() -> dual.transportCost(new DMatrixRMaj(3, 2)), "plan", "2 x 2");
        Rejects.bad(() -> dual.sums(new DMatrixRMaj(2, 3)), "plan", "2 x 2");
    }

    /** A plan's sums come with it, and exponents over 700 are infinite while others are not. */
    @Test
    void sumsComeWithThePlan() {
        var dual = Problems.randomAssignment(13, 40, 3);
        double[] z = new RandomStreams(1).stream("z", 0).gaussians(26);
        var plan = new DMatrixRMaj(13, 13);
        assertArrayEquals(dual.sums(dual.plan(z)), dual.fill(plan, z), 0);
        assertArrayEquals(dual.plan(z).data, plan.data, 0);
        double cost = dual.problem().cost().get(0, 0);
        z[0] = 701.5 / 40 + cost - z[13]; // exponent 700.5, of which e is still finite
        double[] sums = dual.fill(plan, z);
        assertEquals(Double.POSITIVE_INFINITY, plan.get(0, 0));
        assertEquals(Double.POSITIVE_INFINITY, sums[0]);
        z[0] = 700.5 / 40 + cost - z[13];
        assertTrue(Double.isFinite(dual.plan(z).get(0, 0)));
    }
}
