package org.konvergo.problem;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;

/**
 * An operator that is an average, F(z) = (1/m) sum of F_i(z), of m terms that can be had singly.
 */
public interface FiniteSumOperator extends MonotoneOperator {
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
     * @param z point of length n
     * @param result of length n, overwritten with their average at z; not z itself
     */
    void apply(int[] terms, double[] z, double[] result);

    /**
     * How the average of some terms changes from one point to another, as variance reduction needs
     * it: two evaluations a term.
     *
     * @param terms indices in 0..m-1, at least one
     * @param z point of length n
     * @param from point of length n
     * @param result of length n, overwritten with the average at z minus that at from; neither of
     *     them itself
     */
    default void difference(int[] terms, double[] z, double[] from, double[] result) {
        var before = new double[result.length];
        apply(terms, from, before);
        apply(terms, z, result);
        Kernels.axpy(-1, before, result);
    }

    /**
     * The gradient of a finite sum of functions.
     *
     * @param sum convex functions for a monotone operator
     * @return z to the gradient at z, term by term
     * @throws IllegalArgumentException if the sum is null
     */
    static FiniteSumOperator gradientOf(FiniteSum sum) {
        Require.notNull("sum", sum);
        return new FiniteSumOperator() {
            @Override
            public int dimension() {
                return sum.dimension();
            }

            @Override
            public int terms() {
                return sum.terms();
            }

            @Override
            public void apply(double[] z, double[] result) {
                sum.gradient(z, result);
            }

            @Override
            public void apply(int[] terms, double[] z, double[] result) {
                sum.gradient(terms, z, result);
            }
        };
    }

    /**
     * The operator v to step F(v) + v - centre, whose zero is the resolvent of step F at the
     * centre. It is 1-strongly monotone; a term that is L-Lipschitz becomes (step L + 1)-Lipschitz.
     *
     * @param step positive
     * @param centre of length n; copied
     * @return the operator, of as many terms
     * @throws IllegalArgumentException if the step is not positive or the centre does not fit
     */
    default FiniteSumOperator resolventEquation(double step, double[] centre) {
        Require.positive("step", step);
        Require.finite("centre", Require.length("centre", centre, dimension()));
        double[] c = centre.clone();
        return new FiniteSumOperator() {
            @Override
            public int dimension() {
                return c.length;
            }

            @Override
            public int terms() {
                return FiniteSumOperator.this.terms();
            }

            @Override
            public void apply(double[] z, double[] result) {
                FiniteSumOperator.this.apply(z, result);
                shift(z, c, result);
            }

            @Override
            public void apply(int[] terms, double[] z, double[] result) {
                FiniteSumOperator.this.apply(terms, z, result);
                shift(z, c, result);
            }

            @Override
            public void difference(int[] terms, double[] z, double[] from, double[] result) {
                FiniteSumOperator.this.difference(terms, z, from, result);
                shift(z, from, result);
            }

            private void shift(double[] z, double[] from, double[] result) {
                for (int i = 0; i < result.length; i++) {
                    result[i] = Math.fma(step, result[i], z[i] - from[i]);
                }
            }
        };
    }
}
