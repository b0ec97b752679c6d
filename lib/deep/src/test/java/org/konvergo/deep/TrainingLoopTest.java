package org.konvergo.deep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.konvergo.games.PreferenceLoss;
import org.konvergo.linalg.Parallel;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.method.Run;
import org.konvergo.method.Status;
import org.konvergo.method.Stop;
import org.konvergo.method.Trace;

class TrainingLoopTest {
    private static final int BATCH = 16;

    /** Sequences that begin with the same two tokens, the third at random. */
    private static TrainingLoop pretraining(Model model) {
        return new TrainingLoop(
                model,
                new SequenceCrossEntropy(),
                Tiny::adam,
                (step, scope) -> {
                    var random = Tiny.stream("batches").split("batch", step);
                    var responses = new int[BATCH][];
                    for (int i = 0; i < BATCH; i++) {
                        responses[i] = new int[] {3, 1, random.integer(5)};
                    }
                    return new TrainingLoop.Batch(
                            Sequences.inputs(scope, Tiny.prompts(BATCH), responses),
                            Sequences.targets(scope, responses));
                });
    }

    private static Trace<TrainingLoop.State> train(TrainingLoop loop, int steps) {
        return Run.of(loop)
                .measure("loss", TrainingLoop.State::loss)
                .stop(Stop.iterations(steps))
                .start();
    }

    @Test
    void learnsASource() {
        try (var model = Tiny.model("learner")) {
            var trace = train(pretraining(model), 200);
            assertEquals(Status.EXHAUSTED, trace.status());
            assertEquals(200, trace.state().steps());
            long[] gradients = trace.calls(Oracle.GRADIENT);
            assertEquals(200, gradients[gradients.length - 1]);
            double[] loss = trace.values("loss");
            assertEquals(loss[0], loss[1], 1e-6, "the first batch, before and in the first step");
            assertEquals(3 * Math.log(5), loss[0], 2);
            // What remains is the entropy of the third token.
            assertEquals(Math.log(5), trace.last("loss"), 0.15);
            double[] logs = Sequences.allLogLikelihoods(model, Tiny.PROMPT, Tiny.RESPONSES);
            double share = 0;
            for (int third = 0; third < 5; third++) {
                share += Math.exp(logs[Tiny.RESPONSES.index(3, 1, third)]);
            }
            assertTrue(share > 0.95, "share " + share);
        }
    }

    /** One process, one machine: the same bits. */
    @Test
    void repeatsItself() {
        double[] first;
        double[] likelihoods;
        try (var model = Tiny.model("repeated")) {
            first = train(pretraining(model), 60).values("loss");
            likelihoods = Sequences.allLogLikelihoods(model, Tiny.PROMPT, Tiny.RESPONSES);
        }
        try (var model = Tiny.model("repeated")) {
            assertArrayEquals(first, train(pretraining(model), 60).values("loss"), 0);
            assertArrayEquals(
                    likelihoods,
                    Sequences.allLogLikelihoods(model, Tiny.PROMPT, Tiny.RESPONSES),
                    0);
        }
    }

    /** What PyTorch keeps for the derivatives must outlive a garbage collection. */
    @Test
    void garbageCollectionChangesNothing() {
        double[] calm;
        try (var model = Tiny.model("garbage")) {
            calm = train(pretraining(model), 40).values("loss");
        }
        try (var model = Tiny.model("garbage")) {
            var quiet = pretraining(model);
            // Between the predictions and their derivatives, with what may take the place.
            var collecting =
                    new Loss("collecting") {
                        @Override
                        public NDArray evaluate(NDList labels, NDList predictions) {
                            System.gc();
                            var kept = new ByteBuffer[200];
                            Arrays.setAll(kept, i -> ByteBuffer.allocateDirect(8).putDouble(1e9));
                            return quiet.loss().evaluate(labels, predictions);
                        }
                    };
            var loop = new TrainingLoop(model, collecting, quiet.optimizer(), quiet.batches());
            assertArrayEquals(calm, train(loop, 40).values("loss"), 0);
        }
    }

    /** Each ends with the bits that it has alone. */
    @Test
    void modelsAreTrainedBesideEachOther() {
        var alone = new double[4][];
        for (int i = 0; i < alone.length; i++) {
            alone[i] = trained(i);
        }
        var together = Parallel.map(alone.length, TrainingLoopTest::trained);
        for (int i = 0; i < alone.length; i++) {
            assertArrayEquals(alone[i], together.get(i), 0);
        }
        assertFalse(Arrays.equals(alone[0], alone[1]), "different seeds");
    }

    private static double[] trained(int seed) {
        try (var model = Tiny.model("beside " + seed)) {
            double[] loss = train(pretraining(model), 60).values("loss");
            double[] logs = Sequences.allLogLikelihoods(model, Tiny.PROMPT, Tiny.RESPONSES);
            return DoubleStream.concat(DoubleStream.of(loss), DoubleStream.of(logs)).toArray();
        }
    }

    /** Arrays in the model's scopes, and the process's memory, stay as they are. */
    @Test
    void memoryStaysFlat() throws IOException {
        try (var model = Tiny.model("flat")) {
            Method<TrainingLoop.State> loop = pretraining(model);
            var calls = new OracleCounter();
            var state = loop.start();
            long warm = 0;
            int arrays = 0;
            int steps = Integer.getInteger("konvergo.test.steps", 2000);
            for (int t = 0; t < steps; t++) {
                if (t == steps / 4) {
                    warm = residentBytes();
                    arrays = model.getNDManager().getManagedArrays().size();
                }
                state = loop.step(state, calls);
            }
            assertEquals(arrays, model.getNDManager().getManagedArrays().size());
            double perStep = (residentBytes() - warm) / (0.75 * steps);
            assertTrue(perStep < 8192, perStep + " bytes a step");
        }
    }

    /** Memory in RAM, from Linux; 0 elsewhere, and where the Java heap may still grow. */
    private static long residentBytes() throws IOException {
        var file = Path.of("/proc/self/statm");
        boolean heapIsThere =
                ManagementFactory.getRuntimeMXBean()
                        .getInputArguments()
                        .contains("-XX:+AlwaysPreTouch");
        return heapIsThere && Files.isReadable(file)
                ? 4096 * Long.parseLong(Files.readString(file).split(" ", 3)[1])
                : 0;
    }

    /** A linear model of one weight: gradient descent by hand. */
    @Test
    void stepsAreThoseOfTheOptimizer() {
        try (var model =
                Torch.model(
                        "line",
                        Linear.builder().setUnits(1).optBias(false).build(),
                        Tiny.stream("line"),
                        new Shape(1, 1))) {
            NDArray weight = model.getBlock().getParameters().valueAt(0).getArray();
            float w = weight.toFloatArray()[0];
            var loop =
                    new TrainingLoop(
                            model,
                            Loss.l2Loss("half square", 1),
                            () ->
                                    Optimizer.sgd()
                                            .setLearningRateTracker(Tracker.fixed(0.1f))
                                            .build(),
                            (step, scope) ->
                                    new TrainingLoop.Batch(
                                            scope.create(new float[] {2}, new Shape(1, 1)),
                                            scope.create(new float[] {3}, new Shape(1, 1))));
            var trace = train(loop, 1);
            assertEquals((2 * w - 3) * (2 * w - 3), trace.values("loss")[0], 1e-4);
            assertEquals(w - 0.1 * 2 * 2 * (2 * w - 3), weight.toFloatArray()[0], 1e-5);
            train(loop, 60);
            assertEquals(1.5, weight.toFloatArray()[0], 1e-5);
        }
    }

    @Test
    void overflowEndsTheRun() {
        try (var model = Tiny.model("overflow")) {
            var loop = pretraining(model);
            var hot =
                    new TrainingLoop(
                            model,
                            loop.loss(),
                            () ->
                                    Optimizer.sgd()
                                            .setLearningRateTracker(Tracker.fixed(1e30f))
                                            .build(),
                            loop.batches());
            var trace = train(hot, 50);
            assertEquals(Status.DIVERGED, trace.status());
            assertTrue(trace.message().startsWith("loss is "), trace.message());
        }
    }

    /** PyTorch's losses and derivatives beside those of the formulas. */
    @ParameterizedTest
    @EnumSource
    void preferenceObjectivesAreTheFormulas(PreferenceLoss loss) {
        double eta = 1.7;
        int pairs = 6;
        var random = Tiny.stream("pairs");
        int[][] responses = Tiny.responses(2 * pairs, random);
        var reference = new float[2 * pairs];
        var rates = new float[2 * pairs];
        for (int i = 0; i < 2 * pairs; i++) {
            reference[i] = (float) (-5 + random.gaussian());
            rates[i] = (float) random.uniform();
        }
        try (var scope = Torch.scope();
                var collector = Torch.engine().newGradientCollector()) {
            var values = new float[2 * pairs * 15];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.gaussian();
            }
            NDArray logits = scope.create(values, new Shape(2L * pairs, 3, 5));
            logits.setRequiresGradient(true);
            NDArray targets = Sequences.targets(scope, responses);
            var labels = new NDList(targets, scope.create(reference), scope.create(rates));
            var objective = PreferenceObjective.pairs(loss, eta);
            NDArray value = objective.evaluate(labels, new NDList(logits));
            collector.backward(value);
            float[] gradient = logits.getGradient().toFloatArray();
            float[] likelihoods = Sequences.logLikelihoods(logits, targets).toFloatArray();
            float[] policy = logits.softmax(2).toFloatArray();
            double mean = 0;
            for (int k = 0; k < pairs; k++) {
                int l = k + pairs;
                var at =
                        loss.at(
                                likelihoods[k] - reference[k],
                                likelihoods[l] - reference[l],
                                eta,
                                rates[k],
                                rates[l]);
                mean += at.value() / pairs;
                check(gradient, policy, responses[k], k, at.winner() / pairs);
                check(gradient, policy, responses[l], l, at.loser() / pairs);
            }
            assertEquals(mean, value.toFloatArray()[0], 1e-5 * Math.max(1, mean));
        }
    }

    /** By a logit: the derivative by the log-likelihood, times the indicator less the policy. */
    private static void check(
            float[] gradient, float[] policy, int[] response, int row, double slope) {
        for (int place = 0; place < 3; place++) {
            for (int token = 0; token < 5; token++) {
                int i = (3 * row + place) * 5 + token;
                double expected = slope * ((response[place] == token ? 1 : 0) - policy[i]);
                assertEquals(expected, gradient[i], 1e-5 * Math.max(1, Math.abs(slope)));
            }
        }
    }

    @Test
    void regressionIsTheMeanSquare() {
        try (var scope = Torch.scope()) {
            NDArray logits = scope.zeros(new Shape(2, 3, 5));
            int[][] responses = {{0, 1, 2}, {3, 4, 0}};
            float uniform = (float) (-3 * Math.log(5));
            var labels =
                    new NDList(
                            Sequences.targets(scope, responses),
                            scope.create(new float[] {uniform, uniform - 1}),
                            scope.create(new float[] {0.75f, 0.5f}));
            // Ratios 0 and 1, targets 0.5 and 0.
            NDArray value = PreferenceObjective.regression(2).evaluate(labels, new NDList(logits));
            assertEquals((0.25 + 1) / 2, value.toFloatArray()[0], 1e-5);
            NDArray entropy = new SequenceCrossEntropy().evaluate(labels, new NDList(logits));
            assertEquals(-uniform, entropy.toFloatArray()[0], 1e-5);
        }
    }

    @Test
    void badInputIsRefused() {
        Rejects.bad(() -> PreferenceObjective.regression(0), "eta");
        Rejects.bad(() -> PreferenceObjective.pairs(null, 1), "loss");
        Rejects.bad(() -> Torch.number(null, 1), "beside");
        try (var scope = Torch.scope()) {
            var beside = scope.zeros(new Shape(2));
            Rejects.bad(() -> Torch.number(beside, Double.NaN), "value", "finite");
            assertEquals(2.5, Torch.number(beside, 2.5).toFloatArray()[0]);
        }
        try (var model = Model.newInstance("empty", "PyTorch")) {
            Rejects.bad(
                    () ->
                            new TrainingLoop(
                                    model,
                                    new SequenceCrossEntropy(),
                                    Tiny::adam,
                                    (step, scope) -> null),
                    "model",
                    "initialised");
        }
    }
}
