package org.konvergo.constrained;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Run;
import org.konvergo.method.Stop;
import org.konvergo.problem.BilinearSaddleProblem;
import org.konvergo.problem.GroupNorm;
import org.konvergo.problem.Proximable;
import org.konvergo.saddle.PrimalDualHybridGradient;

/**
 * Regression under a Lipschitz bound on a graph of n samples: min over f of the mean of loss(f_i,
 * y_i) subject to |f_i - f_j| of at most alpha d_ij on every edge.
 *
 * <p>It is the saddle problem min over f, max over p of mean loss + p'Kf - alpha * sum of d_e
 * |p_e|, K the differences along the edges. At a saddle point p_e = lambda_e (f_i - f_j) / d_e^2,
 * where lambda_e = |p_e| d_e / alpha is the multiplier of the squared bound (|f_i - f_j|^2 / d_e^2
 * - alpha^2) / 2. So f solves the Poisson equation of the Laplacian whose weights are lambda_e /
 * d_e^2, which vanish where the bound is not active.
 *
 * <p>Source: Krishnan, Al Makdah and Pasqualetti, Lipschitz Bounds and Provably Robust Training by
 * Laplacian Smoothing, NeurIPS 2020.
 *
 * @param graph the samples and which of them are compared
 * @param targets n x q, one row a sample
 * @param alpha the bound, non-negative
 * @param loss of one output
 */
public record LipschitzConstrainedRegression(
        MetricGraph graph, DMatrixRMaj targets, double alpha, PointLoss loss)
        implements BilinearSaddleProblem {
    /** Name of the measure in {@link #solve}. */
    private static final String RESIDUAL = "KKT residual";

    private static final int MEASURED = 25;

    /**
     * Checks the arguments; the targets are not copied.
     *
     * @param graph as above
     * @param targets as above
     * @param alpha as above
     * @param loss as above
     * @throws IllegalArgumentException if the rows are not as many as the nodes, a target is not
     *     finite, there is no edge or output, or alpha is negative
     */
    public LipschitzConstrainedRegression {
        Require.notNull("graph", graph);
        Require.atLeast("number of edges of graph", graph.edges(), 1);
        Require.notNull("targets", targets);
        Require.atLeast("columns of targets", targets.numCols, 1);
        Require.shape("targets", targets, graph.nodes(), targets.numCols);
        Require.finite("targets", targets.data);
        Require.nonNegative("alpha", alpha);
        Require.notNull("loss", loss);
    }

    /**
     * Regression of scalars with the squared loss.
     *
     * @param graph the samples
     * @param targets one a sample
     * @param alpha the bound, non-negative
     * @return the problem with q = 1
     * @throws IllegalArgumentException as the constructor
     */
    public static LipschitzConstrainedRegression squared(
            MetricGraph graph, double[] targets, double alpha) {
        Require.notNull("targets", targets);
        return new LipschitzConstrainedRegression(
                graph, DMatrixRMaj.wrap(targets.length, 1, targets), alpha, PointLoss.squared());
    }

    /**
     * A solution.
     *
     * @param f n x q, the values
     * @param flow m x q, the dual variables p
     * @param lambda one multiplier an edge; infinite or NaN for alpha = 0
     * @param loss mean loss of f
     * @param residual KKT residual that was reached
     * @param steps how many were made
     */
    public record Solution(
            DMatrixRMaj f,
            DMatrixRMaj flow,
            double[] lambda,
            double loss,
            double residual,
            long steps) {}

    @Override
    public int primalDimension() {
        return targets.data.length;
    }

    @Override
    public int dualDimension() {
        return graph.edges() * targets.numCols;
    }

    @Override
    public Proximable primal() {
        return new MeanLoss(targets.data, targets.numRows, loss);
    }

    @Override
    public Proximable dual() {
        double[] weights = graph.lengths().clone();
        Kernels.scale(alpha, weights);
        return new GroupNorm(weights, targets.numCols);
    }

    @Override
    public void apply(double[] x, double[] ax) {
        graph.differences(x, ax);
        Kernels.scale(-1, ax);
    }

    @Override
    public void applyTransposed(double[] y, double[] aty) {
        graph.outflow(y, aty);
        Kernels.scale(-1, aty);
    }

    /**
     * The mean loss.
     *
     * @param f n * q values, sample by sample
     * @return non-negative
     * @throws IllegalArgumentException if the length is wrong
     */
    public double meanLoss(double[] f) {
        return primal().value(f);
    }

    /**
     * How far (f, p) is from a saddle point: the largest of the excess of a slope over alpha, the
     * size of n times a component of the derivative of the Lagrangian in f, and the sum over the
     * edges of |alpha d_e |p_e| - p_e'(f_i - f_j)|.
     *
     * @param f n * q values
     * @param flow m * q values
     * @return non-negative; zero at saddle points only
     * @throws IllegalArgumentException if a length is wrong
     */
    public double kktResidual(double[] f, double[] flow) {
        int q = targets.numCols;
        var stationarity = new double[f.length];
        graph.outflow(flow, stationarity);
        double largest = Math.max(0, graph.lipschitz(f) - alpha);
        for (int i = 0; i < f.length; i++) {
            double derivative =
                    loss.derivative(f[i], targets.data[i]) + targets.numRows * stationarity[i];
            largest = Math.max(largest, Math.abs(derivative));
        }
        var differences = new double[flow.length];
        graph.differences(f, differences);
        double slack = 0;
        for (int e = 0; e < graph.edges(); e++) {
            double product = 0;
            double square = 0;
            for (int k = e * q; k < (e + 1) * q; k++) {
                product = Math.fma(flow[k], differences[k], product);
                square = Math.fma(flow[k], flow[k], square);
            }
            slack += Math.abs(alpha * graph.lengths()[e] * Math.sqrt(square) - product);
        }
        return Math.max(largest, slack);
    }

    /**
     * The method of Chambolle and Pock with the primal step balance / |K| and the dual step 1 /
     * (balance |K|).
     *
     * @param balance positive; 1 for equal steps. About the size of f divided by that of the flow
     *     is good: n / 2 on a complete graph
     * @return the method, from zero
     * @throws IllegalArgumentException if the balance is not positive
     */
    public PrimalDualHybridGradient method(double balance) {
        Require.positive("balance", balance);
        double norm = Math.sqrt(graph.differenceNormSquared());
        return PrimalDualHybridGradient.chambollePock(this, norm / balance, norm * balance);
    }

    /**
     * Solves the problem by {@link #method}.
     *
     * @param balance of the steps, positive
     * @param tolerance the KKT residual at which it ends, looked at every 25 steps
     * @param limit most steps, at least 0
     * @return the solution, whose residual says whether the tolerance was reached
     * @throws IllegalArgumentException if an argument is out of range
     */
    public Solution solve(double balance, double tolerance, long limit) {
        var trace =
                Run.of(method(balance))
                        .measure(RESIDUAL, s -> kktResidual(s.x(), s.y()))
                        .every(MEASURED)
                        .stop(Stop.below(RESIDUAL, tolerance).or(Stop.iterations(limit)))
                        .start();
        int q = targets.numCols;
        double[] f = trace.state().x();
        double[] flow = trace.state().y();
        return new Solution(
                DMatrixRMaj.wrap(f.length / q, q, f),
                DMatrixRMaj.wrap(flow.length / q, q, flow),
                multipliers(flow),
                meanLoss(f),
                trace.last(RESIDUAL),
                trace.iteration());
    }

    private double[] multipliers(double[] flow) {
        int q = targets.numCols;
        var lambda = new double[graph.edges()];
        for (int e = 0; e < lambda.length; e++) {
            double square = 0;
            for (int k = e * q; k < (e + 1) * q; k++) {
                square = Math.fma(flow[k], flow[k], square);
            }
            lambda[e] = Math.sqrt(square) * graph.lengths()[e] / alpha;
        }
        return lambda;
    }

    /** The mean over the samples of the loss, as a function with a proximal map. */
    private record MeanLoss(double[] targets, int samples, PointLoss loss) implements Proximable {
        @Override
        public double value(double[] f) {
            Require.length("f", f, targets.length);
            var losses = new double[f.length];
            for (int i = 0; i < f.length; i++) {
                losses[i] = loss.value(f[i], targets[i]);
            }
            return Kernels.sum(losses) / samples;
        }

        @Override
        public void prox(double step, double[] x, double[] result) {
            Require.positive("step", step);
            Require.length("x", x, targets.length);
            Require.length("result", result, targets.length);
            for (int i = 0; i < x.length; i++) {
                result[i] = loss.prox(step / samples, x[i], targets[i]);
            }
        }
    }
}
