package org.konvergo.problem;

import java.util.function.BiFunction;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleBiFunction;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;

/**
 * A minimax problem written down by its formulas: the function, its gradients and the blocks of its
 * Hessian, for small problems.
 *
 * <pre>{@code
 * // f = x^2 y + x y
 * var f = MinimaxFunction.scalar(
 *         (x, y) -> x * x * y + x * y,
 *         (x, y) -> 2 * x * y + y, (x, y) -> x * x + x,
 *         (x, y) -> 2 * y, (x, y) -> 2 * x + 1, (x, y) -> 0);
 * }</pre>
 */
public final class MinimaxFunction implements MinimaxProblem {
    private final int n;
    private final int m;
    private final ToDoubleBiFunction<double[], double[]> f;
    private final BiFunction<double[], double[], double[]> fx;
    private final BiFunction<double[], double[], double[]> fy;
    private final BiFunction<double[], double[], double[][]> fxx;
    private final BiFunction<double[], double[], double[][]> fxy;
    private final BiFunction<double[], double[], double[][]> fyy;

    private MinimaxFunction(
            int n,
            int m,
            ToDoubleBiFunction<double[], double[]> f,
            BiFunction<double[], double[], double[]> fx,
            BiFunction<double[], double[], double[]> fy,
            BiFunction<double[], double[], double[][]> fxx,
            BiFunction<double[], double[], double[][]> fxy,
            BiFunction<double[], double[], double[][]> fyy) {
        this.n = Require.atLeast("n", n, 1);
        this.m = Require.atLeast("m", m, 1);
        this.f = Require.notNull("f", f);
        this.fx = Require.notNull("fx", fx);
        this.fy = Require.notNull("fy", fy);
        this.fxx = Require.notNull("fxx", fxx);
        this.fxy = Require.notNull("fxy", fxy);
        this.fyy = Require.notNull("fyy", fyy);
    }

    /**
     * A function of two vectors.
     *
     * @param n number of minimising variables, at least 1
     * @param m number of maximising variables, at least 1
     * @param f the function
     * @param fx gradient in x, of length n
     * @param fy gradient in y, of length m
     * @param fxx second derivatives in x, n rows of n
     * @param fxy mixed second derivatives, n rows of m
     * @param fyy second derivatives in y, m rows of m
     * @return the problem; it throws IllegalArgumentException where a formula gives another shape
     * @throws IllegalArgumentException if a dimension is below 1 or a formula is null
     */
    public static MinimaxProblem of(
            int n,
            int m,
            ToDoubleBiFunction<double[], double[]> f,
            BiFunction<double[], double[], double[]> fx,
            BiFunction<double[], double[], double[]> fy,
            BiFunction<double[], double[], double[][]> fxx,
            BiFunction<double[], double[], double[][]> fxy,
            BiFunction<double[], double[], double[][]> fyy) {
        return new MinimaxFunction(n, m, f, fx, fy, fxx, fxy, fyy);
    }

    /**
     * A function of two numbers.
     *
     * @param f the function
     * @param fx derivative in x
     * @param fy derivative in y
     * @param fxx second derivative in x
     * @param fxy mixed second derivative
     * @param fyy second derivative in y
     * @return the problem with n = m = 1
     * @throws IllegalArgumentException if a formula is null
     */
    public static MinimaxProblem scalar(
            DoubleBinaryOperator f,
            DoubleBinaryOperator fx,
            DoubleBinaryOperator fy,
            DoubleBinaryOperator fxx,
            DoubleBinaryOperator fxy,
            DoubleBinaryOperator fyy) {
        return new Scalar(f, fx, fy, fxx, fxy, fyy);
    }

    @Override
    public int minDimension() {
        return n;
    }

    @Override
    public int maxDimension() {
        return m;
    }

    @Override
    public double value(double[] x, double[] y) {
        return f.applyAsDouble(x, y);
    }

    @Override
    public void gradients(double[] x, double[] y, double[] gradientX, double[] gradientY) {
        System.arraycopy(Require.length("fx", fx.apply(x, y), n), 0, gradientX, 0, n);
        System.arraycopy(Require.length("fy", fy.apply(x, y), m), 0, gradientY, 0, m);
    }

    @Override
    public DMatrixRMaj hessianXX(double[] x, double[] y) {
        return Require.shape("fxx", new DMatrixRMaj(fxx.apply(x, y)), n, n);
    }

    @Override
    public DMatrixRMaj hessianXY(double[] x, double[] y) {
        return Require.shape("fxy", new DMatrixRMaj(fxy.apply(x, y)), n, m);
    }

    @Override
    public DMatrixRMaj hessianYY(double[] x, double[] y) {
        return Require.shape("fyy", new DMatrixRMaj(fyy.apply(x, y)), m, m);
    }

    /** Without arrays of one entry where many points are visited. */
    private record Scalar(
            DoubleBinaryOperator f,
            DoubleBinaryOperator fx,
            DoubleBinaryOperator fy,
            DoubleBinaryOperator fxx,
            DoubleBinaryOperator fxy,
            DoubleBinaryOperator fyy)
            implements MinimaxProblem {
        Scalar {
            Require.notNull("f", f);
            Require.notNull("fx", fx);
            Require.notNull("fy", fy);
            Require.notNull("fxx", fxx);
            Require.notNull("fxy", fxy);
            Require.notNull("fyy", fyy);
        }

        @Override
        public int minDimension() {
            return 1;
        }

        @Override
        public int maxDimension() {
            return 1;
        }

        @Override
        public double value(double[] x, double[] y) {
            return f.applyAsDouble(x[0], y[0]);
        }

        @Override
        public void gradients(double[] x, double[] y, double[] gradientX, double[] gradientY) {
            gradientX[0] = fx.applyAsDouble(x[0], y[0]);
            gradientY[0] = fy.applyAsDouble(x[0], y[0]);
        }

        @Override
        public MonotoneOperator operator() {
            return new MonotoneOperator() {
                @Override
                public int dimension() {
                    return 2;
                }

                @Override
                public void apply(double[] z, double[] result) {
                    result[0] = fx.applyAsDouble(z[0], z[1]);
                    result[1] = -fy.applyAsDouble(z[0], z[1]);
                }
            };
        }

        @Override
        public DMatrixRMaj hessianXX(double[] x, double[] y) {
            return one(fxx.applyAsDouble(x[0], y[0]));
        }

        @Override
        public DMatrixRMaj hessianXY(double[] x, double[] y) {
            return one(fxy.applyAsDouble(x[0], y[0]));
        }

        @Override
        public DMatrixRMaj hessianYY(double[] x, double[] y) {
            return one(fyy.applyAsDouble(x[0], y[0]));
        }

        @Override
        public void mixedProduct(double[] x, double[] y, double[] v, double[] product) {
            product[0] = fxy.applyAsDouble(x[0], y[0]) * v[0];
        }

        @Override
        public void mixedTransposedProduct(double[] x, double[] y, double[] v, double[] product) {
            mixedProduct(x, y, v, product);
        }

        private static DMatrixRMaj one(double entry) {
            return DMatrixRMaj.wrap(1, 1, new double[] {entry});
        }
    }
}
