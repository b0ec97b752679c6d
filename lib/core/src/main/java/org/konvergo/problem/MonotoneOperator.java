package org.konvergo.problem;

/** An operator F on R^n with (F(z) - F(z')) . (z - z') at least 0 for all z, z'. */
public interface MonotoneOperator {
    /**
     * Number of variables.
     *
     * @return n, at least 1
     */
    int dimension();

    /**
     * The operator.
     *
     * @param z point of length n
     * @param result of length n, overwritten with F(z); not z itself
     */
    void apply(double[] z, double[] result);
}
