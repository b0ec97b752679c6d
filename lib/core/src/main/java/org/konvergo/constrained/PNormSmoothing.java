package org.konvergo.constrained;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;

/**
 * The least sensitive function for a budget of loss: min over f of N_p(f), the p-mean (mean over
 * the edges of (|f_i - f_j| / d_e)^p)^(1/p), subject to a mean squared loss of at most J. As p
 * grows, N_p tends to the Lipschitz constant.
 *
 * <p>For a multiplier theta the function N_p^2 / 2 + theta * mean loss is minimised by Newton's
 * method (the square makes the step independent of the scale of f), from the solution before; theta
 * is found by bisection on its logarithm, since the loss falls as theta grows.
 *
 * @param graph the samples
 * @param targets one a sample
 * @param budget J, positive, below the mean loss of the best constant
 */
public record PNormSmoothing(MetricGraph graph, double[] targets, double budget) {
    private static final int HALVINGS = 45;
    private static final int NEWTON_STEPS = 200;

    /** Share of the value below which the decrement counts as small. */
    private static final double NEAR = 1e-10;

    /**
     * Checks the arguments; the targets are not copied.
     *
     * @param graph as above
     * @param targets as above
     * @param budget as above
     * @throws IllegalArgumentException if there are not as many targets as nodes, one is not
     *     finite, there is no edge, or the budget is out of range
     */
    public PNormSmoothing {
        Require.notNull("graph", graph);
        Require.atLeast("number of edges of graph", graph.edges(), 1);
        Require.finite("targets", Require.length("targets", targets, graph.nodes()));
        double mean = Kernels.sum(targets) / targets.length;
        double variance = 0;
        for (double y : targets) {
            variance += (y - mean) * (y - mean) / targets.length;
        }
        Require.that(
                budget > 0 && budget < variance,
                "budget",
                "in (0, " + variance + "), the loss of the best constant",
                budget);
    }

    /**
     * The solution for one p.
     *
     * @param p the exponent
     * @param f one value a node
     * @param norm N_p(f)
     * @param largestSlope largest slope along an edge
     * @param theta multiplier of the loss
     * @param loss mean squared loss, J up to the bisection's accuracy
     * @param newtonSteps how many were made
     */
    public record Solution(
            double p,
            double[] f,
            double norm,
            double largestSlope,
            double theta,
            double loss,
            int newtonSteps) {}

    /**
     * Solves for several exponents, each from the solution of the one before.
     *
     * @param exponents each at least 2, such as 2, 4, 8, 16
     * @return one solution an exponent
     * @throws IllegalArgumentException if there is none or one is below 2 or not finite
     */
    public List<Solution> solve(double... exponents) {
        Require.atLeast("number of exponents", exponents.length, 1);
        for (double p : exponents) {
            Require.that(p >= 2 && Double.isFinite(p), "exponent", "at least 2 and finite", p);
        }
        var solutions = new ArrayList<Solution>();
        double[] f = targets.clone();
        double theta = 1;
        for (double p : exponents) {
            var solution = solve(p, f, theta);
            solutions.add(solution);
            f = solution.f().clone();
            theta = solution.theta();
        }
        return solutions;
    }

    private Solution solve(double p, double[] start, double theta) {
        var newton = new Newton(p, start);
        double low = StrictMath.log(theta);
        double high = low;
        while (newton.lossAt(low) < budget) {
            low -= 2;
        }
        while (newton.lossAt(high) > budget) {
            high += 2;
        }
        for (int k = 0; k < HALVINGS; k++) {
            double middle = (low + high) / 2;
            if (newton.lossAt(middle) > budget) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double loss = newton.lossAt(high);
        double[] f = newton.f;
        return new Solution(
                p, f, newton.norm(f), graph.lipschitz(f), StrictMath.exp(high), loss, newton.steps);
    }

    private double loss(double[] f) {
        double sum = 0;
        for (int i = 0; i < f.length; i++) {
            sum = Math.fma(f[i] - targets[i], f[i] - targets[i], sum);
        }
        return sum / f.length;
    }

    /** Newton's method for one p, from where it stopped the last time. */
    private final class Newton {
        private final double p;
        private double[] f;
        private int steps;

        Newton(double p, double[] f) {
            this.p = p;
            this.f = f.clone();
        }

        double norm(double[] values) {
            double[] slopes = graph.slopes(values);
            double largest = Kernels.normInf(slopes);
            if (largest == 0) {
                return 0;
            }
            double sum = 0;
            for (double slope : slopes) {
                sum += StrictMath.pow(slope / largest, p);
            }
            return largest * StrictMath.pow(sum / slopes.length, 1 / p);
        }

        double value(double[] values, double theta) {
            double norm = norm(values);
            return norm * norm / 2 + theta * loss(values);
        }

        /** The loss of the minimiser for a multiplier exp(logTheta). */
        double lossAt(double logTheta) {
            double theta = StrictMath.exp(logTheta);
            double value = value(f, theta);
            int polished = 0;
            for (int k = 0; k < NEWTON_STEPS; k++) {
                var gradient = new double[f.length];
                DMatrixRMaj hessian = derivatives(theta, gradient);
                var solver = LinearSolverFactory_DDRM.chol(f.length);
                Require.that(solver.setA(hessian), "graph", "so that N_p is convex in doubles", p);
                var direction = new DMatrixRMaj(f.length, 1);
                solver.solve(DMatrixRMaj.wrap(f.length, 1, gradient), direction);
                double decrement = Kernels.dot(gradient, direction.data);
                steps++;
                if (decrement <= NEAR * value) {
                    // The value has no digits left to compare, while Newton's steps still gain.
                    f = moved(direction.data, 1);
                    polished++;
                    if (polished == 2) {
                        break;
                    }
                    continue;
                }
                double length = 1;
                double[] next = moved(direction.data, length);
                double nextValue = value(next, theta);
                while (nextValue > value - 0.25 * length * decrement && length > 1e-10) {
                    length /= 2;
                    next = moved(direction.data, length);
                    nextValue = value(next, theta);
                }
                f = next;
                value = nextValue;
            }
            return loss(f);
        }

        private double[] moved(double[] direction, double length) {
            double[] next = f.clone();
            Kernels.axpy(-length, direction, next);
            return next;
        }

        /**
         * Gradient and Hessian of N^2 / 2 + theta * loss. With s the slopes divided by N, signed,
         * and v = |s|^(p-2) s / m: the derivative of N^2 / 2 in the slopes is N v, the second (p -
         * 1) diag(|s|^(p-2)) / m - (p - 2) v v'.
         */
        private DMatrixRMaj derivatives(double theta, double[] gradient) {
            int n = f.length;
            int m = graph.edges();
            double norm = Math.max(norm(f), Double.MIN_NORMAL);
            var differences = new double[m];
            graph.differences(f, differences);
            var curvature = new double[m];
            var v = new double[m];
            for (int e = 0; e < m; e++) {
                double slope = differences[e] / graph.lengths()[e] / norm;
                double power = StrictMath.pow(Math.abs(slope), p - 2) / m;
                curvature[e] = (p - 1) * power;
                v[e] = power * slope / graph.lengths()[e];
            }
            DMatrixRMaj hessian = graph.laplacian(curvature).toDense();
            var a = new double[n];
            graph.outflow(v, a);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    hessian.data[i * n + j] -= (p - 2) * a[i] * a[j];
                }
                hessian.data[i * n + i] += 2 * theta / n;
                gradient[i] = norm * a[i] + 2 * theta / n * (f[i] - targets[i]);
            }
            return hessian;
        }
    }

    /**
     * The exponents of the usual sequence.
     *
     * @param last the largest, a power of two, at least 2
     * @return 2, 4, 8, ..., last
     * @throws IllegalArgumentException if the last is no power of two above 1
     */
    public static double[] doubling(int last) {
        Require.that(last >= 2 && Integer.bitCount(last) == 1, "last", "a power of two", last);
        var exponents = new double[Integer.numberOfTrailingZeros(last)];
        Arrays.setAll(exponents, k -> 2L << k);
        return exponents;
    }
}
