package org.konvergo.bench;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.ejml.data.DMatrixRMaj;

/**
 * PyTorch, through the Deep Java Library. Its native code is there only where Maven ran with the
 * profile {@code peers}.
 */
final class Torch {
    private static NDManager manager;

    private Torch() {}

    /** Where arrays live until it is closed; PyTorch is loaded at the first call. */
    static NDManager manager() {
        if (manager == null) {
            Engine.getEngine("PyTorch");
            manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        }
        return manager;
    }

    static NDArray matrix(NDManager where, DMatrixRMaj a) {
        return where.create(a.data, new Shape(a.numRows, a.numCols));
    }

    static Solver<?> product(DMatrixRMaj a, DMatrixRMaj b) {
        var left = matrix(manager(), a);
        var right = matrix(manager(), b);
        var last = new NDArray[1];
        return new Solver<>(
                () -> {
                    if (last[0] != null) {
                        last[0].close();
                    }
                    last[0] = left.matMul(right);
                    return last[0];
                },
                NDArray::toDoubleArray);
    }
}
