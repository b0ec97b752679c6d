package org.konvergo.bilevel;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.BilevelProblem;

/**
 * How far a point (x, y) with a multiplier v is from the first-order conditions of min over x of
 * F(x, y) with y the minimiser of psi = mu F + (1 - mu) f.
 *
 * @param lower |grad_y psi|, zero if y is the lower solution
 * @param multiplier |psi_yy v - grad_y F|, zero if v is the multiplier
 * @param upper |grad_x F - psi_xy v|, zero if x is stationary
 */
public record BilevelKktResidual(double lower, double multiplier, double upper) {
    /**
     * Measures a point.
     *
     * @param problem with F the upper and f the lower objective
     * @param mu in [0, 1); 0 for the problem itself
     * @param x of length n
     * @param y of length m
     * @param v of length m
     * @return the three residuals
     * @throws IllegalArgumentException if mu is out of range or a length differs
     */
    public static BilevelKktResidual of(
            BilevelProblem problem, double mu, double[] x, double[] y, double[] v) {
        Require.notNull("problem", problem);
        Require.that(mu >= 0 && mu < 1, "mu", "in [0, 1)", mu);
        int n = problem.dimensionX();
        int m = problem.dimensionY();
        Require.length("x", x, n);
        Require.length("y", y, m);
        Require.length("v", v, m);
        var psi = mu == 0 ? problem.lower() : problem.average(mu);
        var byY = new double[m];
        psi.gradientY(x, y, byY);
        var upperByY = new double[m];
        problem.upper().gradientY(x, y, upperByY);
        var residual = new double[m];
        psi.hessianYY(x, y, v, residual);
        var byX = new double[n];
        problem.upper().gradientX(x, y, byX);
        var mixed = new double[n];
        psi.hessianXY(x, y, v, mixed);
        return new BilevelKktResidual(
                Kernels.norm2(byY),
                Kernels.distance2(residual, upperByY),
                Kernels.distance2(byX, mixed));
    }

    /**
     * All three together.
     *
     * @return the root of the sum of their squares
     */
    public double norm() {
        return Math.sqrt(lower * lower + multiplier * multiplier + upper * upper);
    }
}
