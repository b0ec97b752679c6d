package org.konvergo.problem;

/** An average f(x) = (1/m) sum of f_i(x) of m differentiable terms. */
public interface FiniteSum extends Smooth {
    /**
     * Number of terms.
     *
     * @return m, at least 1
     */
    int terms();

    /**
     * Average of some terms, a minibatch.
     *
     * @param terms indices in 0..m-1, at least one; repeated ones count as often as they stand
     *     there
     * @param x point of length n
     * @return their average at x
     */
    double value(int[] terms, double[] x);

    /**
     * Gradient of the average of some terms.
     *
     * @param terms indices in 0..m-1, at least one
     * @param x point of length n
     * @param gradient of length n, overwritten; not x itself
     */
    void gradient(int[] terms, double[] x, double[] gradient);
}
