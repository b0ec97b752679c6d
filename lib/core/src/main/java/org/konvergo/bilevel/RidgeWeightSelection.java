package org.konvergo.bilevel;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.konvergo.Require;
import org.konvergo.linalg.Elementary;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.SymmetricEigendecomposition;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.BilevelObjective;
import org.konvergo.problem.BilevelProblem;
import org.konvergo.problem.Indicator;
import org.konvergo.problem.LeastSquares;
import org.konvergo.problem.Smooth;
import org.konvergo.problem.StochasticBilevelObjective;
import org.konvergo.problem.StochasticBilevelProblem;
import org.konvergo.random.RandomStream;

/**
 * Ridge regression with a weight for each feature, chosen on validation data: the logarithms x of
 * the weights are the upper variable, the coefficients y the lower one,
 *
 * <p>g(x, y) = |A y - b|^2 / n + sum of e^(x_i) y_i^2 on the training data, f(x, y) = |C y - d|^2 /
 * m on the validation data, with x in a box.
 */
public final class RidgeWeightSelection {
    private final int p;
    private final double bound;
    private final LeastSquares training;
    private final LeastSquares validation;
    private final BilevelObjective upper;
    private final BilevelObjective lower;
    private final Moments moments;
    private final double curvature;

    /**
     * A problem from data. The arrays are not copied; do not change them.
     *
     * @param a training features, n x p
     * @param b training targets, of length n
     * @param c validation features, m x p
     * @param d validation targets, of length m
     * @param bound of |x_i|, positive
     * @throws IllegalArgumentException if shapes do not fit, an entry is not finite or the bound is
     *     not positive
     */
    public RidgeWeightSelection(
            DMatrixRMaj a, double[] b, DMatrixRMaj c, double[] d, double bound) {
        training = new LeastSquares(a, b);
        validation = new LeastSquares(Require.shape("c", c, c.numRows, a.numCols), d);
        this.bound = Require.positive("bound", bound);
        p = a.numCols;
        moments = new Moments(training);
        curvature = SymmetricEigendecomposition.of(moments.gram).largest();
        lower = new Level(moments, true);
        upper = new Level(new Moments(validation), false);
    }

    /**
     * The problem.
     *
     * @return with f the upper and g the lower objective
     */
    public BilevelProblem problem() {
        return new BilevelProblem(upper, lower, Indicator.box(-bound, bound), Indicator.none());
    }

    /**
     * The problem seen through batches, drawn with replacement.
     *
     * @param batch rows of the training or validation data a sample, at least 1
     * @return the samples; the ridge term is exact
     * @throws IllegalArgumentException if the batch is below 1
     */
    public StochasticBilevelProblem samples(int batch) {
        Require.atLeast("batch", batch, 1);
        return new StochasticBilevelProblem(
                batches(upper, validation, batch, false),
                batches(lower, training, batch, true),
                Indicator.box(-bound, bound),
                Indicator.none());
    }

    /**
     * Largest curvature of g(x, .).
     *
     * @param x of length p
     * @return twice the largest eigenvalue of A'A/n plus twice the largest weight, a bound
     */
    public double smoothness(double[] x) {
        double most = Arrays.stream(Require.length("x", x, p)).max().orElseThrow();
        return 2 * curvature + 2 * Elementary.exp(most);
    }

    /**
     * The lower solution, by a Cholesky factorisation.
     *
     * @param x of length p
     * @return the minimiser of g(x, .)
     * @throws IllegalArgumentException if the length differs
     */
    public double[] coefficients(double[] x) {
        Require.length("x", x, p);
        var matrix = moments.gram.copy();
        for (int i = 0; i < p; i++) {
            matrix.add(i, i, Elementary.exp(x[i]));
        }
        var solver = LinearSolverFactory_DDRM.chol(p);
        Require.that(solver.setA(matrix), "x", "finite", Arrays.toString(x));
        var y = new DMatrixRMaj(p, 1);
        solver.solve(DMatrixRMaj.wrap(p, 1, moments.moment.clone()), y);
        return y.data;
    }

    /**
     * The hyper-objective, the validation error of the exact lower solution.
     *
     * @return psi, with its gradient by the implicit function theorem
     */
    public Smooth hyperObjective() {
        var problem = problem();
        return new Smooth() {
            @Override
            public int dimension() {
                return p;
            }

            @Override
            public double value(double[] x) {
                return problem.upper().value(x, coefficients(x));
            }

            @Override
            public void gradient(double[] x, double[] gradient) {
                ImplicitHypergradient.exact()
                        .apply(problem, x, coefficients(x), gradient, new OracleCounter());
            }
        };
    }

    private static StochasticBilevelObjective batches(
            BilevelObjective mean, LeastSquares data, int batch, boolean ridge) {
        return new StochasticBilevelObjective() {
            @Override
            public BilevelObjective mean() {
                return mean;
            }

            @Override
            public BilevelObjective sample(RandomStream random) {
                var rows = new int[batch];
                Arrays.setAll(rows, i -> random.integer(data.terms()));
                return new Level(new Rows(data, rows), ridge);
            }
        };
    }

    /** A mean square |A y - b|^2 / n of some rows. */
    private interface MeanSquare {
        int dimension();

        double value(double[] y);

        void gradient(double[] y, double[] gradient);

        void product(double[] v, double[] product);
    }

    /** All rows, through their second moments. */
    private static final class Moments implements MeanSquare {
        private final DMatrixRMaj gram;
        private final double[] moment;
        private final double square;

        Moments(LeastSquares data) {
            int p = data.dimension();
            double share = 1.0 / data.terms();
            gram = new DMatrixRMaj(p, p);
            Kernels.syrkTransA(data.a(), gram);
            Kernels.scale(share, gram.data);
            moment = new double[p];
            Kernels.gemvTransposed(data.a(), data.b(), moment);
            Kernels.scale(share, moment);
            square = share * Kernels.dot(data.b(), data.b());
        }

        @Override
        public int dimension() {
            return moment.length;
        }

        @Override
        public double value(double[] y) {
            var product = new double[y.length];
            Kernels.gemv(gram, y, product);
            Kernels.axpy(-2, moment, product);
            return Kernels.dot(y, product) + square;
        }

        @Override
        public void gradient(double[] y, double[] gradient) {
            Kernels.gemv(gram, y, gradient);
            Kernels.axpby(-2, moment, 2, gradient);
        }

        @Override
        public void product(double[] v, double[] product) {
            Kernels.gemv(gram, v, product);
            Kernels.scale(2, product);
        }
    }

    /** A batch of rows. */
    private record Rows(LeastSquares data, int[] rows) implements MeanSquare {
        @Override
        public int dimension() {
            return data.dimension();
        }

        @Override
        public double value(double[] y) {
            return 2 * data.value(rows, y);
        }

        @Override
        public void gradient(double[] y, double[] gradient) {
            data.gradient(rows, y, gradient);
            Kernels.scale(2, gradient);
        }

        @Override
        public void product(double[] v, double[] product) {
            int p = v.length;
            Arrays.fill(product, 0);
            for (int row : rows) {
                double share = 2 * Kernels.dot(data.a().data, row * p, v, 0, p) / rows.length;
                Kernels.axpy(share, data.a().data, row * p, product, 0, p);
            }
        }
    }

    /** A mean square, with the ridge term or without. */
    private record Level(MeanSquare error, boolean ridge) implements BilevelObjective {
        @Override
        public int dimensionX() {
            return error.dimension();
        }

        @Override
        public int dimensionY() {
            return error.dimension();
        }

        @Override
        public double value(double[] x, double[] y) {
            double value = error.value(y);
            for (int i = 0; ridge && i < x.length; i++) {
                value += Elementary.exp(x[i]) * y[i] * y[i];
            }
            return value;
        }

        @Override
        public void gradientX(double[] x, double[] y, double[] gradient) {
            for (int i = 0; i < x.length; i++) {
                gradient[i] = ridge ? Elementary.exp(x[i]) * y[i] * y[i] : 0;
            }
        }

        @Override
        public void gradientY(double[] x, double[] y, double[] gradient) {
            error.gradient(y, gradient);
            for (int i = 0; ridge && i < x.length; i++) {
                gradient[i] += 2 * Elementary.exp(x[i]) * y[i];
            }
        }

        @Override
        public void hessianYY(double[] x, double[] y, double[] v, double[] product) {
            error.product(v, product);
            for (int i = 0; ridge && i < x.length; i++) {
                product[i] += 2 * Elementary.exp(x[i]) * v[i];
            }
        }

        @Override
        public void hessianXY(double[] x, double[] y, double[] v, double[] product) {
            for (int i = 0; i < x.length; i++) {
                product[i] = ridge ? 2 * Elementary.exp(x[i]) * y[i] * v[i] : 0;
            }
        }
    }
}
