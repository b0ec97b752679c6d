package org.konvergo.problem;

import java.util.function.BiFunction;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleBiFunction;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;

/**
 * A function of two variables written down by its formulas, for small problems.
 *
 * <pre>{@code
 * // phi = x y^2 + y
 * var phi = BilevelFunction.scalar(
 *         (x, y) -> x * y * y + y, (x, y) -> y * y, (x, y) -> 2 * x * y + 1,
 *         (x, y) -> 2 * x, (x, y) -> 2 * y);
 * }</pre>
 */
public final class BilevelFunction implements BilevelObjective {
    private final int n;
    private final int m;
    private final ToDoubleBiFunction<double[], double[]> f;
    private final BiFunction<double[], double[], double[]> fx;
    private final BiFunction<double[], double[], double[]> fy;
    private final Product yy;
    private final Product xy;

    /** A second derivative at (x, y) times a vector of the length of y. */
    @FunctionalInterface
    public interface Product {
        /**
         * Multiplies.
         *
         * @param x of length n
         * @param y of length m
         * @param v of length m
         * @return the product
         */
        double[] apply(double[] x, double[] y, double[] v);
    }

    private BilevelFunction(
            int n,
            int m,
            ToDoubleBiFunction<double[], double[]> f,
            BiFunction<double[], double[], double[]> fx,
            BiFunction<double[], double[], double[]> fy,
            Product yy,
            Product xy) {
        this.n = Require.atLeast("n", n, 1);
        this.m = Require.atLeast("m", m, 1);
        this.f = Require.notNull("f", f);
        this.fx = Require.notNull("fx", fx);
        this.fy = Require.notNull("fy", fy);
        this.yy = yy;
        this.xy = xy;
    }

    /**
     * A function of two vectors.
     *
     * @param n length of x, at least 1
     * @param m length of y, at least 1
     * @param f the function
     * @param fx gradient in x, of length n
     * @param fy gradient in y, of length m
     * @param fyy second derivatives in y, m rows of m
     * @param fxy mixed second derivatives, n rows of m
     * @return the function; it throws IllegalArgumentException where a formula gives another shape
     * @throws IllegalArgumentException if a dimension is below 1 or a formula is null
     */
    public static BilevelObjective of(
            int n,
            int m,
            ToDoubleBiFunction<double[], double[]> f,
            BiFunction<double[], double[], double[]> fx,
            BiFunction<double[], double[], double[]> fy,
            BiFunction<double[], double[], double[][]> fyy,
            BiFunction<double[], double[], double[][]> fxy) {
        Require.notNull("fyy", fyy);
        Require.notNull("fxy", fxy);
        return new BilevelFunction(
                n,
                m,
                f,
                fx,
                fy,
                (x, y, v) -> product("fyy", fyy.apply(x, y), m, v),
                (x, y, v) -> product("fxy", fxy.apply(x, y), n, v));
    }

    /**
     * A function of two vectors whose second derivatives are given by products, for a dimension in
     * which one does not write down matrices.
     *
     * @param n length of x, at least 1
     * @param m length of y, at least 1
     * @param f the function
     * @param fx gradient in x, of length n
     * @param fy gradient in y, of length m
     * @param yy Hessian in y times a vector, of length m
     * @param xy mixed Hessian times a vector, of length n
     * @return the function; it throws IllegalArgumentException where a formula gives another length
     * @throws IllegalArgumentException if a dimension is below 1 or a formula is null
     */
    public static BilevelObjective withProducts(
            int n,
            int m,
            ToDoubleBiFunction<double[], double[]> f,
            BiFunction<double[], double[], double[]> fx,
            BiFunction<double[], double[], double[]> fy,
            Product yy,
            Product xy) {
        Require.notNull("yy", yy);
        Require.notNull("xy", xy);
        return new BilevelFunction(n, m, f, fx, fy, yy, xy);
    }

    /**
     * A function of two vectors without second derivatives, for methods that use gradients alone.
     *
     * @param n length of x, at least 1
     * @param m length of y, at least 1
     * @param f the function
     * @param fx gradient in x, of length n
     * @param fy gradient in y, of length m
     * @return the function
     * @throws IllegalArgumentException if a dimension is below 1 or a formula is null
     */
    public static BilevelObjective of(
            int n,
            int m,
            ToDoubleBiFunction<double[], double[]> f,
            BiFunction<double[], double[], double[]> fx,
            BiFunction<double[], double[], double[]> fy) {
        return new BilevelFunction(n, m, f, fx, fy, null, null);
    }

    /**
     * A function of two numbers.
     *
     * @param f the function
     * @param fx derivative in x
     * @param fy derivative in y
     * @param fyy second derivative in y
     * @param fxy mixed second derivative
     * @return the function
     * @throws IllegalArgumentException if a formula is null
     */
    public static BilevelObjective scalar(
            DoubleBinaryOperator f,
            DoubleBinaryOperator fx,
            DoubleBinaryOperator fy,
            DoubleBinaryOperator fyy,
            DoubleBinaryOperator fxy) {
        Require.notNull("fyy", fyy);
        Require.notNull("fxy", fxy);
        return new Scalar(f, fx, fy, fyy, fxy);
    }

    /**
     * A function of two numbers without second derivatives.
     *
     * @param f the function
     * @param fx derivative in x
     * @param fy derivative in y
     * @return the function
     * @throws IllegalArgumentException if a formula is null
     */
    public static BilevelObjective scalar(
            DoubleBinaryOperator f, DoubleBinaryOperator fx, DoubleBinaryOperator fy) {
        return new Scalar(f, fx, fy, null, null);
    }

    @Override
    public int dimensionX() {
        return n;
    }

    @Override
    public int dimensionY() {
        return m;
    }

    @Override
    public double value(double[] x, double[] y) {
        return f.applyAsDouble(x, y);
    }

    @Override
    public void gradientX(double[] x, double[] y, double[] gradient) {
        copy("fx", fx.apply(x, y), n, gradient);
    }

    @Override
    public void gradientY(double[] x, double[] y, double[] gradient) {
        copy("fy", fy.apply(x, y), m, gradient);
    }

    @Override
    public void hessianYY(double[] x, double[] y, double[] v, double[] product) {
        copy("yy", known(yy).apply(x, y, v), m, product);
    }

    @Override
    public void hessianXY(double[] x, double[] y, double[] v, double[] product) {
        copy("xy", known(xy).apply(x, y, v), n, product);
    }

    private static void copy(String name, double[] from, int length, double[] to) {
        System.arraycopy(Require.length(name, from, length), 0, to, 0, length);
    }

    private static double[] product(String name, double[][] rows, int count, double[] v) {
        Require.notNull(name, rows);
        Require.that(rows.length == count, name, "of " + count + " rows", rows.length);
        var product = new double[count];
        for (int i = 0; i < count; i++) {
            product[i] = Kernels.dot(Require.length(name + "[" + i + "]", rows[i], v.length), v);
        }
        return product;
    }

    private static <T> T known(T derivative) {
        if (derivative == null) {
            throw new UnsupportedOperationException("the function has no second derivatives");
        }
        return derivative;
    }

    private record Scalar(
            DoubleBinaryOperator f,
            DoubleBinaryOperator fx,
            DoubleBinaryOperator fy,
            DoubleBinaryOperator fyy,
            DoubleBinaryOperator fxy)
            implements BilevelObjective {
        Scalar {
            Require.notNull("f", f);
            Require.notNull("fx", fx);
            Require.notNull("fy", fy);
        }

        @Override
        public int dimensionX() {
            return 1;
        }

        @Override
        public int dimensionY() {
            return 1;
        }

        @Override
        public double value(double[] x, double[] y) {
            return f.applyAsDouble(x[0], y[0]);
        }

        @Override
        public void gradientX(double[] x, double[] y, double[] gradient) {
            gradient[0] = fx.applyAsDouble(x[0], y[0]);
        }

        @Override
        public void gradientY(double[] x, double[] y, double[] gradient) {
            gradient[0] = fy.applyAsDouble(x[0], y[0]);
        }

        @Override
        public void hessianYY(double[] x, double[] y, double[] v, double[] product) {
            product[0] = known(fyy).applyAsDouble(x[0], y[0]) * v[0];
        }

        @Override
        public void hessianXY(double[] x, double[] y, double[] v, double[] product) {
            product[0] = known(fxy).applyAsDouble(x[0], y[0]) * v[0];
        }
    }
}
