package org.konvergo.deep;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/**
 * PyTorch's record of what a thread computes. DJL's own collector of gradients may be open once in
 * a process, though the record is kept by thread. With this one, models can be trained beside each
 * other.
 */
final class Gradients {
    private Gradients() {}

    /** Work that is recorded, or is not; afterwards the thread is as it was before. */
    static <T> T recorded(boolean recorded, Supplier<T> work) {
        boolean before = JniUtils.isGradMode();
        JniUtils.setGradMode(recorded);
        try {
            return work.get();
        } finally {
            JniUtils.setGradMode(before);
        }
    }

    /** Adds the derivatives of a recorded number to the gradients of the parameters. */
    static void backward(NDArray value) {
        try (var one = value.getManager().ones(value.getShape(), value.getDataType())) {
            JniUtils.backward((PtNDArray) value, (PtNDArray) one, false, false);
        }
    }
}
