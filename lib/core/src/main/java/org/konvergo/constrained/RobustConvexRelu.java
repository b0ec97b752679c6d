package org.konvergo.constrained;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Admm;
import org.konvergo.problem.GroupNorm;
import org.konvergo.problem.Proximable;
import org.konvergo.problem.SplitProblem;

/**
 * Adversarial training of a two-layer network of rectifiers as a convex program: the hinge loss of
 * samples that may be moved by up to epsilon in every coordinate but the last, the bias. Sample k
 * passes the neurons of c_k = sum over i of D_i(k) (v_i - w_i), and the worst move costs epsilon
 * |c_k|_1 (the norm without the bias):
 *
 * <p>min (1/n) sum over k of (1 - y_k x_k'c_k + epsilon |c_k|_1)_+ + beta * sum of (|v_i| + |w_i|)
 * subject to (2 D_i - I) X v_i >= epsilon |v_i|_1, and w_i alike, so that no move within the box
 * changes a pattern. Then the first term is an upper bound of the network's loss under any attack.
 *
 * <p>For the method of multipliers it is split into copies whose proximal maps are known: v_i and
 * w_i (norms), the pairs ((2 D_i - I) X v_i, v_i) (a cone), the pairs (x_k'c_k, c_k) (the hinge).
 *
 * <p>Source: Bai, Gautam and Sojoudi, Efficient Global Optimization of Two-layer ReLU Networks,
 * SIAM Journal on Mathematics of Data Science, 2023.
 */
public final class RobustConvexRelu implements SplitProblem {
    private static final String FACTORISED = "so that A'A has Cholesky factors";

    private final DMatrixRMaj x;
    private final double[] y;
    private final double beta;
    private final double epsilon;
    private final Gates gates;
    private final int n;
    private final int d;
    private final int blocks;
    private final Proximable split;
    private final DMatrixRMaj inverseOfSums;
    private final DMatrixRMaj inverseOfDifferences;

    /**
     * Factorises what the method needs.
     *
     * @param x n x d, one row a sample, the last column ones; d at least 2
     * @param y +1 or -1 a sample
     * @param patterns of the samples
     * @param beta weight decay, positive
     * @param epsilon half-width of the box, non-negative
     * @throws IllegalArgumentException if the numbers of samples differ, a label is not +1 or -1,
     *     an argument is out of range, or 2 P d is above 4,000
     */
    public RobustConvexRelu(
            DMatrixRMaj x, double[] y, ActivationPatterns patterns, double beta, double epsilon) {
        ConvexReluProgram.checkSamples(x, y, patterns);
        Require.atLeast("columns of x", x.numCols, 2);
        for (int k = 0; k < y.length; k++) {
            Require.that(Math.abs(y[k]) == 1, "y[" + k + "]", "+1 or -1", y[k]);
        }
        this.x = x;
        this.y = y;
        this.beta = Require.positive("beta", beta);
        this.epsilon = Require.nonNegative("epsilon", epsilon);
        gates = new Gates(x, patterns);
        n = x.numRows;
        d = x.numCols;
        blocks = 2 * patterns.size();
        Require.that(blocks * d <= 4000, "2 P d", "at most 4000", blocks * d);
        split = new Copies();
        DMatrixRMaj own = gates.gram();
        for (int c = 0; c < d; c++) {
            own.add(c, c, c < d - 1 ? 2 : 1);
        }
        inverseOfSums = Gates.inverse(own, "x", FACTORISED, "not");
        inverseOfDifferences = inverseOfDifferences(own);
    }

    /**
     * The method, from zero.
     *
     * @param rho weight of the coupling, positive
     * @return the method of multipliers with steps 1
     * @throws IllegalArgumentException if rho is not positive
     */
    public Admm method(double rho) {
        return new Admm(this, rho, 1);
    }

    /**
     * The variables of the program in a state of the method: the copy that has passed the norms.
     *
     * @param state a state of the method
     * @return v_1, ..., v_P, w_1, ..., w_P
     */
    public double[] variables(Admm.State state) {
        return Arrays.copyOf(Require.notNull("state", state).z(), blocks * d);
    }

    /**
     * The first term, the mean hinge loss under the worst move.
     *
     * @param u v_1, ..., v_P, w_1, ..., w_P
     * @return non-negative
     * @throws IllegalArgumentException if the length is wrong
     */
    public double worstHinge(double[] u) {
        Require.length("u", u, blocks * d);
        var passed = gates.passed(u);
        double sum = 0;
        for (int k = 0; k < n; k++) {
            double margin = y[k] * Kernels.dot(x.data, k * d, passed.data, k * d, d);
            sum += Math.max(0, 1 - margin + epsilon * norm1(passed.data, k * d, d - 1));
        }
        return sum / n;
    }

    /**
     * The objective, whether or not the constraints hold.
     *
     * @param u v_1, ..., v_P, w_1, ..., w_P
     * @return the value
     * @throws IllegalArgumentException if the length is wrong
     */
    public double objective(double[] u) {
        return worstHinge(u) + beta * ConvexReluProgram.groupNorms(u, d);
    }

    /**
     * By how much the constraints are broken at most.
     *
     * @param u v_1, ..., v_P, w_1, ..., w_P
     * @return the largest epsilon |v_i|_1 - (2 D_i(k) - 1) x_k'v_i, or 0
     * @throws IllegalArgumentException if the length is wrong
     */
    public double violation(double[] u) {
        double[] scores = gates.scores(Require.length("u", u, blocks * d));
        double largest = 0;
        for (int i = 0; i < blocks; i++) {
            double reach = epsilon * norm1(u, i * d, d - 1);
            for (int k = 0; k < n; k++) {
                largest = Math.max(largest, reach - scores[i * n + k]);
            }
        }
        return largest;
    }

    /**
     * A feasible point near a given one. With g(v) the least slack of the constraints of a block,
     * which is concave and homogeneous, g(v + t h) >= g(v) + t g(h); so a block that breaks its
     * constraints is moved along an h with g(h) > 0 just far enough. Where there is no such h, or
     * the block would more than double, it is set to zero.
     *
     * @param u v_1, ..., v_P, w_1, ..., w_P; kept
     * @return a point whose violation is that of rounding
     * @throws IllegalArgumentException if the length is wrong
     */
    public double[] feasible(double[] u) {
        double[] repaired = Require.length("u", u, blocks * d).clone();
        for (int i = 0; i < blocks; i++) {
            double[] v = Arrays.copyOfRange(u, i * d, (i + 1) * d);
            double slack = slack(i, v);
            if (slack < 0) {
                double[] h = interior(i);
                double margin = slack(i, h);
                double length = margin > 0 ? -slack * (1 + 1e-9) / margin : Double.MAX_VALUE;
                boolean near = length <= Kernels.norm2(v);
                for (int c = 0; c < d; c++) {
                    repaired[i * d + c] = near ? Math.fma(length, h[c], v[c]) : 0;
                }
            }
        }
        return repaired;
    }

    /** The least (2 D_i(k) - 1) x_k'v - epsilon |v|_1 over the samples. */
    private double slack(int block, double[] v) {
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < n; k++) {
            least = Math.min(least, signed(block, k) * Kernels.dot(x.data, k * d, v, 0, d));
        }
        return least - epsilon * norm1(v, 0, d - 1);
    }

    private double signed(int block, int sample) {
        return 2 * gates.active().data[block % (blocks / 2) * n + sample] - 1;
    }

    /** A vector of length 1 with the greatest slack that 1,000 subgradient steps find. */
    private double[] interior(int block) {
        var h = new double[d];
        for (int k = 0; k < n; k++) {
            Kernels.axpy(signed(block, k), x.data, k * d, h, 0, d);
        }
        double[] best = null;
        for (int t = 1; t <= 1000; t++) {
            double norm = Kernels.norm2(h);
            Kernels.scale(norm > 0 ? 1 / norm : 1, h);
            if (best == null || slack(block, h) > slack(block, best)) {
                best = h.clone();
            }
            int worst = 0;
            for (int k = 1; k < n; k++) {
                double score = signed(block, k) * Kernels.dot(x.data, k * d, h, 0, d);
                if (score < signed(block, worst) * Kernels.dot(x.data, worst * d, h, 0, d)) {
                    worst = k;
                }
            }
            double step = 0.3 / Math.sqrt(t);
            for (int c = 0; c < d; c++) {
                double pull = c < d - 1 ? epsilon * Math.signum(h[c]) : 0;
                h[c] += step * (signed(block, worst) * x.get(worst, c) - pull);
            }
        }
        return best;
    }

    private static double norm1(double[] a, int offset, int length) {
        double sum = 0;
        for (int c = offset; c < offset + length; c++) {
            sum += Math.abs(a[c]);
        }
        return sum;
    }

    @Override
    public int primalDimension() {
        return blocks * d;
    }

    /** The copies: u, then n scores and d - 1 weights a block, then 1 score and d - 1 a sample. */
    @Override
    public int splitDimension() {
        return blocks * d + blocks * (n + d - 1) + n * d;
    }

    @Override
    public void apply(double[] u, double[] au) {
        Require.length("u", u, primalDimension());
        Require.length("au", au, splitDimension());
        System.arraycopy(u, 0, au, 0, u.length);
        double[] scores = gates.scores(u);
        int at = u.length;
        for (int i = 0; i < blocks; i++) {
            System.arraycopy(scores, i * n, au, at, n);
            System.arraycopy(u, i * d, au, at + n, d - 1);
            at += n + d - 1;
        }
        var passed = gates.passed(u);
        for (int k = 0; k < n; k++) {
            au[at] = Kernels.dot(x.data, k * d, passed.data, k * d, d);
            System.arraycopy(passed.data, k * d, au, at + 1, d - 1);
            at += d;
        }
    }

    @Override
    public void minimize(double rho, double[] target, double[] u) {
        Require.length("target", target, splitDimension());
        Require.length("u", u, primalDimension());
        double[] right = Arrays.copyOf(target, u.length);
        var scores = new double[blocks * n];
        int at = u.length;
        for (int i = 0; i < blocks; i++) {
            System.arraycopy(target, at, scores, i * n, n);
            for (int c = 0; c < d - 1; c++) {
                right[i * d + c] += target[at + n + c];
            }
            at += n + d - 1;
        }
        gates.addScoresTransposed(scores, 0, right);
        var back = new DMatrixRMaj(n, d);
        for (int k = 0; k < n; k++) {
            for (int c = 0; c < d; c++) {
                back.set(k, c, target[at] * x.get(k, c) + (c < d - 1 ? target[at + 1 + c] : 0));
            }
            at += d;
        }
        double[] passed = gates.activeSums(back).data;
        int half = passed.length;
        var sums = new double[half];
        var differences = new double[half];
        for (int k = 0; k < half; k++) {
            sums[k] = right[k] + right[half + k];
            differences[k] = right[k] - right[half + k] + 2 * passed[k];
        }
        var solved = new double[half];
        Gates.timesSquare(sums, inverseOfSums, solved);
        var opposed = new double[half];
        Kernels.gemv(inverseOfDifferences, differences, opposed);
        for (int k = 0; k < half; k++) {
            u[k] = (solved[k] + opposed[k]) / 2;
            u[half + k] = (solved[k] - opposed[k]) / 2;
        }
    }

    /**
     * A'A is B + (S, -S; -S, S) with B of 2 P blocks alike. So v + w solves a system with B, and v
     * - w one with B + 2 (S, S), of half the size.
     */
    private DMatrixRMaj inverseOfDifferences(DMatrixRMaj own) {
        int p = blocks / 2;
        var matrix = new DMatrixRMaj(p * d, p * d);
        // Samples that pass both i and j: their x x' + the identity without the bias.
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                var shared = new DMatrixRMaj(d, d);
                for (int k = 0; k < n; k++) {
                    if (gates.active().get(i, k) * gates.active().get(j, k) > 0) {
                        for (int c = 0; c < d * d; c++) {
                            shared.data[c] += x.get(k, c / d) * x.get(k, c % d);
                        }
                        for (int c = 0; c < d - 1; c++) {
                            shared.add(c, c, 1);
                        }
                    }
                }
                for (int c = 0; c < d * d; c++) {
                    double entry = 2 * shared.data[c] + (i == j ? own.data[c] : 0);
                    matrix.set(i * d + c / d, j * d + c % d, entry);
                }
            }
        }
        return Gates.inverse(matrix, "x", FACTORISED, "not");
    }

    @Override
    public Proximable split() {
        return split;
    }

    /** Norms, cones and hinges. */
    private final class Copies implements Proximable {
        private final GroupNorm norms;

        Copies() {
            var weights = new double[blocks];
            Arrays.fill(weights, beta);
            norms = new GroupNorm(weights, d);
        }

        @Override
        public double value(double[] z) {
            Require.length("z", z, splitDimension());
            int at = blocks * d;
            for (int i = 0; i < blocks; i++) {
                double reach = epsilon * norm1(z, at + n, d - 1);
                for (int k = 0; k < n; k++) {
                    if (z[at + k] < reach) {
                        return Double.POSITIVE_INFINITY;
                    }
                }
                at += n + d - 1;
            }
            double sum = 0;
            for (int k = 0; k < n; k++) {
                sum += Math.max(0, 1 - y[k] * z[at] + epsilon * norm1(z, at + 1, d - 1));
                at += d;
            }
            return sum / n + norms.value(Arrays.copyOf(z, blocks * d));
        }

        @Override
        public void prox(double step, double[] z, double[] result) {
            Require.length("z", z, splitDimension());
            Require.length("result", result, z.length);
            double[] head = Arrays.copyOf(z, blocks * d);
            norms.prox(step, head, head);
            if (result != z) {
                System.arraycopy(z, 0, result, 0, z.length);
            }
            System.arraycopy(head, 0, result, 0, head.length);
            int at = head.length;
            for (int i = 0; i < blocks; i++) {
                cone(result, at);
                at += n + d - 1;
            }
            for (int k = 0; k < n; k++) {
                hinge(step / n, y[k], result, at);
                at += d;
            }
        }

        /**
         * Projects (s, t) onto s_k >= epsilon |t|_1: t shrinks by epsilon kappa and each s_k rises
         * to the threshold, where kappa is the sum of these rises. Their difference falls in kappa
         * and is convex and piecewise linear, so Newton's method from 0 ends at the root.
         */
        private void cone(double[] z, int at) {
            double kappa = 0;
            for (int round = 0; round < 100; round++) {
                double threshold = epsilon * shrunk(z, at + n, epsilon * kappa);
                double twice = 0;
                int rising = 0;
                for (int k = at; k < at + n; k++) {
                    // Which are below is as good as random, and a branch on it slow: twice the
                    // negative part, and the sign's bit.
                    double above = z[k] - threshold;
                    twice += Math.abs(above) - above;
                    rising += (int) (Double.doubleToRawLongBits(above) >>> 63);
                }
                if (rising == 0 && kappa == 0) {
                    return;
                }
                double rest = twice / 2 - kappa;
                int alive = alive(z, at + n, epsilon * kappa);
                double slope = 1 + rising * epsilon * epsilon * alive;
                double next = kappa + Math.max(0, rest) / slope;
                if (next <= kappa * (1 + 1e-15)) {
                    break;
                }
                kappa = next;
            }
            double threshold = epsilon * shrunk(z, at + n, epsilon * kappa);
            shrink(z, at + n, epsilon * kappa);
            for (int k = at; k < at + n; k++) {
                z[k] = Math.max(z[k], threshold);
            }
        }

        /**
         * The proximal map of weight (1 - y m + epsilon |a|_1)_+: m moves by kappa y and a shrinks
         * by epsilon kappa, with the kappa in [0, weight] at which the bracket comes to 0, if any.
         */
        private void hinge(double weight, double label, double[] z, int at) {
            double kappa = 0;
            for (int round = 0; round < 100; round++) {
                double bracket =
                        1 - label * z[at] - kappa + epsilon * shrunk(z, at + 1, epsilon * kappa);
                double slope = 1 + epsilon * epsilon * alive(z, at + 1, epsilon * kappa);
                double next = Math.min(weight, kappa + Math.max(0, bracket) / slope);
                if (next <= kappa * (1 + 1e-15)) {
                    break;
                }
                kappa = next;
            }
            z[at] += label * kappa;
            shrink(z, at + 1, epsilon * kappa);
        }

        /** The l1 norm after soft thresholding. */
        private double shrunk(double[] z, int at, double threshold) {
            double sum = 0;
            for (int c = at; c < at + d - 1; c++) {
                sum += Math.max(0, Math.abs(z[c]) - threshold);
            }
            return sum;
        }

        private int alive(double[] z, int at, double threshold) {
            int count = 0;
            for (int c = at; c < at + d - 1; c++) {
                count += Math.abs(z[c]) > threshold ? 1 : 0;
            }
            return count;
        }

        private void shrink(double[] z, int at, double threshold) {
            for (int c = at; c < at + d - 1; c++) {
                z[c] = Math.copySign(Math.max(0, Math.abs(z[c]) - threshold), z[c]);
            }
        }
    }
}
