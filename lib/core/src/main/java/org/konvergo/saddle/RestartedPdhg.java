package org.konvergo.saddle;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.BilinearSaddleProblem;

/**
 * The primal-dual hybrid gradient method with restarts, for min over x, max over y of theta1(x) -
 * y'Ax - theta2(y): on linear programs it converges linearly, where averages alone go like 1/k and
 * the plain method may turn about the solution for a long time.
 *
 * <p>With a step eta and a weight w the primal step is eta/w, the dual one eta w. Each iteration is
 * one of Chambolle and Pock; eta grows and shrinks so that it stays below (w |dx|^2 + |dy|^2 / w) /
 * (2 |dy'A dx|), the largest step that the displacements (dx, dy) bear out. Now and then the better
 * of the iterate and the average since the last restart is looked at, and the method restarts there
 * if it is five times as good as at the last restart, or a little better and not getting better
 * still, or if so many iterations have gone by that they are 0.36 of all. At a restart w moves half
 * the way, on a logarithmic scale, to the ratio of the distances that y and x have gone.
 *
 * <p>Source: Applegate, Diaz, Hinder, Lu, Lubin, O'Donoghue and Schudy, Practical large-scale
 * linear programming using primal-dual hybrid gradient, NeurIPS 2021; Applegate, Hinder, Lu and
 * Lubin, Faster first-order primal-dual methods for linear programming using restarts and
 * sharpness, Mathematical Programming 201, 2023. The three thresholds are those of Lu and Yang,
 * cuPDLP.jl, 2023.
 *
 * @param problem the saddle problem
 * @param merit what is wanted small; restarts and the choice of a point go by it
 * @param step eta at the start, positive, such as the inverse of the largest entry of A
 * @param weight w at the start, positive, such as the ratio of the norms of objective and right
 *     side
 * @param every how many iterations from one look to the next, at least 1
 * @param x0 primal start, of length n
 * @param y0 dual start, of length m
 */
public record RestartedPdhg(
        BilinearSaddleProblem problem,
        Merit merit,
        double step,
        double weight,
        int every,
        double[] x0,
        double[] y0)
        implements Method<RestartedPdhg.State> {
    private static final double SUFFICIENT = 0.2;
    private static final double NECESSARY = 0.8;
    private static final double ARTIFICIAL = 0.36;

    /** How far a pair is from a saddle point. */
    @FunctionalInterface
    public interface Merit {
        /**
         * The figure.
         *
         * @param x primal point, of length n; kept
         * @param y dual point, of length m; kept
         * @return at least 0, and 0 at saddle points only
         */
        double of(double[] x, double[] y);

        /**
         * The natural residual, the 2-norm of (x, y) less the proximal step of length 1 from there.
         *
         * @param problem the saddle problem
         * @return the merit
         */
        static Merit naturalResidual(BilinearSaddleProblem problem) {
            Require.notNull("problem", problem);
            return (x, y) -> {
                var px = new double[x.length];
                problem.applyTransposed(y, px);
                Kernels.axpy(1, x, px);
                problem.primal().prox(1, px, px);
                var py = new double[y.length];
                problem.apply(x, py);
                Kernels.axpby(1, y, -1, py);
                problem.dual().prox(1, py, py);
                double dx = Kernels.distance2(x, px);
                double dy = Kernels.distance2(y, py);
                return Math.sqrt(dx * dx + dy * dy);
            };
        }
    }

    /**
     * Checks the arguments.
     *
     * @param problem as above
     * @param merit as above
     * @param step as above
     * @param weight as above
     * @param every as above
     * @param x0 as above
     * @param y0 as above
     * @throws IllegalArgumentException if one is missing or out of range, or a start does not fit
     */
    public RestartedPdhg {
        Require.notNull("problem", problem);
        Require.notNull("merit", merit);
        Require.positive("step", step);
        Require.positive("weight", weight);
        Require.atLeast("every", every, 1);
        Require.finite("x0", Require.length("x0", x0, problem.primalDimension()));
        Require.finite("y0", Require.length("y0", y0, problem.dualDimension()));
    }

    /**
     * The method from zero, by the natural residual, which it looks at every 40 iterations.
     *
     * @param problem the saddle problem
     * @param step eta at the start, positive
     * @param weight w at the start, positive
     * @return the method
     * @throws IllegalArgumentException as the constructor
     */
    public static RestartedPdhg of(BilinearSaddleProblem problem, double step, double weight) {
        Require.notNull("problem", problem);
        return new RestartedPdhg(
                problem,
                Merit.naturalResidual(problem),
                step,
                weight,
                40,
                new double[problem.primalDimension()],
                new double[problem.dualDimension()]);
    }

    /** An iterate, its average, and the better of the two when they were looked at last. */
    public static final class State {
        private double[] x;
        private double[] y;
        private double[] nextX;
        private double[] nextY;
        private double[] ax;
        private double[] nextAx;
        private final double[] aty;
        private final double[] meanX;
        private final double[] meanY;
        private double steps; // sum of the steps in the average
        private final double[] fromX; // the last restart
        private final double[] fromY;
        private double fromMerit;
        private final double[] bestX;
        private final double[] bestY;
        private double bestMerit;
        private double step;
        private double weight;
        private long iterations;
        private long trials;
        private long inner; // iterations since the last restart
        private long restarts;

        private State(double[] x0, double[] y0, double merit, double step, double weight) {
            x = x0.clone();
            y = y0.clone();
            nextX = new double[x.length];
            nextY = new double[y.length];
            ax = new double[y.length];
            nextAx = new double[y.length];
            aty = new double[x.length];
            meanX = new double[x.length];
            meanY = new double[y.length];
            fromX = x0.clone();
            fromY = y0.clone();
            bestX = x0.clone();
            bestY = y0.clone();
            fromMerit = merit;
            bestMerit = merit;
            this.step = step;
            this.weight = weight;
        }

        /**
         * The primal point.
         *
         * @return the better of iterate and average at the last look, of length n, not a copy
         */
        public double[] x() {
            return bestX;
        }

        /**
         * The dual point.
         *
         * @return the better of iterate and average at the last look, of length m, not a copy
         */
        public double[] y() {
            return bestY;
        }

        /**
         * How far the point is from a saddle point.
         *
         * @return the merit at the last look
         */
        public double merit() {
            return bestMerit;
        }

        /**
         * The step.
         *
         * @return eta, with which the next iteration is tried
         */
        public double step() {
            return step;
        }

        /**
         * The weight.
         *
         * @return w
         */
        public double weight() {
            return weight;
        }

        /**
         * Steps that were tried.
         *
         * @return at least the number of iterations
         */
        public long trials() {
            return trials;
        }

        /**
         * Restarts done.
         *
         * @return at least 0
         */
        public long restarts() {
            return restarts;
        }
    }

    @Override
    public State start() {
        var state = new State(x0, y0, merit.of(x0, y0), step, weight);
        problem.apply(state.x, state.ax);
        problem.applyTransposed(state.y, state.aty);
        return state;
    }

    @Override
    public State step(State s, OracleCounter calls) {
        double eta = s.step;
        double limit = attempt(s, eta, calls);
        while (eta > limit) { // a NaN ends the loop: the run's measures then tell
            eta = s.step;
            limit = attempt(s, eta, calls);
        }
        double[] swap = s.x;
        s.x = s.nextX;
        s.nextX = swap;
        swap = s.y;
        s.y = s.nextY;
        s.nextY = swap;
        swap = s.ax;
        s.ax = s.nextAx;
        s.nextAx = swap;
        problem.applyTransposed(s.y, s.aty);
        s.steps += eta;
        double share = eta / s.steps;
        Kernels.axpby(share, s.x, 1 - share, s.meanX);
        Kernels.axpby(share, s.y, 1 - share, s.meanY);
        s.iterations++;
        s.inner++;
        if (s.iterations % every == 0) {
            look(s);
        }
        return s;
    }

    /** Tries a step and sets the next one; returns the largest that the displacements bear out. */
    private double attempt(State s, double eta, OracleCounter calls) {
        double tau = eta / s.weight;
        double sigma = eta * s.weight;
        // x' = argmin theta1(x) - x'A'y + |x - x_k|^2 / (2 tau)
        for (int i = 0; i < s.x.length; i++) {
            s.nextX[i] = Math.fma(tau, s.aty[i], s.x[i]);
        }
        problem.primal().prox(tau, s.nextX, s.nextX);
        problem.apply(s.nextX, s.nextAx);
        // y' = argmin theta2(y) + y'A (2 x' - x) + |y - y_k|^2 / (2 sigma)
        for (int i = 0; i < s.y.length; i++) {
            s.nextY[i] = Math.fma(-sigma, 2 * s.nextAx[i] - s.ax[i], s.y[i]);
        }
        problem.dual().prox(sigma, s.nextY, s.nextY);
        calls.add(Oracle.GRADIENT, 1);
        calls.add(Oracle.PROX, 2);
        s.trials++;
        double dx = Kernels.distance2(s.x, s.nextX);
        double dy = Kernels.distance2(s.y, s.nextY);
        double cross = 0;
        for (int i = 0; i < s.y.length; i++) {
            cross = Math.fma(s.nextY[i] - s.y[i], s.nextAx[i] - s.ax[i], cross);
        }
        double movement = s.weight * dx * dx + dy * dy / s.weight;
        double limit = cross == 0 ? Double.POSITIVE_INFINITY : movement / (2 * Math.abs(cross));
        if (movement > 0) { // else the point is a saddle point, and any step will do
            double k = s.trials + 1;
            s.step =
                    Math.min(
                            (1 - StrictMath.pow(k, -0.3)) * limit,
                            (1 + StrictMath.pow(k, -0.6)) * eta);
        }
        return limit;
    }

    /** Takes the better of iterate and average, and restarts there if it is time. */
    private void look(State s) {
        double here = merit.of(s.x, s.y);
        double average = merit.of(s.meanX, s.meanY);
        boolean averaged = average < here;
        double before = s.bestMerit;
        s.bestMerit = averaged ? average : here;
        System.arraycopy(averaged ? s.meanX : s.x, 0, s.bestX, 0, s.x.length);
        System.arraycopy(averaged ? s.meanY : s.y, 0, s.bestY, 0, s.y.length);
        boolean good = s.bestMerit <= SUFFICIENT * s.fromMerit;
        boolean fair = s.bestMerit <= NECESSARY * s.fromMerit && s.bestMerit > before;
        if (good || fair || s.inner >= ARTIFICIAL * s.iterations) {
            restart(s);
        }
    }

    private void restart(State s) {
        double dx = Kernels.distance2(s.bestX, s.fromX);
        double dy = Kernels.distance2(s.bestY, s.fromY);
        if (dx > 0 && dy > 0) {
            s.weight = Math.sqrt(s.weight * (dy / dx));
        }
        System.arraycopy(s.bestX, 0, s.x, 0, s.x.length);
        System.arraycopy(s.bestY, 0, s.y, 0, s.y.length);
        System.arraycopy(s.bestX, 0, s.fromX, 0, s.x.length);
        System.arraycopy(s.bestY, 0, s.fromY, 0, s.y.length);
        problem.apply(s.x, s.ax);
        problem.applyTransposed(s.y, s.aty);
        s.fromMerit = s.bestMerit;
        s.steps = 0;
        s.inner = 0;
        s.restarts++;
    }
}
