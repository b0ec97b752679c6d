package org.konvergo.problem;

import java.util.Arrays;

/**
 * A convex-concave saddle problem with a bilinear coupling: min over x in R^n, max over y in R^m of
 * theta1(x) - y'Ax - theta2(y), both functions convex, closed and known by their proximal maps, A
 * known by its products. With theta2(y) = -b'y it is the Lagrangian of min theta1(x) subject to Ax
 * = b.
 */
public interface BilinearSaddleProblem {
    /**
     * Number of primal variables.
     *
     * @return n, at least 1
     */
    int primalDimension();

    /**
     * Number of dual variables.
     *
     * @return m, at least 1
     */
    int dualDimension();

    /**
     * The primal function.
     *
     * @return theta1
     */
    Proximable primal();

    /**
     * The dual function.
     *
     * @return theta2
     */
    Proximable dual();

    /**
     * The coupling.
     *
     * @param x of length n
     * @param ax of length m, overwritten with A x
     */
    void apply(double[] x, double[] ax);

    /**
     * The transposed coupling.
     *
     * @param y of length m
     * @param aty of length n, overwritten with A'y
     */
    void applyTransposed(double[] y, double[] aty);

    /**
     * The saddle points as the solutions z = (x, y) of an inclusion: the operator is (-A'y, Ax),
     * whose Lipschitz constant is the norm of A, the constraint theta1(x) + theta2(y).
     *
     * @return an inclusion of dimension n + m
     */
    default MonotoneInclusion inclusion() {
        int n = primalDimension();
        int m = dualDimension();
        var operator =
                new MonotoneOperator() {
                    @Override
                    public int dimension() {
                        return n + m;
                    }

                    @Override
                    public void apply(double[] z, double[] result) {
                        var aty = new double[n];
                        var ax = new double[m];
                        applyTransposed(Arrays.copyOfRange(z, n, n + m), aty);
                        BilinearSaddleProblem.this.apply(Arrays.copyOf(z, n), ax);
                        for (int j = 0; j < n; j++) {
                            result[j] = -aty[j];
                        }
                        System.arraycopy(ax, 0, result, n, m);
                    }
                };
        var functions =
                new Proximable() {
                    @Override
                    public double value(double[] z) {
                        return primal().value(Arrays.copyOf(z, n))
                                + dual().value(Arrays.copyOfRange(z, n, n + m));
                    }

                    @Override
                    public void prox(double step, double[] z, double[] result) {
                        var x = new double[n];
                        var y = new double[m];
                        primal().prox(step, Arrays.copyOf(z, n), x);
                        dual().prox(step, Arrays.copyOfRange(z, n, n + m), y);
                        System.arraycopy(x, 0, result, 0, n);
                        System.arraycopy(y, 0, result, n, m);
                    }
                };
        return new MonotoneInclusion(operator, functions);
    }
}
