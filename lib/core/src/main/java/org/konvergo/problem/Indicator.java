package org.konvergo.problem;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.konvergo.Require;
import org.konvergo.linalg.ConeProjection;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.L1BallProjection;
import org.konvergo.linalg.SimplexProjection;
import org.konvergo.linalg.SingularValueMap;

/**
 * The function that is 0 on a closed convex set and infinite elsewhere. Its proximal map is the
 * projection on the set, whatever the step.
 */
public final class Indicator implements Proximable {
    private static final double TOLERANCE = 1e-12;
    private final UnaryOperator<double[]> projection;

    private Indicator(UnaryOperator<double[]> projection) {
        this.projection = projection;
    }

    /**
     * A set that is known by its projection, such as an {@link
     * org.konvergo.linalg.AffineProjection}.
     *
     * @param projection takes a point, which it leaves as it is, to the nearest one of the set
     * @return the set
     * @throws IllegalArgumentException if the projection is null
     */
    public static Indicator of(UnaryOperator<double[]> projection) {
        return new Indicator(Require.notNull("projection", projection));
    }

    /**
     * The whole space: the function 0.
     *
     * @return an indicator whose projection changes nothing
     */
    public static Indicator none() {
        return new Indicator(z -> z);
    }

    /**
     * The box low &lt;= z &lt;= high.
     *
     * @param low lower bound of all entries, possibly minus infinity
     * @param high upper bound of all entries, at least low, possibly infinite
     * @return the box
     * @throws IllegalArgumentException if high is below low or one is NaN
     */
    public static Indicator box(double low, double high) {
        Require.that(low <= high, "high", "at least low = " + low, high);
        return new Indicator(
                z -> {
                    var p = new double[z.length];
                    Arrays.setAll(p, i -> Math.min(Math.max(z[i], low), high));
                    return p;
                });
    }

    /**
     * The box low[i] &lt;= z[i] &lt;= high[i].
     *
     * @param low lower bound of each entry, possibly minus infinity
     * @param high upper bound of each entry, at least the lower, possibly infinite
     * @return the box
     * @throws IllegalArgumentException if the lengths differ, or an upper bound is below the lower
     *     or one is NaN
     */
    public static Indicator box(double[] low, double[] high) {
        Require.length("high", high, Require.notNull("low", low).length);
        for (int i = 0; i < low.length; i++) {
            Require.that(
                    low[i] <= high[i],
                    "high[" + i + "]",
                    "at least low[" + i + "] = " + low[i],
                    high[i]);
        }
        double[] least = low.clone();
        double[] most = high.clone();
        return new Indicator(
                z -> {
                    Require.length("z", z, least.length);
                    var p = new double[z.length];
                    Arrays.setAll(p, i -> Math.min(Math.max(z[i], least[i]), most[i]));
                    return p;
                });
    }

    /**
     * A product of probability simplices: consecutive blocks of entries, each non-negative with sum
     * 1.
     *
     * @param sizes lengths of the blocks, each at least 1
     * @return the set of strategies of as many players
     * @throws IllegalArgumentException if there is no block or one is empty
     */
    public static Indicator simplices(int... sizes) {
        Require.notNull("sizes", sizes);
        Require.atLeast("number of simplices", sizes.length, 1);
        int total = 0;
        for (int i = 0; i < sizes.length; i++) {
            total += Require.atLeast("sizes[" + i + "]", sizes[i], 1);
        }
        int n = total;
        int[] blocks = sizes.clone();
        return new Indicator(
                z -> {
                    Require.length("z", z, n);
                    var p = new double[n];
                    int from = 0;
                    for (int size : blocks) {
                        double[] block = Arrays.copyOfRange(z, from, from + size);
                        System.arraycopy(SimplexProjection.project(block, 1), 0, p, from, size);
                        from += size;
                    }
                    return p;
                });
    }

    /**
     * The ball |z|_2 &lt;= radius of the Euclidean norm.
     *
     * @param radius positive
     * @return the ball
     * @throws IllegalArgumentException if the radius is not positive
     */
    public static Indicator ball(double radius) {
        Require.positive("radius", radius);
        return new Indicator(
                z -> {
                    double[] p = z.clone();
                    double norm = Kernels.norm2(p);
                    if (norm > radius) {
                        Kernels.scale(radius / norm, p);
                    }
                    return p;
                });
    }

    /**
     * The ball |z|_1 &lt;= radius of the 1-norm.
     *
     * @param radius positive
     * @return the ball
     * @throws IllegalArgumentException if the radius is not positive
     */
    public static Indicator l1Ball(double radius) {
        Require.positive("radius", radius);
        return new Indicator(z -> L1BallProjection.project(z, radius));
    }

    /**
     * The second-order cone |x|_2 &lt;= t of points z = (t, x).
     *
     * @return the cone
     */
    public static Indicator secondOrderCone() {
        return new Indicator(ConeProjection::secondOrder);
    }

    /**
     * The cone of symmetric positive semidefinite matrices; points are matrices row by row.
     *
     * @param n number of rows, at least 1
     * @return the cone
     * @throws IllegalArgumentException if n is below 1
     */
    public static Indicator positiveSemidefinite(int n) {
        Require.atLeast("n", n, 1);
        return new Indicator(
                z -> ConeProjection.positiveSemidefinite(NuclearNorm.matrix(z, n, n)).data);
    }

    /**
     * The ball of the nuclear norm: matrices whose singular values add up to at most the radius;
     * points are matrices row by row.
     *
     * @param rows at least 1
     * @param cols at least 1
     * @param radius positive
     * @return the ball
     * @throws IllegalArgumentException if a size is below 1 or the radius not positive
     */
    public static Indicator nuclearBall(int rows, int cols, double radius) {
        requireMatrix(rows, cols, radius);
        return new Indicator(
                z -> SingularValueMap.nuclearBall(NuclearNorm.matrix(z, rows, cols), radius).data);
    }

    /**
     * The ball of the spectral norm: matrices whose largest singular value is at most the radius;
     * points are matrices row by row.
     *
     * @param rows at least 1
     * @param cols at least 1
     * @param radius positive
     * @return the ball
     * @throws IllegalArgumentException if a size is below 1 or the radius not positive
     */
    public static Indicator spectralBall(int rows, int cols, double radius) {
        requireMatrix(rows, cols, radius);
        return new Indicator(
                z -> SingularValueMap.spectralBall(NuclearNorm.matrix(z, rows, cols), radius).data);
    }

    private static void requireMatrix(int rows, int cols, double radius) {
        Require.atLeast("rows", rows, 1);
        Require.atLeast("cols", cols, 1);
        Require.positive("radius", radius);
    }

    /** 0 if z lies in the set to 1e-12 of its largest entry, else infinity. */
    @Override
    public double value(double[] z) {
        double[] p = projection.apply(z);
        double scale = 1;
        double gap = 0;
        for (int i = 0; i < z.length; i++) {
            scale = Math.max(scale, Math.abs(z[i]));
            gap = Math.max(gap, Math.abs(z[i] - p[i]));
        }
        return gap <= TOLERANCE * scale ? 0 : Double.POSITIVE_INFINITY;
    }

    @Override
    public void prox(double step, double[] z, double[] result) {
        Require.positive("step", step);
        Require.length("result", result, z.length);
        System.arraycopy(projection.apply(z), 0, result, 0, z.length);
    }
}
