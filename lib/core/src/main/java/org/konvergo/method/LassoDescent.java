package org.konvergo.method;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.L1Norm;
import org.konvergo.problem.LeastSquares;

/**
 * Cyclic coordinate descent for the lasso |Aw - b|^2 / (2m) + weight |w|_1. A step minimises over
 * each coordinate in turn, then nine times over those that are not 0, and then computes the duality
 * gap at the residual, shrunk until it is dual feasible. A coordinate that the gap proves to be 0
 * in every solution is set to 0 and left out from then on.
 *
 * <p>Sources: Friedman, Hastie, Höfling and Tibshirani, Pathwise coordinate optimization, Annals of
 * Applied Statistics 1, 2007; Fercoq, Gramfort and Salmon, Mind the duality gap: safer rules for
 * the lasso, 2015.
 *
 * @param problem A, m x n, and b
 * @param norm the penalty, of positive weight
 * @param x0 start, of length n
 */
public record LassoDescent(LeastSquares problem, L1Norm norm, double[] x0)
        implements Method<LassoDescent.State> {
    private static final int INNER = 9;

    /** A gap below this share of the value is rounding, and proves nothing. */
    private static final double ROUNDING = 1e-14;

    /**
     * Checks the arguments.
     *
     * @param problem as above
     * @param norm as above
     * @param x0 as above
     * @throws IllegalArgumentException if the weight is 0 or the start does not fit
     */
    public LassoDescent {
        Require.notNull("problem", problem);
        Require.positive("weight", Require.notNull("norm", norm).weight());
        Require.finite("x0", Require.length("x0", x0, problem.dimension()));
    }

    /** An iterate with its duality gap. */
    public static final class State {
        private final DMatrixRMaj columns; // one column of A in each row
        private final double[] squares;
        private final double[] x;
        private final double[] residual; // b - Ax
        private final double[] slopes; // A'(b - Ax)
        private final int[] candidates;
        private int count;
        private double gap;
        private double value;

        private State(LeastSquares problem, double[] x0) {
            columns = CommonOps_DDRM.transpose(problem.a(), null);
            int m = columns.numCols;
            x = x0.clone();
            squares = new double[x.length];
            slopes = new double[x.length];
            candidates = new int[x.length];
            count = x.length;
            for (int j = 0; j < x.length; j++) {
                candidates[j] = j;
                squares[j] = Kernels.dot(columns.data, j * m, columns.data, j * m, m);
            }
            residual = new double[m];
            Kernels.gemv(problem.a(), x, residual);
            Kernels.axpby(1, problem.b(), -1, residual);
        }

        /**
         * The point.
         *
         * @return x, a copy
         */
        public double[] x() {
            return x.clone();
        }

        /**
         * The objective there.
         *
         * @return its value
         */
        public double value() {
            return value;
        }

        /**
         * How far the objective is from the least at most.
         *
         * @return objective minus the dual objective; below 0 only by rounding
         */
        public double gap() {
            return gap;
        }

        /**
         * Coordinates that may be other than 0 in a solution.
         *
         * @return their number
         */
        public int candidates() {
            return count;
        }
    }

    @Override
    public State start() {
        var s = new State(problem, x0);
        judge(s);
        return s;
    }

    @Override
    public State step(State s, OracleCounter calls) {
        sweep(s, false);
        for (int i = 0; i < INNER; i++) {
            sweep(s, true);
        }
        judge(s);
        calls.add(Oracle.GRADIENT, 1);
        return s;
    }

    private void sweep(State s, boolean support) {
        int m = s.residual.length;
        double threshold = m * norm.weight();
        for (int c = 0; c < s.count; c++) {
            int j = s.candidates[c];
            double old = s.x[j];
            if (s.squares[j] == 0 || (support && old == 0)) {
                continue;
            }
            double slope =
                    Math.fma(
                            s.squares[j],
                            old,
                            Kernels.dot(s.columns.data, j * m, s.residual, 0, m));
            double next =
                    Math.copySign(Math.max(Math.abs(slope) - threshold, 0) / s.squares[j], slope);
            move(s, j, next);
        }
    }

    private static void move(State s, int j, double next) {
        int m = s.residual.length;
        if (next != s.x[j]) {
            Kernels.axpy(s.x[j] - next, s.columns.data, j * m, s.residual, 0, m);
            s.x[j] = next;
        }
    }

    /** Computes value and gap, and leaves out what the gap proves to be 0. */
    private void judge(State s) {
        int m = s.residual.length;
        Kernels.gemv(s.columns, s.residual, s.slopes);
        double weight = norm.weight();
        double steepest = Kernels.normInf(s.slopes) / m;
        double shrink = steepest > weight ? weight / steepest : 1;
        double square = Kernels.dot(s.residual, s.residual) / m;
        double product = Kernels.dot(s.residual, problem.b()) / m;
        s.value = 0.5 * square + norm.value(s.x);
        s.gap = s.value - shrink * product + 0.5 * shrink * shrink * square;
        // The dual objective is m-strongly concave: its maximum lies in a ball of this radius.
        double radius = Math.sqrt(2 * Math.max(s.gap, ROUNDING * s.value) / m);
        int kept = 0;
        boolean moved = false;
        for (int c = 0; c < s.count; c++) {
            int j = s.candidates[c];
            double most = shrink * Math.abs(s.slopes[j]) / m + radius * Math.sqrt(s.squares[j]);
            if (most < weight) {
                moved |= s.x[j] != 0;
                move(s, j, 0);
            } else {
                s.candidates[kept++] = j;
            }
        }
        s.count = kept;
        if (moved) {
            judge(s); // Of the new point; every time there are fewer candidates.
        }
    }
}
