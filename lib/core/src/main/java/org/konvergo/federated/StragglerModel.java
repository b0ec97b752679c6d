package org.konvergo.federated;

import java.util.Arrays;
import org.konvergo.Require;
import org.konvergo.random.RandomStream;

/**
 * Clients that cannot finish in time. Of the K clients of a round, round(K (1 - fraction)), drawn
 * at random, do all epochs; each of the others manages a number uniform on 1..epochs-1 (Li et al.,
 * 2020, section 5.2).
 *
 * @param fraction share of slow clients, in [0, 1)
 * @param epochs epochs of full work; at least 1, and at least 2 where there are slow clients
 */
public record StragglerModel(double fraction, int epochs) {
    /**
     * Checks the arguments.
     *
     * @param fraction as above
     * @param epochs as above
     * @throws IllegalArgumentException if one is out of range
     */
    public StragglerModel {
        Require.that(fraction >= 0 && fraction < 1, "fraction", "in [0, 1)", fraction);
        Require.atLeast("epochs", epochs, fraction > 0 ? 2 : 1);
    }

    /**
     * Draws how much each client of a round manages.
     *
     * @param clients number of clients in the round, at least 1
     * @param random stream to draw from
     * @return epochs per client; a client below {@link #epochs()} is a straggler
     * @throws IllegalArgumentException if there is no client
     */
    public int[] draw(int clients, RandomStream random) {
        Require.atLeast("clients", clients, 1);
        var work = new int[clients];
        Arrays.fill(work, epochs);
        int fast = (int) Math.rint(clients * (1 - fraction));
        int[] order = random.permutation(clients);
        for (int i = fast; i < clients; i++) {
            work[order[i]] = 1 + random.integer(epochs - 1);
        }
        return work;
    }
}
