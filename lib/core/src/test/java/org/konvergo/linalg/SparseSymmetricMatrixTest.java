package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.random.RandomStreams;

class SparseSymmetricMatrixTest {
    @Test
    void productByHand() {
        var a =
                SparseSymmetricMatrix.of(
                        new double[] {2, 0, 5},
                        new int[] {2, 0},
                        new int[] {0, 1},
                        new double[] {3, -1});
        assertArrayEquals(
                new double[] {2, -1, 3, -1, 0, 0, 3, 0, 5}, a.toDense().data, "both triangles");
        var y = new double[3];
        a.apply(new double[] {1, 10, 100}, y);
        assertArrayEquals(new double[] {292, -1, 503}, y);
        assertEquals(3, a.size());
        assertEquals(7, a.stored(), "a zero on the diagonal is stored");
        assertArrayEquals(new double[] {2, 0, 5}, a.diagonal());
    }

    @Test
    void zerosAreNotStored() {
        var a =
                SparseSymmetricMatrix.of(
                        new double[] {1, 1}, new int[] {0}, new int[] {1}, new double[] {0});
        assertEquals(2, a.stored());
    }

    @Property(tries = 100)
    void agreesWithTheDenseProductInAnyOrderOfEntries(
            @ForAll @IntRange(min = 1, max = 20) int n,
            @ForAll @DoubleRange(min = 0, max = 1) double density,
            @ForAll @LongRange long seed) {
        var random = new RandomStreams(seed).stream("sparse", 0);
        var dense = new DMatrixRMaj(n, n);
        var rows = new int[n * n];
        var cols = new int[n * n];
        var entries = new double[n * n];
        int count = 0;
        for (int i = 0; i < n; i++) {
            dense.set(i, i, random.gaussian());
            for (int j = 0; j < i; j++) {
                if (random.bernoulli(density)) {
                    rows[count] = i;
                    cols[count] = j;
                    entries[count++] = random.gaussian();
                    dense.set(i, j, entries[count - 1]);
                    dense.set(j, i, entries[count - 1]);
                }
            }
        }
        int[] order = random.permutation(count);
        var r = new int[count];
        var c = new int[count];
        var e = new double[count];
        for (int k = 0; k < count; k++) {
            boolean upper = random.bernoulli(0.5);
            r[k] = upper ? cols[order[k]] : rows[order[k]];
            c[k] = upper ? rows[order[k]] : cols[order[k]];
            e[k] = entries[order[k]];
        }
        var diagonal = new double[n];
        for (int i = 0; i < n; i++) {
            diagonal[i] = dense.get(i, i);
        }
        var sparse = SparseSymmetricMatrix.of(diagonal, r, c, e);
        assertArrayEquals(dense.data, sparse.toDense().data);
        assertEquals(n + 2 * count, sparse.stored());
        double[] x = random.gaussians(n);
        var expected = new double[n];
        var actual = new double[n];
        Kernels.gemv(dense, x, expected);
        sparse.apply(x, actual);
        assertArrayEquals(expected, actual, 1e-13);
    }

    @Test
    void badEntriesAreRefused() {
        double[] d = {1, 1};
        double[] one = {1};
        int[] zero = {0};
        int[] first = {1};
        Rejects.bad(
                () -> SparseSymmetricMatrix.of(new double[] {Double.NaN}, zero, zero, one),
                "diagonal[0]",
                "finite");
        Rejects.bad(() -> SparseSymmetricMatrix.of(d, null, first, one), "rows");
        Rejects.bad(() -> SparseSymmetricMatrix.of(d, zero, null, one), "cols");
        Rejects.bad(() -> SparseSymmetricMatrix.of(d, zero, new int[2], one), "cols", "length 1");
        Rejects.bad(() -> SparseSymmetricMatrix.of(d, zero, first, new double[2]), "entries");
        Rejects.bad(() -> SparseSymmetricMatrix.of(d, new int[] {2}, zero, one), "rows[0]", "0..1");
        Rejects.bad(() -> SparseSymmetricMatrix.of(d, zero, new int[] {-1}, one), "cols[0]", "-1");
        Rejects.bad(() -> SparseSymmetricMatrix.of(d, zero, zero, one), "entry 0", "diagonal");
        Rejects.bad(
                () ->
                        SparseSymmetricMatrix.of(
                                d, new int[] {0, 1}, new int[] {1, 0}, new double[] {1, 1}),
                "pair 0,1",
                "once");
        var a = SparseSymmetricMatrix.of(d, zero, first, one);
        Rejects.bad(() -> a.apply(new double[3], new double[2]), "x", "length 2");
        Rejects.bad(() -> a.apply(new double[2], new double[3]), "y", "length 2");
        Rejects.bad(() -> a.apply(d, d), "y", "other than x");
    }
}
