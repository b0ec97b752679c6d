package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.eig.WatchedDoubleStepQRDecomposition_DDRM;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStreams;

class EigenvaluesNonsymmetricTest {
    private static DMatrixRMaj random(int n, long seed) {
        return RandomMatrices.gaussian(n, n, new RandomStreams(seed).stream("eigenvalues", 0));
    }

    private static DMatrixRMaj matrix(double[]... rows) {
        return new DMatrixRMaj(rows);
    }

    @Test
    void smallMatricesByHand() {
        var one = EigenvaluesNonsymmetric.of(matrix(new double[] {7}));
        assertArrayEquals(new double[] {7}, one.real());
        // x^2 - 2x + 5: 1 - 2i and 1 + 2i.
        var pair = EigenvaluesNonsymmetric.of(matrix(new double[] {0, -5}, new double[] {1, 2}));
        assertArrayEquals(new double[] {1, 1}, pair.real(), 1e-15);
        assertArrayEquals(new double[] {-2, 2}, pair.imaginary(), 1e-15);
        // (x - 1)(x - 2)(x - 3) in companion form.
        var three =
                EigenvaluesNonsymmetric.of(
                        matrix(
                                new double[] {6, -11, 6},
                                new double[] {1, 0, 0},
                                new double[] {0, 1, 0}));
        assertArrayEquals(new double[] {1, 2, 3}, three.real(), 1e-13);
        assertArrayEquals(new double[3], three.imaginary());
        assertEquals(3, three.size());
        assertEquals(2, three.countRealIn(1.5, 3.5));
        assertEquals(1, three.countOutsideDisc(1, 1.5));
        assertArrayEquals(new double[4], EigenvaluesNonsymmetric.of(new DMatrixRMaj(4, 4)).real());
    }

    @Test
    void cyclicShiftNeedsTheExceptionalShifts() {
        int n = 24;
        var shift = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            shift.set((i + 1) % n, i, 1);
        }
        var roots = EigenvaluesNonsymmetric.of(shift);
        double[] expected = new double[n];
        for (int k = 0; k < n; k++) {
            expected[k] = DiscreteCosineTransform.cosPi(2L * k, n);
        }
        Arrays.sort(expected);
        assertArrayEquals(expected, roots.real(), 1e-13);
        assertEquals(0, roots.countOutsideDisc(0, 1 + 1e-13));
        assertEquals(n, roots.countOutsideDisc(0, 1 - 1e-13));
    }

    /**
     * A Jordan block of order 12 at 1, turned by a random orthogonal matrix: rounding spreads its
     * eigenvalues over a circle of radius eps^(1/12), about 0.05, and steps converge slowly.
     */
    @Test
    void defectiveClustersConverge() {
        int n = 12;
        var jordan = CommonOps_DDRM.identity(n);
        for (int i = 0; i + 1 < n; i++) {
            jordan.set(i, i + 1, 1);
        }
        var q = RandomMatrices.orthogonal(n, new RandomStreams(2).stream("jordan", 0));
        var turned = new DMatrixRMaj(n, n);
        var half = new DMatrixRMaj(n, n);
        Kernels.gemm(q, jordan, half);
        Kernels.gemmTransB(half, q, turned);
        var e = EigenvaluesNonsymmetric.of(turned);
        assertEquals(0, e.countOutsideDisc(1, 0.15));
        assertEquals(n, Kernels.sum(e.real()), 1e-12);
    }

    @Test
    void badlyScaledMatricesAreBalanced() {
        // diag(1, 1e6, 1e-6) T diag(...)^-1 with T tridiagonal: eigenvalues 2, 2 +- sqrt 2.
        double[] d = {1, 1e6, 1e-6};
        double[][] t = {{2, 1, 0}, {1, 2, 1}, {0, 1, 2}};
        var a = new DMatrixRMaj(3, 3);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                a.set(i, j, d[i] * t[i][j] / d[j]);
            }
        }
        assertArrayEquals(
                new double[] {2 - Math.sqrt(2), 2, 2 + Math.sqrt(2)},
                EigenvaluesNonsymmetric.of(a).real(),
                1e-14);
    }

    @Property(tries = 60)
    void sumIsTheTraceAndProductTheDeterminant(
            @ForAll @IntRange(min = 1, max = 40) int n, @ForAll @LongRange long seed) {
        var a = random(n, seed);
        var e = EigenvaluesNonsymmetric.of(a);
        assertEquals(CommonOps_DDRM.trace(a), Kernels.sum(e.real()), 1e-12 * n);
        assertEquals(0, Kernels.sum(e.imaginary()), 1e-12 * n);
        double re = 1;
        double im = 0;
        for (int i = 0; i < n; i++) {
            double next = re * e.real()[i] - im * e.imaginary()[i];
            im = re * e.imaginary()[i] + im * e.real()[i];
            re = next;
        }
        double det = CommonOps_DDRM.det(a);
        assertEquals(det, re, 1e-10 * Math.abs(det));
    }

    @Property(tries = 40)
    void everyEigenvalueLiesInAGershgorinDisc(
            @ForAll @IntRange(min = 1, max = 30) int n, @ForAll @LongRange long seed) {
        var a = random(n, seed);
        for (int i = 0; i < n; i++) {
            a.set(i, i, 10 * a.get(i, i)); // discs that do not all overlap
        }
        var discs = new GershgorinDiscs(a);
        var e = EigenvaluesNonsymmetric.of(a);
        for (int i = 0; i < n; i++) {
            assertTrue(discs.contain(e.real()[i], e.imaginary()[i], 1e-10));
        }
    }

    @Test
    void agreesWithEjml() {
        int n = 120;
        var a = random(n, 5);
        var ejml = new WatchedDoubleStepQRDecomposition_DDRM(false);
        assertTrue(ejml.decompose(a.copy()));
        var real = new double[n];
        for (int i = 0; i < n; i++) {
            real[i] = ejml.getEigenvalue(i).real;
        }
        Arrays.sort(real);
        assertArrayEquals(real, EigenvaluesNonsymmetric.of(a).real(), 1e-10);
    }

    @Test
    void badMatricesAreRefused() {
        Rejects.bad(
                () -> EigenvaluesNonsymmetric.of(new DMatrixRMaj(2, 3)), "a", "square", "2 x 3");
        Rejects.bad(() -> EigenvaluesNonsymmetric.of(new DMatrixRMaj(0, 0)), "a", "at least 1");
        Rejects.bad(() -> EigenvaluesNonsymmetric.of(matrix(new double[] {Double.NaN})), "a[0]");
        var e = EigenvaluesNonsymmetric.of(matrix(new double[] {1}));
        Rejects.bad(() -> e.countOutsideDisc(0, -1), "radius", "-1");
        Rejects.bad(() -> e.countOutsideDisc(Double.NaN, 1), "centre", "NaN");
        Rejects.bad(() -> new GershgorinDiscs(new DMatrixRMaj(2, 3)), "a", "square");
        Rejects.bad(
                () -> new GershgorinDiscs(matrix(new double[] {Double.POSITIVE_INFINITY})),
                "diagonal of a[0]");
    }

    @Test
    void discsByHand() {
        var discs =
                new GershgorinDiscs(
                        matrix(
                                new double[] {1, -2, 0.5},
                                new double[] {0, 5, 0},
                                new double[] {1, 1, -4}));
        assertArrayEquals(new double[] {1, 5, -4}, discs.centres());
        assertArrayEquals(new double[] {2.5, 0, 2}, discs.radii());
        assertTrue(discs.contain(1, 2.5, 0));
        assertTrue(!discs.contain(1, 2.6, 0) && discs.contain(1, 2.6, 0.11));
        Rejects.bad(() -> discs.contain(0, 0, -1), "slack", "-1");
    }

    @Test
    void conditionNumbers() {
        var diagonal = CommonOps_DDRM.diag(4, -0.5, 2);
        var condition = ConditionNumber.of(diagonal);
        assertEquals(4, condition.largest());
        assertEquals(0.5, condition.smallest());
        assertEquals(8, condition.value());
        // 2 x 1: one singular value, the length 5 of the column.
        assertEquals(
                5, ConditionNumber.of(matrix(new double[] {3}, new double[] {4})).largest(), 1e-15);
        assertEquals(
                Double.POSITIVE_INFINITY, ConditionNumber.of(CommonOps_DDRM.diag(1, 0)).value());
        // Hilbert's matrix of order 5, known to have the condition number 4.7661e5.
        var hilbert = new DMatrixRMaj(5, 5);
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 5; j++) {
                hilbert.set(i, j, 1.0 / (i + j + 1));
            }
        }
        assertEquals(4.7661e5, ConditionNumber.of(hilbert).value(), 5);
        assertEquals(1, ConditionNumber.of(CommonOps_DDRM.identity(4)).value(), 1e-15);
        Rejects.bad(() -> ConditionNumber.of(new DMatrixRMaj(0, 3)), "a", "not empty", "0 x 3");
        Rejects.bad(() -> ConditionNumber.of(matrix(new double[] {Double.NaN})), "a[0]", "finite");
        Rejects.bad(() -> ConditionNumber.of(null), "a", "given");
    }

    @Test
    void linearSystems() {
        var a = matrix(new double[] {0, 2}, new double[] {3, 1});
        var b = new double[] {4, 5};
        assertArrayEquals(new double[] {1, 2}, LinearSolver.lu().solve(a, b).orElseThrow(), 1e-15);
        assertArrayEquals(new double[] {4, 5}, b);
        assertEquals(0, a.get(0, 0));
        var singular = matrix(new double[] {1, 1}, new double[] {1, 1});
        assertTrue(LinearSolver.lu().solve(singular, b).isEmpty());
        Rejects.bad(() -> LinearSolver.lu().solve(a, new double[3]), "b", "2", "3");
        Rejects.bad(() -> LinearSolver.lu().solve(new DMatrixRMaj(2, 3), b), "a", "square");
    }
}
