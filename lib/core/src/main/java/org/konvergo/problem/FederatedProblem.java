package org.konvergo.problem;

import org.konvergo.linalg.Kernels;

/**
 * A weighted average f(w) = sum of p_k F_k(w), where F_k is known to client k alone and p_k is its
 * share of all samples.
 */
public interface FederatedProblem extends Smooth {
    /**
     * Number of clients.
     *
     * @return at least 1
     */
    int clients();

    /**
     * The objective of a client, an average over its own samples.
     *
     * @param k client in 0..clients()-1
     * @return F_k, whose number of terms is the client's number of samples
     */
    FiniteSum client(int k);

    /**
     * Number of model parameters.
     *
     * @return n, at least 1
     */
    @Override
    default int dimension() {
        return client(0).dimension();
    }

    /**
     * Shares of the clients in all samples.
     *
     * @return the p_k, positive, of sum 1; a new array
     */
    default double[] weights() {
        var weights = new double[clients()];
        long total = 0;
        for (int k = 0; k < weights.length; k++) {
            total += client(k).terms();
        }
        for (int k = 0; k < weights.length; k++) {
            weights[k] = (double) client(k).terms() / total;
        }
        return weights;
    }

    /**
     * The global objective.
     *
     * @param w model of length n
     * @return f(w), the weighted average of the clients' objectives
     */
    @Override
    default double value(double[] w) {
        var values = new double[clients()];
        for (int k = 0; k < values.length; k++) {
            values[k] = client(k).value(w);
        }
        return Kernels.dot(weights(), values);
    }

    @Override
    default void gradient(double[] w, double[] gradient) {
        var gradients = clientGradients(w);
        var weights = weights();
        java.util.Arrays.fill(gradient, 0);
        for (int k = 0; k < weights.length; k++) {
            Kernels.axpy(weights[k], gradients[k], gradient);
        }
    }

    /**
     * The clients' gradients.
     *
     * @param w model of length n
     * @return the gradient of each F_k at w, a new array a client
     */
    default double[][] clientGradients(double[] w) {
        var gradients = new double[clients()][dimension()];
        for (int k = 0; k < gradients.length; k++) {
            client(k).gradient(w, gradients[k]);
        }
        return gradients;
    }
}
