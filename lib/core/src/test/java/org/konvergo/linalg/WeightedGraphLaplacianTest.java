package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.konvergo.Rejects.bad;

import org.junit.jupiter.api.Test;

class WeightedGraphLaplacianTest {
    private final WeightedGraphLaplacian triangle =
            new WeightedGraphLaplacian(
                    3, new int[] {0, 1, 0}, new int[] {1, 2, 2}, new double[] {1, 2, 4});

    @Test
    void agreesWithItsMatrix() {
        assertArrayEquals(
                new double[] {5, -1, -4, -1, 3, -2, -4, -2, 6}, triangle.toDense().data, 0);
        double[] x = {1, -2, 0.5};
        var y = new double[3];
        var dense = new double[3];
        triangle.apply(x, y);
        Kernels.gemv(triangle.toDense(), x, dense);
        assertArrayEquals(dense, y, 1e-15);
        assertEquals(Kernels.dot(x, y), triangle.energy(x), 1e-14);
    }

    @Test
    void constantsAreInItsKernel() {
        var y = new double[3];
        triangle.apply(new double[] {7, 7, 7}, y);
        assertArrayEquals(new double[3], y, 0);
    }

    @Test
    void refusesBadInput() {
        int[] zero = {0};
        int[] one = {1};
        double[] w = {1};
        bad(() -> new WeightedGraphLaplacian(0, zero, one, w), "nodes");
        bad(() -> new WeightedGraphLaplacian(1, zero, one, w), "to[0]");
        bad(() -> new WeightedGraphLaplacian(2, zero, zero, w), "edge 0", "loop");
        bad(() -> new WeightedGraphLaplacian(2, zero, one, new double[] {-1}), "weights[0]");
        bad(() -> new WeightedGraphLaplacian(2, zero, new int[2], w), "to");
        bad(() -> triangle.apply(new double[2], new double[3]), "x");
        var x = new double[3];
        bad(() -> triangle.apply(x, x), "y", "same");
        bad(() -> triangle.energy(new double[2]), "x");
    }
}
