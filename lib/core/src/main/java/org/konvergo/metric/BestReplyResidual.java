package org.konvergo.metric;

import org.konvergo.problem.Game;

/** How far a profile is from a Nash equilibrium, measured in strategies. */
public final class BestReplyResidual {
    private BestReplyResidual() {}

    /**
     * The largest change that a player's best reply would make to any entry of its strategy; 0
     * exactly at a Nash equilibrium.
     *
     * @param game what is played
     * @param profile one strategy a player
     * @return max over players q and entries k of |reply_q(k) - p_q(k)|
     */
    public static double of(Game game, double[][] profile) {
        var replies = new double[profile.length][];
        for (int q = 0; q < replies.length; q++) {
            replies[q] = game.bestReply(q, profile);
        }
        return of(replies, profile);
    }

    /**
     * The same from best replies that are known.
     *
     * @param replies the best reply of each player to the profile
     * @param profile one strategy a player
     * @return max over players q and entries k of |reply_q(k) - p_q(k)|
     */
    public static double of(double[][] replies, double[][] profile) {
        double largest = 0;
        for (int q = 0; q < replies.length; q++) {
            for (int k = 0; k < replies[q].length; k++) {
                largest = Math.max(largest, Math.abs(replies[q][k] - profile[q][k]));
            }
        }
        return largest;
    }
}
