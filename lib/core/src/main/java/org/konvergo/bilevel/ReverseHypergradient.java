package org.konvergo.bilevel;

import org.konvergo.Require;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.BilevelProblem;

/**
 * The hypergradient through an unrolled lower level: the exact gradient in x of F(x, y_T), where
 * y_(t+1) = y_t - step grad_y f(x, y_t) and y_0 counts as constant, by reverse differentiation
 * (Franceschi, Donini, Frasconi and Pontil, Forward and reverse gradient-based hyperparameter
 * optimization, 2017). For a lower level without constraints.
 *
 * @param lowerSteps T, at least 1
 * @param lowerStep positive
 */
public record ReverseHypergradient(int lowerSteps, double lowerStep) implements Hypergradient {
    /**
     * Checks the arguments.
     *
     * @param lowerSteps as above
     * @param lowerStep as above
     * @throws IllegalArgumentException if one is out of range
     */
    public ReverseHypergradient {
        Require.atLeast("lowerSteps", lowerSteps, 1);
        Require.positive("lowerStep", lowerStep);
    }

    @Override
    public void apply(
            BilevelProblem problem,
            double[] x,
            double[] y,
            double[] gradient,
            OracleCounter calls) {
        Unrolled.apply(problem, t -> 0, lowerSteps, lowerStep, x, y, gradient, calls);
    }
}
