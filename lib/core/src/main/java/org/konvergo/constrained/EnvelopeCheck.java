package org.konvergo.constrained;

import org.konvergo.Require;

/**
 * The envelope theorem as a check of multipliers: the derivative of the optimal loss L(alpha) of a
 * {@link LipschitzConstrainedRegression} is -alpha times the sum of its multipliers lambda.
 *
 * @param byMultipliers -alpha * sum of lambda, at the solution for alpha
 * @param byDifferences (L(alpha + step) - L(alpha - step)) / (2 step)
 */
public record EnvelopeCheck(double byMultipliers, double byDifferences) {
    /**
     * Solves the regression for alpha - step, alpha and alpha + step.
     *
     * @param problem the regression at alpha
     * @param step in (0, alpha)
     * @param balance of the steps, as in {@link LipschitzConstrainedRegression#solve}
     * @param tolerance KKT residual, as there
     * @param limit most steps, as there
     * @return both derivatives
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static EnvelopeCheck of(
            LipschitzConstrainedRegression problem,
            double step,
            double balance,
            double tolerance,
            long limit) {
        Require.notNull("problem", problem);
        double alpha = problem.alpha();
        Require.that(step > 0 && step < alpha, "step", "in (0, alpha = " + alpha + ")", step);
        double sum = 0;
        for (double lambda : problem.solve(balance, tolerance, limit).lambda()) {
            sum += lambda;
        }
        double above = at(problem, alpha + step).solve(balance, tolerance, limit).loss();
        double below = at(problem, alpha - step).solve(balance, tolerance, limit).loss();
        return new EnvelopeCheck(-alpha * sum, (above - below) / (2 * step));
    }

    private static LipschitzConstrainedRegression at(
            LipschitzConstrainedRegression p, double alpha) {
        return new LipschitzConstrainedRegression(p.graph(), p.targets(), alpha, p.loss());
    }

    /**
     * How far the two derivatives differ.
     *
     * @return |difference| divided by the size of the second
     */
    public double relativeError() {
        return Math.abs(byMultipliers - byDifferences) / Math.abs(byDifferences);
    }
}
