package org.konvergo.constrained;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.transport.HungarianSolver;

/** A compact convex set, known by its extreme points: which one is best for a linear function? */
public interface LinearMinimizationOracle {
    /**
     * Number of variables.
     *
     * @return n, at least 1
     */
    int dimension();

    /**
     * Minimises a linear function over the set.
     *
     * @param slope coefficients of the function, of length n, finite
     * @param vertex of length n, overwritten with an extreme point where it is least; of several
     *     the same one each time
     */
    void minimize(double[] slope, double[] vertex);

    /**
     * The extreme point for a function.
     *
     * @param slope of length n
     * @return a new point
     */
    default double[] vertex(double[] slope) {
        var vertex = new double[dimension()];
        minimize(slope, vertex);
        return vertex;
    }

    /**
     * The simplex {x &gt;= 0, sum x = radius}: the coordinate with the smallest slope, the first of
     * several.
     *
     * @param n number of variables, at least 1
     * @param radius positive
     * @return the oracle
     * @throws IllegalArgumentException if an argument is out of range
     */
    static LinearMinimizationOracle simplex(int n, double radius) {
        Require.atLeast("n", n, 1);
        Require.positive("radius", radius);
        return of(
                n,
                (slope, vertex) -> {
                    int best = 0;
                    for (int i = 1; i < n; i++) {
                        best = slope[i] < slope[best] ? i : best;
                    }
                    Arrays.fill(vertex, 0);
                    vertex[best] = radius;
                });
    }

    /**
     * The ball {|x|_1 &lt;= radius}: the coordinate with the steepest slope, against its sign, the
     * first of several.
     *
     * @param n number of variables, at least 1
     * @param radius positive
     * @return the oracle
     * @throws IllegalArgumentException if an argument is out of range
     */
    static LinearMinimizationOracle l1Ball(int n, double radius) {
        Require.atLeast("n", n, 1);
        Require.positive("radius", radius);
        return of(
                n,
                (slope, vertex) -> {
                    int best = 0;
                    for (int i = 1; i < n; i++) {
                        best = Math.abs(slope[i]) > Math.abs(slope[best]) ? i : best;
                    }
                    Arrays.fill(vertex, 0);
                    vertex[best] = slope[best] > 0 ? -radius : radius;
                });
    }

    /**
     * The Birkhoff polytope of doubly stochastic k x k matrices, row by row: its extreme points are
     * the permutation matrices (Birkhoff, 1946), and the best is an assignment.
     *
     * @param k number of rows and columns, at least 1
     * @return the oracle, of dimension k^2
     * @throws IllegalArgumentException if k is below 1
     */
    static LinearMinimizationOracle birkhoff(int k) {
        Require.atLeast("k", k, 1);
        return of(
                k * k,
                (slope, vertex) -> {
                    int[] columns =
                            HungarianSolver.solve(new DMatrixRMaj(k, k, true, slope)).columns();
                    Arrays.fill(vertex, 0);
                    for (int i = 0; i < k; i++) {
                        vertex[i * k + columns[i]] = 1;
                    }
                });
    }

    private static LinearMinimizationOracle of(
            int n, java.util.function.BiConsumer<double[], double[]> minimizer) {
        return new LinearMinimizationOracle() {
            @Override
            public int dimension() {
                return n;
            }

            @Override
            public void minimize(double[] slope, double[] vertex) {
                Require.length("slope", slope, n);
                Require.length("vertex", vertex, n);
                minimizer.accept(slope, vertex);
            }
        };
    }
}
