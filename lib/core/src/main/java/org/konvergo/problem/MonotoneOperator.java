package org.konvergo.problem;

import org.konvergo.Require;

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

    /**
     * The gradient of a function, monotone where the function is convex. Its flow is gradient flow.
     *
     * @param function f
     * @return z to the gradient of f at z
     * @throws IllegalArgumentException if the function is null
     */
    static MonotoneOperator gradientOf(Smooth function) {
        Require.notNull("function", function);
        return new MonotoneOperator() {
            @Override
            public int dimension() {
                return function.dimension();
            }

            @Override
            public void apply(double[] z, double[] result) {
                function.gradient(z, result);
            }
        };
    }

    /**
     * The operator with each entry multiplied by a factor: two time scales, for instance. It need
     * not be monotone.
     *
     * @param factors of length n, positive
     * @return z to diag(factors) F(z)
     * @throws IllegalArgumentException if a factor is not positive or their number differs
     */
    default MonotoneOperator scaled(double[] factors) {
        Require.length("factors", factors, dimension());
        for (int i = 0; i < factors.length; i++) {
            Require.positive("factors[" + i + "]", factors[i]);
        }
        double[] kept = factors.clone();
        return new MonotoneOperator() {
            @Override
            public int dimension() {
                return kept.length;
            }

            @Override
            public void apply(double[] z, double[] result) {
                MonotoneOperator.this.apply(z, result);
                for (int i = 0; i < kept.length; i++) {
                    result[i] *= kept[i];
                }
            }
        };
    }
}
