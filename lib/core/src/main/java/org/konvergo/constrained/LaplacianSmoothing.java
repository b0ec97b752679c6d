package org.konvergo.constrained;

import org.konvergo.Require;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;

/**
 * Laplacian smoothing with learnt weights: gradient descent in the values f and projected gradient
 * ascent in the multipliers lambda of the Lagrangian
 *
 * <p>mean of loss(f_i, y_i) + (1/2) sum over the edges of lambda_e (|f_i - f_j|^2 / d_e^2 -
 * alpha^2).
 *
 * <p>A step smooths f by the Laplacian with weights lambda_e / d_e^2 and raises the weight of every
 * edge whose slope exceeds alpha. The Lagrangian is not bilinear and the iterates circle round the
 * saddle point for long, so the state also has their averages.
 *
 * <p>Source: Krishnan, Al Makdah and Pasqualetti, Lipschitz Bounds and Provably Robust Training by
 * Laplacian Smoothing, NeurIPS 2020.
 *
 * @param problem the regression; alpha positive
 * @param primalStep step in f, positive
 * @param dualStep step in lambda, positive
 * @param averagedFrom number of steps that the averages leave out, non-negative
 */
public record LaplacianSmoothing(
        LipschitzConstrainedRegression problem,
        double primalStep,
        double dualStep,
        long averagedFrom)
        implements Method<LaplacianSmoothing.State> {
    /**
     * Checks the arguments.
     *
     * @param problem as above
     * @param primalStep as above
     * @param dualStep as above
     * @param averagedFrom as above
     * @throws IllegalArgumentException if a step is not positive, or the problem has several
     *     outputs
     */
    public LaplacianSmoothing {
        Require.notNull("problem", problem);
        Require.that(
                problem.targets().numCols == 1,
                "columns of targets",
                "1",
                problem.targets().numCols);
        Require.positive("primalStep", primalStep);
        Require.positive("dualStep", dualStep);
        Require.that(averagedFrom >= 0, "averagedFrom", "at least 0", averagedFrom);
    }

    /**
     * An iterate.
     *
     * @param f one value a node
     * @param lambda one multiplier an edge, non-negative
     * @param meanF average of f over the steps after {@code averagedFrom}; f before
     * @param meanLambda average of lambda in the same way
     * @param steps how many were made
     */
    public record State(
            double[] f, double[] lambda, double[] meanF, double[] meanLambda, long steps) {}

    @Override
    public State start() {
        int n = problem.graph().nodes();
        int m = problem.graph().edges();
        return new State(new double[n], new double[m], new double[n], new double[m], 0);
    }

    @Override
    public State step(State s, OracleCounter calls) {
        double[] f = s.f();
        // The Laplacian by hand: that of the graph refuses weights that have run away.
        double[] lengths = problem.graph().lengths();
        var flow = new double[lengths.length];
        problem.graph().differences(f, flow);
        for (int e = 0; e < flow.length; e++) {
            flow[e] *= s.lambda()[e] / (lengths[e] * lengths[e]);
        }
        var smoothed = new double[f.length];
        problem.graph().outflow(flow, smoothed);
        for (int i = 0; i < f.length; i++) {
            double slope = problem.loss().derivative(f[i], problem.targets().data[i]) / f.length;
            f[i] -= primalStep * (slope + smoothed[i]);
        }
        double[] slopes = problem.graph().slopes(f);
        double square = problem.alpha() * problem.alpha();
        for (int e = 0; e < slopes.length; e++) {
            double excess = slopes[e] * slopes[e] - square;
            s.lambda()[e] = Math.max(0, Math.fma(dualStep / 2, excess, s.lambda()[e]));
        }
        calls.add(Oracle.GRADIENT, 2);
        long averaged = Math.max(1, s.steps() + 1 - averagedFrom);
        average(averaged, f, s.meanF());
        average(averaged, s.lambda(), s.meanLambda());
        return new State(f, s.lambda(), s.meanF(), s.meanLambda(), s.steps() + 1);
    }

    private static void average(long count, double[] x, double[] mean) {
        for (int i = 0; i < x.length; i++) {
            mean[i] += (x[i] - mean[i]) / count;
        }
    }
}
