package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStreams;

class DykstraProjectionTest {
    private static double[] right(double[] u) {
        return new double[] {Math.max(u[0], 1), u[1]};
    }

    private static double[] below(double[] u) {
        double excess = Math.max(u[1] - 0.5 * u[0], 0) / 1.25;
        return new double[] {u[0] + 0.5 * excess, u[1] - excess};
    }

    private static List<UnaryOperator<double[]>> both() {
        return List.of(DykstraProjectionTest::right, DykstraProjectionTest::below);
    }

    /** The corner (1, 1/2), to which projecting in turn without taking back does not come. */
    @Test
    void findsTheNearestPointAndNotJustOne() {
        var p = DykstraProjection.of(both(), 1000, 1e-14);
        assertArrayEquals(new double[] {1, 0.5}, p.apply(new double[] {0, 1}), 1e-9);
        assertArrayEquals(new double[] {3, 1}, p.apply(new double[] {3, 1}));
    }

    @Test
    void halfSpacesAreTheSameSweeps() {
        var a = new DMatrixRMaj(new double[][] {{-1, 0}, {-0.5, 1}});
        double[] b = {-1, 0};
        for (int sweeps = 1; sweeps < 6; sweeps++) {
            var general = DykstraProjection.of(both(), sweeps, 0);
            var rows = DykstraProjection.halfSpaces(a, b, sweeps, 0);
            double[] u = {-0.3, 2.5};
            assertArrayEquals(general.apply(u), rows.apply(u), 1e-14);
        }
    }

    /** The conditions of optimality: feasible, and u - p a combination of active rows. */
    @Property(tries = 30)
    void fulfilsTheConditionsOfTheNearestPoint(@ForAll long seed) {
        var random = new RandomStreams(seed).stream("polyhedron", 0);
        var a = RandomMatrices.gaussian(6, 4, random);
        double[] inside = random.gaussians(4);
        var b = new double[6];
        Kernels.gemv(a, inside, b);
        for (int i = 0; i < 6; i++) {
            b[i] += random.uniform();
        }
        double[] u = random.gaussians(4);
        Kernels.scale(3, u);
        double[] p = DykstraProjection.halfSpaces(a, b, 100_000, 1e-13).apply(u);
        var at = new double[6];
        Kernels.gemv(a, p, at);
        for (int i = 0; i < 6; i++) {
            assertTrue(at[i] <= b[i] + 1e-7);
        }
        double[] way = u.clone();
        Kernels.axpy(-1, p, way);
        for (int k = 0; k < 20; k++) {
            double[] other = random.gaussians(4);
            Kernels.axpby(0.5, inside, 0.5 / 4, other);
            Kernels.gemv(a, other, at);
            boolean feasible = true;
            for (int i = 0; i < 6; i++) {
                feasible &= at[i] <= b[i];
            }
            Kernels.axpy(-1, p, other);
            assertTrue(!feasible || Kernels.dot(way, other) <= 1e-6 * (1 + Kernels.norm2(other)));
        }
    }

    /** Rows with entries far apart: u1 + u20 <= 1 and u9 <= -2. */
    @Test
    void rowsMayHaveGaps() {
        var a = new DMatrixRMaj(2, 20);
        a.set(0, 0, 1);
        a.set(0, 19, 1);
        a.set(1, 8, 1);
        var u = new double[20];
        u[0] = 2;
        u[19] = 3;
        u[5] = 7;
        double[] p = DykstraProjection.halfSpaces(a, new double[] {1, -2}, 10, 0).apply(u);
        double[] expected = u.clone();
        expected[0] = 0;
        expected[19] = 1;
        expected[8] = -2;
        assertArrayEquals(expected, p, 1e-15);
    }

    @Test
    void zeroRowsSayNothing() {
        var p = DykstraProjection.halfSpaces(new DMatrixRMaj(2, 2), new double[2], 5, 0);
        assertArrayEquals(new double[] {4, 5}, p.apply(new double[] {4, 5}));
        assertEquals(2, p.apply(new double[2]).length);
    }

    @Test
    void refusesBadInput() {
        var a = new DMatrixRMaj(new double[][] {{1, 0}});
        double[] b = {1};
        Rejects.bad(() -> DykstraProjection.of(List.of(), 1, 0), "number of sets");
        Rejects.bad(() -> DykstraProjection.of(both(), 0, 0), "maxSweeps");
        Rejects.bad(() -> DykstraProjection.of(both(), 1, -1), "tolerance");
        Rejects.bad(() -> DykstraProjection.halfSpaces(null, b, 1, 0), "a");
        Rejects.bad(() -> DykstraProjection.halfSpaces(a, new double[2], 1, 0), "b");
        Rejects.bad(() -> DykstraProjection.halfSpaces(a, b, 0, 0), "maxSweeps");
        Rejects.bad(
                () -> DykstraProjection.halfSpaces(new DMatrixRMaj(1, 2), new double[] {-1}, 1, 0),
                "b[0]",
                "not negative");
        Rejects.bad(() -> DykstraProjection.halfSpaces(a, b, 1, 0).apply(new double[3]), "u");
    }
}
