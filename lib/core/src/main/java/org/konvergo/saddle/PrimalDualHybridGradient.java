package org.konvergo.saddle;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.BilinearSaddleProblem;

/**
 * The primal-dual hybrid gradient method for min over x, max over y of theta1(x) - y'Ax -
 * theta2(y): a proximal step in x, then one in y at the extrapolated x' + theta (x' - x).
 *
 * <p>Without extrapolation (theta = 0) it is the method of Arrow and Hurwicz, which need not
 * converge. With theta = 1 it is that of Chambolle and Pock (A first-order primal-dual algorithm
 * for convex problems, 2011), which converges if r s exceeds the largest eigenvalue of A'A, and by
 * He, Ma, Xu and Yuan (2022) already above three quarters of it.
 *
 * @param problem the saddle problem
 * @param primalWeight r, positive; the primal step is 1/r
 * @param dualWeight s, positive; the dual step is 1/s
 * @param extrapolation theta in [0, 1]
 * @param x0 primal start, of length n
 * @param y0 dual start, of length m
 */
public record PrimalDualHybridGradient(
        BilinearSaddleProblem problem,
        double primalWeight,
        double dualWeight,
        double extrapolation,
        double[] x0,
        double[] y0)
        implements Method<PrimalDualHybridGradient.State> {
    /**
     * An iterate.
     *
     * @param x primal point, of length n
     * @param y dual point, of length m
     */
    public record State(double[] x, double[] y) {}

    /**
     * Checks the arguments.
     *
     * @param problem as above
     * @param primalWeight as above
     * @param dualWeight as above
     * @param extrapolation as above
     * @param x0 as above
     * @param y0 as above
     * @throws IllegalArgumentException if a weight is not positive, the extrapolation is out of
     *     range or a start does not fit
     */
    public PrimalDualHybridGradient {
        Require.notNull("problem", problem);
        Require.positive("primalWeight", primalWeight);
        Require.positive("dualWeight", dualWeight);
        Require.within("extrapolation", extrapolation, 0, 1);
        Require.finite("x0", Require.length("x0", x0, problem.primalDimension()));
        Require.finite("y0", Require.length("y0", y0, problem.dualDimension()));
    }

    /**
     * The method of Arrow and Hurwicz, from zero.
     *
     * @param problem the saddle problem
     * @param primalWeight r, positive
     * @param dualWeight s, positive
     * @return the method with theta = 0
     * @throws IllegalArgumentException as the constructor
     */
    public static PrimalDualHybridGradient arrowHurwicz(
            BilinearSaddleProblem problem, double primalWeight, double dualWeight) {
        return fromZero(problem, primalWeight, dualWeight, 0);
    }

    /**
     * The method of Chambolle and Pock, from zero.
     *
     * @param problem the saddle problem
     * @param primalWeight r, positive
     * @param dualWeight s, positive
     * @return the method with theta = 1
     * @throws IllegalArgumentException as the constructor
     */
    public static PrimalDualHybridGradient chambollePock(
            BilinearSaddleProblem problem, double primalWeight, double dualWeight) {
        return fromZero(problem, primalWeight, dualWeight, 1);
    }

    private static PrimalDualHybridGradient fromZero(
            BilinearSaddleProblem problem, double r, double s, double theta) {
        Require.notNull("problem", problem);
        return new PrimalDualHybridGradient(
                problem,
                r,
                s,
                theta,
                new double[problem.primalDimension()],
                new double[problem.dualDimension()]);
    }

    @Override
    public State start() {
        return new State(x0.clone(), y0.clone());
    }

    @Override
    public State step(State state, OracleCounter calls) {
        double[] x = state.x();
        double[] y = state.y();
        // x' = argmin theta1(x) - x'A'y + (r/2) |x - x_k|^2
        var next = new double[x.length];
        problem.applyTransposed(y, next);
        Kernels.axpby(1, x, 1 / primalWeight, next);
        problem.primal().prox(1 / primalWeight, next, next);
        // y' = argmin theta2(y) + y'A x_bar + (s/2) |y - y_k|^2
        var bar = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            bar[i] = Math.fma(extrapolation, next[i] - x[i], next[i]);
        }
        var ax = new double[y.length];
        problem.apply(bar, ax);
        Kernels.axpy(-1 / dualWeight, ax, y);
        problem.dual().prox(1 / dualWeight, y, y);
        calls.add(Oracle.GRADIENT, 1);
        calls.add(Oracle.PROX, 2);
        return new State(next, y);
    }
}
