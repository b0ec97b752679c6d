package org.konvergo.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.function.Executable;

/** Small data that a peer program can write down too, and checks that problems share. */
public final class SampleData {
    private SampleData() {}

    /** Entries ((7i + 3j^2 + shift) mod 11 - 5) / 5, zero-based. */
    public static DMatrixRMaj features(int m, int n, int shift) {
        var x = new DMatrixRMaj(m, n);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                x.set(i, j, ((7 * i + 3 * j * j + shift) % 11 - 5) / 5.0);
            }
        }
        return x;
    }

    /** Central differences of the value against the gradient, and the minibatch of all terms. */
    public static void checkDerivatives(FiniteSum f, double[] w) {
        var gradient = new double[w.length];
        f.gradient(w, gradient);
        double h = 1e-5;
        for (int j = 0; j < w.length; j++) {
            double[] up = w.clone();
            double[] down = w.clone();
            up[j] += h;
            down[j] -= h;
            assertEquals((f.value(up) - f.value(down)) / (2 * h), gradient[j], 1e-8, "entry " + j);
        }
        int[] all = IntStream.range(0, f.terms()).toArray();
        assertEquals(f.value(w), f.value(all, w), 1e-13);
        var batch = new double[w.length];
        f.gradient(all, w, batch);
        assertClose(gradient, batch, 1e-13);

        // A minibatch is the average of its terms, repeated ones counted as often.
        var sum = new double[w.length];
        double value = 0;
        int[] some = {0, 2, 2};
        for (int i : some) {
            var one = new double[w.length];
            f.gradient(new int[] {i}, w, one);
            Arrays.setAll(sum, j -> sum[j] + one[j] / 3);
            value += f.value(new int[] {i}, w) / 3;
        }
        f.gradient(some, w, batch);
        assertClose(sum, batch, 1e-13);
        assertEquals(value, f.value(some, w), 1e-13);
    }

    /** Central differences of the gradient against Hessian times vector. */
    public static void checkHessian(TwiceSmooth f, double[] w, double[] v) {
        double h = 1e-5;
        var up = new double[w.length];
        var down = new double[w.length];
        var product = new double[w.length];
        f.gradient(plus(w, h, v), up);
        f.gradient(plus(w, -h, v), down);
        f.hessianVector(w, v, product);
        for (int j = 0; j < w.length; j++) {
            assertEquals((up[j] - down[j]) / (2 * h), product[j], 1e-8, "entry " + j);
        }
    }

    public static double[] plus(double[] w, double h, double[] v) {
        var sum = new double[w.length];
        Arrays.setAll(sum, j -> w[j] + h * v[j]);
        return sum;
    }

    public static void assertClose(double[] expected, double[] actual, double tolerance) {
        assertEquals(expected.length, actual.length);
        for (int j = 0; j < expected.length; j++) {
            assertEquals(expected[j], actual[j], tolerance, "entry " + j);
        }
    }

    /** The call refuses its arguments with a message that begins by naming one. */
    public static void assertRefused(String argument, Executable call) {
        var e = assertThrows(IllegalArgumentException.class, call);
        assertTrue(
                e.getMessage().startsWith(argument + " should be "),
                () -> "message should name " + argument + ", was: " + e.getMessage());
    }
}
