package org.konvergo.saddle;

import org.konvergo.Require;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.MonotoneInclusion;

/**
 * Gradient descent ascent, the forward-backward step: z = J(z - eta F(z)), with J the resolvent of
 * eta G (a projection for a set). Both players move at once. Two time scales are a {@link
 * org.konvergo.problem.MonotoneOperator#scaled scaled} operator.
 *
 * <p>Converges where F is cocoercive; on a bilinear game it spirals outwards for every step
 * (Korpelevich, 1976).
 *
 * @param problem the inclusion 0 in F(z) + G(z), with F the operator of a saddle problem
 * @param step eta, positive
 * @param z0 start, of the problem's dimension
 */
public record GradientDescentAscent(MonotoneInclusion problem, double step, double[] z0)
        implements Method<double[]> {
    /**
     * Checks the arguments.
     *
     * @param problem as above
     * @param step as above
     * @param z0 as above
     * @throws IllegalArgumentException if the step is not positive or the start does not fit
     */
    public GradientDescentAscent {
        Require.notNull("problem", problem);
        Require.positive("step", step);
        Require.finite("z0", Require.length("z0", z0, problem.dimension()));
    }

    @Override
    public double[] start() {
        return z0.clone();
    }

    @Override
    public double[] step(double[] z, OracleCounter calls) {
        var f = new double[z.length];
        problem.operator().apply(z, f);
        problem.move(step, z, f, z);
        calls.add(Oracle.GRADIENT, 1);
        calls.add(Oracle.PROX, 1);
        return z;
    }
}
