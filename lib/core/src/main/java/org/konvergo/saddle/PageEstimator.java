package org.konvergo.saddle;

import java.util.function.LongToDoubleFunction;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.FiniteSumOperator;
import org.konvergo.random.RandomStream;

/**
 * The probabilistic recursive estimate of an average along the points u_0, u_1, ...: it begins with
 * the full F(u_0); then with probability p_k it is made anew, F(u_k), and otherwise carried along
 * by a batch S, G_k = G_(k-1) + (1/b) sum over S of (F_i(u_k) - F_i(u_(k-1))), S drawn uniformly
 * with replacement (Li, Bao, Zhang and Richtarik, PAGE: a simple and optimal probabilistic gradient
 * estimator for nonconvex optimization, 2021).
 *
 * <p>A batch of at least half the terms would cost as much as all of them, so then all are taken.
 *
 * @param operator F
 * @param batch b, at least 1
 * @param probability p_k in (0, 1] for k = 1, 2, ...
 */
public record PageEstimator(
        FiniteSumOperator operator, int batch, LongToDoubleFunction probability) {
    /**
     * Checks the arguments.
     *
     * @param operator as above
     * @param batch as above
     * @param probability as above
     * @throws IllegalArgumentException if one is null, the batch is below 1 or the operator has no
     *     terms
     */
    public PageEstimator {
        Require.notNull("operator", operator);
        Require.atLeast("terms of operator", operator.terms(), 1);
        Require.atLeast("batch", batch, 1);
        Require.notNull("probability", probability);
    }

    /**
     * The choice for Halpern's iteration with weights 2 / (k + 4): b = root n rounded up, and p_k =
     * 4 / (k + 4) for k up to root n + 1, 4 / (root n + 5) after (Cai, Alacaoglu and Diakonikolas,
     * Variance reduced Halpern iteration for finite-sum monotone inclusions, 2024).
     *
     * @param operator F, of n terms
     * @return the estimator
     * @throws IllegalArgumentException if the operator is null or has no terms
     */
    public static PageEstimator forHalpern(FiniteSumOperator operator) {
        Require.notNull("operator", operator);
        double root = Math.sqrt(Require.atLeast("terms of operator", operator.terms(), 1));
        return new PageEstimator(
                operator,
                (int) Math.ceil(root),
                k -> k - 1 <= root ? 4.0 / (k + 4) : 4.0 / (root + 5));
    }

    /**
     * The first estimate.
     *
     * @param u u_0, of the operator's dimension
     * @param calls counts one evaluation a term
     * @return F(u_0)
     */
    public double[] start(double[] u, OracleCounter calls) {
        var estimate = new double[operator.dimension()];
        operator.apply(u, estimate);
        calls.add(Oracle.COMPONENT, operator.terms());
        return estimate;
    }

    /**
     * The next estimate.
     *
     * @param k number of the new point, at least 1
     * @param u u_k
     * @param before u_(k-1)
     * @param estimate at u_(k-1), changed to that at u_k
     * @param random for the coin and the batch
     * @param calls counts n evaluations of terms, or 2b
     * @return whether it was made anew
     * @throws IllegalArgumentException if the probability is not in (0, 1]
     */
    public boolean update(
            long k,
            double[] u,
            double[] before,
            double[] estimate,
            RandomStream random,
            OracleCounter calls) {
        double p = probability.applyAsDouble(k);
        Require.that(p > 0 && p <= 1, "probability", "in (0, 1]", p);
        int n = operator.terms();
        if (random.bernoulli(p) || 2L * batch >= n) {
            operator.apply(u, estimate);
            calls.add(Oracle.COMPONENT, n);
            return true;
        }
        var chosen = new int[batch];
        for (int t = 0; t < batch; t++) {
            chosen[t] = random.integer(n);
        }
        var difference = new double[estimate.length];
        operator.difference(chosen, u, before, difference);
        Kernels.axpy(1, difference, estimate);
        calls.add(Oracle.COMPONENT, 2L * batch);
        return false;
    }
}
