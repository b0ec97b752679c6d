package org.konvergo.federated;

import java.util.Arrays;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.random.RandomStream;

/**
 * Epochs of stochastic gradient descent: w = w - step (minibatch gradient of F at w + mu (w -
 * anchor)). Each epoch visits the samples in a new random order; the last batch takes what is left.
 * Fewer epochs with the same stream give the first part of the same path.
 *
 * @param step positive
 * @param batch samples a minibatch, at least 1
 */
public record LocalSgd(double step, int batch) implements LocalSolver {
    /**
     * Checks the arguments.
     *
     * @param step as above
     * @param batch as above
     * @throws IllegalArgumentException if one is out of range
     */
    public LocalSgd {
        Require.positive("step", step);
        Require.atLeast("batch", batch, 1);
    }

    @Override
    public double[] solve(
            LocalProblem problem, int epochs, RandomStream random, OracleCounter calls) {
        Require.atLeast("epochs", epochs, 1);
        int m = problem.terms();
        double[] w = problem.anchor().clone();
        var gradient = new double[w.length];
        for (int epoch = 0; epoch < epochs; epoch++) {
            int[] order = random.permutation(m);
            for (int from = 0; from < m; from += batch) {
                int[] terms = Arrays.copyOfRange(order, from, Math.min(from + batch, m));
                problem.gradient(terms, w, gradient);
                Kernels.axpy(-step, gradient, w);
                calls.add(Oracle.GRADIENT, 1);
            }
        }
        return w;
    }
}
