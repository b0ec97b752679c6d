package org.konvergo.transport;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.konvergo.Require;
import org.konvergo.linalg.Elementary;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.TransportProblem;

/**
 * Sinkhorn's algorithm in the log domain: maximises the dual over x, then over y, exactly. Nothing
 * overflows whatever eta. One step is one sweep, both updates, and costs 2nm exponentials; {@link
 * StabilizedSinkhorn} computes the same sweeps with products instead.
 *
 * <p>Source: Cuturi, Sinkhorn distances, NeurIPS 2013; Peyre and Cuturi, Computational Optimal
 * Transport, 2019, section 4.4.
 *
 * @param dual what is maximised; the start is x = y = 0
 */
public record Sinkhorn(EntropicTransportDual dual) implements Method<Sinkhorn.State> {
    /** Columns that are transposed together. */
    private static final int PANEL = 32;

    /**
     * Checks that the dual is given.
     *
     * @param dual as above
     */
    public Sinkhorn {
        Require.notNull("dual", dual);
    }

    /** An iterate. After a sweep the columns are met to rounding, so its error is the rows'. */
    public static final class State implements DualIterate {
        private final double[] x;
        private final double[] y;
        private final DMatrixRMaj cost;
        private DMatrixRMaj costTransposed;
        // log-sum-exp over j of eta (y_j - C_ij): the row sums of this plan and the next x in one.
        private final double[] rowLogs;
        private double error;

        private State(EntropicTransportDual dual) {
            x = new double[dual.rows()];
            y = new double[dual.cols()];
            cost = dual.problem().cost();
            rowLogs = new double[x.length];
            logSums(cost, y, dual.eta(), rowLogs);
        }

        @Override
        public double[] potentials() {
            return concatenate(x, y);
        }

        @Override
        public double error() {
            return error;
        }
    }

    @Override
    public State start() {
        var state = new State(dual);
        state.error = dual.marginalError(state.potentials());
        state.costTransposed = CommonOps_DDRM.transpose(state.cost, null);
        return state;
    }

    /** The potentials after one sweep, without what later sweeps and errors need. */
    double[] afterFirstSweep() {
        var s = new State(dual);
        update(dual.problem().rows(), s.rowLogs, dual.eta(), s.x);
        var colLogs = new double[s.y.length];
        int width = Math.min(PANEL, colLogs.length);
        var panel = new double[width * s.x.length];
        for (int from = 0; from < colLogs.length; from += width) {
            int to = Math.min(from + width, colLogs.length);
            transpose(s.cost, from, to, panel);
            logSums(panel, s.x, dual.eta(), colLogs, from, to);
        }
        update(dual.problem().cols(), colLogs, dual.eta(), s.y);
        return s.potentials();
    }

    /** Columns from..to-1 of a matrix, each a row of the panel. */
    private static void transpose(DMatrixRMaj a, int from, int to, double[] panel) {
        for (int i = 0; i < a.numRows; i++) {
            int row = i * a.numCols;
            for (int j = from; j < to; j++) {
                panel[(j - from) * a.numRows + i] = a.data[row + j];
            }
        }
    }

    @Override
    public State step(State s, OracleCounter calls) {
        TransportProblem problem = dual.problem();
        double eta = dual.eta();
        // x_i = (log r_i + 1 - LSE_j eta (y_j - C_ij)) / eta, then y likewise
        update(problem.rows(), s.rowLogs, eta, s.x);
        var colLogs = new double[s.y.length];
        logSums(s.costTransposed, s.x, eta, colLogs);
        update(problem.cols(), colLogs, eta, s.y);
        logSums(s.cost, s.y, eta, s.rowLogs);
        s.error = 0;
        for (int i = 0; i < s.x.length; i++) {
            double rowSum = Elementary.exp(Math.fma(eta, s.x[i], s.rowLogs[i]) - 1);
            s.error += Math.abs(rowSum - problem.rows()[i]);
        }
        calls.add(Oracle.GRADIENT, 2);
        return s;
    }

    private static void update(double[] marginal, double[] logs, double eta, double[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] = (Elementary.log(marginal[i]) + 1 - logs[i]) / eta;
        }
    }

    private static void logSums(DMatrixRMaj cost, double[] y, double eta, double[] logs) {
        logSums(cost.data, y, eta, logs, 0, logs.length);
    }

    /** Entries from..to-1 of the log-sum-exps, from rows of costs that begin with that of from. */
    private static void logSums(
            double[] cost, double[] y, double eta, double[] logs, int from, int to) {
        var exponents = new double[y.length];
        for (int i = from; i < to; i++) {
            int row = (i - from) * y.length;
            for (int j = 0; j < y.length; j++) {
                exponents[j] = eta * (y[j] - cost[row + j]);
            }
            logs[i] = Kernels.logSumExp(exponents);
        }
    }

    static double[] concatenate(double[] x, double[] y) {
        var z = java.util.Arrays.copyOf(x, x.length + y.length);
        System.arraycopy(y, 0, z, x.length, y.length);
        return z;
    }
}
