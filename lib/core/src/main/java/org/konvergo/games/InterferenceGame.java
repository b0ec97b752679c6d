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
        for (int q = 0; q < users; q++) {
            Require.positive("budgets[" + q + "]", budgets[q]);
        }
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
                for (int k = 0; k < carriers; k++) {
                    if (r == q) {
                        Require.positive(name + "[" + k + "]", gains[r][q][k]);
                    } else {
                        Require.nonNegative(name + "[" + k + "]", gains[r][q][k]);
                    }
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
        check(player, profile);
        var heard = new double[carriers()];
        for (int r = 0; r < gains.length; r++) {
            if (r != player) {
                double[] gain = gains[r][player];
                for (int k = 0; k < heard.length; k++) {
                    heard[k] = Math.fma(gain[k], profile[r][k], heard[k]);
                }
            }
        }
        for (int k = 0; k < heard.length; k++) {
            double factor = random == null ? 1 : Elementary.exp(spread * random.gaussian());
            heard[k] = (noise + factor * heard[k]) / gains[player][player][k];
        }
        return heard;
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

    private void check(int player, double[][] profile) {
        Require.index("player", player, players());
        Require.that(
                profile != null && profile.length == players(),
                "profile",
                "one strategy for each of " + players() + " users",
                profile == null ? "null" : profile.length);
        for (int r = 0; r < profile.length; r++) {
            Require.length("profile[" + r + "]", profile[r], carriers());
            for (int k = 0; k < profile[r].length; k++) {
                if (!(profile[r][k] >= 0)) {
                    Require.nonNegative("profile[" + r + "][" + k + "]", profile[r][k]);
                }
            }
        }
    }
}
