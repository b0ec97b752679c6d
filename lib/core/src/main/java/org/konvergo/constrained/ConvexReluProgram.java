package org.konvergo.constrained;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;

/**
 * Training a two-layer network of rectifiers with weight decay as a convex program. With the
 * patterns D_i of its neurons (diagonal, 0 or 1) it is
 *
 * <p>min (1/2) |sum of D_i X (v_i - w_i) - y|^2 + beta * sum of (|v_i| + |w_i|) subject to (2 D_i -
 * I) X v_i >= 0 and (2 D_i - I) X w_i >= 0.
 *
 * <p>With all patterns its optimum is that of every wide enough network; with some, that of the
 * networks whose neurons have one of these. The variables are kept in one array of 2 P d numbers:
 * v_1, ..., v_P, w_1, ..., w_P.
 *
 * <p>Source: Pilanci and Ergen, Neural networks are convex regularizers, ICML 2020; Bai, Gautam and
 * Sojoudi, Efficient Global Optimization of Two-layer ReLU Networks, SIAM Journal on Mathematics of
 * Data Science, 2023.
 *
 * @param x n x d, one row a sample; append a column of ones for a bias
 * @param y one target a sample
 * @param patterns of the same samples
 * @param beta weight decay, positive
 */
public record ConvexReluProgram(
        DMatrixRMaj x, double[] y, ActivationPatterns patterns, double beta) {
    /**
     * Checks the arguments; the arrays are not copied.
     *
     * @param x as above
     * @param y as above
     * @param patterns as above
     * @param beta as above
     * @throws IllegalArgumentException if the numbers of samples differ, an entry is not finite,
     *     there is no pattern, or beta is not positive
     */
    public ConvexReluProgram {
        checkSamples(x, y, patterns);
        Require.positive("beta", beta);
    }

    static void checkSamples(DMatrixRMaj x, double[] y, ActivationPatterns patterns) {
        Require.notNull("x", x);
        Require.atLeast("columns of x", x.numCols, 1);
        Require.finite("x", x.data);
        Require.finite("y", Require.length("y", y, x.numRows));
        Require.notNull("patterns", patterns);
        Require.atLeast("number of patterns", patterns.size(), 1);
        Require.that(
                patterns.samples() == x.numRows,
                "patterns",
                "of " + x.numRows + " samples",
                "of " + patterns.samples());
    }

    /**
     * Number of variables.
     *
     * @return 2 P d
     */
    public int dimension() {
        return 2 * patterns.size() * x.numCols;
    }

    /**
     * What the network predicts at the samples, sum of D_i X (v_i - w_i).
     *
     * @param u the variables
     * @return one number a sample
     * @throws IllegalArgumentException if the length is wrong
     */
    public double[] predict(double[] u) {
        return new Gates(x, patterns).predict(Require.length("u", u, dimension()));
    }

    /**
     * The objective, whether or not the constraints hold.
     *
     * @param u the variables
     * @return the value
     * @throws IllegalArgumentException if the length is wrong
     */
    public double objective(double[] u) {
        double[] residual = predict(u);
        Kernels.axpy(-1, y, residual);
        return Kernels.dot(residual, residual) / 2 + beta * groupNorms(u, x.numCols);
    }

    static double groupNorms(double[] u, int d) {
        double sum = 0;
        for (int g = 0; g < u.length; g += d) {
            sum += Math.sqrt(Kernels.dot(u, g, u, g, d));
        }
        return sum;
    }

    /**
     * By how much the constraints are broken at most.
     *
     * @param u the variables
     * @return the largest entry of -(2 D_i - I) X v_i and its like, or 0
     * @throws IllegalArgumentException if the length is wrong
     */
    public double violation(double[] u) {
        double[] scores = new Gates(x, patterns).scores(Require.length("u", u, dimension()));
        double largest = 0;
        for (double score : scores) {
            largest = Math.max(largest, -score);
        }
        return largest;
    }
}
