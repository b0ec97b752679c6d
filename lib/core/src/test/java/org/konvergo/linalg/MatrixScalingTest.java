package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.konvergo.Rejects;
import org.konvergo.random.RandomStreams;

class MatrixScalingTest {
    /** One pass has the bits of two products, in plain Java and in registers. */
    @TestFactory
    Stream<DynamicTest> onePassHasTheBitsOfTwoProducts() {
        return Stream.of(1, 3, 4, 7, 8, 9, 17, 40)
                .flatMap(rows -> Stream.of(1, 5, 8, 15, 16, 33).map(cols -> new int[] {rows, cols}))
                .map(
                        shape ->
                                DynamicTest.dynamicTest(
                                        shape[0] + " x " + shape[1], () -> check(shape)));
    }

    private static void check(int... shape) {
        int rows = shape[0];
        int cols = shape[1];
        var random = new RandomStreams(3).stream("scaling", 100L * rows + cols);
        var a = new DMatrixRMaj(rows, cols, true, random.uniforms(rows * cols));
        double[] marginal = random.uniforms(rows);
        double[] v = random.uniforms(cols);
        var av = new double[rows];
        var u = new double[rows];
        var atu = new double[cols];
        Kernels.gemv(a, v, av);
        for (int i = 0; i < rows; i++) {
            u[i] = marginal[i] / av[i];
        }
        Kernels.gemvTransposed(a, u, atu);
        var scaled = new double[][] {new double[rows], new double[rows], new double[cols]};
        MatrixScaling.sweep(a, marginal, v, scaled[0], scaled[1], scaled[2]);
        assertArrayEquals(new double[][] {av, u, atu}, scaled);
        var plain = new double[][] {new double[rows], new double[rows], random.uniforms(cols)};
        new ScalarScalingLanes().sweep(a.data, cols, marginal, v, plain[0], plain[1], plain[2]);
        assertArrayEquals(scaled, plain);
    }

    @Test
    void rejectsWhatDoesNotFit() {
        var a = new DMatrixRMaj(2, 3);
        double[] two = {1, 1};
        double[] three = {1, 1, 1};
        Rejects.bad(() -> sweep(a, two, two, new double[2], new double[2], new double[3]), "v");
        Rejects.bad(() -> sweep(a, two, three, new double[2], three, new double[3]), "u");
        Rejects.bad(() -> sweep(a, two, three, new double[2], new double[2], two), "atu");
        Rejects.bad(() -> sweep(a, two, three, two, new double[2], new double[3]), "outputs");
        Rejects.bad(() -> sweep(a, two, three, new double[2], new double[2], three), "outputs");
    }

    private static void sweep(
            DMatrixRMaj a, double[] marginal, double[] v, double[] av, double[] u, double[] atu) {
        MatrixScaling.sweep(a, marginal, v, av, u, atu);
    }
}
