package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

class AffineProjectionTest {
    private static DMatrixRMaj rows(double[]... rows) {
        return new DMatrixRMaj(rows);
    }

    private static double[] times(DMatrixRMaj m, double[] u) {
        var product = new double[m.numRows];
        Kernels.gemv(m, u, product);
        return product;
    }

    @Test
    void subtractsTheMean() {
        var p = AffineProjection.onNullSpace(rows(new double[] {3, 3, 3, 3}));
        assertArrayEquals(
                new double[] {-1.5, -0.5, 0.5, 1.5}, p.apply(new double[] {1, 2, 3, 4}), 1e-15);
        assertEquals(1, p.rank());
    }

    @Test
    void projectsOnALine() {
        // u1 + u2 = 2 and u3 = 5, far apart in scale.
        var p =
                AffineProjection.of(
                        rows(new double[] {1e6, 1e6, 0}, new double[] {0, 0, 1e-6}),
                        new double[] {2e6, 5e-6});
        assertArrayEquals(new double[] {2.5, -0.5, 5}, p.apply(new double[] {3, 0, 9}), 1e-14);
        assertArrayEquals(
                new double[] {1.5, -1.5, 0}, p.apply(new double[] {3, 0, 9}, new double[2]), 1e-14);
    }

    @Test
    void leavesOutRowsThatSayNothingNew() {
        var m =
                rows(
                        new double[] {0, 0, 0},
                        new double[] {1, 2, 3},
                        new double[] {2, 4, 6},
                        new double[] {1, 0, 0});
        var p = AffineProjection.of(m, new double[] {0, 6, 12, 1});
        assertEquals(2, p.rank());
        assertArrayEquals(new double[] {0, 6, 12, 1}, times(m, p.apply(new double[3])), 1e-13);
        double[] w = p.multipliers(new double[] {5, 2, 3});
        assertArrayEquals(new double[] {0, 1, 0, 4}, w, 1e-13);
    }

    @Test
    void withoutRowsNothingChanges() {
        var p = AffineProjection.of(new DMatrixRMaj(0, 2), new double[0]);
        assertArrayEquals(new double[] {1, 2}, p.apply(new double[] {1, 2}));
    }

    /** Idempotent, feasible, and the way there is orthogonal to the null space. */
    @Property(tries = 50)
    void isAProjection(@ForAll @IntRange(min = 1, max = 12) int rows, @ForAll long seed) {
        RandomStream random = new RandomStreams(seed).stream("affine", rows);
        var m = RandomMatrices.gaussian(rows, 14, random);
        double[] b = random.gaussians(rows);
        var p = AffineProjection.of(m, b);
        double[] u = random.gaussians(14);
        double[] near = p.apply(u);
        double scale = 1 + Kernels.norm2(near);
        assertArrayEquals(b, times(m, near), 1e-8 * scale);
        assertArrayEquals(near, p.apply(near), 1e-8 * scale);
        double[] way = u.clone();
        Kernels.axpy(-1, near, way);
        double[] along = AffineProjection.onNullSpace(m).apply(random.gaussians(14));
        assertEquals(0, Kernels.dot(way, along), 1e-7 * scale);
    }

    @Test
    void refusesBadInput() {
        var m = rows(new double[] {1, 2}, new double[] {2, 4});
        Rejects.bad(() -> AffineProjection.of(null, new double[1]), "m");
        Rejects.bad(() -> AffineProjection.of(m, new double[3]), "b", "length 2");
        Rejects.bad(() -> AffineProjection.of(m, new double[] {1, 3}), "b[", "in the range of m");
        Rejects.bad(() -> AffineProjection.onNullSpace(rows(new double[] {Double.NaN})), "m[0]");
        Rejects.bad(() -> AffineProjection.onNullSpace(new DMatrixRMaj(1, 0)), "columns of m");
        var p = AffineProjection.onNullSpace(m);
        Rejects.bad(() -> p.apply(new double[3]), "u");
        Rejects.bad(() -> p.apply(new double[2], new double[1]), "b");
        Rejects.bad(() -> p.multipliers(new double[3]), "u");
        assertTrue(p.rank() == 1);
    }
}
