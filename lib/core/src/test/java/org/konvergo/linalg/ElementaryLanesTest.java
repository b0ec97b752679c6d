package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.konvergo.Rejects.bad;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

/** Vector registers and plain Java give the same bits of every elementary function. */
class ElementaryLanesTest {
    private static final ElementaryLanes SCALAR = new ScalarElementaryLanes();
    private static final ElementaryLanes VECTOR =
            Simd.choose(ElementaryLanes.class, "VectorElementaryLanes", SCALAR);

    private static final double[] ODD = {
        0,
        -0.0,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        -1e-310,
        Double.MIN_NORMAL,
        -1,
        1,
        -1.5,
        709.78,
        709.79,
        710,
        -708.5,
        -745.13,
        -745.2,
        -720,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
    };

    private interface Loop {
        void run(ElementaryLanes lanes, double[] x, int p, double[] y, int q, int n);
    }

    private static final List<Loop> LOOPS =
            List.of(
                    (l, x, p, y, q, n) -> l.exp(x, p, y, q, n),
                    (l, x, p, y, q, n) -> l.log(x, p, y, q, n),
                    (l, x, p, y, q, n) -> l.log1p(x, p, y, q, n),
                    (l, x, p, y, q, n) -> l.expm1(x, p, y, q, n),
                    (l, x, p, y, q, n) -> l.tanh(x, p, y, q, n),
                    (l, x, p, y, q, n) -> l.sigmoid(x, p, y, q, n),
                    (l, x, p, y, q, n) -> y[q] = l.sumExp(x, p, n, 1.5),
                    (l, x, p, y, q, n) -> y[q] = l.sumExp(x, p, n, -2, y, q),
                    (l, x, p, y, q, n) -> y[q] = l.max(x, p, n));

    private static double value(RandomStream random, int special, int i) {
        if (special > 0 && random.integer(special) == 0) {
            return ODD[random.integer(ODD.length)];
        }
        return switch (i % 4) {
            case 0 -> random.uniform(-760, 720);
            case 1 -> random.gaussian();
            case 2 -> Math.scalb(random.uniform(1, 2), random.integer(2098) - 1074);
            default -> random.gaussian() * Elementary.exp(random.uniform(-40, 6));
        };
    }

    @Test
    void thisMachineTestsVectors() {
        assertNotSame(SCALAR, VECTOR, "the tests should run with jdk.incubator.vector");
    }

    @Property(tries = 300)
    void sameBits(
            @ForAll @IntRange(max = 140) int n,
            @ForAll @IntRange(max = 5) int p,
            @ForAll @IntRange(max = 12) int special,
            @ForAll long seed,
            @ForAll boolean inPlace) {
        var random = new RandomStreams(seed).stream("functions", 0);
        var x = new double[n + p];
        Arrays.setAll(x, i -> value(random, special, i));
        for (var loop : LOOPS) {
            double[] a = run(loop, SCALAR, x, p, n, inPlace);
            assertArrayEquals(a, run(loop, VECTOR, x, p, n, inPlace));
        }
    }

    private static double[] run(
            Loop loop, ElementaryLanes lanes, double[] x, int p, int n, boolean inPlace) {
        if (inPlace && n > 0) {
            double[] y = x.clone();
            loop.run(lanes, y, p, y, p, n);
            return y;
        }
        var y = new double[n + 1];
        loop.run(lanes, x, p, y, 0, n);
        return y;
    }

    @Test
    void everyRange() {
        var random = new RandomStreams(1).stream("ranges", 0);
        int n = 200_000;
        for (int special : new int[] {0, 50}) {
            var x = new double[n];
            Arrays.setAll(x, i -> value(random, special, i));
            for (var loop : LOOPS) {
                assertArrayEquals(
                        run(loop, SCALAR, x, 0, n, false), run(loop, VECTOR, x, 0, n, false));
            }
        }
    }

    @Test
    void kernelsAreTheFunctionsEntryByEntry() {
        double[] x = {-2, -0.3, 0, 0.7, 1, 5, 30, 700, 1e-9};
        List<BiConsumer<double[], double[]>> kernels =
                List.of(
                        Kernels::exp,
                        Kernels::log,
                        Kernels::log1p,
                        Kernels::expm1,
                        Kernels::tanh,
                        Kernels::sigmoid);
        List<java.util.function.DoubleUnaryOperator> functions =
                List.of(
                        Elementary::exp,
                        Elementary::log,
                        Elementary::log1p,
                        Elementary::expm1,
                        Elementary::tanh,
                        Elementary::sigmoid);
        for (int k = 0; k < kernels.size(); k++) {
            var f = functions.get(k);
            var y = new double[x.length];
            kernels.get(k).accept(x, y);
            assertArrayEquals(Arrays.stream(x).map(f).toArray(), y);
            var wrong = new double[2];
            var kernel = kernels.get(k);
            bad(() -> kernel.accept(x, wrong), "y", "9");
            bad(() -> kernel.accept(null, wrong), "x");
            bad(() -> kernel.accept(x, null), "y");
        }
    }

    @Test
    void softmaxOfManyRowsIsThatOfEach() {
        var random = new RandomStreams(4).stream("softmax", 0);
        for (int n : new int[] {1, 3, 10, 64}) {
            var a = new DMatrixRMaj(7, n, true, random.gaussians(7 * n));
            var b = new DMatrixRMaj(7, n);
            Kernels.softmaxRows(a, b);
            for (int i = 0; i < 7; i++) {
                var row = new double[n];
                Kernels.softmax(Arrays.copyOfRange(a.data, i * n, (i + 1) * n), row);
                assertArrayEquals(row, Arrays.copyOfRange(b.data, i * n, (i + 1) * n));
                assertEquals(1, Kernels.sum(row), 1e-15);
            }
        }
        assertEquals(Double.NaN, Kernels.logSumExp(new double[] {1, Double.NaN, 2}));
    }
}
