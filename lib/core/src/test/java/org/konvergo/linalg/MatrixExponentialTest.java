package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.konvergo.Rejects;
import org.konvergo.random.RandomStreams;

class MatrixExponentialTest {
    private static DMatrixRMaj matrix(double[]... rows) {
        return new DMatrixRMaj(rows);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-9, 0.1, 1, 3, 10, 40})
    void rotationsAndShears(double t) {
        double[] rotation = {
            StrictMath.cos(t), -StrictMath.sin(t), StrictMath.sin(t), StrictMath.cos(t)
        };
        var turn = matrix(new double[] {0, -t}, new double[] {t, 0});
        assertArrayEquals(rotation, MatrixExponential.of(turn).data, 1e-15 * (3 + 10 * t));
        var shear = matrix(new double[] {-1, t}, new double[] {0, -1});
        double[] sheared = {Math.exp(-1), t * Math.exp(-1), 0, Math.exp(-1)};
        assertArrayEquals(sheared, MatrixExponential.of(shear).data, 1e-14 * (1 + t));
    }

    @Test
    void stiffDiagonal() {
        var exponential = MatrixExponential.of(matrix(new double[] {-300, 0}, new double[] {0, 5}));
        assertEquals(1, exponential.get(1, 1) / Math.exp(5), 1e-12);
        assertEquals(0, exponential.get(0, 0), 1e-12);
        assertEquals(Math.E, MatrixExponential.of(matrix(new double[] {1})).get(0, 0), 1e-15);
    }

    /** det exp(A) = exp(trace A), and exp(A) exp(-A) = I. */
    @Property(tries = 60)
    void inverseIsTheExponentialOfTheNegative(
            @ForAll @IntRange(min = 1, max = 8) int n, @ForAll @LongRange long seed) {
        var a = new DMatrixRMaj(n, n);
        a.setData(new RandomStreams(seed).stream("exponential", 0).gaussians(n * n));
        var negative = a.copy();
        Kernels.scale(-1, negative.data);
        var product = new DMatrixRMaj(n, n);
        var forward = MatrixExponential.of(a);
        var backward = MatrixExponential.of(negative);
        Kernels.gemm(forward, backward, product);
        var identity = new double[n * n];
        for (int i = 0; i < n; i++) {
            identity[i * (n + 1)] = 1;
        }
        double size = Kernels.normInf(forward.data) * Kernels.normInf(backward.data);
        assertArrayEquals(identity, product.data, 1e-13 * n * n * (1 + size));
    }

    @Test
    void keepsItsArgument() {
        var a = matrix(new double[] {1, 2}, new double[] {3, 4});
        MatrixExponential.of(a);
        assertArrayEquals(new double[] {1, 2, 3, 4}, a.data);
    }

    @Test
    void badMatricesAreRefused() {
        Rejects.bad(() -> MatrixExponential.of(new DMatrixRMaj(2, 3)), "a", "square", "2 x 3");
        Rejects.bad(() -> MatrixExponential.of(new DMatrixRMaj(0, 0)), "rows of a", "at least 1");
        Rejects.bad(() -> MatrixExponential.of(matrix(new double[] {Double.NaN})), "a[0]");
        Rejects.bad(() -> MatrixExponential.of(matrix(new double[] {1e4})), "a", "finite");
    }

    @Test
    void rootAndItsVectors() {
        // Eigenvalues 5 and -1; right (1, 1), left (2, 1) up to scale.
        var root = PerronRoot.of(matrix(new double[] {3, 2}, new double[] {4, 1}));
        assertEquals(5, root.radius(), 1e-14);
        assertArrayEquals(new double[] {1, 1}, root.right(), 1e-14);
        assertArrayEquals(new double[] {2 / 3.0, 1 / 3.0}, root.left(), 1e-14);
        assertEquals(1, root.slope(matrix(new double[] {1, 0}, new double[] {0, 1})), 1e-14);
        Rejects.bad(() -> root.slope(new DMatrixRMaj(3, 3)), "direction", "2 x 2");
        Rejects.bad(() -> PerronRoot.of(new DMatrixRMaj(1, 2)), "a", "square");
    }

    @Property(tries = 50)
    void slopeOfTheRootIsThatOfDifferences(
            @ForAll @IntRange(min = 1, max = 6) int n, @ForAll @LongRange long seed) {
        var random = new RandomStreams(seed).stream("root", 0);
        var a = new DMatrixRMaj(n, n, true, random.uniforms(n * n));
        Arrays.setAll(a.data, p -> a.data[p] + 0.1);
        var direction = new DMatrixRMaj(n, n, true, random.gaussians(n * n));
        double h = 1e-6;
        var ahead = a.copy();
        var behind = a.copy();
        Kernels.axpy(h, direction.data, ahead.data);
        Kernels.axpy(-h, direction.data, behind.data);
        double difference = (SpectralRadius.of(ahead) - SpectralRadius.of(behind)) / (2 * h);
        assertEquals(difference, PerronRoot.of(a).slope(direction), 1e-7);
    }
}
