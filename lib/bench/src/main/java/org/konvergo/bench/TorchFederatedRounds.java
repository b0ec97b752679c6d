package org.konvergo.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/** The rounds of {@link FederatedRounds} in PyTorch: a minibatch is a few products of matrices. */
final class TorchFederatedRounds {
    private final Inputs in;
    private final NDArray features;
    private final NDArray oneHot;
    private final int classes;

    private TorchFederatedRounds(Inputs in) {
        this.in = in;
        classes = in.count("classes");
        NDManager manager = Torch.manager();
        features = Torch.matrix(manager, in.matrix("features"));
        int[] labels = in.indices("labels");
        var hot = new double[labels.length * classes];
        for (int i = 0; i < labels.length; i++) {
            hot[i * classes + labels[i]] = 1;
        }
        oneHot = manager.create(hot, new Shape(labels.length, classes));
    }

    static Solver<?> solver(Inputs in) {
        var rounds = new TorchFederatedRounds(in);
        return Solver.of(rounds::solve);
    }

    private double[] solve() {
        int[] first = in.indices("first");
        int[] clients = in.indices("clients");
        int perRound = in.count("perRound");
        try (var server = Torch.manager().newSubManager()) {
            long width = features.getShape().get(1);
            NDArray model = server.zeros(new Shape(classes, width), features.getDataType());
            int next = 0;
            for (int t = 0; t < in.count("rounds"); t++) {
                NDArray sum = null;
                double total = 0;
                for (int c = 0; c < perRound; c++) {
                    int k = clients[t * perRound + c];
                    int m = first[k + 1] - first[k];
                    int end = next + m * in.count("epochs");
                    try (var local = server.newSubManager()) {
                        NDArray weighted = visit(local, model, next, end, m).mul(m);
                        weighted.attach(server);
                        sum = sum == null ? weighted : sum.addi(weighted);
                    }
                    next = end;
                    total += m;
                }
                model = sum.div(total);
            }
            return model.toDoubleArray();
        }
    }

    /** A client's epochs. */
    private NDArray visit(NDManager local, NDArray model, int from, int to, int m) {
        NDArray w = model.duplicate();
        w.attach(local);
        int batch = in.count("batch");
        for (int epoch = from; epoch < to; epoch += m) {
            // The epoch's samples are gathered once; minibatches are views of them.
            try (var scope = local.newSubManager()) {
                int[] order = Arrays.copyOfRange(in.indices("order"), epoch, epoch + m);
                NDArray index = scope.create(order);
                NDArray x = taken(features, index, scope);
                NDArray y = taken(oneHot, index, scope);
                for (int start = 0; start < m; start += batch) {
                    int end = Math.min(start + batch, m);
                    step(scope, w, model, rows(x, start, end), rows(y, start, end), end - start);
                }
            }
        }
        return w;
    }

    private static NDArray taken(NDArray all, NDArray index, NDManager scope) {
        NDArray some = all.get(index);
        some.attach(scope);
        return some;
    }

    private static NDArray rows(NDArray a, int from, int to) {
        return a.get(new NDIndex().addSliceDim(from, to));
    }

    private void step(NDManager outer, NDArray w, NDArray model, NDArray x, NDArray y, int count) {
        try (var scope = outer.newSubManager()) {
            x.attach(scope);
            y.attach(scope);
            NDArray transposed = w.transpose();
            transposed.attach(scope);
            NDArray residual = x.matMul(transposed).softmax(1).subi(y);
            NDArray gradient = residual.transpose().matMul(x);
            gradient.muli(in.number("step") / count);
            if (in.number("mu") > 0) {
                // Both are taken at the old w.
                NDArray pull = w.sub(model).muli(in.number("step") * in.number("mu"));
                gradient.addi(pull);
                pull.close();
            }
            w.subi(gradient);
        }
    }
}
