package org.konvergo.linalg;

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
import org.konvergo.random.RandomStreams;

class PseudospectrumTest {
    private static DMatrixRMaj matrix(double[]... rows) {
        return new DMatrixRMaj(rows);
    }

    private static DMatrixRMaj random(int n, long seed) {
        var a = new DMatrixRMaj(n, n);
        a.setData(new RandomStreams(seed).stream("pseudospectrum", 0).gaussians(n * n));
        return a;
    }

    /** For a rotation, which is normal, the level is the distance to +i and -i. */
    @Property(tries = 50)
    void distanceToTheSpectrumOfANormalMatrix(
            @ForAll @DoubleRange(min = -3, max = 3) double re,
            @ForAll @DoubleRange(min = -3, max = 3) double im) {
        var turn = matrix(new double[] {0, -1}, new double[] {1, 0});
        double distance = Math.hypot(re, Math.min(Math.abs(im - 1), Math.abs(im + 1)));
        assertEquals(distance, Pseudospectrum.level(turn, re, im), 1e-13);
    }

    /** |det(z I - A)| is the product of the singular values: with two, s = |det| / largest. */
    @Test
    void twoByTwoByHand() {
        var a = matrix(new double[] {-1, -10}, new double[] {-0.05, -1});
        double re = 0.5;
        double im = 2;
        double determinant = Math.hypot((re + 1) * (re + 1) - im * im - 0.5, 2 * (re + 1) * im);
        double squares = 2 * ((re + 1) * (re + 1) + im * im) + 100 + 0.0025;
        double largest =
                Math.sqrt(
                        (squares + Math.sqrt(squares * squares - 4 * determinant * determinant))
                                / 2);
        assertEquals(determinant / largest, Pseudospectrum.level(a, re, im), 1e-13);
    }

    /** The level changes by no more than z does, and is the same at the conjugate. */
    @Property(tries = 50)
    void lipschitzAndSymmetric(
            @ForAll @IntRange(min = 1, max = 6) int n,
            @ForAll @LongRange long seed,
            @ForAll @DoubleRange(min = -3, max = 3) double re,
            @ForAll @DoubleRange(min = -3, max = 3) double im) {
        var a = random(n, seed);
        double here = Pseudospectrum.level(a, re, im);
        assertEquals(here, Pseudospectrum.level(a, re, -im), 1e-12);
        double there = Pseudospectrum.level(a, re + 0.3, im - 0.4);
        assertTrue(Math.abs(there - here) <= 0.5 + 1e-12);
    }

    /** On the real line the level is the least singular value of the real matrix itself. */
    @Property(tries = 30)
    void realPointsAgreeWithTheRealMatrix(
            @ForAll @IntRange(min = 1, max = 6) int n, @ForAll @LongRange long seed) {
        var a = random(n, seed);
        var shifted = a.copy();
        for (int i = 0; i < n; i++) {
            shifted.data[i * (n + 1)] -= 0.7;
        }
        double least = SingularValues.of(shifted)[n - 1];
        assertEquals(least, Pseudospectrum.level(a, 0.7, 0), 1e-12);
    }

    /** No start grows under a normal, stable flow; a shear's growth is at least Kreiss' bound. */
    @Test
    void kreissBoundIsBelowTheGrowth() {
        double[] re = {0.01, 0.1, 0.2, 0.5, 1, 2, 5, 10};
        double[] im = {-1, 0, 1};
        var normal = matrix(new double[] {-1, -2}, new double[] {2, -1});
        assertTrue(Pseudospectrum.kreissBound(normal, re, im) <= 1);
        var shear = matrix(new double[] {-1, 10}, new double[] {0, -1});
        double bound = Pseudospectrum.kreissBound(shear, re, im);
        double growth = 0;
        for (double t = 0.05; t < 4; t += 0.05) {
            var flow = shear.copy();
            Kernels.scale(t, flow.data);
            growth = Math.max(growth, SingularValues.of(MatrixExponential.of(flow))[0]);
        }
        assertTrue(bound > 2 && bound <= growth, bound + " and " + growth);
    }

    @Test
    void gridHoldsTheLevels() {
        var a = random(4, 1);
        double[] re = {-1, 0, 2};
        double[] im = {0, 1};
        double[][] levels = Pseudospectrum.levels(a, re, im);
        assertEquals(2, levels.length);
        for (int i = 0; i < im.length; i++) {
            assertEquals(3, levels[i].length);
            for (int j = 0; j < re.length; j++) {
                assertEquals(Pseudospectrum.level(a, re[j], im[i]), levels[i][j], 0);
            }
        }
    }

    @Test
    void badInputIsRefused() {
        var a = random(2, 1);
        double[] one = {1};
        Rejects.bad(() -> Pseudospectrum.level(new DMatrixRMaj(2, 3), 0, 0), "a", "square");
        Rejects.bad(() -> Pseudospectrum.level(matrix(new double[] {Double.NaN}), 0, 0), "a");
        Rejects.bad(() -> Pseudospectrum.level(a, Double.NaN, 0), "re");
        Rejects.bad(() -> Pseudospectrum.level(a, 0, Double.POSITIVE_INFINITY), "im");
        Rejects.bad(() -> Pseudospectrum.levels(a, new double[0], one), "real parts");
        Rejects.bad(() -> Pseudospectrum.levels(a, one, new double[0]), "imaginary parts");
        Rejects.bad(() -> Pseudospectrum.kreissBound(a, new double[] {0}, one), "re", "positive");
    }
}
