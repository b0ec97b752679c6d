package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.ZMatrixRMaj;
import org.ejml.dense.row.CommonOps_ZDRM;
import org.ejml.dense.row.factory.DecompositionFactory_ZDRM;
import org.junit.jupiter.api.Test;
import org.konvergo.random.RandomStreams;

class ComplexCholeskyTest {
    private static ZMatrixRMaj gaussian(int rows, int cols, long seed) {
        double[] entries = new RandomStreams(seed).stream("matrix", 0).gaussians(2 * rows * cols);
        return new ZMatrixRMaj(rows, cols, true, entries);
    }

    /** X*X + I for a Gaussian X with two rows more than columns. */
    private static ZMatrixRMaj positive(int n, long seed) {
        var x = gaussian(n + 2, n, seed);
        var a = ComplexKernels.adjointProduct(x, x);
        for (int i = 0; i < n; i++) {
            a.set(i, i, a.getReal(i, i) + 1, 0);
        }
        return a;
    }

    @Test
    void oneByHand() {
        var a = new ZMatrixRMaj(2, 2, true, 4, 0, 2, -2, 2, 2, 6, 0);
        var cholesky = ComplexCholesky.of(a);
        assertEquals(2, cholesky.size());
        assertArrayEquals(new double[] {2, 0, 0, 0, 1, 1, 2, 0}, cholesky.factor().data, 1e-15);
        double[] b = {1, 2, 3, 4};
        double[] x = cholesky.solve(b);
        assertArrayEquals(new double[] {-0.5, 0.625, 0.875, 0.625}, x, 1e-15);
        assertArrayEquals(new double[] {1, 2, 3, 4}, b);
    }

    @Test
    void agreesWithEjml() {
        for (int n : new int[] {1, 2, 3, 8, 17, 64}) {
            var a = positive(n, n);
            var theirs = DecompositionFactory_ZDRM.chol(n, true);
            assertTrue(theirs.decompose(a.copy()));
            var l = theirs.getT(null);
            assertArrayEquals(l.data, ComplexCholesky.of(a).factor().data, 1e-12 * n, "n=" + n);
            var b = gaussian(n, 3, n + 1);
            var solved = new ZMatrixRMaj(n, 3);
            assertTrue(CommonOps_ZDRM.solve(a, b, solved));
            assertArrayEquals(solved.data, ComplexCholesky.of(a).solve(b).data, 1e-12 * n);
        }
    }

    @Property(tries = 50)
    void factorsAndSolves(@ForAll @IntRange(min = 1, max = 20) int n, @ForAll long seed) {
        var a = positive(n, seed);
        var before = a.copy();
        var cholesky = ComplexCholesky.of(a);
        assertArrayEquals(before.data, a.data);
        var l = cholesky.factor();
        var again = ComplexKernels.product(l, CommonOps_ZDRM.transposeConjugate(l, null));
        double size = Math.sqrt(ComplexKernels.squaredNorm(a));
        assertTrue(ComplexKernels.distance(a, again) <= 1e-13 * size);
        for (int i = 0; i < n; i++) {
            assertTrue(l.getReal(i, i) > 0 && l.getImag(i, i) == 0);
        }
        double[] b = gaussian(n, 1, seed + 1).data;
        double[] x = cholesky.solve(b);
        var residual = ComplexKernels.product(a, new ZMatrixRMaj(n, 1, true, x));
        assertTrue(
                ComplexKernels.distance(residual, new ZMatrixRMaj(n, 1, true, b))
                        <= 1e-13 * size * Kernels.norm2(x) + 1e-13 * Kernels.norm2(b));
    }

    /** A real symmetric matrix is Hermitian too. */
    @Test
    void realMatrixHasRealFactor() {
        var a = new ZMatrixRMaj(2, 2, true, 4, 0, 6, 0, 6, 0, 10, 0);
        assertArrayEquals(
                new double[] {2, 0, 0, 0, 3, 0, 1, 0}, ComplexCholesky.of(a).factor().data, 1e-15);
    }

    @Test
    void refusesBadInput() {
        bad(() -> ComplexCholesky.of(null), "a");
        bad(() -> ComplexCholesky.of(new ZMatrixRMaj(2, 3)), "a should be square", "2 x 3");
        bad(() -> ComplexCholesky.of(new ZMatrixRMaj(0, 0)), "rows of a");
        bad(
                () -> ComplexCholesky.of(new ZMatrixRMaj(2, 2, true, 4, 0, 2, 2, 2, 2, 6, 0)),
                "a should be Hermitian",
                "(1, 0)");
        bad(() -> ComplexCholesky.of(new ZMatrixRMaj(1, 1, true, 1, 1)), "Hermitian");
        bad(() -> ComplexCholesky.of(new ZMatrixRMaj(1, 1, true, Double.NaN, 0)), "finite");
        bad(
                () -> ComplexCholesky.of(new ZMatrixRMaj(2, 2, true, 4, 0, 2, -2, 2, 2, 1, 0)),
                "positive definite",
                "row 1");
        bad(() -> ComplexCholesky.of(new ZMatrixRMaj(1, 1)), "positive definite", "row 0");
        // Rank 2 of 3: what rounding leaves of the last pivot must not pass for a pivot.
        var x = gaussian(2, 3, 5);
        bad(() -> ComplexCholesky.of(ComplexKernels.adjointProduct(x, x)), "row 2");
        var cholesky = ComplexCholesky.of(positive(3, 1));
        bad(() -> cholesky.solve(new double[3]), "b");
        bad(() -> cholesky.solve(new ZMatrixRMaj(2, 1)), "rows of b");
    }
}
