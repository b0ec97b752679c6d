package org.konvergo.games;

import org.konvergo.Require;
import org.konvergo.linalg.Elementary;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.Smooth;

/**
 * A {@link PreferenceLoss} on one pair of responses, as a function of the logits of a softmax
 * policy over n responses: the smallest model in which to see what a loss does to the two
 * likelihoods, and to those of the bystanders.
 *
 * @param loss the loss, with hard labels
 * @param eta scale of its targets, positive
 * @param reference logits of the reference policy, at least two, finite
 * @param winner index of the preferred response
 * @param loser index of the other
 */
public record TabularPreference(
        PreferenceLoss loss, double eta, double[] reference, int winner, int loser)
        implements Smooth {
    /**
     * Checks the arguments.
     *
     * @param loss as above
     * @param eta as above
     * @param reference as above; copied
     * @param winner as above
     * @param loser as above
     * @throws IllegalArgumentException if eta is not positive, a logit not finite, or the indices
     *     are out of range or equal
     */
    public TabularPreference {
        Require.notNull("loss", loss);
        Require.positive("eta", eta);
        Require.finite("reference", reference);
        Require.atLeast("number of responses", reference.length, 2);
        Require.index("winner", winner, reference.length);
        Require.index("loser", loser, reference.length);
        Require.that(winner != loser, "loser", "another response than the winner", loser);
        reference = reference.clone();
    }

    @Override
    public int dimension() {
        return reference.length;
    }

    /**
     * Log-ratio of a response: how much its log-likelihood has risen above the reference's.
     *
     * @param logits of the policy, of length n
     * @param response its index
     * @return log of policy over reference
     * @throws IllegalArgumentException if the logits have another length or the index is out of
     *     range
     */
    public double logRatio(double[] logits, int response) {
        Require.length("logits", logits, dimension());
        Require.index("response", response, dimension());
        return logits[response]
                - reference[response]
                - (Kernels.logSumExp(logits) - Kernels.logSumExp(reference));
    }

    @Override
    public double value(double[] logits) {
        return at(logits).value();
    }

    @Override
    public void gradient(double[] logits, double[] gradient) {
        Require.length("gradient", gradient, dimension());
        var slopes = at(logits);
        // Of a log-likelihood by the logits: the unit vector of the response less the policy.
        double total = Kernels.logSumExp(logits);
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = -(slopes.winner() + slopes.loser()) * Elementary.exp(logits[i] - total);
        }
        gradient[winner] += slopes.winner();
        gradient[loser] += slopes.loser();
    }

    private PreferenceLoss.Gradient at(double[] logits) {
        return loss.at(logRatio(logits, winner), logRatio(logits, loser), eta);
    }
}
