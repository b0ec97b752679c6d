package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

/** Vector registers and plain Java give the same bits, and the public kernels check. */
class ElementaryLanesTest {
    private static final ElementaryLanes SCALAR = new ScalarElementaryLanes();
    private static final ElementaryLanes VECTOR =
            Simd.choose(ElementaryLanes.class, "VectorElementaryLanes", SCALAR);

    private static final double[] ODD = {
        0,
        -0.0,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        1e-310,
        Math.nextDown(Double.MIN_NORMAL),
        Double.MIN_NORMAL,
        Math.nextDown(Math.sqrt(0.5)),
        Math.sqrt(2),
        Math.nextUp(Math.sqrt(2)),
        -1,
        Math.nextUp(-1.0),
        Math.nextDown(-1.0),
        20,
        354.5,
        708,
        Math.nextUp(708.0),
        -708.1,
        709.78,
        709.79,
        -720,
        -745.1,
        -745.2,
        -1000,
        1e300,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
    };

    /** A function of a whole vector. */
    private interface Lane {
        void apply(ElementaryLanes lanes, double[] x, int p, double[] y, int q, int n);
    }

    private static final List<Lane> LANES =
            List.of(
                    ElementaryLanes::exp,
                    ElementaryLanes::expm1,
                    ElementaryLanes::log,
                    ElementaryLanes::log1p,
                    ElementaryLanes::tanh,
                    ElementaryLanes::sigmoid,
                    (lanes, x, p, y, q, n) -> y[0] = lanes.sumExp(x, p, n, 1.5),
                    (lanes, x, p, y, q, n) -> {
                        double sum = lanes.sumExp(x, p, n, -0.5, y, q);
                        y[0] = sum;
                    },
                    (lanes, x, p, y, q, n) -> y[0] = lanes.max(x, p, n),
                    (lanes, x, p, y, q, n) -> {
                        System.arraycopy(x, p, y, q, n);
                        lanes.divide(3, y, q, n);
                    });

    /** Six kinds of numbers. */
    private static double number(int kind, RandomStream random) {
        return switch (kind) {
            case 0 -> Double.longBitsToDouble(random.source().nextLong());
            case 1 -> random.integer(9) == 0 ? ODD[random.integer(ODD.length)] : random.gaussian();
            case 2 -> random.uniform(-760, 720);
            case 3 -> random.uniform(-0.99, 40);
            case 4 -> random.uniform(0, 3);
            default -> Math.scalb(random.uniform(-1, 1), random.integer(1080) - 1070);
        };
    }

    private static void compare(int n, int p, int q, int kind, RandomStream random) {
        var x = new double[p + n];
        Arrays.setAll(x, i -> number(kind, random));
        for (Lane lane : LANES) {
            // One place before the results for those that are a number, and one behind.
            var expected = new double[1 + q + n + 1];
            var actual = expected.clone();
            lane.apply(SCALAR, x, p, expected, 1 + q, n);
            lane.apply(VECTOR, x, p, actual, 1 + q, n);
            assertArrayEquals(expected, actual);
            var inPlace = x.clone();
            if (p > 0) {
                lane.apply(VECTOR, inPlace, p, inPlace, p, n);
                for (int i = 0; i < n && LANES.indexOf(lane) < 6; i++) {
                    assertEquals(expected[1 + q + i], inPlace[p + i]);
                }
            }
        }
    }

    @Test
    void thisMachineTestsVectors() {
        assertNotSame(SCALAR, VECTOR, "the tests should run with jdk.incubator.vector");
    }

    @Test
    void sameBitsAtEveryLength() {
        var random = new RandomStreams(1).stream("lengths", 0);
        for (int n = 0; n <= 70; n++) {
            for (int kind = 0; kind < 6; kind++) {
                compare(n, random.integer(9), random.integer(9), kind, random);
            }
        }
    }

    @Test
    void sameBitsOfLongVectors() {
        var random = new RandomStreams(2).stream("long", 0);
        for (int kind = 0; kind < 6; kind++) {
            compare(20_001, 3, 1, kind, random);
        }
    }

    @Test
    void everyOddNumberAtEveryPlace() {
        for (double odd : ODD) {
            for (int place = 0; place < 40; place++) {
                var x = new double[40];
                Arrays.fill(x, 0.75);
                x[place] = odd;
                for (Lane lane : LANES) {
                    var expected = new double[41];
                    var actual = new double[41];
                    lane.apply(SCALAR, x, 0, expected, 1, 40);
                    lane.apply(VECTOR, x, 0, actual, 1, 40);
                    assertArrayEquals(expected, actual);
                }
            }
        }
    }

    @Test
    void kernelsAreTheFunctions() {
        var random = new RandomStreams(3).stream("kernels", 0);
        double[] x = random.gaussians(100);
        var y = new double[100];
        Kernels.log1p(x, y);
        for (int i = 0; i < x.length; i++) {
            assertEquals(Elementary.log1p(x[i]), y[i]);
        }
        double[] z = x.clone();
        Kernels.tanh(z, z);
        assertEquals(Elementary.tanh(x[99]), z[99]);
        Kernels.expm1(x, z);
        assertEquals(Elementary.expm1(x[99]), z[99]);
        Kernels.sigmoid(x, z);
        assertEquals(Elementary.sigmoid(x[99]), z[99]);
        Kernels.log(x, z);
        assertEquals(Elementary.log(x[99]), z[99]);
    }

    @Test
    void logSumExpOfEdges() {
        double inf = Double.POSITIVE_INFINITY;
        var row = new double[33];
        assertEquals(-inf, Kernels.logSumExp(new double[0]));
        Arrays.fill(row, -inf);
        assertEquals(-inf, Kernels.logSumExp(row));
        row[20] = Double.NaN;
        assertEquals(Double.NaN, Kernels.logSumExp(row));
        row[3] = inf;
        assertEquals(Double.NaN, Kernels.logSumExp(row));
        row[20] = 2;
        assertEquals(inf, Kernels.logSumExp(row));
        Arrays.fill(row, -0.0);
        row[9] = 0;
        assertEquals(Elementary.log(33), Kernels.logSumExp(row));
        row[32] = Double.NaN;
        var y = new double[33];
        Kernels.softmax(row, y);
        for (double v : y) {
            assertEquals(Double.NaN, v);
        }
    }

    @Test
    void badInputIsNamed() {
        List<BiConsumer<double[], double[]>> functions =
                List.of(
                        Kernels::exp,
                        Kernels::expm1,
                        Kernels::log,
                        Kernels::log1p,
                        Kernels::tanh,
                        Kernels::sigmoid,
                        Kernels::softmax);
        for (var f : functions) {
            rejects("x ", () -> f.accept(null, new double[2]));
            rejects("y ", () -> f.accept(new double[2], null));
            rejects("y ", () -> f.accept(new double[2], new double[3]));
        }
        var a = new DMatrixRMaj(2, 3);
        rejects("x ", () -> Kernels.logSumExp(null));
        rejects("range of x ", () -> Kernels.logSumExp(new double[3], 2, 2));
        rejects("a ", () -> Kernels.logSumExpRows(null, new double[2]));
        rejects("y ", () -> Kernels.logSumExpRows(a, new double[3]));
        rejects("a ", () -> Kernels.softmaxRows(null, a));
        rejects("b ", () -> Kernels.softmaxRows(a, new DMatrixRMaj(3, 2)));
    }

    private static void rejects(String start, Runnable call) {
        String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
        assertTrue(message.startsWith(start), message);
    }
}
