package org.konvergo.problem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import org.junit.jupiter.api.Test;
import org.konvergo.random.RandomStreams;

class GroupNormTest {
    @Test
    void shrinksGroups() {
        var norm = new GroupNorm(new double[] {1, 2, 0}, 2);
        double[] x = {3, 4, 0.6, 0.8, 7, -7};
        assertEquals(5 + 2, norm.value(x), 1e-15);
        norm.prox(0.5, x, x);
        assertArrayEquals(new double[] {2.7, 3.6, 0, 0, 7, -7}, x, 1e-15);
    }

    @Test
    void groupsOfOneAreTheL1Norm() {
        double[] x = {-2, 0.3, 0, 5};
        var ones = new GroupNorm(new double[] {0.5, 0.5, 0.5, 0.5}, 1);
        var l1 = new L1Norm(0.5);
        assertEquals(l1.value(x), ones.value(x), 1e-15);
        var a = new double[4];
        var b = new double[4];
        ones.prox(0.8, x, a);
        l1.prox(0.8, x, b);
        assertArrayEquals(b, a, 1e-15);
    }

    @Test
    void proxIsTheMinimiser() {
        var random = new RandomStreams(1).stream("prox", 0);
        var norm = new GroupNorm(new double[] {0.4, 1.3}, 3);
        for (int t = 0; t < 20; t++) {
            double[] x = random.gaussians(6);
            var z = new double[6];
            norm.prox(0.7, x, z);
            double least = objective(norm, x, z);
            for (int k = 0; k < 50; k++) {
                double[] other = z.clone();
                other[random.integer(6)] += 0.1 * random.gaussian();
                assertTrue(objective(norm, x, other) >= least);
            }
        }
    }

    private static double objective(GroupNorm norm, double[] x, double[] z) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += (x[i] - z[i]) * (x[i] - z[i]);
        }
        return norm.value(z) + sum / (2 * 0.7);
    }

    @Test
    void refusesBadInput() {
        var norm = new GroupNorm(new double[] {1}, 2);
        bad(() -> new GroupNorm(new double[] {-1}, 2), "weights[0]");
        bad(() -> new GroupNorm(new double[] {1}, 0), "size");
        bad(() -> norm.value(new double[3]), "x");
        bad(() -> norm.prox(0, new double[2], new double[2]), "step");
        bad(() -> norm.prox(1, new double[2], new double[3]), "result");
    }
}
