package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.konvergo.problem.SampleData.assertRefused;

import org.junit.jupiter.api.Test;

class AxpyRangeTest {
    @Test
    void touchesItsRangeOnly() {
        double[] y = {1, 1, 1, 1};
        Kernels.axpy(2, new double[] {9, 3, 4, 9}, 1, y, 2, 2);
        assertArrayEquals(new double[] {1, 1, 7, 9}, y);
        Kernels.axpy(2, new double[0], 0, y, 4, 0);
        assertArrayEquals(new double[] {1, 1, 7, 9}, y);
    }

    @Test
    void refusesARangeOutside() {
        double[] x = {1, 2};
        assertRefused("range of x", () -> Kernels.axpy(1, x, 1, new double[5], 0, 2));
        assertRefused("range of y", () -> Kernels.axpy(1, x, 0, new double[5], -1, 2));
    }
}
