package org.konvergo.deep;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;
import org.konvergo.Require;

/**
 * A small decoder-only transformer: embeddings of tokens and positions, layers of causal
 * self-attention and a two-layer perceptron with GELU, each with a residual path and layer
 * normalisation in front, and a linear read-out (Vaswani et al., Attention Is All You Need, 2017;
 * Radford et al., Language Models are Unsupervised Multitask Learners, 2019).
 *
 * <p>Input: tokens, 64-bit integers of shape (batch, n), n at most the length. Output: logits of
 * shape (batch, n, outputs); those at a place depend on the tokens up to that place only.
 */
public final class TinyCausalTransformer extends AbstractBlock {
    private static final byte VERSION = 1;
    private static final float NEVER = -1e9f;

    private final int inputs;
    private final int outputs;
    private final int length;
    private final int width;
    private final int heads;
    private final Parameter tokens;
    private final Parameter positions;
    private final List<Layer> layers = new ArrayList<>();
    private final LayerNorm lastNorm;
    private final Linear readOut;

    /** A layer's modules. */
    private record Layer(
            LayerNorm attentionNorm,
            Linear queriesKeysValues,
            Linear mix,
            LayerNorm perceptronNorm,
            Linear up,
            Linear down) {}

    /**
     * A transformer, its weights not yet drawn.
     *
     * @param inputs number of input tokens, at least 1
     * @param outputs number of output tokens, at least 1
     * @param length longest input, at least 1
     * @param width of the residual path, at least 1
     * @param heads of attention, at least 1; must divide the width
     * @param hidden width of the perceptron, at least 1
     * @param layers at least 1
     * @throws IllegalArgumentException if a number is below 1 or the heads do not divide the width
     */
    public TinyCausalTransformer(
            int inputs, int outputs, int length, int width, int heads, int hidden, int layers) {
        super(VERSION);
        this.inputs = Require.atLeast("inputs", inputs, 1);
        this.outputs = Require.atLeast("outputs", outputs, 1);
        this.length = Require.atLeast("length", length, 1);
        this.width = Require.atLeast("width", width, 1);
        this.heads = Require.atLeast("heads", heads, 1);
        Require.that(width % heads == 0, "heads", "a divisor of the width " + width, heads);
        Require.atLeast("hidden", hidden, 1);
        Require.atLeast("layers", layers, 1);
        tokens = table("tokens", inputs);
        positions = table("positions", length);
        for (int i = 0; i < layers; i++) {
            this.layers.add(
                    new Layer(
                            addChildBlock("attentionNorm" + i, norm()),
                            addChildBlock("queriesKeysValues" + i, linear(3L * width)),
                            addChildBlock("mix" + i, linear(width)),
                            addChildBlock("perceptronNorm" + i, norm()),
                            addChildBlock("up" + i, linear(hidden)),
                            addChildBlock("down" + i, linear(width))));
        }
        lastNorm = addChildBlock("lastNorm", norm());
        readOut = addChildBlock("readOut", linear(outputs));
    }

    private Parameter table(String name, int rows) {
        return addParameter(
                Parameter.builder()
                        .setName(name)
                        .setType(Parameter.Type.WEIGHT)
                        .optShape(new Shape(rows, width))
                        .build());
    }

    private static LayerNorm norm() {
        return LayerNorm.builder().axis(2).build();
    }

    private static Linear linear(long units) {
        return Linear.builder().setUnits(units).build();
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
        var path = new Shape(1, length, width);
        for (var layer : layers) {
            layer.attentionNorm.initialize(manager, type, path);
            layer.queriesKeysValues.initialize(manager, type, path);
            layer.mix.initialize(manager, type, path);
            layer.perceptronNorm.initialize(manager, type, path);
            layer.up.initialize(manager, type, path);
            layer.down.initialize(manager, type, layer.up.getOutputShapes(new Shape[] {path}));
        }
        lastNorm.initialize(manager, type, path);
        readOut.initialize(manager, type, path);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape in = inputShapes[0];
        return new Shape[] {new Shape(in.get(0), in.get(1), outputs)};
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store,
            NDList data,
            boolean training,
            PairList<String, Object> parameters) {
        NDArray in = data.singletonOrThrow();
        long n = in.getShape().dimension() == 2 ? in.getShape().get(1) : -1;
        Require.that(n >= 1 && n <= length, "tokens", "batch x 1.." + length, in.getShape());
        NDArray tokenTable = store.getValue(tokens, in.getDevice(), training);
        NDArray places = in.getManager().arange(0, (int) n, 1, DataType.INT64);
        NDArray positionTable = store.getValue(positions, in.getDevice(), training);
        NDArray x = look(in, tokenTable).add(look(places, positionTable));
        NDArray mask = mask(in.getManager(), (int) n);
        for (var layer : layers) {
            NDArray h = layer.attentionNorm.forward(store, new NDList(x), training).head();
            x = x.add(attention(store, layer, h, mask, training));
            h = layer.perceptronNorm.forward(store, new NDList(x), training).head();
            h = Activation.gelu(layer.up.forward(store, new NDList(h), training).head());
            x = x.add(layer.down.forward(store, new NDList(h), training).head());
        }
        x = lastNorm.forward(store, new NDList(x), training).head();
        return readOut.forward(store, new NDList(x), training);
    }

    private static NDArray look(NDArray indices, NDArray table) {
        return Embedding.embedding(indices, table, SparseFormat.DENSE).head();
    }

    /**
     * What is added to the scores: nothing for the past and the present, a lot against the future.
     */
    private static NDArray mask(NDManager manager, int n) {
        var values = new float[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                values[i * n + j] = NEVER;
            }
        }
        return manager.create(values, new Shape(n, n));
    }

    private NDArray attention(
            ParameterStore store, Layer layer, NDArray h, NDArray mask, boolean training) {
        NDList parts =
                layer.queriesKeysValues.forward(store, new NDList(h), training).head().split(3, 2);
        NDArray queries = byHead(parts.get(0));
        NDArray keys = byHead(parts.get(1));
        NDArray values = byHead(parts.get(2));
        NDArray scale = Torch.number(h, 1 / Math.sqrt((double) width / heads));
        NDArray scores = queries.matMul(keys.transpose(0, 1, 3, 2)).mul(scale).add(mask);
        NDArray mixed = scores.softmax(3).matMul(values).transpose(0, 2, 1, 3);
        mixed = mixed.reshape(h.getShape());
        return layer.mix.forward(store, new NDList(mixed), training).head();
    }

    /** From (batch, n, width) to (batch, heads, n, width / heads). */
    private NDArray byHead(NDArray x) {
        Shape s = x.getShape();
        return x.reshape(s.get(0), s.get(1), heads, width / heads).transpose(0, 2, 1, 3);
    }

    @Override
    public String toString() {
        return "transformer of "
                + layers.size()
                + " layers, width "
                + width
                + ", "
                + heads
                + " heads, "
                + inputs
                + " to "
                + outputs
                + " tokens, length "
                + length;
    }
}
