package org.konvergo.problem;

/** A game in which each player chooses a vector and maximises a payoff of its own. */
public interface Game {
    /**
     * Number of players.
     *
     * @return at least 1
     */
    int players();

    /**
     * Payoff of a player.
     *
     * @param player in 0..players()-1
     * @param profile one strategy a player
     * @return what the player maximises
     */
    double payoff(int player, double[][] profile);

    /**
     * Best reply of a player to the others.
     *
     * @param player in 0..players()-1
     * @param profile one strategy a player; the player's own is not used
     * @return a strategy of largest payoff, a new array
     */
    double[] bestReply(int player, double[][] profile);
}
