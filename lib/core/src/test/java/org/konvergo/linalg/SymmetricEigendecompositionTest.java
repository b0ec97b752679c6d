package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStreams;

class SymmetricEigendecompositionTest {
    private static DMatrixRMaj matrix(double[]... rows) {
        return new DMatrixRMaj(rows);
    }

    private static DMatrixRMaj symmetric(int n, long seed) {
        var g = RandomMatrices.gaussian(n, n, new RandomStreams(seed).stream("symmetric", 0));
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                g.set(j, i, g.get(i, j));
            }
        }
        return g;
    }

    /** Largest entry of the difference. */
    static double distance(DMatrixRMaj a, DMatrixRMaj b) {
        double largest = 0;
        for (int i = 0; i < a.getNumElements(); i++) {
            largest = Math.max(largest, Math.abs(a.data[i] - b.data[i]));
        }
        return largest;
    }

    private static void check(DMatrixRMaj a, double tolerance) {
        int n = a.numRows;
        var eigen = SymmetricEigendecomposition.of(a);
        double[] values = eigen.values();
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        assertArrayEquals(sorted, values);
        var v = eigen.vectors();
        var gram = new DMatrixRMaj(n, n);
        Kernels.syrkTransA(v, gram);
        var identity = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            identity.set(i, i, 1);
            for (int j = 0; j < n; j++) {
                assertEquals(v.get(j, i), eigen.vector(i)[j]);
            }
        }
        assertTrue(distance(gram, identity) < 1e-13 * n, "not orthogonal");
        assertTrue(distance(eigen.with(values), a) <= tolerance, "does not give A again");
    }

    @Test
    void smallMatricesByHand() {
        var one = SymmetricEigendecomposition.of(matrix(new double[] {-7}));
        assertArrayEquals(new double[] {-7}, one.values());
        assertArrayEquals(new double[] {1}, one.vector(0));
        var two = SymmetricEigendecomposition.of(matrix(new double[] {1, 2}, new double[] {2, 1}));
        assertArrayEquals(new double[] {-1, 3}, two.values(), 1e-15);
        assertEquals(-1, two.smallest(), 1e-15);
        assertEquals(3, two.largest(), 1e-15);
        assertEquals(3, two.value(1), 1e-15);
        assertEquals(2, two.size());
        assertEquals(Math.sqrt(0.5), Math.abs(two.vector(1)[0]), 1e-15);
        assertArrayEquals(
                new double[3], SymmetricEigendecomposition.of(new DMatrixRMaj(3, 3)).values());
        // The second difference on three points: 2 - sqrt(2), 2, 2 + sqrt(2).
        var chain =
                matrix(new double[] {2, -1, 0}, new double[] {-1, 2, -1}, new double[] {0, -1, 2});
        double r = Math.sqrt(2);
        assertArrayEquals(
                new double[] {2 - r, 2, 2 + r},
                SymmetricEigendecomposition.of(chain).values(),
                1e-14);
    }

    @Property(tries = 60)
    void randomMatrices(@ForAll @IntRange(min = 1, max = 24) int n, @ForAll @LongRange long seed) {
        check(symmetric(n, seed), 1e-13 * n);
    }

    @Property(tries = 40)
    void repeatedEigenvalues(
            @ForAll @IntRange(min = 2, max = 16) int n,
            @ForAll @IntRange(min = 0, max = 16) int rank,
            @ForAll @LongRange long seed) {
        var q = RandomMatrices.orthogonal(n, new RandomStreams(seed).stream("q", 0));
        var scaled = q.copy();
        var d = new double[n];
        Arrays.fill(d, 0, Math.min(rank, n), 3);
        Kernels.scaleColumns(scaled, d);
        var a = new DMatrixRMaj(n, n);
        Kernels.gemmTransB(scaled, q, a);
        check(a, 1e-13 * n);
        double[] expected = d.clone();
        Arrays.sort(expected);
        assertArrayEquals(expected, SymmetricEigendecomposition.of(a).values(), 1e-13 * n);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e-100, 1, 1e100, 1e300})
    void anyScale(double scale) {
        var a = symmetric(7, 3);
        Kernels.scale(scale, a.data);
        double size = Kernels.normInf(a.data);
        check(a, 1e-14 * size);
    }

    @Test
    void gradedAndBlockMatrices() {
        var graded = new DMatrixRMaj(6, 6);
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                graded.set(i, j, StrictMath.pow(10, -3 * Math.max(i, j)));
            }
        }
        check(graded, 1e-15);
        var blocks = new DMatrixRMaj(9, 9);
        for (int b = 0; b < 3; b++) {
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    blocks.set(3 * b + i, 3 * b + j, (b - 1) * (i == j ? 1 : 0.5));
                }
            }
        }
        check(blocks, 1e-14);
    }

    @Test
    void theMeanOfMirroredEntriesCounts() {
        double small = 1e-12;
        var a = matrix(new double[] {1, 2 + small}, new double[] {2 - small, 1});
        assertArrayEquals(new double[] {-1, 3}, SymmetricEigendecomposition.of(a).values(), 1e-15);
    }

    @Test
    void badInput() {
        bad(() -> SymmetricEigendecomposition.of(null), "a", "given");
        bad(() -> SymmetricEigendecomposition.of(new DMatrixRMaj(0, 0)), "rows of a", "0");
        bad(() -> SymmetricEigendecomposition.of(new DMatrixRMaj(2, 3)), "a", "square", "2 x 3");
        bad(
                () ->
                        SymmetricEigendecomposition.of(
                                matrix(new double[] {1, 2}, new double[] {3, 1})),
                "a",
                "symmetric",
                "2.0",
                "3.0");
        bad(
                () -> SymmetricEigendecomposition.of(matrix(new double[] {Double.NaN})),
                "a[0,0]",
                "finite");
        var eigen = SymmetricEigendecomposition.of(matrix(new double[] {1}));
        bad(() -> eigen.value(1), "i", "0..0");
        bad(() -> eigen.vector(-1), "i", "-1");
        bad(() -> eigen.with(new double[2]), "replaced", "length 1");
    }
}
