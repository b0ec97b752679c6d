package org.konvergo.games;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Elementary;
import org.konvergo.problem.Game;
import org.konvergo.random.RandomStream;

/**
 * Power control with interference: Q users share N carriers; each splits its power to maximise its
 * own rate and hears the others as noise (Wang, Convergence of Iterative Water-Filling in
 * Multi-User Non-Cooperative Power Control, arXiv 2502.15783; Scutari, Palomar and Barbarossa, IEEE
 * Transactions on Information Theory 54, 2008). Arrays are not copied; do not change them.
 *
 * @param gains power gains [r][q][k] from transmitter r to receiver q on carrier k, Q x Q x N;
 *     non-negative, direct gains [q][q][k] positive
 * @param noise noise power at every receiver and carrier, positive
 * @param budgets total power of each user, length Q, positive
 */
public record InterferenceGame(double[][][] gains, double noise, double[] budgets) implements Game {
    /**
     * Checks the arguments.
     *
     * @param gains as above
     * @param noise as above
     * @param budgets as above
     * @throws IllegalArgumentException if the shapes do not fit, the noise, a budget or a direct
     *     gain is not positive, or a cross gain is negative
     */
    public InterferenceGame {
        Require.notNull("gains", gains);
        int users = Require.atLeast("number of users", gains.length, 1);
        Require.positive("noise", noise);
        Require.length("budgets", budgets, users);
        Require.positive("budgets", budgets);
        int carriers = Require.atLeast("number of carriers", gains[0][0].length, 1);
        for (int r = 0; r < users; r++) {
            Require.that(
                    gains[r].length == users,
                    "gains[" + r + "]",
                    "of length " + users,
                    "of length " + gains[r].length);
            for (int q = 0; q < users; q++) {
                String name = "gains[" + r + "][" + q + "]";
                Require.length(name, gains[r][q], carriers);
                if (r == q) {
                    Require.positive(name, gains[r][q]);
                } else {
                    Require.nonNegative(name, gains[r][q]);
                }
            }
        }
    }

    @Override
    public int players() {
        return gains.length;
    }

    /**
     * Number of carriers.
     *
     * @return N, at least 1
     */
    public int carriers() {
        return gains[0][0].length;
    }

    /**
     * The profile in which every user spreads its power evenly.
     *
     * @return Q x N
     */
    public double[][] uniform() {
        var profile = new double[players()][carriers()];
        for (int q = 0; q < players(); q++) {
            Arrays.fill(profile[q], budgets[q] / carriers());
        }
        return profile;
    }

    /**
     * Noise and interference at a receiver, divided by the direct gain (equation M2).
     *
     * @param player the receiver q
     * @param profile powers, Q x N
     * @return one positive number a carrier
     */
    public double[] interference(int player, double[][] profile) {
        return interference(player, profile, null, 0);
    }

    private double[] interference(
            int player, double[][] profile, RandomStream random, double spread) {
        Require.index("player", player, players());
        checkShape(profile);
        var heard = new double[carriers()];
        // Stays zero where all powers are non-negative numbers, at less cost than asking each.
        var odd = new double[heard.length];
        var ownGain = new double[heard.length];
        int r = 0;
        // Two transmitters in one pass, in their order: what is heard is read and written half as
        // often.
        for (; r + 1 < gains.length; r += 2) {
            double[] gain0 = r == player ? ownGain : gains[r][player];
            double[] gain1 = r + 1 == player ? ownGain : gains[r + 1][player];
            add(gain0, profile[r], gain1, profile[r + 1], heard, odd);
        }
        if (r < gains.length) {
            double[] gain = r == player ? ownGain : gains[r][player];
            add(gain, profile[r], ownGain, profile[r], heard, odd);
        }
        for (double o : odd) {
            if (o != 0) {
                checkPowers(profile);
                return plainInterference(player, profile, random, spread);
            }
        }
        return relative(heard, player, random, spread);
    }

    /** As above, for powers that are infinite. */
    private double[] plainInterference(
            int player, double[][] profile, RandomStream random, double spread) {
        var heard = new double[carriers()];
        for (int r = 0; r < gains.length; r++) {
            for (int k = 0; k < heard.length && r != player; k++) {
                heard[k] = Math.fma(gains[r][player][k], profile[r][k], heard[k]);
            }
        }
        return relative(heard, player, random, spread);
    }

    /** With noise, and divided by the direct gain. */
    private double[] relative(double[] heard, int player, RandomStream random, double spread) {
        if (random != null) {
            for (int k = 0; k < heard.length; k++) {
                heard[k] *= Elementary.exp(spread * random.gaussian());
            }
        }
        double[] direct = gains[player][player];
        for (int k = 0; k < heard.length; k++) {
            heard[k] = (noise + heard[k]) / direct[k];
        }
        return heard;
    }

    private static void add(
            double[] gain0,
            double[] power0,
            double[] gain1,
            double[] power1,
            double[] heard,
            double[] odd) {
        for (int k = 0; k < heard.length; k++) {
            double p0 = power0[k];
            double p1 = power1[k];
            heard[k] = Math.fma(gain1[k], p1, Math.fma(gain0[k], p0, heard[k]));
            odd[k] += Math.abs(p0) - p0 + (Math.abs(p1) - p1);
        }
    }

    @Override
    public double[] bestReply(int player, double[][] profile) {
        return WaterFilling.of(interference(player, profile), budgets[player]).power();
    }

    /**
     * Best reply to an interference that is measured with a multiplicative error, e to the spread *
     * Gaussian on each carrier (equation M11).
     *
     * @param player the user
     * @param profile powers, Q x N
     * @param spread standard deviation of the logarithm of the error, at least 0
     * @param random errors, one Gaussian a carrier
     * @return powers of the user, length N
     * @throws IllegalArgumentException if the spread is negative or the shapes do not fit
     */
    public double[] noisyReply(int player, double[][] profile, double spread, RandomStream random) {
        Require.nonNegative("spread", spread);
        Require.notNull("random", random);
        double[] heard = interference(player, profile, random, spread);
        return WaterFilling.of(heard, budgets[player]).power();
    }

    /** Rate of a user in bits per channel use (equation M1). */
    @Override
    public double payoff(int player, double[][] profile) {
        double[] heard = interference(player, profile);
        double nats = 0;
        for (int k = 0; k < heard.length; k++) {
            nats += Elementary.log(1 + profile[player][k] / heard[k]);
        }
        return nats / Elementary.log(2);
    }

    /**
     * The interference matrix H (equation M5): the largest ratio of cross gain to direct gain over
     * the carriers, 0 on the diagonal. A spectral radius below 1 makes the equilibrium unique and
     * every schedule of best replies converge to it (equation M6).
     *
     * @return Q x Q, entry (q, r) for the interference of r at q
     */
    public DMatrixRMaj interferenceMatrix() {
        int users = players();
        var h = new DMatrixRMaj(users, users);
        for (int q = 0; q < users; q++) {
            for (int r = 0; r < users; r++) {
                double largest = 0;
                for (int k = 0; k < carriers() && r != q; k++) {
                    largest = Math.max(largest, gains[r][q][k] / gains[q][q][k]);
                }
                h.set(q, r, largest);
            }
        }
        return h;
    }

    private void checkShape(double[][] profile) {
        if (profile == null || profile.length != players()) {
            Require.that(
                    false,
                    "profile",
                    "one strategy for each of " + players() + " users",
                    profile == null ? "null" : profile.length);
        }
        int carriers = carriers();
        for (int r = 0; r < profile.length; r++) {
            if (profile[r] == null || profile[r].length != carriers) {
                Require.length("profile[" + r + "]", profile[r], carriers);
            }
        }
    }

    private static void checkPowers(double[][] profile) {
        for (int r = 0; r < profile.length; r++) {
            for (int k = 0; k < profile[r].length; k++) {
                if (!(profile[r][k] >= 0)) {
                    Require.nonNegative("profile[" + r + "][" + k + "]", profile[r][k]);
                }
            }
        }
    }
}
