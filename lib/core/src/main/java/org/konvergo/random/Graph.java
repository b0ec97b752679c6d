package org.konvergo.random;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;

/**
 * Undirected graph without loops.
 *
 * @param nodes number of nodes, named 0..nodes-1
 * @param edges pairs (i, j) with i &lt; j, each once, in ascending order
 */
public record Graph(int nodes, List<Edge> edges) {
    /**
     * An edge.
     *
     * @param from the smaller node
     * @param to the larger node
     */
    public record Edge(int from, int to) {}

    /**
     * Checks and copies.
     *
     * @param nodes as above
     * @param edges as above
     * @throws IllegalArgumentException if there is no node or an edge is not as described
     */
    public Graph {
        Require.atLeast("nodes", nodes, 1);
        edges = List.copyOf(edges);
        for (var e : edges) {
            Require.that(
                    0 <= e.from && e.from < e.to && e.to < nodes,
                    "edge",
                    "(i, j) with 0 <= i < j < " + nodes,
                    e);
        }
        Require.that(edges.stream().distinct().count() == edges.size(), "edges", "distinct", edges);
    }

    /**
     * The neighbours of every node.
     *
     * @return one ascending list a node
     */
    public List<List<Integer>> neighbours() {
        var lists = new ArrayList<List<Integer>>();
        for (int i = 0; i < nodes; i++) {
            lists.add(new ArrayList<>());
        }
        for (var e : edges) {
            lists.get(e.from).add(e.to);
            lists.get(e.to).add(e.from);
        }
        lists.forEach(list -> list.sort(null));
        return lists;
    }

    /**
     * Whether a path joins every pair of nodes.
     *
     * @return true if so
     */
    public boolean connected() {
        var lists = neighbours();
        var seen = new boolean[nodes];
        var queue = new ArrayDeque<Integer>(List.of(0));
        seen[0] = true;
        int count = 0;
        while (!queue.isEmpty()) {
            count++;
            for (int j : lists.get(queue.remove())) {
                if (!seen[j]) {
                    seen[j] = true;
                    queue.add(j);
                }
            }
        }
        return count == nodes;
    }

    /**
     * The graph Laplacian: degrees on the diagonal, -1 for each edge.
     *
     * @return nodes x nodes, symmetric, rows sum to 0
     */
    public DMatrixRMaj laplacian() {
        var l = new DMatrixRMaj(nodes, nodes);
        for (var e : edges) {
            l.add(e.from, e.from, 1);
            l.add(e.to, e.to, 1);
            l.set(e.from, e.to, -1);
            l.set(e.to, e.from, -1);
        }
        return l;
    }
}
