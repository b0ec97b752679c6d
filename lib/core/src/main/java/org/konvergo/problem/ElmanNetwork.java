package org.konvergo.problem;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.random.RandomStream;

/**
 * A simple recurrent network, h_t = tanh(W h_(t-1) + U s_t + b) from h_0 = 0, with its gradient by
 * backpropagation through time (Elman, Finding structure in time, 1990). It runs over many
 * sequences of one length at once; a column is a sequence.
 *
 * <p>Its parameters are one vector: the matrix (W U b) row by row, a row for each hidden unit.
 */
public final class ElmanNetwork {
    private final int inputs;
    private final int hidden;

    /**
     * A network.
     *
     * @param inputs length of s_t, at least 1
     * @param hidden length of h_t, at least 1
     * @throws IllegalArgumentException if one is below 1
     */
    public ElmanNetwork(int inputs, int hidden) {
        this.inputs = Require.atLeast("inputs", inputs, 1);
        this.hidden = Require.atLeast("hidden", hidden, 1);
    }

    /**
     * Length of an input.
     *
     * @return at least 1
     */
    public int inputs() {
        return inputs;
    }

    /**
     * Number of hidden units.
     *
     * @return at least 1
     */
    public int hidden() {
        return hidden;
    }

    /**
     * Number of parameters.
     *
     * @return hidden (hidden + inputs + 1)
     */
    public int dimension() {
        return hidden * columns();
    }

    private int columns() {
        return hidden + inputs + 1;
    }

    /**
     * Random parameters at which signals neither die out nor blow up: entries of W from N(0,
     * 1/hidden), of U from N(0, 1/inputs), b zero.
     *
     * @param random where they are drawn from
     * @return of length {@link #dimension}
     */
    public double[] initial(RandomStream random) {
        var parameters = new double[dimension()];
        for (int k = 0; k < parameters.length; k++) {
            int column = k % columns();
            if (column < hidden) {
                parameters[k] = random.gaussian() / Math.sqrt(hidden);
            } else if (column < hidden + inputs) {
                parameters[k] = random.gaussian() / Math.sqrt(inputs);
            }
        }
        return parameters;
    }

    /** What a run over sequences leaves for the way back. */
    public static final class States {
        /** For each time (h_(t-1); s_t; 1), a column a sequence. */
        private final DMatrixRMaj[] stacked;

        private final DMatrixRMaj last;

        private States(DMatrixRMaj[] stacked, DMatrixRMaj last) {
            this.stacked = stacked;
            this.last = last;
        }

        /**
         * The hidden states after the last input.
         *
         * @return hidden x sequences, not a copy
         */
        public DMatrixRMaj last() {
            return last;
        }
    }

    /**
     * Runs over sequences.
     *
     * @param parameters of length {@link #dimension}
     * @param sequences the inputs of each time, at least one, each inputs x sequences
     * @return the states
     * @throws IllegalArgumentException if a shape does not fit
     */
    public States run(double[] parameters, List<DMatrixRMaj> sequences) {
        Require.length("parameters", parameters, dimension());
        Require.notNull("sequences", sequences);
        int length = Require.atLeast("length of sequences", sequences.size(), 1);
        int count = Require.notNull("sequences[0]", sequences.get(0)).numCols;
        var weights = DMatrixRMaj.wrap(hidden, columns(), parameters);
        var stacked = new DMatrixRMaj[length];
        var h = new DMatrixRMaj(hidden, count);
        for (int t = 0; t < length; t++) {
            var s = Require.shape("sequences[" + t + "]", sequences.get(t), inputs, count);
            var z = new DMatrixRMaj(columns(), count);
            System.arraycopy(h.data, 0, z.data, 0, hidden * count);
            System.arraycopy(s.data, 0, z.data, hidden * count, inputs * count);
            Arrays.fill(z.data, (columns() - 1) * count, columns() * count, 1);
            stacked[t] = z;
            Kernels.gemm(weights, z, h);
            Kernels.tanh(h.data, h.data);
        }
        return new States(stacked, h);
    }

    /**
     * The gradient in the parameters of a function of the last hidden states.
     *
     * @param parameters those of the run
     * @param states of the run
     * @param byLast derivatives of the function by the last hidden states, hidden x sequences; kept
     * @param gradient of length {@link #dimension}, overwritten
     * @throws IllegalArgumentException if a shape does not fit
     */
    public void backward(
            double[] parameters, States states, DMatrixRMaj byLast, double[] gradient) {
        Require.length("parameters", parameters, dimension());
        Require.notNull("states", states);
        int count = states.last.numCols;
        Require.shape("byLast", byLast, hidden, count);
        Require.length("gradient", gradient, dimension());
        var recurrent = new DMatrixRMaj(hidden, hidden); // W
        for (int i = 0; i < hidden; i++) {
            System.arraycopy(parameters, i * columns(), recurrent.data, i * hidden, hidden);
        }
        var part = new DMatrixRMaj(hidden, columns());
        var before = new DMatrixRMaj(hidden, count);
        var inside = new DMatrixRMaj(hidden, count); // derivatives by the argument of tanh
        double[] outside = byLast.data;
        Arrays.fill(gradient, 0);
        for (int t = states.stacked.length - 1; t >= 0; t--) {
            boolean end = t == states.stacked.length - 1;
            double[] h = end ? states.last.data : states.stacked[t + 1].data;
            for (int k = 0; k < inside.data.length; k++) {
                inside.data[k] = outside[k] * (1 - h[k] * h[k]);
            }
            Kernels.gemmTransB(inside, states.stacked[t], part);
            Kernels.axpy(1, part.data, gradient);
            if (t > 0) {
                Kernels.gemmTransA(recurrent, inside, before);
                outside = before.data;
            }
        }
    }
}
