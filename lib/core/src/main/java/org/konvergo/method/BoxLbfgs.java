package org.konvergo.method;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.Smooth;

/**
 * Limited-memory BFGS with bounds low &lt;= x &lt;= high: a variable at a bound that the gradient
 * pushes outwards is held; the direction of {@link Lbfgs} in the others is followed along the
 * projection to the box, with steps halved until the value falls enough (Bertsekas, Projected
 * Newton methods for optimization problems with simple constraints, SIAM Journal on Control and
 * Optimization 20, 1982, with limited memory for the matrix).
 *
 * <p>Where no step is found, the memory is dropped and the projected gradient is tried; if that
 * fails too the state is marked as stalled.
 *
 * @param problem what is minimised
 * @param memory number of pairs that are kept, at least 1
 * @param low lower bounds, of the problem's dimension
 * @param high upper bounds, not below the lower ones
 * @param x0 start, of the problem's dimension; projected to the box
 */
public record BoxLbfgs(Smooth problem, int memory, double[] low, double[] high, double[] x0)
        implements Method<BoxLbfgs.State> {

    /**
     * Checks the arguments.
     *
     * @param problem as above
     * @param memory as above
     * @param low as above
     * @param high as above
     * @param x0 as above
     * @throws IllegalArgumentException if the memory is below 1, a length is wrong or bounds are in
     *     the wrong order
     */
    public BoxLbfgs {
        int n = Require.notNull("problem", problem).dimension();
        Require.atLeast("memory", memory, 1);
        requireBox(low, high, n);
        Require.finite("x0", Require.length("x0", x0, n));
    }

    /** Requires bounds of a length, in order. */
    static void requireBox(double[] low, double[] high, int n) {
        Require.length("low", low, n);
        Require.length("high", high, n);
        for (int i = 0; i < n; i++) {
            if (!(low[i] <= high[i])) {
                Require.that(false, "high[" + i + "]", "at least low = " + low[i], high[i]);
            }
        }
    }

    /** An iterate with its value and gradient. */
    public static final class State {
        private double[] x;
        private double[] gradient;
        private double value;
        private double projected;
        private double decrease = Double.POSITIVE_INFINITY;
        private boolean stalled;
        private final LbfgsMemory pairs;

        private State(int memory) {
            pairs = new LbfgsMemory(memory);
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
         * The function there.
         *
         * @return f(x)
         */
        public double value() {
            return value;
        }

        /**
         * How far from stationary the point is.
         *
         * @return largest absolute entry of x - P(x - gradient)
         */
        public double projectedGradientNorm() {
            return projected;
        }

        /**
         * How much the last step gained.
         *
         * @return fall of the value as a share of it; infinite before the first step
         */
        public double relativeDecrease() {
            return decrease;
        }

        /**
         * Whether no descent was found.
         *
         * @return true if further steps change nothing
         */
        public boolean stalled() {
            return stalled;
        }
    }

    @Override
    public State start() {
        var s = new State(memory);
        s.x = x0.clone();
        project(s.x, low, high);
        s.gradient = new double[x0.length];
        s.value = problem.valueAndGradient(s.x, s.gradient);
        s.projected = projectedNorm(s);
        return s;
    }

    @Override
    public State step(State s, OracleCounter calls) {
        if (s.stalled || s.projected == 0) {
            s.stalled = true;
            s.decrease = 0;
            return s;
        }
        if (!descend(s, direction(s), calls)) {
            boolean steepest = s.pairs.isEmpty();
            s.pairs.clear();
            s.stalled = steepest || !descend(s, direction(s), calls);
            s.decrease = s.stalled ? 0 : s.decrease;
        }
        return s;
    }

    static void project(double[] x, double[] low, double[] high) {
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.max(low[i], Math.min(high[i], x[i]));
        }
    }

    private double projectedNorm(State s) {
        double[] to = s.x.clone();
        Kernels.axpy(-1, s.gradient, to);
        project(to, low, high);
        double largest = 0;
        for (int i = 0; i < to.length; i++) {
            largest = Math.max(largest, Math.abs(to[i] - s.x[i]));
        }
        return largest;
    }

    private boolean held(State s, int i) {
        return (s.x[i] <= low[i] && s.gradient[i] > 0) || (s.x[i] >= high[i] && s.gradient[i] < 0);
    }

    /** The direction of the memory, with nothing in the variables that are held. */
    private double[] direction(State s) {
        double[] d = s.gradient.clone();
        free(s, d);
        s.pairs.toDirection(d);
        free(s, d);
        return d;
    }

    private void free(State s, double[] d) {
        for (int i = 0; i < d.length; i++) {
            d[i] = held(s, i) ? 0 : d[i];
        }
    }

    private boolean descend(State s, double[] d, OracleCounter calls) {
        if (!(Kernels.dot(s.gradient, d) < 0)) {
            return false;
        }
        double a = s.pairs.firstStep(d);
        for (int trial = 0; trial < 60; trial++, a /= 2) {
            double[] x = s.x.clone();
            Kernels.axpy(a, d, x);
            project(x, low, high);
            double[] step = x.clone();
            Kernels.axpy(-1, s.x, step);
            double promise = Kernels.dot(s.gradient, step);
            double value = problem.value(x);
            calls.add(Oracle.VALUE, 1);
            if (promise < 0 && value <= s.value + 1e-4 * promise && value < s.value) {
                accept(s, x, step, calls);
                return true;
            }
        }
        return false;
    }

    private void accept(State s, double[] x, double[] step, OracleCounter calls) {
        double[] change = s.gradient.clone();
        double before = s.value;
        s.x = x;
        s.value = problem.valueAndGradient(x, s.gradient);
        calls.add(Oracle.GRADIENT, 1);
        Kernels.axpby(1, s.gradient, -1, change);
        s.pairs.add(step, change);
        s.projected = projectedNorm(s);
        s.decrease = (before - s.value) / Math.max(Math.abs(before), Math.abs(s.value));
    }
}
