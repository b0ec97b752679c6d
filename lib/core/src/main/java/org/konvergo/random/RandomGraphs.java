package org.konvergo.random;

import java.util.ArrayList;
import org.konvergo.Require;

/** Graphs of communication networks: two random families and two regular ones. */
public final class RandomGraphs {
    private RandomGraphs() {}

    /**
     * Erdos-Renyi graph: each pair is an edge with the same probability.
     *
     * @param nodes at least 1
     * @param probability in [0, 1]
     * @param random the stream to draw from; one number a pair
     * @return the graph, connected or not
     * @throws IllegalArgumentException if a parameter is out of range
     */
    public static Graph erdosRenyi(int nodes, double probability, RandomStream random) {
        Require.atLeast("nodes", nodes, 1);
        Require.within("probability", probability, 0, 1);
        var edges = new ArrayList<Graph.Edge>();
        for (int i = 0; i < nodes; i++) {
            for (int j = i + 1; j < nodes; j++) {
                if (random.uniform() < probability) {
                    edges.add(new Graph.Edge(i, j));
                }
            }
        }
        return new Graph(nodes, edges);
    }

    /**
     * Random geometric graph: uniform points of the unit square, joined when near.
     *
     * @param nodes at least 1
     * @param radius largest distance of an edge, positive
     * @param random the stream to draw from; two numbers a node
     * @return the graph, connected or not
     * @throws IllegalArgumentException if a parameter is out of range
     */
    public static Graph geometric(int nodes, double radius, RandomStream random) {
        Require.atLeast("nodes", nodes, 1);
        Require.positive("radius", radius);
        double[] x = random.uniforms(nodes);
        double[] y = random.uniforms(nodes);
        var edges = new ArrayList<Graph.Edge>();
        for (int i = 0; i < nodes; i++) {
            for (int j = i + 1; j < nodes; j++) {
                double dx = x[i] - x[j];
                double dy = y[i] - y[j];
                if (dx * dx + dy * dy <= radius * radius) {
                    edges.add(new Graph.Edge(i, j));
                }
            }
        }
        return new Graph(nodes, edges);
    }

    /**
     * Ring: node i is joined to i+1, the last one to the first.
     *
     * @param nodes at least 3
     * @return the graph
     * @throws IllegalArgumentException if there are fewer than 3 nodes
     */
    public static Graph ring(int nodes) {
        Require.atLeast("nodes", nodes, 3);
        var edges = new ArrayList<Graph.Edge>();
        edges.add(new Graph.Edge(0, 1));
        edges.add(new Graph.Edge(0, nodes - 1));
        for (int i = 1; i + 1 < nodes; i++) {
            edges.add(new Graph.Edge(i, i + 1));
        }
        return new Graph(nodes, edges);
    }

    /**
     * Rectangular grid; node (r, c) has the number r * cols + c.
     *
     * @param rows at least 1
     * @param cols at least 1
     * @return the graph
     * @throws IllegalArgumentException if a size is below 1
     */
    public static Graph grid(int rows, int cols) {
        Require.atLeast("rows", rows, 1);
        Require.atLeast("cols", cols, 1);
        var edges = new ArrayList<Graph.Edge>();
        for (int i = 0; i < rows * cols; i++) {
            if (i % cols + 1 < cols) {
                edges.add(new Graph.Edge(i, i + 1));
            }
            if (i + cols < rows * cols) {
                edges.add(new Graph.Edge(i, i + cols));
            }
        }
        return new Graph(rows * cols, edges);
    }
}
