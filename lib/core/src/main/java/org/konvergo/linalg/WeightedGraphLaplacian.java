package org.konvergo.linalg;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;

/**
 * The Laplacian of a graph with weighted edges: (Lx)_i is the sum over the edges (i, j) of w_ij
 * (x_i - x_j). It is symmetric and positive semidefinite, and maps constants to zero. The arrays
 * are not copied; do not change them.
 *
 * @param nodes number of nodes, at least 1
 * @param from one end of each edge, in 0..nodes-1
 * @param to the other end of each edge, in 0..nodes-1
 * @param weights of the edges, non-negative
 */
public record WeightedGraphLaplacian(int nodes, int[] from, int[] to, double[] weights)
        implements LinearOperator {
    /**
     * Checks the arguments.
     *
     * @param nodes as above
     * @param from as above
     * @param to as above
     * @param weights as above
     * @throws IllegalArgumentException if there is no node, the lengths differ, an end is no node,
     *     an edge joins a node with itself or a weight is negative
     */
    public WeightedGraphLaplacian {
        Require.atLeast("nodes", nodes, 1);
        Require.notNull("from", from);
        Require.notNull("to", to);
        Require.that(
                to.length == from.length,
                "to",
                "of length " + from.length,
                "of length " + to.length);
        Require.nonNegative("weights", Require.length("weights", weights, from.length));
        for (int e = 0; e < from.length; e++) {
            if (from[e] < 0 || from[e] >= nodes || to[e] < 0 || to[e] >= nodes) {
                Require.index("from[" + e + "]", from[e], nodes);
                Require.index("to[" + e + "]", to[e], nodes);
            }
            if (from[e] == to[e]) {
                Require.that(false, "edge " + e, "between two nodes", "a loop at " + from[e]);
            }
        }
    }

    @Override
    public void apply(double[] x, double[] y) {
        Require.length("x", x, nodes);
        Require.length("y", y, nodes);
        Require.that(y != x, "y", "an array other than x", "the same array");
        Arrays.fill(y, 0);
        for (int e = 0; e < from.length; e++) {
            double flow = weights[e] * (x[from[e]] - x[to[e]]);
            y[from[e]] += flow;
            y[to[e]] -= flow;
        }
    }

    /**
     * The energy x'Lx, the sum over the edges of w_ij (x_i - x_j)^2.
     *
     * @param x one value a node
     * @return the energy, non-negative
     * @throws IllegalArgumentException if the length is wrong
     */
    public double energy(double[] x) {
        Require.length("x", x, nodes);
        double sum = 0;
        for (int e = 0; e < from.length; e++) {
            double difference = x[from[e]] - x[to[e]];
            sum = Math.fma(weights[e] * difference, difference, sum);
        }
        return sum;
    }

    /**
     * The Laplacian as a matrix.
     *
     * @return a new symmetric matrix, nodes x nodes
     */
    public DMatrixRMaj toDense() {
        var dense = new DMatrixRMaj(nodes, nodes);
        for (int e = 0; e < from.length; e++) {
            int i = from[e];
            int j = to[e];
            dense.data[i * nodes + i] += weights[e];
            dense.data[j * nodes + j] += weights[e];
            dense.data[i * nodes + j] -= weights[e];
            dense.data[j * nodes + i] -= weights[e];
        }
        return dense;
    }
}
