package org.konvergo.constrained;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.Smooth;

/**
 * A network with one hidden layer of rectifiers, f(x) = sum over j of alpha_j max(0, x'u_j). A bias
 * is a last input of 1.
 *
 * @param hidden m x d, one row a neuron: u_j
 * @param output alpha, one weight a neuron
 */
public record TwoLayerReluNetwork(DMatrixRMaj hidden, double[] output) {
    /**
     * Checks the arguments; they are not copied.
     *
     * @param hidden as above
     * @param output as above
     * @throws IllegalArgumentException if the numbers of neurons differ or there is no input
     */
    public TwoLayerReluNetwork {
        Require.notNull("hidden", hidden);
        Require.atLeast("columns of hidden", hidden.numCols, 1);
        Require.length("output", output, hidden.numRows);
    }

    /**
     * The network of a solution of a convex program: each v_i that is not zero is a neuron u = v /
     * sqrt|v| with the output weight sqrt|v|, each w_i one with -sqrt|w|. If the solution is
     * feasible, the network predicts what the program does, and (1/2) (|u|^2 + alpha^2) is |v|.
     *
     * @param u v_1, ..., v_P, w_1, ..., w_P, each of length d
     * @param d number of inputs, at least 1
     * @return the network, with as many neurons as blocks that are not zero; at least one, of
     *     weight zero, if all are
     * @throws IllegalArgumentException if the length is no multiple of 2 d
     */
    public static TwoLayerReluNetwork recover(double[] u, int d) {
        Require.finite("u", u);
        Require.atLeast("d", d, 1);
        Require.that(
                u.length > 0 && u.length % (2 * d) == 0,
                "length of u",
                "a multiple of " + 2 * d,
                u.length);
        int blocks = u.length / d;
        var norms = new double[blocks];
        int neurons = 0;
        for (int i = 0; i < blocks; i++) {
            norms[i] = Math.sqrt(Kernels.dot(u, i * d, u, i * d, d));
            neurons += norms[i] > 0 ? 1 : 0;
        }
        var hidden = new DMatrixRMaj(Math.max(1, neurons), d);
        var output = new double[Math.max(1, neurons)];
        int j = 0;
        for (int i = 0; i < blocks; i++) {
            if (norms[i] > 0) {
                double root = Math.sqrt(norms[i]);
                for (int c = 0; c < d; c++) {
                    hidden.set(j, c, u[i * d + c] / root);
                }
                output[j] = i < blocks / 2 ? root : -root;
                j++;
            }
        }
        return new TwoLayerReluNetwork(hidden, output);
    }

    /**
     * The network of one array of parameters.
     *
     * @param parameters the hidden weights, neuron by neuron, then the output weights
     * @param d number of inputs, at least 1
     * @return the network; a copy
     * @throws IllegalArgumentException if the length is no multiple of d + 1
     */
    public static TwoLayerReluNetwork of(double[] parameters, int d) {
        Require.notNull("parameters", parameters);
        Require.atLeast("d", d, 1);
        Require.that(
                parameters.length > 0 && parameters.length % (d + 1) == 0,
                "length of parameters",
                "a multiple of " + (d + 1),
                parameters.length);
        int m = parameters.length / (d + 1);
        var hidden = new DMatrixRMaj(m, d);
        System.arraycopy(parameters, 0, hidden.data, 0, m * d);
        var output = new double[m];
        System.arraycopy(parameters, m * d, output, 0, m);
        return new TwoLayerReluNetwork(hidden, output);
    }

    /**
     * The parameters in one array.
     *
     * @return the hidden weights, neuron by neuron, then the output weights
     */
    public double[] parameters() {
        var parameters = new double[hidden.data.length + output.length];
        System.arraycopy(hidden.data, 0, parameters, 0, hidden.data.length);
        System.arraycopy(output, 0, parameters, hidden.data.length, output.length);
        return parameters;
    }

    /**
     * Predicts samples.
     *
     * @param x n x d, one row a sample
     * @return f of each
     * @throws IllegalArgumentException if the columns are not as many as the inputs
     */
    public double[] predict(DMatrixRMaj x) {
        Require.notNull("x", x);
        Require.shape("x", x, x.numRows, hidden.numCols);
        var scores = new DMatrixRMaj(x.numRows, output.length);
        Kernels.gemmTransB(x, hidden, scores);
        for (int k = 0; k < scores.data.length; k++) {
            scores.data[k] = Math.max(0, scores.data[k]);
        }
        var f = new double[x.numRows];
        Kernels.gemv(scores, output, f);
        return f;
    }

    /**
     * Half the sum of the squares of all weights, the term of weight decay without its factor.
     *
     * @return non-negative
     */
    public double squaredWeights() {
        return (Kernels.dot(hidden.data, hidden.data) + Kernels.dot(output, output)) / 2;
    }

    /**
     * The network as a function of its input, with its gradient (at a kink that of the side where
     * the neuron is active).
     *
     * @return x to f(x), of d variables
     */
    public Smooth function() {
        return new OfInput(this);
    }

    private static final class OfInput implements Smooth {
        /** Turned, so that the loops run along the neurons, which are more than the inputs. */
        private final DMatrixRMaj hidden;

        private final double[] output;

        OfInput(TwoLayerReluNetwork network) {
            hidden = CommonOps_DDRM.transpose(network.hidden, null);
            output = network.output;
        }

        @Override
        public int dimension() {
            return hidden.numRows;
        }

        @Override
        public double value(double[] x) {
            var scores = new double[output.length];
            Kernels.gemvTransposed(hidden, x, scores);
            for (int j = 0; j < scores.length; j++) {
                scores[j] = Math.max(0, scores[j]);
            }
            return Kernels.dot(scores, output);
        }

        @Override
        public void gradient(double[] x, double[] gradient) {
            var scores = new double[output.length];
            Kernels.gemvTransposed(hidden, x, scores);
            for (int j = 0; j < scores.length; j++) {
                scores[j] = scores[j] >= 0 ? output[j] : 0;
            }
            Kernels.gemv(hidden, scores, gradient);
        }
    }
}
