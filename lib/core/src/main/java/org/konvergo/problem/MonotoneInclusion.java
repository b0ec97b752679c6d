package org.konvergo.problem;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;

/**
 * The problem of finding z with 0 in F(z) + G(z), where G is the subdifferential of a convex
 * function that is known by its proximal map. With the indicator of a set it is a variational
 * inequality, with {@link Indicator#none()} the equation F(z) = 0.
 *
 * @param operator F
 * @param constraint the function whose subdifferential is G; its proximal map is the resolvent of G
 */
public record MonotoneInclusion(MonotoneOperator operator, Proximable constraint) {
    /**
     * Checks the arguments.
     *
     * @param operator as above
     * @param constraint as above
     * @throws IllegalArgumentException if one is null
     */
    public MonotoneInclusion {
        Require.notNull("operator", operator);
        Require.notNull("constraint", constraint);
    }

    /**
     * The equation F(z) = 0.
     *
     * @param operator F
     * @return the inclusion without G
     */
    public static MonotoneInclusion of(MonotoneOperator operator) {
        return new MonotoneInclusion(operator, Indicator.none());
    }

    /**
     * Number of variables.
     *
     * @return n, at least 1
     */
    public int dimension() {
        return operator.dimension();
    }

    /**
     * A forward-backward step: the resolvent of G at anchor - step F(at).
     *
     * @param step positive
     * @param anchor point of length n from which the step is taken
     * @param f F at the point that decides the direction, of length n
     * @param result of length n, overwritten; may be the anchor
     * @throws IllegalArgumentException if the step is not positive or a length is not n
     */
    public void move(double step, double[] anchor, double[] f, double[] result) {
        Require.positive("step", step);
        Require.length("anchor", anchor, dimension());
        Require.length("f", f, dimension());
        Require.length("result", result, dimension());
        for (int i = 0; i < result.length; i++) {
            result[i] = Math.fma(-step, f[i], anchor[i]);
        }
        constraint.prox(step, result, result);
    }

    /**
     * The residual |z - J(z - step F(z))| / step, with J the resolvent of step G: zero exactly at
     * solutions, and |F(z)| where there is no G.
     *
     * @param step positive
     * @param z point of length n
     * @return at least 0
     * @throws IllegalArgumentException if the step is not positive or z has another length
     */
    public double residual(double step, double[] z) {
        Require.positive("step", step);
        Require.length("z", z, dimension());
        var f = new double[z.length];
        operator.apply(z, f);
        var moved = new double[z.length];
        move(step, z, f, moved);
        return Kernels.distance2(z, moved) / step;
    }
}
