package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.konvergo.Rejects;
import org.konvergo.random.RandomStreams;

class ChebyshevLobattoGridTest {
    private static double[] random(long seed, int n) {
        return new RandomStreams(seed).stream("grid", 0).gaussians(n);
    }

    @Test
    void cosinesOfRationalMultiplesOfPi() {
        assertEquals(1, DiscreteCosineTransform.cosPi(0, 7));
        assertEquals(-1, DiscreteCosineTransform.cosPi(7, 7));
        assertEquals(0, DiscreteCosineTransform.cosPi(1, 2));
        assertEquals(0, DiscreteCosineTransform.cosPi(-9, 6));
        assertEquals(Math.sqrt(0.5), DiscreteCosineTransform.cosPi(1, 4), 1.2e-16);
        for (int m = -50; m <= 50; m++) {
            double c = DiscreteCosineTransform.cosPi(m, 12);
            assertEquals(StrictMath.cos(Math.PI * m / 12), c, 3e-15);
            assertEquals(c, DiscreteCosineTransform.cosPi(-m, 12));
            assertEquals(c, DiscreteCosineTransform.cosPi(m + 24, 12));
            assertEquals(-c, DiscreteCosineTransform.cosPi(m + 12, 12), 0.0);
        }
        Rejects.bad(() -> DiscreteCosineTransform.cosPi(1, 0), "n", "at least 1", "0");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 8, 12, 16, 32, 100, 128})
    void transformIsTheSumOfItsDefinition(int n) {
        double[] x = random(n, n + 1);
        var y = new double[n + 1];
        new DiscreteCosineTransform(n).transform(x, y);
        for (int k = 0; k <= n; k++) {
            double sum = (x[0] + (k % 2 == 0 ? x[n] : -x[n])) / 2;
            for (int j = 1; j < n; j++) {
                sum += x[j] * DiscreteCosineTransform.cosPi((long) j * k, n);
            }
            assertEquals(sum, y[k], 1e-14 * n);
        }
    }

    @Property(tries = 60)
    void inverseUndoesTheTransformInPlace(
            @ForAll @IntRange(min = 1, max = 300) int n, @ForAll @LongRange long seed) {
        double[] x = random(seed, n + 1);
        double[] y = x.clone();
        var dct = new DiscreteCosineTransform(n);
        dct.transform(y, y);
        dct.inverse(y, y);
        assertArrayEquals(x, y, 2e-14);
    }

    @ParameterizedTest
    @ValueSource(ints = {1 << 13, 1 << 14, 1 << 15})
    void largeTransformsAgreeWithTheSum(int n) {
        double[] x = random(n, n + 1);
        var y = new double[n + 1];
        new DiscreteCosineTransform(n).transform(x, y);
        for (int k : new int[] {0, 1, 2, 777, n / 4 + 3, n / 2, n - 5, n}) {
            double sum = (x[0] + (k % 2 == 0 ? x[n] : -x[n])) / 2;
            for (int j = 1; j < n; j++) {
                sum += x[j] * DiscreteCosineTransform.cosPi((long) j * k, n);
            }
            assertEquals(sum, y[k], 1e-10);
        }
    }

    @Test
    void roundTripStaysExactForManyPoints() {
        int n = 1 << 18;
        double[] x = random(3, n + 1);
        double[] y = x.clone();
        var dct = new DiscreteCosineTransform(n);
        dct.transform(y, y);
        dct.inverse(y, y);
        assertArrayEquals(x, y, 1e-13);
    }

    @Test
    void badTransformsAreRefused() {
        Rejects.bad(() -> new DiscreteCosineTransform(0), "n", "at least 1", "0");
        var dct = new DiscreteCosineTransform(4);
        Rejects.bad(() -> dct.transform(new double[4], new double[5]), "x", "5", "4");
        Rejects.bad(() -> dct.transform(new double[5], new double[4]), "y", "5", "4");
        Rejects.bad(() -> dct.inverse(new double[6], new double[5]), "x", "5", "6");
    }

    @Test
    void threeNodesByHand() {
        var grid = new ChebyshevLobattoGrid(2);
        assertArrayEquals(new double[] {-1, 0, 1}, grid.nodes());
        assertArrayEquals(new double[] {1 / 3.0, 4 / 3.0, 1 / 3.0}, grid.weights(), 1e-16);
        var d = grid.differentiationMatrix();
        assertArrayEquals(new double[] {-1.5, 2, -0.5, -0.5, 0, 0.5, 0.5, -2, 1.5}, d.data, 1e-15);
        assertArrayEquals(
                new double[] {0, 5 / 12.0, 1 / 3.0}, grid.integrate(new double[] {1, 0, 0}), 2e-16);
        assertEquals(2, grid.intervals());
        assertEquals(3, grid.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8, 9, 31, 64})
    void nodesAscendAntisymmetricallyAndWeightsArePositive(int n) {
        var grid = new ChebyshevLobattoGrid(n);
        double[] tau = grid.nodes();
        double[] w = grid.weights();
        for (int i = 0; i <= n; i++) {
            assertEquals(-tau[n - i], tau[i], 0.0);
            assertEquals(w[n - i], w[i], 1e-16);
            assertTrue(w[i] > 0);
            assertTrue(i == 0 || tau[i] > tau[i - 1]);
        }
        assertEquals(2, Kernels.sum(w), 1e-15);
    }

    @Property(tries = 60)
    void polynomialsAreDifferentiatedAndIntegratedExactly(
            @ForAll @IntRange(min = 2, max = 40) int n, @ForAll @LongRange long seed) {
        var grid = new ChebyshevLobattoGrid(n);
        double[] coefficients = random(seed, n + 1);
        double[] p = grid.values(coefficients);
        assertArrayEquals(coefficients, grid.coefficients(p), 1e-14);
        var slope = new double[n + 1];
        Kernels.gemv(grid.differentiationMatrix(), p, slope);
        double[] back = grid.integrate(slope);
        for (int i = 0; i <= n; i++) {
            assertEquals(p[i] - p[0], back[i], 1e-11);
        }
        double integral = 0;
        for (int k = 0; k <= n; k += 2) {
            integral += coefficients[k] * 2 / (1.0 - k * k);
        }
        assertEquals(integral, grid.integral(p), 1e-14);
    }

    @Test
    void exponentialIsIntegratedToTheLastBits() {
        var grid = new ChebyshevLobattoGrid(16);
        double[] tau = grid.nodes();
        var e = new double[17];
        Kernels.exp(tau, e);
        double[] integral = grid.integrate(e);
        assertEquals(0, integral[0]);
        for (int i = 0; i <= 16; i++) {
            assertEquals(e[i] - e[0], integral[i], 1e-15);
        }
    }

    @Test
    void badGridsAreRefused() {
        Rejects.bad(() -> new ChebyshevLobattoGrid(1), "n", "at least 2", "1");
        var grid = new ChebyshevLobattoGrid(4);
        Rejects.bad(() -> grid.coefficients(new double[4]), "values", "5", "4");
        Rejects.bad(() -> grid.values(new double[6]), "coefficients", "5", "6");
        Rejects.bad(() -> grid.integrate(new double[4]), "values", "5", "4");
        Rejects.bad(() -> grid.integral(null), "values", "given");
    }
}
