package org.konvergo.transport;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Elementary;
import org.konvergo.linalg.MatrixScaling;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;

/**
 * Sinkhorn's algorithm with absorption: the same sweeps as {@link Sinkhorn}, as scalings u, v of a
 * kernel K = P(x, y), which cost two products with K. When a scaling leaves [1e-50, 1e50], and
 * every 200 sweeps, it is absorbed into x, y and K is computed anew, so that neither u, v nor the
 * entries of K that matter leave the range of numbers. The first sweep is done in logs.
 *
 * <p>Source: Schmitzer, Stabilized sparse scaling algorithms for entropy regularized transport
 * problems, SIAM J. Sci. Comput. 2019, section 3.1.
 *
 * @param dual what is maximised; the start is x = y = 0
 */
public record StabilizedSinkhorn(EntropicTransportDual dual)
        implements Method<StabilizedSinkhorn.State> {
    private static final double LARGEST_SCALING = 1e50;
    // Times u and v it stays below 1e-100; far smaller entries would be slow to multiply with.
    private static final double SMALLEST_ENTRY = 1e-200;
    private static final int ABSORB_EVERY = 200;

    /**
     * Checks that the dual is given.
     *
     * @param dual as above
     */
    public StabilizedSinkhorn {
        Require.notNull("dual", dual);
    }

    /** An iterate. After a sweep the columns are met to rounding, so its error is the rows'. */
    public static final class State implements DualIterate {
        private final EntropicTransportDual dual;
        private double[] absorbed;
        private DMatrixRMaj kernel;
        private double[] u;
        private final double[] v;
        private final double[] kv;
        // One pass over K ends a sweep with K v and begins the next with its u and K'u.
        private double[] nextU;
        private final double[] ku;
        private double error;
        private int sweepsSinceAbsorption;

        private State(EntropicTransportDual dual) {
            this.dual = dual;
            absorbed = new double[dual.dimension()];
            u = new double[dual.rows()];
            v = new double[dual.cols()];
            kv = new double[dual.rows()];
            nextU = new double[dual.rows()];
            ku = new double[dual.cols()];
            Arrays.fill(u, 1);
            Arrays.fill(v, 1);
            error = dual.marginalError(absorbed);
        }

        @Override
        public double[] potentials() {
            var z = absorbed.clone();
            for (int i = 0; i < z.length; i++) {
                double scaling = i < u.length ? u[i] : v[i - u.length];
                z[i] += Elementary.log(scaling) / dual.eta();
            }
            return z;
        }

        @Override
        public double error() {
            return error;
        }

        private void absorb(double[] z) {
            absorbed = z;
            kernel = dual.plan(z);
            dropSmall(kernel.data);
            Arrays.fill(u, 1);
            Arrays.fill(v, 1);
            sweepsSinceAbsorption = 0;
        }

        private double rowError() {
            double[] r = dual.problem().rows();
            double sum = 0;
            for (int i = 0; i < r.length; i++) {
                sum += Math.abs(u[i] * kv[i] - r[i]);
            }
            return sum;
        }

        private void pass() {
            MatrixScaling.sweep(kernel, dual.problem().rows(), v, kv, nextU, ku);
        }
    }

    @Override
    public State start() {
        return new State(dual);
    }

    @Override
    public State step(State s, OracleCounter calls) {
        calls.add(Oracle.GRADIENT, 2);
        if (s.kernel == null) {
            s.absorb(new Sinkhorn(dual).afterFirstSweep());
            s.pass();
            s.error = s.rowError();
            return s;
        }
        double[] u = s.nextU;
        s.nextU = s.u;
        s.u = u;
        divide(dual.problem().cols(), s.ku, s.v);
        if (++s.sweepsSinceAbsorption == ABSORB_EVERY || leavesRange(s.u) || leavesRange(s.v)) {
            s.absorb(s.potentials());
        }
        s.pass();
        s.error = s.rowError();
        return s;
    }

    private static void divide(double[] marginal, double[] sums, double[] scaling) {
        for (int i = 0; i < scaling.length; i++) {
            scaling[i] = marginal[i] / sums[i];
        }
    }

    private static void dropSmall(double[] kernel) {
        for (int k = 0; k < kernel.length; k++) {
            kernel[k] = kernel[k] < SMALLEST_ENTRY ? 0 : kernel[k];
        }
    }

    private static boolean leavesRange(double[] scaling) {
        for (double s : scaling) {
            if (!(s <= LARGEST_SCALING && s >= 1 / LARGEST_SCALING)) {
                return true;
            }
        }
        return false;
    }
}
