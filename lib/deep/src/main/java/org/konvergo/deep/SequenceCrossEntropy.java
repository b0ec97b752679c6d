package org.konvergo.deep;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.loss.Loss;

/**
 * Maximum likelihood on sequences: the mean of minus their log-likelihoods. Label: the targets,
 * 64-bit integers of shape (batch, length). Prediction: logits of shape (batch, length,
 * vocabulary).
 */
public final class SequenceCrossEntropy extends Loss {
    /** The loss. */
    public SequenceCrossEntropy() {
        super("sequence cross-entropy");
    }

    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        return Sequences.logLikelihoods(predictions.singletonOrThrow(), labels.head()).mean().neg();
    }
}
