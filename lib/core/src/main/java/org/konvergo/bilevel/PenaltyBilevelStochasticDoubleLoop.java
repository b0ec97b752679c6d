package org.konvergo.bilevel;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.Updates;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.StochasticBilevelProblem;
import org.konvergo.random.RandomStream;

/**
 * The double loop of the penalty method from samples: in a step z and y take so many stochastic
 * gradient steps on g and on sigma f + g, and then x one on the surrogate, each with the mean of a
 * batch of fresh samples. Samples of g at y and at z are drawn apart, so that their noise is
 * divided by sigma; the batch has to make up for it (Kwon, Kwon, Wright and Nowak, On Penalty
 * Methods for Nonconvex Bilevel Optimization and First-Order Stochastic Approximation, 2024).
 *
 * @param samples of f and g, with the sets of x and y
 * @param sigma positive
 * @param innerSteps of y and z in a step, at least 1
 * @param batch samples a gradient, at least 1
 * @param gamma step of y and z, positive
 * @param alpha step of x, positive
 * @param x0 start of x
 * @param y0 start of y and z
 * @param random where the samples are drawn from; a run draws from a split of it, so that runs
 *     repeat
 */
public record PenaltyBilevelStochasticDoubleLoop(
        StochasticBilevelProblem samples,
        double sigma,
        int innerSteps,
        int batch,
        double gamma,
        double alpha,
        double[] x0,
        double[] y0,
        RandomStream random)
        implements Method<PenaltyBilevelStochasticDoubleLoop.State> {
    /**
     * Checks the arguments.
     *
     * @param samples as above
     * @param sigma as above
     * @param innerSteps as above
     * @param batch as above
     * @param gamma as above
     * @param alpha as above
     * @param x0 as above
     * @param y0 as above
     * @param random as above
     * @throws IllegalArgumentException if one is null or out of range, or a start does not fit
     */
    public PenaltyBilevelStochasticDoubleLoop {
        Require.notNull("samples", samples);
        Require.positive("sigma", sigma);
        Require.atLeast("innerSteps", innerSteps, 1);
        Require.atLeast("batch", batch, 1);
        Require.positive("gamma", gamma);
        Require.positive("alpha", alpha);
        Require.finite("x0", Require.length("x0", x0, samples.dimensionX()));
        Require.finite("y0", Require.length("y0", y0, samples.dimensionY()));
        Require.notNull("random", random);
    }

    /**
     * An iterate.
     *
     * @param x upper variable
     * @param y of the penalty function
     * @param z of the lower objective
     * @param random where the next samples come from
     */
    public record State(double[] x, double[] y, double[] z, RandomStream random) {}

    @Override
    public State start() {
        return new State(x0.clone(), y0.clone(), y0.clone(), random.split("samples", 0));
    }

    @Override
    public State step(State s, OracleCounter calls) {
        for (int t = 0; t < innerSteps; t++) {
            var ofZ = new double[s.z.length];
            var ofY = new double[s.y.length];
            for (int i = 0; i < batch; i++) {
                var g = samples.lower().sample(s.random);
                add(1.0 / batch, g::gradientY, s.x, s.z, ofZ);
                var h = samples.penalty(sigma, s.random);
                add(1.0 / batch, h::gradientY, s.x, s.y, ofY);
            }
            Updates.gradientStep(s.z, gamma, ofZ, s.z);
            samples.domainY().prox(gamma, s.z, s.z);
            Updates.gradientStep(s.y, gamma, ofY, s.y);
            samples.domainY().prox(gamma, s.y, s.y);
        }
        var ofX = new double[s.x.length];
        for (int i = 0; i < batch; i++) {
            var f = samples.upper().sample(s.random);
            var atY = samples.lower().sample(s.random);
            var atZ = samples.lower().sample(s.random);
            add(1.0 / batch, f::gradientX, s.x, s.y, ofX);
            add(1 / (sigma * batch), atY::gradientX, s.x, s.y, ofX);
            add(-1 / (sigma * batch), atZ::gradientX, s.x, s.z, ofX);
        }
        Updates.gradientStep(s.x, alpha, ofX, s.x);
        samples.domainX().prox(alpha, s.x, s.x);
        calls.add(Oracle.GRADIENT, 3L * batch * (innerSteps + 1));
        calls.add(Oracle.PROX, 2L * innerSteps + 1);
        return s;
    }

    private interface Gradient {
        void apply(double[] x, double[] y, double[] gradient);
    }

    private static void add(double weight, Gradient of, double[] x, double[] y, double[] sum) {
        var gradient = new double[sum.length];
        of.apply(x, y, gradient);
        Kernels.axpy(weight, gradient, sum);
    }
}
