package org.konvergo.deep;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.konvergo.Require;
import org.konvergo.games.SequenceEnumerator;

/**
 * Likelihoods of sequences under a causal model that reads a prompt token and then the response,
 * token by token. Response tokens are 0..vocabulary-1, as in {@link SequenceEnumerator}; the
 * prompts are input tokens of any number.
 */
public final class Sequences {
    private Sequences() {}

    /**
     * What a causal model reads to predict responses: each response shifted by one place, the
     * prompt in front.
     *
     * @param scope where the array lives
     * @param prompts one token a response
     * @param responses of one length, at least 1
     * @return 64-bit integers, responses x length
     * @throws IllegalArgumentException if there is none, the numbers differ or the lengths do
     */
    public static NDArray inputs(NDManager scope, int[] prompts, int[][] responses) {
        int length = checkedLength(responses);
        Require.that(
                prompts.length == responses.length,
                "prompts",
                "of length " + responses.length,
                prompts.length);
        var values = new long[responses.length * length];
        for (int i = 0; i < responses.length; i++) {
            values[i * length] = prompts[i];
            for (int k = 1; k < length; k++) {
                values[i * length + k] = responses[i][k - 1];
            }
        }
        return scope.create(values, new Shape(responses.length, length));
    }

    /**
     * The responses themselves, which a causal model is to predict.
     *
     * @param scope where the array lives
     * @param responses of one length, at least 1
     * @return 64-bit integers, responses x length
     * @throws IllegalArgumentException if there is none or the lengths differ
     */
    public static NDArray targets(NDManager scope, int[][] responses) {
        int length = checkedLength(responses);
        var values = new long[responses.length * length];
        for (int i = 0; i < responses.length; i++) {
            for (int k = 0; k < length; k++) {
                values[i * length + k] = responses[i][k];
            }
        }
        return scope.create(values, new Shape(responses.length, length));
    }

    private static int checkedLength(int[][] responses) {
        Require.atLeast("number of responses", Require.notNull("responses", responses).length, 1);
        int length = Require.atLeast("length of responses", responses[0].length, 1);
        for (int i = 0; i < responses.length; i++) {
            Require.that(
                    responses[i].length == length,
                    "responses[" + i + "]",
                    "of length " + length,
                    responses[i].length);
        }
        return length;
    }

    /**
     * Log-likelihoods of sequences, with gradients where the logits have them.
     *
     * @param logits of shape (batch, length, vocabulary)
     * @param targets 64-bit integers of shape (batch, length)
     * @return of shape (batch)
     */
    public static NDArray logLikelihoods(NDArray logits, NDArray targets) {
        return logits.logSoftmax(2).gather(targets.expandDims(2), 2).squeeze(2).sum(new int[] {1});
    }

    /**
     * Log-likelihoods of all sequences after a prompt, exactly: each beginning is read once, and
     * the last token needs no reading.
     *
     * @param model causal, from (batch, length) tokens to (batch, length, vocabulary) logits
     * @param prompt the input token before the response
     * @param sequences which to enumerate
     * @return one logarithm a sequence, in the order of the enumerator; their exponentials sum to 1
     *     within 32-bit precision
     */
    public static double[] allLogLikelihoods(
            Model model, int prompt, SequenceEnumerator sequences) {
        Require.notNull("model", model);
        Require.notNull("sequences", sequences);
        int v = sequences.vocabulary();
        int length = sequences.length();
        int beginnings = sequences.count() / v;
        float[] logs;
        try (var scope = Torch.scope()) {
            var responses = new int[beginnings][];
            var prompts = new int[beginnings];
            for (int b = 0; b < beginnings; b++) {
                responses[b] = sequences.sequence(b * v);
                prompts[b] = prompt;
            }
            var logits = Torch.forward(model, new NDList(inputs(scope, prompts, responses)));
            logs = logits.singletonOrThrow().logSoftmax(2).toFloatArray();
        }
        var result = new double[sequences.count()];
        for (int i = 0; i < result.length; i++) {
            int[] tokens = sequences.sequence(i);
            int row = i / v * length;
            for (int k = 0; k < length; k++) {
                result[i] += logs[(row + k) * v + tokens[k]];
            }
        }
        return result;
    }
}
