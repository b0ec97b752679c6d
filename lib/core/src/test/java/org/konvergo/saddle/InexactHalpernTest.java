package org.konvergo.saddle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.games.MatrixGame;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.FiniteSumOperator;
import org.konvergo.problem.Indicator;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

class InexactHalpernTest {
    private static final double[] WEIGHTS = {0.5, 1.5, 0.2, 1.8}; // of mean 1

    private static RandomStream stream() {
        return new RandomStreams(3).stream("run", 0);
    }

    /** Four rotations of different speeds; on average F(u) = (-u_2, u_1). */
    private static FiniteSumOperator rotation() {
        return new FiniteSumOperator() {
            @Override
            public int dimension() {
                return 2;
            }

            @Override
            public int terms() {
                return 4;
            }

            @Override
            public void apply(double[] z, double[] result) {
                result[0] = -z[1];
                result[1] = z[0];
            }

            @Override
            public void apply(int[] terms, double[] z, double[] result) {
                double speed = 0;
                for (int t : terms) {
                    speed += WEIGHTS[t] / terms.length;
                }
                result[0] = -speed * z[1];
                result[1] = speed * z[0];
            }
        };
    }

    private static double averageLipschitz() {
        return Math.sqrt(Kernels.dot(WEIGHTS, WEIGHTS) / 4);
    }

    private static double[] resolvent(double eta, double[] u) {
        double scale = 1 / (1 + eta * eta);
        return new double[] {scale * (u[0] + eta * u[1]), scale * (u[1] - eta * u[0])};
    }

    @Test
    void innerMethodFindsTheResolventOfARotation() {
        for (double eta : new double[] {0.5, 2}) {
            double[] u = {1, -2};
            var method =
                    VarianceReducedForwardReflectedBackward.of(
                            rotation().resolventEquation(eta, u),
                            Indicator.none(),
                            eta * averageLipschitz() + 1,
                            u,
                            stream());
            var s = method.start();
            for (int t = 0; t < 3000; t++) {
                s = method.step(s);
            }
            assertArrayEquals(resolvent(eta, u), s.v(), 1e-8);
            assertArrayEquals(resolvent(eta, u), s.snapshot(), 1e-8);
        }
    }

    @Test
    void innerMethodCountsTwoTermsAStepAndAllForASnapshot() {
        var method =
                VarianceReducedForwardReflectedBackward.of(
                        rotation(), Indicator.none(), 2, new double[] {1, 0}, stream());
        var s = method.start();
        var calls = new OracleCounter();
        int snapshots = 1;
        for (int t = 1; t <= 200; t++) {
            double[] before = s.snapshot();
            s = method.step(s, calls);
            snapshots += s.snapshot() == before ? 0 : 1;
            assertEquals(2L * t + 4L * snapshots, calls.count(Oracle.COMPONENT));
        }
        assertTrue(snapshots > 20 && snapshots < 90, "about one in four: " + snapshots);
        assertEquals(200, calls.count(Oracle.PROX));
    }

    @Test
    void exactResolventGivesTheRate() {
        // |u - J(u)| <= 2 |u_0 - u*| / (k + 1) for a nonexpansive map, here a rotation's resolvent.
        double[] u0 = {1, 1};
        var method = new InexactHalpern((k, u, calls) -> resolvent(1, u), k -> 1.0 / (k + 2), u0);
        var s = method.start();
        for (int k = 1; k <= 300; k++) {
            s = method.step(s);
            assertEquals(k, s.k());
            double residual = Kernels.distance2(s.u(), resolvent(1, s.u()));
            assertTrue(residual <= 2 * Math.sqrt(2) / (k + 1), "at " + k);
        }
    }

    @Test
    void inexactResolventFollowsTheExactOne() {
        double[] u0 = {1, 1};
        double eta = Math.sqrt(4) / averageLipschitz();
        var exact = new InexactHalpern((k, u, calls) -> resolvent(eta, u), k -> 1.0 / (k + 2), u0);
        var inexact =
                InexactHalpern.varianceReduced(
                        rotation(), Indicator.none(), averageLipschitz(), eta, u0, stream());
        var a = exact.start();
        var b = inexact.start();
        for (int k = 0; k < 50; k++) {
            a = exact.step(a);
            b = inexact.step(b);
        }
        assertTrue(Kernels.norm2(b.u()) < 0.15);
        assertTrue(Kernels.distance2(a.u(), b.u()) < 0.1);
    }

    @Test
    void findsAnEquilibriumAndRepeats() {
        var game = new MatrixGame(new DMatrixRMaj(new double[][] {{2, -1, 0}, {0, 1, -1}}));
        double l = game.averageLipschitz();
        var method =
                InexactHalpern.varianceReduced(
                        game.operator(),
                        Indicator.simplices(2, 3),
                        l,
                        4 * Math.sqrt(3) / l,
                        game.uniform(),
                        stream());
        double[][] ends = new double[2][];
        for (int run = 0; run < 2; run++) {
            var s = method.start();
            for (int k = 0; k < 150; k++) {
                s = method.step(s);
            }
            ends[run] = s.u();
        }
        assertArrayEquals(ends[0], ends[1], 0);
        assertTrue(game.gap(ends[0]) < 0.05, "gap " + game.gap(ends[0]));
    }

    @Test
    void refusesBadInput() {
        var f = rotation();
        var none = Indicator.none();
        var start = new double[2];
        var random = stream();
        bad(() -> new InexactHalpern(null, k -> 1, start), "resolvent");
        bad(() -> new InexactHalpern((k, u, c) -> u, null, start), "weight");
        bad(() -> new InexactHalpern((k, u, c) -> u, k -> 1, new double[] {Double.NaN}), "u0[0]");
        var heavy = new InexactHalpern((k, u, c) -> u.clone(), k -> -1, start);
        bad(() -> heavy.step(heavy.start()), "weight");
        var shorter = new InexactHalpern((k, u, c) -> new double[1], k -> 1, start);
        bad(() -> shorter.step(shorter.start()), "value of resolvent", "2");
        bad(() -> InexactHalpern.varianceReduced(null, none, 1, 1, start, random), "operator");
        bad(() -> InexactHalpern.varianceReduced(f, null, 1, 1, start, random), "constraint");
        bad(() -> InexactHalpern.varianceReduced(f, none, 0, 1, start, random), "lipschitz");
        bad(() -> InexactHalpern.varianceReduced(f, none, 1, 0, start, random), "step");
        bad(() -> InexactHalpern.varianceReduced(f, none, 1, 1, new double[3], random), "u0");
        bad(() -> InexactHalpern.varianceReduced(f, none, 1, 1, start, null), "random");
        for (double p : new double[] {0, 1, -1, Double.NaN}) {
            bad(() -> inner(f, 1, p, start, random), "probability");
        }
        bad(() -> inner(f, 0, 0.5, start, random), "step");
        bad(() -> inner(f, 1, 0.5, new double[1], random), "v0", "2");
        bad(() -> inner(null, 1, 0.5, start, random), "operator");
        bad(() -> inner(f, 1, 0.5, start, null), "random");
        bad(
                () -> VarianceReducedForwardReflectedBackward.of(f, none, -1, start, random),
                "lipschitz");
    }

    private static VarianceReducedForwardReflectedBackward inner(
            FiniteSumOperator f, double step, double p, double[] start, RandomStream random) {
        return new VarianceReducedForwardReflectedBackward(
                f, Indicator.none(), step, p, start, random);
    }
}
