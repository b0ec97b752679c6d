package org.konvergo.deep;

import ai.djl.Model;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import org.konvergo.games.SequenceEnumerator;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

/** A model small enough for tests: two prompts, five tokens, responses of length 3. */
final class Tiny {
    static final int PROMPT = 5;
    static final SequenceEnumerator RESPONSES = new SequenceEnumerator(5, 3);
    static final Shape INPUT = new Shape(1, 3);

    private Tiny() {}

    static RandomStream stream(String name) {
        return new RandomStreams(1).stream(name, 0);
    }

    static TinyCausalTransformer block() {
        return new TinyCausalTransformer(7, 5, 3, 8, 2, 16, 2);
    }

    static Model model(String seed) {
        return Torch.model("tiny", block(), stream(seed), INPUT);
    }

    static Adam adam() {
        return Adam.builder().optLearningRateTracker(Tracker.fixed(0.01f)).build();
    }

    /** Responses, the first of them drawn over and over. */
    static int[][] responses(int count, RandomStream random) {
        var responses = new int[count][];
        for (int i = 0; i < count; i++) {
            responses[i] = RESPONSES.sequence(random.integer(RESPONSES.count()));
        }
        return responses;
    }

    static int[] prompts(int count) {
        var prompts = new int[count];
        for (int i = 0; i < count; i++) {
            prompts[i] = PROMPT + i % 2;
        }
        return prompts;
    }
}
