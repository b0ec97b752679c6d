package org.konvergo.games;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.linalg.Elementary;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.SymmetricEigendecomposition;
import org.konvergo.problem.MonotoneInclusion;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;
import org.konvergo.saddle.GradientDescentAscent;

class TabularMarkovGameTest {
    /** Two states, two players with two actions, who are paid for choosing the same. */
    private static TabularMarkovGame matching(double discount) {
        double[][] next = {{0.9, 0.1}, {0.5, 0.5}, {0.5, 0.5}, {0.1, 0.9}};
        double[] pay = {1, -1, -1, 1};
        return new TabularMarkovGame(
                new int[] {2, 2},
                new double[][][] {next, next},
                new double[][][] {{pay, pay}, {pay, pay}},
                discount,
                new double[] {1, 0});
    }

    /** Three players with 2, 3 and 2 actions in three states. */
    private static TabularMarkovGame random(RandomStream random) {
        int joint = 12;
        var transitions = new double[3][joint][];
        for (double[][] state : transitions) {
            for (int a = 0; a < joint; a++) {
                state[a] = random.dirichlet(1, 1, 1);
            }
        }
        var rewards = new double[3][3][];
        for (double[][] player : rewards) {
            for (int s = 0; s < 3; s++) {
                player[s] = random.gaussians(joint);
            }
        }
        return new TabularMarkovGame(
                new int[] {2, 3, 2}, transitions, rewards, 0.8, random.dirichlet(1, 1, 1));
    }

    private static final SoftmaxPolicyGame GAME = new SoftmaxPolicyGame(matching(0.9), 1);

    @Test
    void occupancyAndValuesByHand() {
        var game = matching(0.9);
        var uniform = game.uniform();
        assertArrayEquals(new double[] {0.55, 0.45}, game.occupancy(uniform), 1e-14);
        assertArrayEquals(new double[2], game.values(0, uniform), 1e-14);
        // Both always choose the first action: paid 1 each time, values 1 / (1 - gamma).
        var first = new DMatrixRMaj(new double[][] {{1, 0}, {1, 0}});
        assertArrayEquals(new double[] {10, 10}, game.values(1, first, first), 1e-12);
        assertEquals(1, game.meanReturn(1, first, first), 1e-13);
        // d(0) = 0.1 + 0.9 * 0.9: from either state to state 0 with probability 0.9.
        assertArrayEquals(new double[] {0.91, 0.09}, game.occupancy(first, first), 1e-14);
        var q = game.actionValues(0, first, first);
        assertEquals(10, q.get(0, 0), 1e-12);
        assertEquals(-1 + 9, q.get(0, 1), 1e-12);
        assertEquals(2, game.states());
        assertEquals(2, game.players());
        assertEquals(2, game.actions(1));
        assertEquals(0.9, game.discount());
    }

    @Property(tries = 20)
    void returnsAreSumsOverTheOccupancy(@ForAll @LongRange long seed) {
        var random = new RandomStreams(seed).stream("markov", 0);
        var game = random(random);
        var soft = new SoftmaxPolicyGame(game, 0.3);
        var profile = soft.policies(random.gaussians(soft.dimension()));
        double[] d = game.occupancy(profile);
        assertEquals(1, Kernels.sum(d), 1e-12);
        for (int i = 0; i < 3; i++) {
            // Values are the means of action values over the own policy.
            double[] v = game.values(i, profile);
            var q = game.actionValues(i, profile);
            for (int s = 0; s < 3; s++) {
                double mean = 0;
                for (int a = 0; a < q.numCols; a++) {
                    mean += profile[i].get(s, a) * q.get(s, a);
                }
                assertEquals(v[s], mean, 1e-11);
            }
        }
    }

    @Property(tries = 10)
    void gradientsAgreeWithDifferences(@ForAll @LongRange long seed) {
        var random = new RandomStreams(seed).stream("markov", 0);
        var soft = new SoftmaxPolicyGame(random(random), 0.3);
        int n = soft.dimension();
        assertEquals(3 * (2 + 3 + 2), n);
        double[] theta = random.gaussians(n);
        var gradient = new double[n];
        soft.apply(theta, gradient);
        double h = 1e-5;
        int k = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < soft.size(i); j++, k++) {
                double[] at = theta.clone();
                at[k] += h;
                double above = soft.cost(i, at);
                at[k] = theta[k] - h;
                assertEquals((above - soft.cost(i, at)) / (2 * h), gradient[k], 1e-7);
            }
        }
    }

    @Test
    void derivativesAtTheUniformPolicies() {
        var centre = new double[8];
        var f = new double[8];
        GAME.apply(centre, f);
        assertArrayEquals(new double[8], f, 1e-15);
        var quadratic = GAME.inFisherMetric(centre, 1e-4, 1e-5);
        assertEquals(4, quadratic.dimension());
        assertArrayEquals(new double[] {1, 1}, quadratic.curvatures(), 1e-6);
        assertEquals(0.55, quadratic.couplings()[0][1], 1e-6);
        assertEquals(0.55, quadratic.couplings()[1][0], 1e-6);
        assertEquals(0.45, SmallGainCertificate.of(quadratic).bestMargin(), 1e-6);
        // The costs are one function here, so that the Jacobian is symmetric.
        double[] theta = new RandomStreams(2).stream("theta", 0).gaussians(8);
        var same = new SoftmaxPolicyGame(matching(0.9), 0).jacobian(theta, 1e-4);
        for (int i = 0; i < 8; i++) {
            for (int j = 0; j < 8; j++) {
                assertEquals(same.get(i, j), same.get(j, i), 1e-7);
            }
        }
    }

    @Test
    void naturalGradientIsThePseudoInverseTimesTheGradient() {
        double[] theta = new RandomStreams(4).stream("theta", 0).gaussians(8);
        var plain = new double[8];
        var natural = new double[8];
        GAME.apply(theta, plain);
        GAME.natural().apply(theta, natural);
        var profile = GAME.policies(theta);
        for (int i = 0; i < 2; i++) {
            double[] own = Arrays.copyOfRange(plain, 4 * i, 4 * i + 4);
            assertArrayEquals(
                    SoftmaxFisher.naturalGradient(profile[i], own),
                    Arrays.copyOfRange(natural, 4 * i, 4 * i + 4),
                    1e-12);
        }
        // Far out the policies are deterministic to the last bit, and the field stays finite.
        theta[0] = 5000;
        GAME.natural().apply(theta, natural);
        assertTrue(Double.isFinite(Kernels.norm2(natural)) && Kernels.norm2(natural) > 1000);
        assertTrue(Double.isFinite(GAME.cost(0, theta)));
    }

    @Test
    void naturalGradientDescentConverges() {
        var problem = MonotoneInclusion.of(GAME.natural());
        double[] z = new RandomStreams(3).stream("start", 0).gaussians(8);
        Kernels.scale(0.01, z);
        var method = new GradientDescentAscent(problem, 0.14, z);
        z = method.start();
        for (int k = 0; k < 400; k++) {
            z = method.step(z);
        }
        var f = new double[8];
        GAME.apply(z, f);
        assertTrue(Kernels.norm2(f) < 1e-10);
        assertEquals(8, GAME.natural().dimension());
    }

    @Test
    void fisherMatrixAndItsInverse() {
        var policy = new DMatrixRMaj(new double[][] {{0.5, 0.5, 0}, {0.2, 0.3, 0.5}});
        bad(() -> SoftmaxFisher.of(policy), "policy[2]", "positive");
        policy.set(0, 0, 0.25);
        policy.set(0, 2, 0.25);
        var f = SoftmaxFisher.of(policy);
        assertEquals(0.25 * 0.75, f.get(0, 0), 1e-16);
        assertEquals(-0.2 * 0.5, f.get(3, 5), 1e-16);
        assertEquals(0, f.get(0, 3));
        var b = SoftmaxFisher.whitening(policy, 1e-5);
        assertEquals(4, b.numCols);
        var half = new DMatrixRMaj(4, 6);
        var one = new DMatrixRMaj(4, 4);
        Kernels.gemmTransA(b, f, half);
        Kernels.gemm(half, b, one);
        var eigen = SymmetricEigendecomposition.of(one);
        assertEquals(1, eigen.smallest(), 1e-13);
        assertEquals(1, eigen.largest(), 1e-13);
        // F F^+ g = g for gradients that sum to zero in each state.
        double[] g = {1, -3, 2, 0.5, 0.25, -0.75};
        var back = new double[6];
        double[] natural = SoftmaxFisher.naturalGradient(policy, g);
        Kernels.gemv(f, natural, back);
        assertArrayEquals(g, back, 1e-14);
        assertEquals(0, natural[0] + natural[1] + natural[2], 1e-14);
    }

    @Test
    void entropyByHand() {
        // Payments cancel: the cost of the uniform policies is minus two entropies of log 2.
        assertEquals(-2 * Elementary.log(2), GAME.cost(0, new double[8]), 1e-14);
    }

    @Test
    void badGames() {
        int[] one = {1};
        double[][][] stay = {{{1}}};
        double[][][] pay = {{{2}}};
        double[] start = {1};
        bad(
                () -> new TabularMarkovGame(new int[0], stay, pay, 0.5, start),
                "number of players",
                "0");
        bad(
                () -> new TabularMarkovGame(new int[] {0}, stay, pay, 0.5, start),
                "actions[0]",
                "at least 1");
        bad(() -> new TabularMarkovGame(one, stay, pay, 1, start), "discount", "[0, 1)");
        bad(() -> new TabularMarkovGame(one, new double[0][][], pay, 0, start), "number of states");
        bad(
                () -> new TabularMarkovGame(one, new double[][][] {{{0.5}}}, pay, 0, start),
                "sum of transitions[0][0]",
                "0.5");
        bad(
                () -> new TabularMarkovGame(one, new double[1][2][1], pay, 0, start),
                "transitions[0]",
                "length 1");
        bad(
                () -> new TabularMarkovGame(one, stay, new double[2][1][1], 0, start),
                "rewards",
                "length 1");
        bad(
                () -> new TabularMarkovGame(one, stay, new double[][][] {{{Double.NaN}}}, 0, start),
                "rewards[0][0][0]",
                "finite");
        bad(
                () -> new TabularMarkovGame(one, stay, pay, 0, new double[] {-1}),
                "start[0]",
                "non-negative");
    }

    @Test
    void badProfiles() {
        var game = matching(0.5);
        var uniform = game.uniform();
        bad(() -> game.occupancy(uniform[0]), "profile", "2 policies", "1");
        bad(() -> game.occupancy(uniform[0], new DMatrixRMaj(2, 3)), "profile[1]", "2 x 2");
        bad(
                () -> game.values(0, uniform[0], new DMatrixRMaj(2, 2)),
                "sum of profile[1] in state 0",
                "0.0");
        var negative = new DMatrixRMaj(new double[][] {{1.5, -0.5}, {1, 0}});
        bad(() -> game.meanReturn(0, negative, uniform[1]), "profile[0] in state 0", "-0.5");
        bad(() -> game.actionValues(2, uniform), "player", "0..1");
        bad(() -> game.policyGradient(-1, uniform), "player");
        bad(() -> game.actions(5), "player");
        bad(() -> new SoftmaxPolicyGame(null, 1), "game", "given");
        bad(() -> new SoftmaxPolicyGame(game, -1), "temperature", "non-negative");
        bad(() -> GAME.policies(new double[3]), "theta", "length 8");
        bad(() -> GAME.cost(2, new double[8]), "player");
        bad(() -> GAME.jacobian(new double[8], 0), "difference", "positive");
        bad(() -> GAME.size(3), "player");
        bad(() -> SoftmaxFisher.whitening(uniform[0], 2), "tolerance", "eigenvalue");
        bad(() -> SoftmaxFisher.naturalGradient(uniform[0], new double[3]), "gradient", "length 4");
        bad(() -> SoftmaxFisher.of(new DMatrixRMaj(0, 0)), "policy", "not empty");
    }
}
