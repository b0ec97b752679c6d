package org.konvergo.deep;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import ai.djl.training.loss.Loss;
import org.konvergo.Require;
import org.konvergo.games.PreferenceLoss;

/**
 * The losses of {@link PreferenceLoss} on batches of sequences, with PyTorch's derivatives.
 *
 * <p>Labels, in this order: the targets, 64-bit integers of shape (batch, length); the
 * log-likelihoods of the same sequences under the reference policy, of shape (batch); their win
 * rates, of shape (batch). Prediction: logits of shape (batch, length, vocabulary).
 */
public final class PreferenceObjective extends Loss {
    private final PreferenceLoss pairs;
    private final double eta;

    private PreferenceObjective(String name, PreferenceLoss pairs, double eta) {
        super(name);
        this.pairs = pairs;
        this.eta = Require.positive("eta", eta);
    }

    /**
     * A loss on pairs; the first half of a batch are the winners, the second half their losers.
     *
     * @param loss on a pair
     * @param eta scale of the targets, positive
     * @return the mean of the loss over the pairs of a batch
     * @throws IllegalArgumentException if eta is not positive
     */
    public static PreferenceObjective pairs(PreferenceLoss loss, double eta) {
        return new PreferenceObjective(Require.notNull("loss", loss) + " on pairs", loss, eta);
    }

    /**
     * Self-play preference optimisation on responses drawn from the reference policy, not only the
     * best and the worst: the mean of (r - eta (p - 1/2))^2 over a batch.
     *
     * @param eta scale of the targets, positive
     * @return the loss
     * @throws IllegalArgumentException if eta is not positive
     */
    public static PreferenceObjective regression(double eta) {
        return new PreferenceObjective("SPPO on responses", null, eta);
    }

    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        NDArray ratios =
                Sequences.logLikelihoods(predictions.singletonOrThrow(), labels.head())
                        .sub(labels.get(1));
        NDArray rates = labels.get(2);
        if (pairs == null) {
            return square(ratios, rates.sub(0.5)).mean();
        }
        NDList r = ratios.split(2);
        NDList p = rates.split(2);
        return each(r.get(0), r.get(1), p.get(0), p.get(1)).mean();
    }

    /** The loss of each pair. */
    private NDArray each(NDArray winner, NDArray loser, NDArray pWin, NDArray pLose) {
        return switch (pairs) {
            case SPPO -> square(winner, pWin.sub(0.5)).add(square(loser, pLose.sub(0.5)));
            case DPO -> Activation.softPlus(loser.sub(winner).div(Torch.number(loser, eta)));
            case IPO -> square(winner.sub(loser), pWin.sub(pLose));
        };
    }

    private NDArray square(NDArray ratio, NDArray advantage) {
        return ratio.sub(advantage.mul(Torch.number(advantage, eta))).square();
    }
}
