package org.konvergo.method;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.Smooth;

/**
 * Limited-memory BFGS: the direction of a quasi-Newton method whose matrix is made of the last few
 * steps and changes of the gradient, with a line search for the strong Wolfe conditions.
 *
 * <p>Where no step is found along the direction, the memory is dropped and the steepest descent is
 * tried. If that fails too (at a kink, or where rounding hides the descent) the state is marked as
 * stalled and further steps leave it as it is.
 *
 * <p>Source: Liu and Nocedal, On the limited memory BFGS method for large scale optimization, 1989;
 * Nocedal and Wright, Numerical Optimization, 2006, algorithms 7.4 and 7.5.
 *
 * @param problem what is minimised
 * @param memory number of pairs that are kept, at least 1; 5 to 20 is usual
 * @param search the line search
 * @param x0 start, of the problem's dimension
 */
public record Lbfgs(Smooth problem, int memory, StrongWolfeLineSearch search, double[] x0)
        implements Method<Lbfgs.State> {
    /** A smaller promise, as a share of the value, is far below its rounding. */
    private static final double LEAST_DECREASE = 1e-20;

    /**
     * Checks the arguments.
     *
     * @param problem as above
     * @param memory as above
     * @param search as above
     * @param x0 as above
     * @throws IllegalArgumentException if the memory is below 1 or the start does not fit
     */
    public Lbfgs {
        Require.notNull("problem", problem);
        Require.atLeast("memory", memory, 1);
        Require.notNull("search", search);
        Require.finite("x0", Require.length("x0", x0, problem.dimension()));
    }

    /**
     * The method with the usual line search.
     *
     * @param problem what is minimised
     * @param memory number of pairs that are kept, at least 1
     * @param x0 start, of the problem's dimension
     * @throws IllegalArgumentException if the memory is below 1 or the start does not fit
     */
    public Lbfgs(Smooth problem, int memory, double[] x0) {
        this(problem, memory, StrongWolfeLineSearch.STANDARD, x0);
    }

    /** An iterate with its value and gradient. */
    public static final class State {
        private double[] x;
        private double[] gradient;
        private double value;
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
         * @return largest absolute entry of the gradient
         */
        public double gradientNorm() {
            return Kernels.normInf(gradient);
        }

        /**
         * Whether no descent was found, even along the gradient.
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
        s.gradient = new double[x0.length];
        s.value = problem.valueAndGradient(s.x, s.gradient);
        return s;
    }

    @Override
    public State step(State s, OracleCounter calls) {
        if (s.stalled || s.gradientNorm() == 0) {
            s.stalled = true;
            return s;
        }
        double[] d = direction(s);
        if (!descend(s, d, calls)) {
            boolean steepest = s.pairs.isEmpty();
            s.pairs.clear();
            s.stalled = steepest || !descend(s, direction(s), calls);
        }
        return s;
    }

    private static double[] direction(State s) {
        double[] d = s.gradient.clone();
        s.pairs.toDirection(d);
        return d;
    }

    /** Moves along a direction; false if no step was found. */
    private boolean descend(State s, double[] d, OracleCounter calls) {
        double slope = Kernels.dot(s.gradient, d);
        if (!(slope < -LEAST_DECREASE * Math.abs(s.value))) {
            return false;
        }
        var x = new double[d.length];
        var gradient = new double[d.length];
        var origin = new StrongWolfeLineSearch.Trial(0, s.value, slope);
        double initial = s.pairs.firstStep(d);
        var latest = new double[1];
        var result =
                search.search(
                        a -> {
                            latest[0] = a;
                            return evaluate(s, d, a, x, gradient);
                        },
                        origin,
                        initial);
        calls.add(Oracle.VALUE, result.trials());
        calls.add(Oracle.GRADIENT, result.trials());
        if (result.last() == null) {
            return false;
        }
        if (result.last().step() != latest[0]) {
            // The search ended at another point than the one it evaluated last.
            evaluate(s, d, result.last().step(), x, gradient);
        }
        var step = new double[d.length];
        var change = new double[d.length];
        for (int i = 0; i < d.length; i++) {
            step[i] = x[i] - s.x[i];
            change[i] = gradient[i] - s.gradient[i];
        }
        s.pairs.add(step, change);
        s.x = x;
        s.gradient = gradient;
        s.value = result.last().value();
        return true;
    }

    private StrongWolfeLineSearch.Trial evaluate(
            State s, double[] d, double a, double[] x, double[] gradient) {
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.fma(a, d[i], s.x[i]);
        }
        double value = problem.valueAndGradient(x, gradient);
        return new StrongWolfeLineSearch.Trial(a, value, Kernels.dot(gradient, d));
    }
}
