package org.konvergo.transport;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;

/**
 * Exact assignment: the permutation of least total cost, by shortest augmenting paths, O(n^3).
 *
 * <p>Sources: Kuhn, The Hungarian method for the assignment problem, 1955; Jonker and Volgenant, A
 * shortest augmenting path algorithm, Computing 1987.
 */
public final class HungarianSolver {
    private final DMatrixRMaj cost;
    private final int n;
    private final double[] u;
    private final double[] v;
    private final int[] rowOf; // of a column; -1 if free
    private final int[] columnOf; // of a row; -1 if it has none yet
    private final int[] columns; // 0..n-1

    private HungarianSolver(DMatrixRMaj cost) {
        this.cost = cost;
        n = cost.numRows;
        u = new double[n];
        v = new double[n];
        rowOf = new int[n];
        columnOf = new int[n];
        columns = new int[n];
        Arrays.setAll(columns, j -> j);
        Arrays.fill(rowOf, -1);
        Arrays.fill(columnOf, -1);
    }

    /**
     * An optimal assignment and the proof of it: u_i + v_j is at most C_ij, with equality where i
     * is assigned to j, so that no assignment costs less than the sum of u and v.
     */
    public static final class Assignment {
        private final HungarianSolver solver;
        private final double cost;
        private double gap = Double.NaN;

        private Assignment(HungarianSolver solver) {
            this.solver = solver;
            double total = 0;
            for (int i = 0; i < solver.n; i++) {
                total += solver.cost.get(i, solver.columnOf[i]);
            }
            cost = total;
        }

        /**
         * Who is assigned to whom.
         *
         * @return column of each row, a permutation of 0..n-1; a copy
         */
        public int[] columns() {
            return solver.columnOf.clone();
        }

        /**
         * What it costs.
         *
         * @return sum of the costs of the assigned pairs
         */
        public double cost() {
            return cost;
        }

        /**
         * Potentials of the rows.
         *
         * @return u, of length n; a copy
         */
        public double[] rowPotentials() {
            return solver.u.clone();
        }

        /**
         * Potentials of the columns.
         *
         * @return v, of length n; a copy
         */
        public double[] columnPotentials() {
            return solver.v.clone();
        }

        /**
         * How much more the next best assignment costs. Takes up to n times as long as solving, at
         * the first call.
         *
         * @return 0 if the optimum is not unique; infinite if n is 1
         */
        public synchronized double gap() {
            if (Double.isNaN(gap)) {
                gap = solver.gap();
            }
            return gap;
        }
    }

    /**
     * Solves an assignment problem.
     *
     * @param cost n x n with n at least 1, finite, of any sign
     * @return an optimal assignment
     * @throws IllegalArgumentException if the matrix is empty, not square or not finite
     */
    public static Assignment solve(DMatrixRMaj cost) {
        Require.square("cost", cost);
        Require.atLeast("rows of cost", cost.numRows, 1);
        for (int k = 0; k < cost.numRows * cost.numCols; k++) {
            if (!Double.isFinite(cost.data[k])) {
                Require.finite(
                        "cost[" + k / cost.numCols + "," + k % cost.numCols + "]", cost.data[k]);
            }
        }
        var solver = new HungarianSolver(cost);
        for (int i = 0; i < solver.n; i++) {
            solver.augment(i);
        }
        return new Assignment(solver);
    }

    /** Assigns a row, by the shortest path in reduced costs from it to a free column. */
    private void augment(int row) {
        var distance = new double[n];
        var previous = new int[n];
        var done = new boolean[n];
        int end = shortestPath(row, -1, distance, previous, done);
        double length = distance[end];
        u[row] += length;
        for (int k = 0; k < n; k++) {
            if (done[k] && k != end) {
                u[rowOf[k]] += length - distance[k];
                v[k] -= length - distance[k];
            }
        }
        // Along the path each row passes its column on to the row before it.
        int j = end;
        int i;
        do {
            i = previous[j];
            int handedOn = columnOf[i];
            rowOf[j] = i;
            columnOf[i] = j;
            j = handedOn;
        } while (i != row);
    }

    /** Dijkstra over columns, the pair (row, forbidden) left out; returns the first free column. */
    private int shortestPath(
            int row, int forbidden, double[] distance, int[] previous, boolean[] done) {
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        // Columns that are not done, ascending: of equal distances the first column counts.
        int[] open = Arrays.copyOf(columns, n);
        int left = n;
        int i = row;
        double reached = 0;
        while (true) {
            int without = i == row ? forbidden : -1;
            int place = scan(i, without, reached, open, left, distance, previous);
            int nearest = open[place];
            done[nearest] = true;
            reached = distance[nearest];
            if (rowOf[nearest] < 0) {
                return nearest;
            }
            i = rowOf[nearest];
            System.arraycopy(open, place + 1, open, place, --left - place);
        }
    }

    /** Shortens distances by paths through row i; returns the place of the nearest open column. */
    private int scan(
            int i,
            int without,
            double reached,
            int[] open,
            int left,
            double[] distance,
            int[] previous) {
        double[] c = cost.data;
        double[] potential = v;
        double ui = u[i];
        int base = i * n;
        int place = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int t = 0; t < left; t++) {
            int j = open[t];
            double through = reached + c[base + j] - ui - potential[j];
            double d = distance[j];
            if (through < d && j != without) {
                d = through;
                distance[j] = d;
                previous[j] = i;
            }
            if (d < least) {
                least = d;
                place = t;
            }
        }
        return place;
    }

    /**
     * The next best assignment differs from the best in some row. Take its pair away: what the
     * shortest path from this row back to its column costs is what the change costs at least.
     */
    private double gap() {
        double gap = Double.POSITIVE_INFINITY;
        for (int i = 0; i < n && n > 1; i++) {
            int column = columnOf[i];
            rowOf[column] = -1;
            var distance = new double[n];
            int end = shortestPath(i, column, distance, new int[n], new boolean[n]);
            gap = Math.min(gap, Math.max(0, distance[end]));
            rowOf[column] = i;
        }
        return gap;
    }
}
