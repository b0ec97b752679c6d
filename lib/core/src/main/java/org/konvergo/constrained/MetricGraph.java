package org.konvergo.constrained;

import java.util.Arrays;
import java.util.HashSet;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.WeightedGraphLaplacian;

/**
 * A graph whose edges have lengths. Values on its nodes, q numbers a node, are arrays of length
 * nodes * q, node by node; what lives on the edges is kept in the same way.
 *
 * @param nodes number of nodes, at least 1
 * @param from one end of each edge
 * @param to the other end of each edge
 * @param lengths of the edges, positive
 */
public record MetricGraph(int nodes, int[] from, int[] to, double[] lengths) {
    /**
     * Checks the arguments; the arrays are not copied.
     *
     * @param nodes as above
     * @param from as above
     * @param to as above
     * @param lengths as above
     * @throws IllegalArgumentException if there is no node, the numbers of edges differ, an end is
     *     no node, an edge is a loop or comes twice, or a length is not positive
     */
    public MetricGraph {
        Require.positive("lengths", lengths);
        new WeightedGraphLaplacian(nodes, from, to, lengths);
        var seen = new HashSet<Long>();
        for (int e = 0; e < from.length; e++) {
            long pair =
                    (long) Math.min(from[e], to[e]) * Integer.MAX_VALUE + Math.max(from[e], to[e]);
            if (!seen.add(pair)) {
                Require.that(false, "edge " + from[e] + "," + to[e], "given once", "repeated");
            }
        }
    }

    /**
     * The graph in which every two points are joined, with their Euclidean distances.
     *
     * @param points one row a point, at least one
     * @return the complete graph; edge (i, j) has i below j, sorted by i, then j
     * @throws IllegalArgumentException if there is no point, a coordinate is not finite or two
     *     points are the same
     */
    public static MetricGraph complete(DMatrixRMaj points) {
        Require.notNull("points", points);
        Require.finite("points", points.data);
        int n = Require.atLeast("number of points", points.numRows, 1);
        int d = points.numCols;
        int m = n * (n - 1) / 2;
        var from = new int[m];
        var to = new int[m];
        var lengths = new double[m];
        int e = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                from[e] = i;
                to[e] = j;
                lengths[e] = distance(points.data, i * d, points.data, j * d, d);
                Require.that(lengths[e] > 0, "points " + i + " and " + j, "different", "the same");
                e++;
            }
        }
        return new MetricGraph(n, from, to, lengths);
    }

    /**
     * A chain of nodes.
     *
     * @param nodes number of nodes, at least 1
     * @param length of each of its nodes - 1 edges, positive
     * @return the chain; edge e joins e and e + 1
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static MetricGraph chain(int nodes, double length) {
        Require.atLeast("nodes", nodes, 1);
        Require.positive("length", length);
        var from = new int[nodes - 1];
        var to = new int[nodes - 1];
        Arrays.setAll(from, e -> e);
        Arrays.setAll(to, e -> e + 1);
        var lengths = new double[nodes - 1];
        Arrays.fill(lengths, length);
        return new MetricGraph(nodes, from, to, lengths);
    }

    static double distance(double[] x, int xOffset, double[] y, int yOffset, int d) {
        double sum = 0;
        for (int k = 0; k < d; k++) {
            double difference = x[xOffset + k] - y[yOffset + k];
            sum = Math.fma(difference, difference, sum);
        }
        return Math.sqrt(sum);
    }

    /**
     * Number of edges.
     *
     * @return m
     */
    public int edges() {
        return lengths.length;
    }

    /**
     * A bound on the squared norm of the map that takes differences along the edges: the largest
     * sum of the degrees of two joined nodes, or the number of nodes if that is less.
     *
     * @return at least the largest eigenvalue of the Laplacian with weights 1; at least 1
     */
    public double differenceNormSquared() {
        var degree = new int[nodes];
        for (int e = 0; e < from.length; e++) {
            degree[from[e]]++;
            degree[to[e]]++;
        }
        int largest = 1;
        for (int e = 0; e < from.length; e++) {
            largest = Math.max(largest, degree[from[e]] + degree[to[e]]);
        }
        return Math.min(largest, nodes);
    }

    /**
     * Differences along the edges, K f: value at {@code from} minus value at {@code to}.
     *
     * @param f q values a node
     * @param differences of length m * q, overwritten
     * @throws IllegalArgumentException if a length is wrong
     */
    public void differences(double[] f, double[] differences) {
        int q = outputs("f", f);
        Require.length("differences", differences, edges() * q);
        if (q == 1) {
            for (int e = 0; e < from.length; e++) {
                differences[e] = f[from[e]] - f[to[e]];
            }
            return;
        }
        for (int e = 0; e < from.length; e++) {
            for (int c = 0; c < q; c++) {
                differences[e * q + c] = f[from[e] * q + c] - f[to[e] * q + c];
            }
        }
    }

    /**
     * The transposed map K'p: what flows out of each node if p flows along the edges.
     *
     * @param p q values an edge
     * @param outflow of length nodes * q, overwritten
     * @throws IllegalArgumentException if a length is wrong
     */
    public void outflow(double[] p, double[] outflow) {
        int q = outputs("outflow", outflow);
        Require.length("p", p, edges() * q);
        Arrays.fill(outflow, 0);
        if (q == 1) {
            for (int e = 0; e < from.length; e++) {
                outflow[from[e]] += p[e];
                outflow[to[e]] -= p[e];
            }
            return;
        }
        for (int e = 0; e < from.length; e++) {
            for (int c = 0; c < q; c++) {
                outflow[from[e] * q + c] += p[e * q + c];
                outflow[to[e] * q + c] -= p[e * q + c];
            }
        }
    }

    /**
     * The slopes |f_i - f_j| / d_ij along the edges.
     *
     * @param f q values a node
     * @return one slope an edge
     * @throws IllegalArgumentException if the length is no multiple of the number of nodes
     */
    public double[] slopes(double[] f) {
        int q = outputs("f", f);
        var slopes = new double[edges()];
        for (int e = 0; e < slopes.length; e++) {
            slopes[e] = distance(f, from[e] * q, f, to[e] * q, q) / lengths[e];
        }
        return slopes;
    }

    /**
     * The least Lipschitz constant of values along the edges: the largest slope.
     *
     * @param f q values a node
     * @return non-negative
     * @throws IllegalArgumentException if the length is no multiple of the number of nodes
     */
    public double lipschitz(double[] f) {
        return Kernels.normInf(slopes(f));
    }

    /**
     * The Laplacian with the weight multipliers[e] / d_e^2 on edge e, so that its energy is the sum
     * of multipliers[e] times the squared slope.
     *
     * @param multipliers one an edge, non-negative
     * @return the operator
     * @throws IllegalArgumentException if the length is wrong or a multiplier negative
     */
    public WeightedGraphLaplacian laplacian(double[] multipliers) {
        Require.nonNegative("multipliers", Require.length("multipliers", multipliers, edges()));
        var weights = new double[edges()];
        Arrays.setAll(weights, e -> multipliers[e] / (lengths[e] * lengths[e]));
        return new WeightedGraphLaplacian(nodes, from, to, weights);
    }

    private int outputs(String name, double[] f) {
        Require.notNull(name, f);
        Require.that(
                f.length > 0 && f.length % nodes == 0,
                "length of " + name,
                "a multiple of " + nodes + " nodes",
                f.length);
        return f.length / nodes;
    }
}
