package org.konvergo.method;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.Proximable;
import org.konvergo.problem.Smooth;

/**
 * The fast iterative shrinkage-thresholding algorithm for min f(x) + h(x): a proximal gradient step
 * from a point extrapolated beyond the last iterate. For convex f with an L-Lipschitz gradient and
 * step 1/L, the value is within 2 L |x_0 - x*|^2 / (k + 1)^2 of the least.
 *
 * <p>Source: Beck and Teboulle, A fast iterative shrinkage-thresholding algorithm for linear
 * inverse problems, SIAM Journal on Imaging Sciences 2, 2009.
 *
 * @param smooth f
 * @param proximable h
 * @param step positive, at most 1/L
 * @param x0 start, of the dimension of f
 */
public record Fista(Smooth smooth, Proximable proximable, double step, double[] x0)
        implements Method<Fista.State> {
    /**
     * Checks the arguments.
     *
     * @param smooth as above
     * @param proximable as above
     * @param step as above
     * @param x0 as above
     * @throws IllegalArgumentException if the step is not positive or the start does not fit
     */
    public Fista {
        Require.notNull("smooth", smooth);
        Require.notNull("proximable", proximable);
        Require.positive("step", step);
        Require.finite("x0", Require.length("x0", x0, smooth.dimension()));
    }

    /**
     * An iterate.
     *
     * @param x the iterate
     * @param extrapolated the point of the next gradient
     * @param t the momentum's counter, at least 1
     */
    public record State(double[] x, double[] extrapolated, double t) {}

    @Override
    public State start() {
        return new State(x0.clone(), x0.clone(), 1);
    }

    @Override
    public State step(State s, OracleCounter calls) {
        var next = new double[x0.length];
        smooth.gradient(s.extrapolated(), next);
        Kernels.axpby(1, s.extrapolated(), -step, next);
        proximable.prox(step, next, next);
        double t = (1 + Math.sqrt(Math.fma(4 * s.t(), s.t(), 1))) / 2;
        double momentum = (s.t() - 1) / t;
        double[] y = s.extrapolated();
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.fma(momentum, next[i] - s.x()[i], next[i]);
        }
        calls.add(Oracle.GRADIENT, 1);
        calls.add(Oracle.PROX, 1);
        return new State(next, y, t);
    }
}
