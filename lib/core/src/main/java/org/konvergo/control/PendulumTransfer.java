package org.konvergo.control;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;

/**
 * Bringing a pendulum with a motor at its hinge to a wanted angle and speed with little effort: x_1
 * is the angle from hanging down (radians), x_2 its speed, x_1' = x_2, x_2' = -sin x_1 + u, running
 * cost u^2/2, terminal cost weight |x - target|^2.
 *
 * @param finalTime t_f, positive, in units of the square root of length over gravity
 * @param initialState x0, of length 2
 * @param target wanted final state, of length 2
 * @param weight of the terminal cost, positive
 */
public record PendulumTransfer(
        double finalTime, double[] initialState, double[] target, double weight)
        implements OptimalControlProblem {
    /**
     * Checks the arguments.
     *
     * @param finalTime as above
     * @param initialState as above
     * @param target as above
     * @param weight as above
     * @throws IllegalArgumentException if a length is not 2, a number is not finite, or the time or
     *     the weight is not positive
     */
    public PendulumTransfer {
        Require.positive("finalTime", finalTime);
        Require.finite("initialState", Require.length("initialState", initialState, 2));
        Require.finite("target", Require.length("target", target, 2));
        Require.positive("weight", weight);
    }

    @Override
    public int states() {
        return 2;
    }

    @Override
    public int controls() {
        return 1;
    }

    @Override
    public void dynamics(double[] x, double[] u, double[] f) {
        f[0] = x[1];
        f[1] = u[0] - StrictMath.sin(x[0]);
    }

    @Override
    public void dynamicsJacobian(double[] x, double[] u, DMatrixRMaj fx, DMatrixRMaj fu) {
        fx.zero();
        fx.set(0, 1, 1);
        fx.set(1, 0, -StrictMath.cos(x[0]));
        fu.set(0, 0, 0);
        fu.set(1, 0, 1);
    }

    @Override
    public double runningCost(double[] x, double[] u) {
        return 0.5 * u[0] * u[0];
    }

    @Override
    public void runningGradient(double[] x, double[] u, double[] gx, double[] gu) {
        gx[0] = 0;
        gx[1] = 0;
        gu[0] = u[0];
    }

    @Override
    public void hamiltonianHessian(
            double[] lambda,
            double[] x,
            double[] u,
            DMatrixRMaj hxx,
            DMatrixRMaj hxu,
            DMatrixRMaj huu) {
        hxx.zero();
        hxx.set(0, 0, lambda[1] * StrictMath.sin(x[0]));
        hxu.zero();
        huu.set(0, 0, 1);
    }

    @Override
    public double terminalCost(double[] x) {
        double angle = x[0] - target[0];
        double speed = x[1] - target[1];
        return weight * (angle * angle + speed * speed);
    }

    @Override
    public void terminalGradient(double[] x, double[] g) {
        g[0] = 2 * weight * (x[0] - target[0]);
        g[1] = 2 * weight * (x[1] - target[1]);
    }

    @Override
    public void terminalHessian(double[] x, DMatrixRMaj hessian) {
        hessian.zero();
        hessian.set(0, 0, 2 * weight);
        hessian.set(1, 1, 2 * weight);
    }
}
