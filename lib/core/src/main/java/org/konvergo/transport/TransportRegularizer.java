package org.konvergo.transport;

/**
 * A function Omega of a column of a transport plan that is added to its cost. The dual problems
 * need its conjugates only: the maximum of &lt;s, t&gt; - Omega(t) over all t &gt;= 0, or over
 * those of a given mass, and the t where it is attained, which is the gradient in s.
 *
 * <p>Source: Blondel, Seguy and Rolet, Smooth and sparse optimal transport, AISTATS 2018; with a
 * limit on the number of entries Liu, Puigcerver and Blondel, Sparsity-constrained optimal
 * transport, ICLR 2023.
 */
public sealed interface TransportRegularizer permits EntropyRegularizer, SquaredNormRegularizer {
    /**
     * The function.
     *
     * @param t column of a plan, non-negative
     * @return Omega(t); infinite where t is not allowed
     */
    double value(double[] t);

    /**
     * The conjugate over all non-negative columns.
     *
     * @param s vector of length m
     * @param t of length m, overwritten by a maximiser; may be s itself
     * @return the maximum of &lt;s, t&gt; - Omega(t)
     */
    double conjugate(double[] s, double[] t);

    /**
     * The conjugate over the non-negative columns with a given sum.
     *
     * @param s vector of length m
     * @param mass the sum of t, positive
     * @param t of length m, overwritten by a maximiser; may be s itself
     * @return the maximum of &lt;s, t&gt; - Omega(t)
     */
    double conjugate(double[] s, double mass, double[] t);
}
