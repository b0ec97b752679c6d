package org.konvergo.saddle;

import org.konvergo.Require;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.MinimaxProblem;
import org.konvergo.problem.MonotoneInclusion;
import org.konvergo.problem.Proximable;

/**
 * Competitive gradient optimization: z = P(z - eta g(z)) with the {@link CompetitiveField} g of
 * weight alpha. The optimistic form takes a half step first, w = P(z - eta g(z)), and then z = P(z
 * - eta g(w)). Source: Vyas, Bullins and Azizzadenesheli, Competitive gradient optimization, 2023.
 *
 * <p>With alpha = eta it is competitive gradient descent (Schaefer and Anandkumar, Competitive
 * gradient descent, 2019), with alpha = 0 gradient descent ascent, and in the optimistic form
 * extragradient.
 *
 * @param field g, with the problem and alpha
 * @param constraint the set of the projection P, {@link org.konvergo.problem.Indicator#none()} for
 *     none
 * @param eta step, positive
 * @param optimistic whether to take the half step
 * @param z0 start, of the field's dimension
 */
public record CompetitiveGradientOptimization(
        CompetitiveField field, Proximable constraint, double eta, boolean optimistic, double[] z0)
        implements Method<double[]> {
    /**
     * Checks the arguments.
     *
     * @param field as above
     * @param constraint as above
     * @param eta as above
     * @param optimistic as above
     * @param z0 as above
     * @throws IllegalArgumentException if the step is not positive or the start does not fit
     */
    public CompetitiveGradientOptimization {
        Require.notNull("field", field);
        Require.notNull("constraint", constraint);
        Require.positive("eta", eta);
        Require.finite("z0", Require.length("z0", z0, field.dimension()));
    }

    /**
     * The plain method.
     *
     * @param problem f(x, y)
     * @param constraint the set of the projection
     * @param eta step, positive
     * @param alpha weight of the interaction, at least 0
     * @param z0 start, of length n + m
     * @return the method
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static CompetitiveGradientOptimization plain(
            MinimaxProblem problem, Proximable constraint, double eta, double alpha, double[] z0) {
        return new CompetitiveGradientOptimization(
                CompetitiveField.of(problem, alpha), constraint, eta, false, z0);
    }

    /**
     * The optimistic method.
     *
     * @param problem f(x, y)
     * @param constraint the set of the projection
     * @param eta step, positive
     * @param alpha weight of the interaction, at least 0
     * @param z0 start, of length n + m
     * @return the method
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static CompetitiveGradientOptimization optimistic(
            MinimaxProblem problem, Proximable constraint, double eta, double alpha, double[] z0) {
        return new CompetitiveGradientOptimization(
                CompetitiveField.of(problem, alpha), constraint, eta, true, z0);
    }

    /**
     * Competitive gradient descent, whose interaction has the weight of the step.
     *
     * @param problem f(x, y)
     * @param constraint the set of the projection
     * @param eta step and weight, positive
     * @param z0 start, of length n + m
     * @return the method with alpha = eta
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static CompetitiveGradientOptimization competitiveGradientDescent(
            MinimaxProblem problem, Proximable constraint, double eta, double[] z0) {
        return plain(problem, constraint, eta, Require.positive("eta", eta), z0);
    }

    @Override
    public double[] start() {
        return z0.clone();
    }

    @Override
    public double[] step(double[] z, OracleCounter calls) {
        var inclusion = new MonotoneInclusion(field, constraint);
        var g = new double[z.length];
        field.apply(z, g, calls);
        if (optimistic) {
            var half = new double[z.length];
            inclusion.move(eta, z, g, half);
            field.apply(half, g, calls);
            calls.add(Oracle.PROX, 1);
        }
        inclusion.move(eta, z, g, z);
        calls.add(Oracle.PROX, 1);
        return z;
    }
}
