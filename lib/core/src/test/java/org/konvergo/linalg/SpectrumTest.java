package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.random.RandomStreams;

class SpectrumTest {
    @Test
    void radiusByHand() {
        assertEquals(3, SpectralRadius.of(new DMatrixRMaj(new double[][] {{1, 2}, {2, 1}})), 1e-14);
        // A rotation by 90 degrees scaled by 2: eigenvalues 2i and -2i.
        assertEquals(
                2, SpectralRadius.of(new DMatrixRMaj(new double[][] {{0, -2}, {2, 0}})), 1e-14);
        assertEquals(0, SpectralRadius.of(new DMatrixRMaj(1, 1)));
    }

    @Property(tries = 50)
    void exceptionalStepsKeepTheSingularValues(
            @ForAll @IntRange(min = 2, max = 12) int n, @ForAll @LongRange long seed) {
        var random = new RandomStreams(seed).stream("bidiagonal", 0);
        double[] diagonal = random.gaussians(n);
        double[] off = random.gaussians(n - 1);
        var plain = new FixedBitsSvd.Algorithm();
        plain.setMatrix(n, n, diagonal.clone(), off.clone());
        assertTrue(plain.process());
        var shifted = new FixedBitsSvd.Algorithm();
        shifted.setMatrix(n, n, diagonal, off);
        shifted.setSubmatrix(0, n - 1);
        shifted.exceptionShift();
        shifted.exceptionShift();
        assertTrue(shifted.process());
        assertArrayEquals(singularValues(plain, n), singularValues(shifted, n), 1e-13 * n);
    }

    private static double[] singularValues(FixedBitsSvd.Algorithm svd, int n) {
        return java.util.stream.IntStream.range(0, n)
                .mapToDouble(i -> Math.abs(svd.getSingularValue(i)))
                .sorted()
                .toArray();
    }

    @Test
    void exceptionalStepsOfZerosStayFinite() {
        var svd = new FixedBitsSvd.Algorithm();
        svd.setMatrix(2, 2, new double[] {0, 1}, new double[] {0});
        svd.setSubmatrix(0, 1);
        svd.exceptionShift();
        assertEquals(0, svd.getSingularValue(0), 0);
        assertEquals(1, Math.abs(svd.getSingularValue(1)), 0);
    }

    @Test
    void radiusOfLargeEntries() {
        double big = 1e150;
        assertEquals(
                2 * big,
                SpectralRadius.of(new DMatrixRMaj(new double[][] {{0, -2 * big}, {2 * big, 0}})),
                1e138);
    }

    @Test
    void perronOfAPeriodicMatrix() {
        // Eigenvalues 2 and -2: the plain power method would swing for ever.
        var perron = PerronVector.of(new DMatrixRMaj(new double[][] {{0, 4}, {1, 0}}));
        assertEquals(2, perron.radius(), 1e-11);
        assertArrayEquals(new double[] {1, 0.5}, perron.vector(), 1e-11);
    }

    @Test
    void reducibleMatricesStillHaveAPositiveVector() {
        var perron = PerronVector.of(new DMatrixRMaj(new double[][] {{0, 0.5}, {0, 0}}));
        assertTrue(perron.vector()[0] > 0 && perron.vector()[1] > 0);
        // The root of [[e, 0.5 + e], [e, e]], e = 1e-12, is e + sqrt(e (0.5 + e)).
        assertEquals(1e-12 + Math.sqrt(0.5e-12), perron.radius(), 1e-18);
    }

    @Property(tries = 100)
    void perronIsAnEigenpair(
            @ForAll @IntRange(min = 1, max = 12) int n, @ForAll @LongRange long seed) {
        var a = new DMatrixRMaj(n, n);
        a.setData(new RandomStreams(seed).stream("perron", 0).uniforms(n * n));
        var perron = PerronVector.of(a);
        assertEquals(SpectralRadius.of(a), perron.radius(), 1e-11 * perron.radius());
        var aw = new double[n];
        Kernels.gemv(a, perron.vector(), aw);
        for (int i = 0; i < n; i++) {
            assertEquals(perron.radius() * perron.vector()[i], aw[i], 1e-10);
        }
    }

    @Test
    void badMatricesAreRefused() {
        Rejects.bad(() -> SpectralRadius.of(new DMatrixRMaj(2, 3)), "a", "square", "2 x 3");
        Rejects.bad(
                () -> SpectralRadius.of(new DMatrixRMaj(new double[][] {{Double.NaN}})), "a[0]");
        Rejects.bad(() -> PerronVector.of(new DMatrixRMaj(1, 2)), "a", "square");
        Rejects.bad(
                () -> PerronVector.of(new DMatrixRMaj(new double[][] {{1, -1}, {1, 1}})),
                "a[0,1]",
                "-1.0");
    }
}
