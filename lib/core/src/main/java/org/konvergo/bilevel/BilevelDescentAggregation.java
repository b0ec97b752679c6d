package org.konvergo.bilevel;

import org.konvergo.Require;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.BilevelProblem;

/**
 * Bilevel descent aggregation: reverse differentiation through lower steps that mix in the upper
 * objective, y_(t+1) = y_t - step (a_t grad_y F + (1 - a_t) grad_y f), with a_0 = weight and
 * a_(t+1) = a_t (t + 1) / (t + 2), that is a_t = weight / (t + 1). The index t is that of the lower
 * steps, as in the paper, where each lower step has an aggregation parameter of its own: every call
 * begins again with a_0, however many upper steps went before. It also moves those parts of y to
 * which f is indifferent (Liu, Mu, Yuan, Zeng and Zhang, A generic first-order algorithmic
 * framework for bi-level programming beyond lower-level singleton, 2020). For a lower level without
 * constraints.
 *
 * @param lowerSteps T, at least 1
 * @param lowerStep positive
 * @param weight a_0, the aggregation parameter of the first lower step of each call, in (0, 1)
 */
public record BilevelDescentAggregation(int lowerSteps, double lowerStep, double weight)
        implements Hypergradient {
    /**
     * Checks the arguments.
     *
     * @param lowerSteps as above
     * @param lowerStep as above
     * @param weight as above
     * @throws IllegalArgumentException if one is out of range
     */
    public BilevelDescentAggregation {
        Require.atLeast("lowerSteps", lowerSteps, 1);
        Require.positive("lowerStep", lowerStep);
        Require.that(weight > 0 && weight < 1, "weight", "in (0, 1)", weight);
    }

    @Override
    public void apply(
            BilevelProblem problem,
            double[] x,
            double[] y,
            double[] gradient,
            OracleCounter calls) {
        Unrolled.apply(
                problem, t -> weight / (t + 1), lowerSteps, lowerStep, x, y, gradient, calls);
    }
}
