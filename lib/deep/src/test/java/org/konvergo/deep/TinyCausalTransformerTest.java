package org.konvergo.deep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TinyCausalTransformerTest {
    private static float[] logits(Model model, long... tokens) {
        try (var scope = Torch.scope()) {
            var in = scope.create(tokens, new Shape(1, tokens.length));
            return Torch.forward(model, new NDList(in)).singletonOrThrow().toFloatArray();
        }
    }

    @Test
    void logitsKnowThePastOnly() {
        try (var model = Tiny.model("causal")) {
            float[] whole = logits(model, 5, 1, 2);
            assertEquals(15, whole.length);
            float[] other = logits(model, 5, 1, 4);
            assertArrayEquals(
                    Arrays.copyOf(whole, 10), Arrays.copyOf(other, 10), 0, "places 1 and 2");
            assertFalse(Arrays.equals(whole, other), "place 3");
            assertArrayEquals(Arrays.copyOf(whole, 10), logits(model, 5, 1), 1e-6f);
            assertFalse(Arrays.equals(Arrays.copyOf(whole, 5), logits(model, 6)), "prompts matter");
        }
    }

    @Test
    void sizesAreAsDeclared() {
        try (var model = Tiny.model("sizes")) {
            // Tables 7x8, 3x8; a layer 2 norms, 8x24+24, 8x8+8, 8x16+16, 16x8+8; norm, 8x5+5.
            long layer = 2 * 16 + 216 + 72 + 144 + 136;
            assertEquals(56 + 24 + 2 * layer + 16 + 45, Torch.weights(model));
            assertEquals(
                    new Shape(4, 3, 5),
                    model.getBlock().getOutputShapes(new Shape[] {new Shape(4, 3)})[0]);
            assertTrue(model.getBlock().toString().contains("2 heads"));
        }
    }

    @Test
    void sameStreamSameWeights() {
        try (var a = Tiny.model("weights");
                var b = Tiny.model("weights");
                var c = Tiny.model("others")) {
            assertArrayEquals(logits(a, 5, 0, 3), logits(b, 5, 0, 3), 0);
            assertNotEquals(logits(a, 5, 0, 3)[0], logits(c, 5, 0, 3)[0]);
            try (var copy = Torch.copy("copy", Tiny.block(), c, Tiny.INPUT)) {
                assertArrayEquals(logits(c, 5, 0, 3), logits(copy, 5, 0, 3), 0);
            }
        }
    }

    @Test
    void firstWeightsHaveTheVarianceOfTheFanIn() {
        try (var scope = Torch.scope()) {
            var weights =
                    new StreamInitializer(Tiny.stream("initial"))
                            .initialize(
                                    scope,
                                    new Shape(200, 50),
                                    ai.djl.ndarray.types.DataType.FLOAT32);
            assertEquals(0, weights.mean().toFloatArray()[0], 0.005);
            assertEquals(1 / 50.0, weights.square().mean().toFloatArray()[0], 0.001);
        }
    }

    @Test
    void likelihoodsOfAllSequencesSumToOne() {
        try (var model = Tiny.model("likelihoods");
                var scope = Torch.scope()) {
            double[] logs = Sequences.allLogLikelihoods(model, Tiny.PROMPT, Tiny.RESPONSES);
            assertEquals(125, logs.length);
            assertEquals(1, Arrays.stream(logs).map(Math::exp).sum(), 1e-5);
            // The same numbers, one sequence at a time.
            for (int i = 0; i < 125; i += 31) {
                int[][] one = {Tiny.RESPONSES.sequence(i)};
                var in = Sequences.inputs(scope, new int[] {Tiny.PROMPT}, one);
                var out = Torch.forward(model, new NDList(in)).singletonOrThrow();
                var log = Sequences.logLikelihoods(out, Sequences.targets(scope, one));
                assertEquals(log.toFloatArray()[0], logs[i], 1e-5);
            }
        }
    }

    @Test
    void badInputIsRefused() {
        Rejects.bad(() -> new TinyCausalTransformer(0, 5, 3, 8, 2, 16, 1), "inputs");
        Rejects.bad(() -> new TinyCausalTransformer(7, 0, 3, 8, 2, 16, 1), "outputs");
        Rejects.bad(() -> new TinyCausalTransformer(7, 5, 0, 8, 2, 16, 1), "length");
        Rejects.bad(() -> new TinyCausalTransformer(7, 5, 3, 8, 3, 16, 1), "heads", "width 8");
        Rejects.bad(() -> new TinyCausalTransformer(7, 5, 3, 8, 2, 0, 1), "hidden");
        Rejects.bad(() -> new TinyCausalTransformer(7, 5, 3, 8, 2, 16, 0), "layers");
        try (var model = Tiny.model("bad");
                var scope = Torch.scope()) {
            Rejects.bad(() -> logits(model, 5, 1, 2, 3), "tokens", "batch x 1..3");
            Rejects.bad(
                    () -> Torch.model("twice", model.getBlock(), Tiny.stream("x"), Tiny.INPUT),
                    "block",
                    "initialised");
            var wider = new TinyCausalTransformer(7, 5, 3, 16, 2, 16, 2);
            Rejects.bad(() -> Torch.copy("wider", wider, model, Tiny.INPUT), "of shape");
            var deeper = new TinyCausalTransformer(7, 5, 3, 8, 2, 16, 3);
            Rejects.bad(() -> Torch.copy("deeper", deeper, model, Tiny.INPUT), "parameters");
            Rejects.bad(() -> Torch.model("none", Tiny.block(), Tiny.stream("x")), "inputs");
            int[][] ragged = {{1, 2}, {1}};
            Rejects.bad(() -> Sequences.targets(scope, ragged), "responses[1]", "length 2");
            Rejects.bad(() -> Sequences.targets(scope, new int[0][]), "number of responses");
            Rejects.bad(
                    () -> Sequences.inputs(scope, new int[1], new int[][] {{1}, {2}}),
                    "prompts",
                    "length 2");
        }
        Rejects.bad(() -> new StreamInitializer(null), "random");
    }
}
