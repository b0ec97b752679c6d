package org.konvergo.deep;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import java.util.function.Supplier;
import org.konvergo.Require;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;

/**
 * Training: one step takes a batch, the gradient of its loss and the optimizer's update. Every
 * array of a step lives in a scope that ends with it, so that memory stays flat however long a run
 * is.
 *
 * <p>A step changes the model's weights. So a second run goes on from where the first one ended,
 * with a new optimizer. Different models may be trained beside each other, in several threads; each
 * gets the weights that it would get alone, unless it has dropout, which PyTorch draws from one
 * generator for the process. Measure {@link State#loss()} as a quantity that must stay finite, and
 * a run whose loss overflows ends as diverged:
 *
 * <pre>{@code
 * Run.of(new TrainingLoop(model, loss, optimizer, batches))
 *         .measure("loss", TrainingLoop.State::loss)
 *         .stop(Stop.iterations(500))
 *         .start();
 * }</pre>
 *
 * @param model what is trained, its weights drawn
 * @param loss of a batch's labels and the model's predictions
 * @param optimizer makes an optimizer, a new one for each run, since it remembers
 * @param batches the data
 */
public record TrainingLoop(
        Model model, Loss loss, Supplier<? extends Optimizer> optimizer, Batches batches)
        implements Method<TrainingLoop.State> {

    /** Where the batches come from. */
    @FunctionalInterface
    public interface Batches {
        /**
         * A batch. May be asked for more than once and should then be the same.
         *
         * @param step its number, from 0
         * @param scope where its arrays are to be made, since what a step computes from them lives
         *     where they do
         * @return inputs and labels
         */
        Batch batch(long step, NDManager scope);
    }

    /**
     * A batch.
     *
     * @param data inputs of the model
     * @param labels for the loss
     */
    public record Batch(NDList data, NDList labels) {
        /**
         * A batch of one input and some labels.
         *
         * @param data the input
         * @param labels for the loss
         */
        public Batch(NDArray data, NDArray... labels) {
            this(new NDList(data), new NDList(labels));
        }
    }

    /**
     * Checks the arguments.
     *
     * @param model as above
     * @param loss as above
     * @param optimizer as above
     * @param batches as above
     * @throws IllegalArgumentException if the model's weights are not drawn
     */
    public TrainingLoop {
        Require.notNull("model", model);
        Require.notNull("loss", loss);
        Require.notNull("optimizer", optimizer);
        Require.notNull("batches", batches);
        Require.that(
                model.getBlock() != null && model.getBlock().isInitialized(),
                "model",
                "initialised",
                "not initialised");
    }

    /** A model in training. Its native memory is freed with the model. */
    public static final class State {
        private final Trainer trainer;
        private long steps;
        private double loss;

        private State(Trainer trainer) {
            this.trainer = trainer;
        }

        /**
         * The loss of the last batch, with the weights before its step. Before the first step that
         * of the first batch.
         *
         * @return a number; NaN or infinite where training has diverged
         */
        public double loss() {
            return loss;
        }

        /**
         * Steps done.
         *
         * @return at least 0
         */
        public long steps() {
            return steps;
        }
    }

    @Override
    public State start() {
        var config =
                new DefaultTrainingConfig(loss)
                        .optOptimizer(optimizer.get())
                        .optDevices(new Device[] {model.getNDManager().getDevice()});
        var state = new State(model.newTrainer(config));
        try (var scope = model.getNDManager().newSubManager()) {
            var first = batches.batch(0, scope);
            var predictions = Gradients.recorded(false, () -> state.trainer.evaluate(first.data));
            state.loss = value(loss.evaluate(first.labels, predictions));
        }
        return state;
    }

    @Override
    public State step(State s, OracleCounter calls) {
        try (var scope = model.getNDManager().newSubManager()) {
            var batch = batches.batch(s.steps, scope);
            s.loss =
                    Gradients.recorded(
                            true,
                            () -> {
                                var predictions = s.trainer.forward(batch.data, batch.labels);
                                NDArray value = loss.evaluate(batch.labels, predictions);
                                Gradients.backward(value);
                                return value(value);
                            });
            // Not by the thread's own mode, which depends on who started the thread.
            Gradients.recorded(
                    false,
                    () -> {
                        s.trainer.step();
                        return s;
                    });
        }
        calls.add(Oracle.GRADIENT, 1);
        s.steps++;
        return s;
    }

    private static double value(NDArray scalar) {
        return scalar.toFloatArray()[0];
    }
}
