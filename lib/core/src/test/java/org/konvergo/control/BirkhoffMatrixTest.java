package org.konvergo.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.konvergo.Rejects;
import org.konvergo.control.BirkhoffMatrix.Side;
import org.konvergo.linalg.ChebyshevLobattoGrid;
import org.konvergo.linalg.ConditionNumber;
import org.konvergo.linalg.Kernels;
import org.konvergo.random.RandomStreams;

class BirkhoffMatrixTest {
    private static BirkhoffMatrix birkhoff(int n, Side side) {
        return new BirkhoffMatrix(new ChebyshevLobattoGrid(n), side);
    }

    @Test
    void threeNodesByHand() {
        double[] a = {0, 0, 0, 5 / 12.0, 2 / 3.0, -1 / 12.0, 1 / 3.0, 4 / 3.0, 1 / 3.0};
        assertArrayEquals(a, birkhoff(2, Side.A).toMatrix().data, 4e-16);
        double[] b = {-1 / 3.0, -4 / 3.0, -1 / 3.0, 1 / 12.0, -2 / 3.0, -5 / 12.0, 0, 0, 0};
        assertArrayEquals(b, birkhoff(2, Side.B).toMatrix().data, 4e-16);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8, 33, 64, 256})
    void rowSumsAreTheLengthsAndTheLastRowTheWeights(int n) {
        var b = birkhoff(n, Side.A);
        DMatrixRMaj dense = b.toMatrix();
        double[] tau = b.grid().nodes();
        double[] w = b.grid().weights();
        var ones = new double[n + 1];
        Arrays.fill(ones, 1);
        var sums = new double[n + 1];
        Kernels.gemv(dense, ones, sums);
        for (int i = 0; i <= n; i++) {
            assertEquals(1 + tau[i], sums[i], 1e-14);
            assertEquals(w[i], dense.get(n, i), 1e-15);
        }
        assertEquals(2, NormOps_DDRM.inducedPInf(dense), 1e-13);
    }

    /** Reference: figures of a prototype in NumPy. */
    @ParameterizedTest
    @CsvSource({"8, -0.037671, 9.0932e-3", "32, -0.0088227, 1.4363e-4", "128, , 2.2469e-6"})
    void smallestEntryAndDualRelation(int n, Double smallest, double dual) {
        DMatrixRMaj a = birkhoff(n, Side.A).toMatrix();
        DMatrixRMaj b = birkhoff(n, Side.B).toMatrix();
        if (smallest != null) {
            assertEquals(smallest, CommonOps_DDRM.elementMin(a), 1e-6);
        }
        double[] w = new ChebyshevLobattoGrid(n).weights();
        double largest = 0;
        for (int i = 0; i <= n; i++) {
            for (int j = 0; j <= n; j++) {
                largest = Math.max(largest, Math.abs(w[i] * a.get(i, j) + b.get(j, i) * w[j]));
            }
        }
        assertEquals(dual, largest, 1e-4 * dual);
    }

    /** Reference: numpy.linalg.norm(Ba, 2), numpy 2.4.6, Ba from numpy.polynomial.chebyshev. */
    @ParameterizedTest
    @CsvSource({"8, 1.5391543237055472", "32, 1.4670551029949124", "128, 1.448422639199968"})
    void normAgreesWithNumpy(int n, double norm) {
        assertEquals(
                norm, ConditionNumber.of(birkhoff(n, Side.A).toMatrix()).largest(), 1e-13 * norm);
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void productWithoutTheMatrixAgrees(Side side) {
        for (int n : new int[] {2, 5, 16, 100, 512}) {
            var b = birkhoff(n, side);
            double[] v = new RandomStreams(7).stream("birkhoff", n).gaussians(n + 1);
            var dense = new double[n + 1];
            Kernels.gemv(b.toMatrix(), v, dense);
            assertArrayEquals(dense, b.apply(v), 1e-14);
        }
    }

    @Property(tries = 50)
    void integratesDerivativesOfPolynomials(
            @ForAll @IntRange(min = 2, max = 40) int n, @ForAll @LongRange long seed) {
        var b = birkhoff(n, Side.A);
        double[] x =
                b.grid().values(new RandomStreams(seed).stream("birkhoff", 0).gaussians(n + 1));
        var slope = new double[n + 1];
        Kernels.gemv(b.grid().differentiationMatrix(), x, slope);
        var back = new double[n + 1];
        Kernels.gemv(b.toMatrix(), slope, back);
        var toTheEnd = new BirkhoffMatrix(b.grid(), Side.B).apply(slope);
        for (int i = 0; i <= n; i++) {
            assertEquals(x[i] - x[0], back[i], 1e-11);
            assertEquals(x[i] - x[n], toTheEnd[i], 1e-11);
        }
    }

    @Test
    void exponentialComesBack() {
        var b = birkhoff(16, Side.A);
        var e = new double[17];
        Kernels.exp(b.grid().nodes(), e);
        var slope = new double[17];
        Kernels.gemv(b.grid().differentiationMatrix(), e, slope);
        var back = new double[17];
        Kernels.gemv(b.toMatrix(), slope, back);
        for (int i = 0; i <= 16; i++) {
            assertEquals(e[i] - e[0], back[i], 2e-15);
        }
        Kernels.gemv(b.toMatrix(), e, back); // the derivative of e^tau is e^tau
        for (int i = 0; i <= 16; i++) {
            assertEquals(e[i] - e[0], back[i], 2e-15);
        }
    }

    @Test
    void badInputIsRefused() {
        Rejects.bad(() -> birkhoff(1, Side.A), "n", "at least 2", "1");
        Rejects.bad(() -> new BirkhoffMatrix(null, Side.A), "grid", "given");
        Rejects.bad(() -> birkhoff(4, null), "side", "given");
        Rejects.bad(() -> birkhoff(4, Side.A).apply(new double[4]), "v", "5", "4");
    }
}
