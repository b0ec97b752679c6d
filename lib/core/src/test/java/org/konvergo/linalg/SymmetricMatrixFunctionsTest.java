package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStreams;

class SymmetricMatrixFunctionsTest {
    private static DMatrixRMaj product(DMatrixRMaj a, DMatrixRMaj b) {
        var c = new DMatrixRMaj(a.numRows, b.numCols);
        Kernels.gemm(a, b, c);
        return c;
    }

    /** G G' of a Gaussian G with so many columns. */
    private static DMatrixRMaj positive(int n, int rank, long seed) {
        var g = RandomMatrices.gaussian(n, rank, new RandomStreams(seed).stream("g", 0));
        var a = new DMatrixRMaj(n, n);
        Kernels.syrk(g, a);
        return a;
    }

    @Property(tries = 40)
    void rootsOfPositiveMatrices(
            @ForAll @IntRange(min = 1, max = 10) int n, @ForAll @LongRange long seed) {
        var a = positive(n, n + 3, seed);
        var root = SymmetricMatrixFunctions.sqrt(a);
        double size = Kernels.normInf(a.data);
        assertTrue(
                SymmetricEigendecompositionTest.distance(product(root, root), a)
                        < 1e-13 * n * size);
        var inverse = SymmetricMatrixFunctions.inverseSqrt(a, 0);
        var one = product(inverse, root);
        for (int i = 0; i < n; i++) {
            one.add(i, i, -1);
        }
        double smallest = SymmetricEigendecomposition.of(a).smallest();
        assertTrue(Kernels.normInf(one.data) < 1e-13 * n * size / smallest);
    }

    @Test
    void singularMatricesHavePseudoInverses() {
        var a = positive(6, 2, 1);
        var root = SymmetricMatrixFunctions.sqrt(a);
        // Without the clamp the root of rounding errors would be about 1e-8.
        var rank = SymmetricEigendecomposition.of(root);
        assertTrue(rank.value(3) < 1e-14 * rank.largest(), () -> "" + rank);
        var inverse = SymmetricMatrixFunctions.inverseSqrt(a, SymmetricMatrixFunctions.ROUNDING);
        var again = product(product(root, inverse), root);
        assertTrue(SymmetricEigendecompositionTest.distance(again, root) < 1e-12);
    }

    @Test
    void functionsByHand() {
        var a = new DMatrixRMaj(new double[][] {{1, 2}, {2, 1}}); // eigenvalues -1 and 3
        var absolute = SymmetricMatrixFunctions.apply(a, Math::abs);
        assertEquals(2, absolute.get(0, 0), 1e-14);
        assertEquals(1, absolute.get(0, 1), 1e-14);
        var zero = SymmetricMatrixFunctions.sqrt(new DMatrixRMaj(2, 2));
        assertEquals(0, Kernels.normInf(zero.data));
        var none = SymmetricMatrixFunctions.inverseSqrt(new DMatrixRMaj(2, 2), 0);
        assertEquals(0, Kernels.normInf(none.data));
    }

    @Test
    void badInput() {
        var indefinite = new DMatrixRMaj(new double[][] {{1, 2}, {2, 1}});
        bad(() -> SymmetricMatrixFunctions.sqrt(indefinite), "smallest eigenvalue", "-0.99999");
        bad(() -> SymmetricMatrixFunctions.inverseSqrt(indefinite, 1e-13), "smallest eigenvalue");
        bad(() -> SymmetricMatrixFunctions.inverseSqrt(indefinite, 1), "tolerance", "[0, 1)");
        bad(() -> SymmetricMatrixFunctions.apply(indefinite, Math::sqrt), "function", "finite");
        bad(
                () -> SymmetricMatrixFunctions.apply((SymmetricEigendecomposition) null, x -> x),
                "a",
                "given");
        bad(() -> SymmetricMatrixFunctions.apply(indefinite, null), "function", "given");
    }
}
