package org.konvergo.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.linalg.Kernels;
import org.konvergo.random.RandomStreams;

class HungarianSolverTest {
    @Property(tries = 150)
    void agreesWithAllPermutations(
            @ForAll @IntRange(min = 1, max = 6) int n,
            @ForAll @IntRange(min = 2, max = 40) int levels,
            @ForAll @LongRange long seed) {
        // Few levels make ties, which must not confuse the second best.
        var random = new RandomStreams(seed).stream("assignment", 0);
        var cost = new DMatrixRMaj(n, n);
        for (int k = 0; k < n * n; k++) {
            cost.data[k] = random.integer(levels) - 3;
        }
        double[] bestTwo = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        visit(cost, new int[n], 0, 0, bestTwo);
        var found = HungarianSolver.solve(cost);
        assertEquals(bestTwo[0], found.cost(), 1e-12);
        assertEquals(bestTwo[1] - bestTwo[0], found.gap(), 1e-12);
        checkCertificate(cost, found);
    }

    private static void visit(DMatrixRMaj cost, int[] used, int row, double sum, double[] bestTwo) {
        if (row == cost.numRows) {
            bestTwo[1] = Math.min(bestTwo[1], Math.max(bestTwo[0], sum));
            bestTwo[0] = Math.min(bestTwo[0], sum);
            return;
        }
        for (int j = 0; j < used.length; j++) {
            if (used[j] == 0) {
                used[j] = 1;
                visit(cost, used, row + 1, sum + cost.get(row, j), bestTwo);
                used[j] = 0;
            }
        }
    }

    private static void checkCertificate(DMatrixRMaj cost, HungarianSolver.Assignment found) {
        int n = cost.numRows;
        double[] u = found.rowPotentials();
        double[] v = found.columnPotentials();
        var seen = new boolean[n];
        for (int i = 0; i < n; i++) {
            seen[found.columns()[i]] = true;
            assertEquals(cost.get(i, found.columns()[i]), u[i] + v[found.columns()[i]], 1e-10);
            for (int j = 0; j < n; j++) {
                assertTrue(u[i] + v[j] <= cost.get(i, j) + 1e-10);
            }
        }
        for (boolean column : seen) {
            assertTrue(column, "a permutation");
        }
        assertEquals(found.cost(), Kernels.sum(u) + Kernels.sum(v), 1e-9);
    }

    @Test
    void largeRandomProblemIsCertified() {
        int n = 150;
        var cost =
                new DMatrixRMaj(
                        n, n, true, new RandomStreams(3).stream("large", 0).uniforms(n * n));
        var found = HungarianSolver.solve(cost);
        checkCertificate(cost, found);
        assertTrue(found.gap() > 0);
        // Random assignment: the mean cost tends to pi^2 / 6 = 1.645 (Aldous 2001).
        assertEquals(1.645, found.cost(), 0.4);
    }

    /** scipy.optimize.linear_sum_assignment 1.17: sum 1.8695652173913042, columns 0 2 4 5 6 3 1. */
    @Test
    void agreesWithScipy() {
        var cost = new DMatrixRMaj(7, 7);
        for (int i = 0; i < 7; i++) {
            for (int j = 0; j < 7; j++) {
                cost.set(i, j, (7 * i * i + 11 * j + 3 * i * j) % 23 / 23.0);
            }
        }
        var found = HungarianSolver.solve(cost);
        assertEquals(1.8695652173913042, found.cost(), 1e-14);
        checkCertificate(cost, found);
    }

    @Test
    void gapByHand() {
        var found = HungarianSolver.solve(new DMatrixRMaj(new double[][] {{0, 1}, {3, 0}}));
        assertArrayEquals(new int[] {0, 1}, found.columns());
        assertEquals(4, found.gap());
        assertEquals(
                0, HungarianSolver.solve(new DMatrixRMaj(new double[][] {{1, 2}, {2, 3}})).gap());
        assertEquals(
                Double.POSITIVE_INFINITY,
                HungarianSolver.solve(new DMatrixRMaj(new double[][] {{-5}})).gap());
    }

    @Test
    void badCostsAreRefused() {
        Rejects.bad(() -> HungarianSolver.solve(null), "cost");
        Rejects.bad(() -> HungarianSolver.solve(new DMatrixRMaj(2, 3)), "cost", "square", "2 x 3");
        Rejects.bad(() -> HungarianSolver.solve(new DMatrixRMaj(0, 0)), "rows of cost");
        Rejects.bad(
                () ->
                        HungarianSolver.solve(
                                new DMatrixRMaj(new double[][] {{0, 1}, {Double.NaN, 0}})),
                "cost[1,0]",
                "finite");
    }
}
