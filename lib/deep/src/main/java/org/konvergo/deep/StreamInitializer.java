package org.konvergo.deep;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import org.konvergo.Require;
import org.konvergo.random.RandomStream;

/**
 * First weights from a random stream, so that they are the same on every machine, which those of
 * PyTorch's own generator are not: Gaussian with mean 0 and the variance 1 / fan-in (LeCun et al.,
 * Efficient BackProp, 1998). The fan-in is the product of all axes but the first; a matrix of a
 * linear layer has a row for each output.
 */
public final class StreamInitializer implements Initializer {
    private final RandomStream random;

    /**
     * An initialiser that draws from a stream, one parameter after the other.
     *
     * @param random the stream
     */
    public StreamInitializer(RandomStream random) {
        this.random = Require.notNull("random", random);
    }

    @Override
    public NDArray initialize(NDManager manager, Shape shape, DataType dataType) {
        int size = Math.toIntExact(shape.size());
        double fanIn = shape.dimension() < 2 ? 1 : shape.slice(1).size();
        double deviation = 1 / Math.sqrt(fanIn);
        var values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (deviation * random.gaussian());
        }
        NDArray array = manager.create(values, shape);
        return dataType == DataType.FLOAT32 ? array : array.toType(dataType, false);
    }
}
