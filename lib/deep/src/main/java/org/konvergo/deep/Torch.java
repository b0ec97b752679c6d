package org.konvergo.deep;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.nio.file.Path;
import org.konvergo.Require;
import org.konvergo.random.RandomStream;

/**
 * PyTorch, loaded once a process, with what makes it repeat itself: offline, without DJL's usage
 * reports, on one thread.
 *
 * <p>At its first use on a machine the native library is unpacked into the folder {@code djl} of
 * the cache ({@code KONVERGO_CACHE}, else {@code ~/.cache/konvergo}), some 450 MB. System
 * properties that are already set, such as {@code ai.djl.pytorch.num_threads} or {@code
 * DJL_CACHE_DIR}, are left as they are.
 */
public final class Torch {
    private static final String NAME = "PyTorch";

    private Torch() {}

    /** Loads the engine when it is first asked for, and not before. */
    private static final class Holder {
        static final Engine ENGINE = load();

        private static Engine load() {
            setDefault("ai.djl.offline", "true");
            setDefault("OPT_OUT_TRACKING", "true");
            setDefault("ai.djl.default_engine", NAME);
            setDefault("ai.djl.pytorch.num_threads", "1");
            setDefault("ai.djl.pytorch.num_interop_threads", "1");
            setDefault("DJL_CACHE_DIR", cache().resolve("djl").toString());
            try {
                return Engine.getEngine(NAME);
            } catch (RuntimeException e) {
                throw new IllegalStateException(
                        "PyTorch could not be loaded; its native library should be on the class"
                                + " path, for this machine: "
                                + System.getProperty("os.name")
                                + " "
                                + System.getProperty("os.arch"),
                        e);
            }
        }
    }

    private static void setDefault(String property, String value) {
        boolean given = System.getenv(property) != null || System.getProperty(property) != null;
        if (!given) {
            System.setProperty(property, value);
        }
    }

    private static Path cache() {
        String folder = System.getenv("KONVERGO_CACHE");
        return folder == null || folder.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache", "konvergo")
                : Path.of(folder);
    }

    /**
     * The engine.
     *
     * @return PyTorch
     * @throws IllegalStateException if there is no native library for this platform
     */
    public static Engine engine() {
        return Holder.ENGINE;
    }

    /**
     * A scope for arrays: all that are made in it are freed when it is closed.
     *
     * @return a new scope, to be closed by the caller
     */
    public static NDManager scope() {
        return engine().newBaseManager(engine().defaultDevice());
    }

    /**
     * A model of 32-bit numbers whose weights are drawn from a random stream, Gaussian with the
     * variance 1 / fan-in ({@link StreamInitializer}); biases are 0 and scales 1. What PyTorch
     * itself draws, for dropout, follows from the stream too.
     *
     * @param name for messages, not empty
     * @param block what it computes, not initialised
     * @param random the stream to draw from
     * @param inputs shapes of the inputs; the first axis is the batch
     * @return the model, to be closed by the caller; closing it frees all that was trained with it
     * @throws IllegalArgumentException if the block is initialised already
     */
    public static Model model(String name, Block block, RandomStream random, Shape... inputs) {
        Require.notNull("name", name);
        Require.notNull("block", block);
        Require.notNull("random", random);
        Require.atLeast("number of inputs", inputs.length, 1);
        boolean fresh = block.getParameters().values().stream().noneMatch(Parameter::isInitialized);
        Require.that(fresh, "block", "not initialised", "initialised");
        engine().setRandomSeed(random.split("torch", 0).integer(Integer.MAX_VALUE));
        block.setInitializer(
                new StreamInitializer(random.split("weights", 0)), Parameter.Type.WEIGHT);
        var model = Model.newInstance(name, engine().defaultDevice(), NAME);
        model.setBlock(block);
        block.initialize(model.getNDManager(), DataType.FLOAT32, inputs);
        return model;
    }

    /**
     * A model with the weights of another, from which it then differs by its training.
     *
     * @param name for messages, not empty
     * @param block of the same architecture, not initialised
     * @param other whose weights are copied
     * @param inputs shapes of the inputs, as for {@link #model}
     * @return the model, to be closed by the caller
     * @throws IllegalArgumentException if the block is initialised already, or the parameters of
     *     the two do not match one to one
     */
    public static Model copy(String name, Block block, Model other, Shape... inputs) {
        Require.notNull("other", other);
        var zero = new org.konvergo.random.RandomStreams(0).stream("copy", 0);
        var model = model(name, block, zero, inputs);
        var to = block.getParameters();
        var from = other.getBlock().getParameters();
        if (to.size() != from.size()) {
            model.close();
            Require.that(false, "other", "a model of " + to.size() + " parameters", from.size());
        }
        for (int i = 0; i < to.size(); i++) {
            var source = from.valueAt(i).getArray();
            var target = to.valueAt(i).getArray();
            if (!source.getShape().equals(target.getShape())) {
                model.close();
                Require.that(
                        false,
                        "parameter " + from.keyAt(i) + " of other",
                        "of shape " + target.getShape(),
                        source.getShape());
            }
            source.copyTo(target);
        }
        return model;
    }

    /**
     * What a model computes, without gradients and without dropout.
     *
     * @param model the model
     * @param data its inputs; the result lives in their scope
     * @return its outputs
     */
    public static NDList forward(Model model, NDList data) {
        var parameters = new ParameterStore(data.head().getManager(), false);
        return Gradients.recorded(false, () -> model.getBlock().forward(parameters, data, false));
    }

    /**
     * A number as an array, for what is derived: {@code a.mul(Torch.number(a, 2))}. It stays as
     * long as the scope of the array. DJL's own {@code a.mul(2)} gives the memory of the 2 back at
     * once; if the garbage collector comes before the derivatives are taken, PyTorch finds
     * something else there.
     *
     * @param beside an array of the scope
     * @param value the number
     * @return an array without axes, of 32-bit numbers
     * @throws IllegalArgumentException if the number is not finite or there is no array
     */
    public static NDArray number(NDArray beside, double value) {
        Require.notNull("beside", beside);
        return beside.getManager().create((float) Require.finite("value", value));
    }

    /**
     * Number of weights of a model, biases and all.
     *
     * @param model the model
     * @return a count
     */
    public static long weights(Model model) {
        return model.getBlock().getParameters().values().stream()
                .mapToLong(parameter -> parameter.getArray().size())
                .reduce(0, Math::addExact);
    }
}
