package org.konvergo.bilevel;

import org.konvergo.Require;
import org.konvergo.linalg.Updates;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.StochasticBilevelProblem;
import org.konvergo.random.RandomStream;

/**
 * Stochastic gradient descent of the lower variable in epochs, each with half the step of the one
 * before: the first epochs bring y near the lower solution, the last ones average the noise out
 * (after Hazan and Kale, Beyond the regret minimization barrier, 2014, where an epoch is also twice
 * as long as the one before).
 *
 * @param epochs at least 0; 0 leaves y where it is
 * @param steps of an epoch, at least 1
 * @param step of the first epoch, positive
 */
public record EpochSgd(int epochs, int steps, double step) {
    /**
     * Checks the arguments.
     *
     * @param epochs as above
     * @param steps as above
     * @param step as above
     * @throws IllegalArgumentException if one is out of range
     */
    public EpochSgd {
        Require.atLeast("epochs", epochs, 0);
        Require.atLeast("steps", steps, 1);
        Require.positive("step", step);
    }

    /**
     * No descent at all.
     *
     * @return zero epochs
     */
    public static EpochSgd none() {
        return new EpochSgd(0, 1, 1);
    }

    /**
     * Descends on g(x, .).
     *
     * @param samples whose lower level is g
     * @param x of length n
     * @param y of length m, overwritten
     * @param random where the samples are drawn from
     * @param calls where the gradients are counted
     * @throws IllegalArgumentException if an argument is null or a length differs
     */
    public void refine(
            StochasticBilevelProblem samples,
            double[] x,
            double[] y,
            RandomStream random,
            OracleCounter calls) {
        Require.notNull("samples", samples);
        Require.length("x", x, samples.dimensionX());
        Require.length("y", y, samples.dimensionY());
        double gamma = step;
        for (int epoch = 0; epoch < epochs; epoch++) {
            descend(samples, steps, gamma, x, y, random, calls);
            gamma /= 2;
        }
    }

    /** Some steps y = P(y - gamma grad_y g(x, y; sample)) over the set of y. */
    static void descend(
            StochasticBilevelProblem samples,
            int steps,
            double gamma,
            double[] x,
            double[] y,
            RandomStream random,
            OracleCounter calls) {
        var gradient = new double[y.length];
        for (int t = 0; t < steps; t++) {
            samples.lower().sample(random).gradientY(x, y, gradient);
            Updates.gradientStep(y, gamma, gradient, y);
            samples.domainY().prox(gamma, y, y);
        }
        calls.add(Oracle.GRADIENT, steps);
        calls.add(Oracle.PROX, steps);
    }
}
