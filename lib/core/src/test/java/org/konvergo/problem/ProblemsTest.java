package org.konvergo.problem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.linalg.Kernels;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStreams;

class ProblemsTest {
    private static final DMatrixRMaj A = new DMatrixRMaj(new double[][] {{2, 1}, {1, 3}});

    @Test
    void quadraticByHand() {
        var f = new Quadratic(A, new double[] {1, 0});
        double[] x = {1, 2};
        assertEquals(8, f.value(x)); // x'Ax = 2 + 4 + 12 = 18, b'x = 1
        var g = new double[2];
        f.gradient(x, g);
        assertArrayEquals(new double[] {3, 7}, g);
        f.hessianVector(x, new double[] {0, 1}, g);
        assertArrayEquals(new double[] {1, 3}, g);
        assertEquals(2, f.dimension());
    }

    @Property(tries = 200)
    void proxOfTheL1NormMinimises(
            @ForAll @DoubleRange(min = -5, max = 5) double v,
            @ForAll @DoubleRange(min = 0.01, max = 3) double step,
            @ForAll @DoubleRange(min = -5, max = 5) double other) {
        var h = new L1Norm(0.7);
        var z = new double[1];
        h.prox(step, new double[] {v}, z);
        double best = 0.7 * Math.abs(z[0]) + (z[0] - v) * (z[0] - v) / (2 * step);
        double rival = 0.7 * Math.abs(other) + (other - v) * (other - v) / (2 * step);
        assertTrue(best <= rival + 1e-12);
    }

    @Property(tries = 50)
    void bilinearOperatorIsMonotone(@ForAll @LongRange long seed) {
        var random = new RandomStreams(seed).stream("bilinear", 0);
        var game =
                new BilinearGame(
                        RandomMatrices.gaussian(3, 4, random),
                        random.gaussians(3),
                        random.gaussians(4));
        var operator = game.operator();
        assertEquals(7, operator.dimension());
        double[] z = random.gaussians(7);
        double[] w = random.gaussians(7);
        var fz = new double[7];
        var fw = new double[7];
        operator.apply(z, fz);
        operator.apply(w, fw);
        Kernels.axpy(-1, w, z);
        Kernels.axpy(-1, fw, fz);
        // Bilinear: the inner product vanishes, the border case of monotone.
        assertEquals(0, Kernels.dot(fz, z), 1e-12);
    }

    @Test
    void bilinearGradientsAreDifferences() {
        var game = new BilinearGame(A, new double[] {1, 2}, new double[] {-1, 0.5});
        double[] x = {0.3, -0.2};
        double[] y = {1.1, 0.4};
        var gx = new double[2];
        var gy = new double[2];
        game.gradients(x, y, gx, gy);
        for (int i = 0; i < 2; i++) {
            double[] e = x.clone();
            e[i] += 1;
            assertEquals(game.value(e, y) - game.value(x, y), gx[i], 1e-14);
            double[] d = y.clone();
            d[i] += 1;
            assertEquals(game.value(x, d) - game.value(x, y), gy[i], 1e-14);
        }
    }

    @Test
    void badProblemsAreRefused() {
        var b = new double[2];
        Rejects.bad(() -> new Quadratic(new DMatrixRMaj(2, 3), b), "a", "square");
        Rejects.bad(
                () -> new Quadratic(new DMatrixRMaj(new double[][] {{1, 2}, {3, 4}}), b),
                "a",
                "symmetric");
        Rejects.bad(() -> new Quadratic(A, new double[3]), "b", "length 2");
        Rejects.bad(() -> new Quadratic(A, new double[] {1, Double.NaN}), "b[1]");
        Rejects.bad(() -> new L1Norm(-1), "weight");
        Rejects.bad(() -> new L1Norm(1).prox(0, b, b), "step");
        Rejects.bad(() -> new L1Norm(1).prox(1, b, new double[1]), "result");
        Rejects.bad(() -> new BilinearGame(A, new double[1], b), "b");
        Rejects.bad(() -> new BilinearGame(A, b, new double[1]), "c");
    }

    @Test
    void badTransportProblemsAreRefused() {
        double[] half = {0.5, 0.5};
        var nan = new DMatrixRMaj(new double[][] {{0, Double.NaN}, {0, 0}});
        Rejects.bad(() -> new TransportProblem(nan, half, half), "cost[1]", "NaN");
        Rejects.bad(() -> new TransportProblem(A, new double[3], half), "rows", "length 2");
        Rejects.bad(() -> new TransportProblem(A, half, new double[] {1, 0}), "cols[1]", "0.0");
        Rejects.bad(() -> new TransportProblem(A, new double[] {-0.5, 1.5}, half), "rows[0]");
        Rejects.bad(() -> new TransportProblem(A, half, new double[] {0.5, 0.6}), "sum of cols");
        assertEquals(half, new TransportProblem(A, half, half.clone()).rows());
    }
}
