package org.konvergo.method;

import java.util.function.DoubleUnaryOperator;
import org.konvergo.Require;

/**
 * Backtracking line search: from a = initial, shrink a until phi(a) is at most phi(0) + sufficient
 * * a * phi'(0) + slack. A value that is NaN or plus infinity counts as too large.
 *
 * <p>Source: Armijo, Minimization of functions having Lipschitz continuous first partial
 * derivatives, 1966; Nocedal and Wright, Numerical Optimization, 2006, algorithm 3.1.
 *
 * @param initial first trial step, positive
 * @param shrink factor between trials, in (0, 1)
 * @param sufficient share of the predicted decrease that is asked for, in [0, 1)
 * @param slack rise that is forgiven, for rounding; at least 0
 * @param maxTrials at least 1
 */
public record BacktrackingLineSearch(
        double initial, double shrink, double sufficient, double slack, int maxTrials) {
    /** Halving from 1 with the usual share 1e-4, no slack, at most 60 trials. */
    public static final BacktrackingLineSearch HALVING =
            new BacktrackingLineSearch(1, 0.5, 1e-4, 0, 60);

    /**
     * Checks the arguments.
     *
     * @param initial as above
     * @param shrink as above
     * @param sufficient as above
     * @param slack as above
     * @param maxTrials as above
     * @throws IllegalArgumentException if one is out of its range
     */
    public BacktrackingLineSearch {
        Require.positive("initial", initial);
        Require.that(shrink > 0 && shrink < 1, "shrink", "in (0, 1)", shrink);
        Require.that(sufficient >= 0 && sufficient < 1, "sufficient", "in [0, 1)", sufficient);
        Require.nonNegative("slack", slack);
        Require.atLeast("maxTrials", maxTrials, 1);
    }

    /**
     * What a search found.
     *
     * @param step the accepted a; 0 if none was
     * @param value phi there
     * @param trials evaluations of phi
     */
    public record Result(double step, double value, int trials) {
        /**
         * Whether a step was accepted.
         *
         * @return false if every trial failed
         */
        public boolean accepted() {
            return step > 0;
        }
    }

    /**
     * Searches along a direction of descent.
     *
     * @param phi the function along the direction, of the step
     * @param value phi(0), finite
     * @param slope derivative of phi at 0, not positive
     * @return the step
     * @throws IllegalArgumentException if the value is not finite or the slope is positive or NaN
     */
    public Result search(DoubleUnaryOperator phi, double value, double slope) {
        Require.notNull("phi", phi);
        Require.finite("value", value);
        Require.that(slope <= 0, "slope", "not positive: a direction of descent", slope);
        double a = initial;
        for (int trial = 1; trial <= maxTrials; trial++) {
            double trialValue = phi.applyAsDouble(a);
            if (trialValue <= value + sufficient * a * slope + slack) {
                return new Result(a, trialValue, trial);
            }
            a *= shrink;
        }
        return new Result(0, value, maxTrials);
    }
}
