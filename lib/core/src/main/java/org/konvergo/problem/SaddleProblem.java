package org.konvergo.problem;

/** A differentiable function phi(x, y), minimised over x in R^n and maximised over y in R^m. */
public interface SaddleProblem {
    /**
     * Number of minimising variables.
     *
     * @return n, at least 1
     */
    int minDimension();

    /**
     * Number of maximising variables.
     *
     * @return m, at least 1
     */
    int maxDimension();

    /**
     * The function.
     *
     * @param x of length n
     * @param y of length m
     * @return phi(x, y)
     */
    double value(double[] x, double[] y);

    /**
     * Both partial gradients.
     *
     * @param x of length n
     * @param y of length m
     * @param gradientX of length n, overwritten
     * @param gradientY of length m, overwritten
     */
    void gradients(double[] x, double[] y, double[] gradientX, double[] gradientY);

    /**
     * The operator z = (x, y) to (gradient in x, minus gradient in y), monotone where phi is convex
     * in x and concave in y. Its zeros are the saddle points.
     *
     * @return an operator of dimension n + m
     */
    default MonotoneOperator operator() {
        int n = minDimension();
        int m = maxDimension();
        return new MonotoneOperator() {
            @Override
            public int dimension() {
                return n + m;
            }

            @Override
            public void apply(double[] z, double[] result) {
                var gx = new double[n];
                var gy = new double[m];
                gradients(
                        java.util.Arrays.copyOfRange(z, 0, n),
                        java.util.Arrays.copyOfRange(z, n, n + m),
                        gx,
                        gy);
                System.arraycopy(gx, 0, result, 0, n);
                for (int j = 0; j < m; j++) {
                    result[n + j] = -gy[j];
                }
            }
        };
    }
}
