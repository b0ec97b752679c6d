package org.konvergo.games;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.linalg.Kernels;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStreams;

class MatrixGameTest {
    private static final double[][] ROCK_PAPER_SCISSORS = {{0, 1, -1}, {-1, 0, 1}, {1, -1, 0}};

    @Property(tries = 60)
    void termsAverageToTheOperator(
            @ForAll @IntRange(min = 1, max = 9) int n,
            @ForAll @IntRange(min = 1, max = 9) int m,
            @ForAll @LongRange long seed) {
        var random = new RandomStreams(seed).stream("game", 0);
        var game = new MatrixGame(RandomMatrices.gaussian(n, m, random));
        var f = game.operator();
        assertEquals(Math.max(n, m), f.terms());
        var all = new int[f.terms()];
        Arrays.setAll(all, t -> t);
        double[] z = random.gaussians(n + m);
        double[] from = random.gaussians(n + m);
        var full = new double[n + m];
        var average = new double[n + m];
        f.apply(z, full);
        f.apply(all, z, average);
        assertArrayEquals(full, average, 1e-12);
        var gx = new double[n];
        var gy = new double[m];
        game.gradients(Arrays.copyOf(z, n), Arrays.copyOfRange(z, n, n + m), gx, gy);
        for (int j = 0; j < n + m; j++) {
            assertEquals(j < n ? gx[j] : -gy[j - n], full[j], 1e-13);
        }
        int[] some = {0, f.terms() - 1, 0};
        var difference = new double[n + m];
        f.difference(some, z, from, difference);
        var at = new double[n + m];
        f.apply(some, z, average);
        f.apply(some, from, at);
        Kernels.axpy(-1, at, average);
        assertArrayEquals(average, difference, 1e-11);
    }

    @Property(tries = 60)
    void averageLipschitzConstantIsTheLeast(
            @ForAll @IntRange(min = 1, max = 7) int n,
            @ForAll @IntRange(min = 1, max = 7) int m,
            @ForAll @LongRange long seed) {
        var random = new RandomStreams(seed).stream("game", 0);
        var game = new MatrixGame(RandomMatrices.gaussian(n, m, random));
        double constant = game.averageLipschitz();
        double reached = meanSquare(game, random.gaussians(n + m), constant);
        assertTrue(reached <= 1 + 1e-12);
        for (int k = 0; k < n + m; k++) {
            var unit = new double[n + m];
            unit[k] = 1;
            reached = Math.max(reached, meanSquare(game, unit, constant));
        }
        assertEquals(1, reached, 1e-12);
        assertTrue(game.lipschitz() <= constant * (1 + 1e-12));
        assertTrue(constant <= Math.sqrt(Math.max(n, m)) * game.lipschitz() * (1 + 1e-12));
    }

    private static double meanSquare(MatrixGame game, double[] d, double constant) {
        var f = game.operator();
        double sum = 0;
        var result = new double[d.length];
        for (int t = 0; t < f.terms(); t++) {
            f.apply(new int[] {t}, d, result);
            sum += Kernels.dot(result, result) / f.terms();
        }
        return sum / (constant * constant * Kernels.dot(d, d));
    }

    @Test
    void uniformPlayIsTheEquilibriumOfRockPaperScissors() {
        var game = new MatrixGame(new DMatrixRMaj(ROCK_PAPER_SCISSORS));
        double[] z = game.uniform();
        assertEquals(0, game.gap(z), 1e-15);
        assertEquals(0, game.inclusion().residual(1, z), 1e-15);
        assertEquals(0, game.value(new double[] {1, 0, 0}, new double[] {1, 0, 0}));
        assertEquals(1, game.value(new double[] {1, 0, 0}, new double[] {0, 1, 0}));
        // Always rock against paper: one gives up 1, the other could not gain more.
        assertEquals(2, game.gap(new double[] {1, 0, 0, 0, 1, 0}));
        assertEquals(Math.sqrt(3), game.lipschitz(), 1e-14);
        assertEquals(Math.sqrt(6), game.averageLipschitz(), 1e-14);
    }

    @Test
    void policemanAndBurglar() {
        var game = MatrixGame.policemanAndBurglar(new double[] {1, 2, 0}, 0.8);
        assertEquals(0, game.a().get(1, 1));
        assertEquals(2 * (1 - StrictMath.exp(-0.8)), game.a().get(0, 1));
        assertEquals(1 - StrictMath.exp(-1.6), game.a().get(2, 0));
        assertEquals(0, game.a().get(0, 2));
    }

    @Test
    void refusesBadInput() {
        bad(() -> new MatrixGame(null), "a");
        bad(() -> new MatrixGame(new DMatrixRMaj(0, 3)), "rows of a");
        bad(() -> new MatrixGame(new DMatrixRMaj(3, 0)), "columns of a");
        bad(() -> new MatrixGame(new DMatrixRMaj(new double[][] {{Double.NaN}})), "a[0]");
        bad(() -> MatrixGame.policemanAndBurglar(new double[0], 1), "number of houses");
        bad(() -> MatrixGame.policemanAndBurglar(new double[] {-1}, 1), "worth[0]");
        bad(() -> MatrixGame.policemanAndBurglar(new double[] {1}, 0), "decay");
        var game = new MatrixGame(new DMatrixRMaj(ROCK_PAPER_SCISSORS));
        var f = game.operator();
        var six = new double[6];
        bad(() -> game.gap(new double[5]), "z", "6");
        bad(() -> f.apply(new double[5], six), "z");
        bad(() -> f.apply(six, new double[5]), "result");
        bad(() -> f.apply(new int[0], six, new double[6]), "terms");
        bad(() -> f.apply(new int[] {3}, six, new double[6]), "term", "0..2");
        bad(() -> f.difference(new int[] {0}, six, new double[5], new double[6]), "from");
    }
}
