package org.konvergo.transport;

import org.ejml.data.DMatrixRMaj;
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
        private final DMatrixRMaj costTransposed;
        // log-sum-exp over j of eta (y_j - C_ij): the row sums of this plan and the next x in one.
        private final double[] rowLogs;
        private double error;

        private State(EntropicTransportDual dual) {
            x = new double[dual.rows()];
            y = new double[dual.cols()];
            cost = dual.problem().cost();
            costTransposed = transpose(cost);
            rowLogs = new double[x.length];
            logSums(cost, y, dual.eta(), rowLogs);
            error = dual.marginalError(potentials());
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
        return new State(dual);
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
        var exponents = new double[y.length];
        for (int i = 0; i < logs.length; i++) {
            for (int j = 0, k = i * y.length; j < y.length; j++, k++) {
                exponents[j] = eta * (y[j] - cost.data[k]);
            }
            logs[i] = Kernels.logSumExp(exponents);
        }
    }

    private static DMatrixRMaj transpose(DMatrixRMaj a) {
        var t = new DMatrixRMaj(a.numCols, a.numRows);
        for (int i = 0; i < a.numRows; i++) {
            for (int j = 0; j < a.numCols; j++) {
                t.data[j * a.numRows + i] = a.data[i * a.numCols + j];
            }
        }
        return t;
    }

    static double[] concatenate(double[] x, double[] y) {
        var z = java.util.Arrays.copyOf(x, x.length + y.length);
        System.arraycopy(y, 0, z, x.length, y.length);
        return z;
    }
}
