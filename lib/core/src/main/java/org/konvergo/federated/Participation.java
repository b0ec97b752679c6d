package org.konvergo.federated;

import org.konvergo.Require;

/**
 * Who takes part in a round.
 *
 * @param perRound number of clients drawn a round, at least 1
 * @param sampling how they are drawn and weighed
 * @param stragglers who is slow
 * @param keepPartial true: the server uses the unfinished models of stragglers; false: it drops
 *     them
 */
public record Participation(
        int perRound, ClientSampling sampling, StragglerModel stragglers, boolean keepPartial) {
    /**
     * Checks the arguments.
     *
     * @param perRound as above
     * @param sampling as above
     * @param stragglers as above
     * @param keepPartial as above
     * @throws IllegalArgumentException if no client is drawn or an argument is missing
     */
    public Participation {
        Require.atLeast("perRound", perRound, 1);
        Require.notNull("sampling", sampling);
        Require.notNull("stragglers", stragglers);
    }

    /**
     * Uniform sampling that keeps partial work.
     *
     * @param perRound number of clients drawn a round, at least 1
     * @param stragglers who is slow
     * @return what FedProx does by default
     */
    public static Participation of(int perRound, StragglerModel stragglers) {
        return new Participation(perRound, ClientSampling.UNIFORM, stragglers, true);
    }

    /**
     * The same clients, without the stragglers' work.
     *
     * @return what FedAvg does
     */
    public Participation dropPartial() {
        return new Participation(perRound, sampling, stragglers, false);
    }
}
