package org.konvergo.games;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.ConditionNumber;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.MonotoneOperator;

/**
 * A game of N players with quadratic costs f_i(x) = x_i' Q_i x_i / 2 + sum over j of x_i' A_ij x_j
 * + b_i' x_i, each minimised by its own player over x_i. Its operator is the joint gradient F(x) =
 * (gradient of f_i in x_i)_i = J x + b, whose zeros are the Nash equilibria if all Q_i are positive
 * semidefinite. F need not be monotone.
 */
public final class QuadraticGame implements MonotoneOperator {
    private final DMatrixRMaj[][] blocks;
    private final int[] offsets; // of each player's variables, and the end
    private final DMatrixRMaj jacobian;
    private final double[] linear;

    private QuadraticGame(DMatrixRMaj[][] blocks, double[] linear) {
        int players = blocks.length;
        this.blocks = blocks;
        offsets = new int[players + 1];
        for (int i = 0; i < players; i++) {
            offsets[i + 1] = offsets[i] + blocks[i][i].numRows;
        }
        int n = offsets[players];
        this.linear = linear == null ? new double[n] : linear.clone();
        jacobian = new DMatrixRMaj(n, n);
        for (int i = 0; i < players; i++) {
            for (int j = 0; j < players; j++) {
                copy(blocks[i][j], jacobian, offsets[i], offsets[j]);
            }
        }
    }

    private static void copy(DMatrixRMaj from, DMatrixRMaj to, int row, int column) {
        for (int k = 0; k < from.numRows; k++) {
            System.arraycopy(
                    from.data,
                    k * from.numCols,
                    to.data,
                    (row + k) * to.numCols + column,
                    from.numCols);
        }
    }

    /**
     * A game without linear terms, whose equilibrium is 0.
     *
     * @param blocks square array of matrices: Q_i, symmetric, on the diagonal and A_ij, of as many
     *     rows as Q_i and columns as Q_j, beside it; copied
     * @return the game
     * @throws IllegalArgumentException if a shape does not fit, an entry is not finite or a Q_i is
     *     not symmetric
     */
    public static QuadraticGame of(DMatrixRMaj[][] blocks) {
        return new QuadraticGame(checked(blocks), null);
    }

    /**
     * The game with these linear terms.
     *
     * @param b of the operator's dimension, the b_i one after the other
     * @return the game with F(x) = J x + b
     * @throws IllegalArgumentException if b has another length or is not finite
     */
    public QuadraticGame withLinear(double[] b) {
        Require.finite("b", Require.length("b", b, dimension()));
        return new QuadraticGame(blocks, b);
    }

    /**
     * A game of two players.
     *
     * @param q1 curvature of player 1, symmetric, n x n
     * @param a12 coupling in the cost of player 1, n x m
     * @param q2 curvature of player 2, symmetric, m x m
     * @param a21 coupling in the cost of player 2, m x n
     * @return the game
     * @throws IllegalArgumentException as {@link #of}
     */
    public static QuadraticGame twoPlayers(
            DMatrixRMaj q1, DMatrixRMaj a12, DMatrixRMaj q2, DMatrixRMaj a21) {
        return of(new DMatrixRMaj[][] {{q1, a12}, {a21, q2}});
    }

    /**
     * A game of players with one variable each.
     *
     * @param jacobian square: the curvatures on the diagonal, the couplings beside it
     * @return the game
     * @throws IllegalArgumentException if the array is empty, not square or not finite
     */
    public static QuadraticGame scalar(double[][] jacobian) {
        int n = Require.notNull("jacobian", jacobian).length;
        var blocks = new DMatrixRMaj[n][n];
        for (int i = 0; i < n; i++) {
            Require.length("jacobian[" + i + "]", jacobian[i], n);
            for (int j = 0; j < n; j++) {
                blocks[i][j] = new DMatrixRMaj(1, 1, true, jacobian[i][j]);
            }
        }
        return of(blocks);
    }

    private static DMatrixRMaj[][] checked(DMatrixRMaj[][] blocks) {
        int players = Require.notNull("blocks", blocks).length;
        Require.atLeast("number of players", players, 1);
        var copies = new DMatrixRMaj[players][players];
        for (int i = 0; i < players; i++) {
            Require.notNull("blocks[" + i + "]", blocks[i]);
            Require.that(
                    blocks[i].length == players,
                    "blocks[" + i + "]",
                    "of length " + players,
                    "of length " + blocks[i].length);
            String own = "blocks[" + i + "][" + i + "]";
            Require.atLeast("rows of " + own, Require.square(own, blocks[i][i]).numRows, 1);
        }
        for (int i = 0; i < players; i++) {
            for (int j = 0; j < players; j++) {
                String name = "blocks[" + i + "][" + j + "]";
                int rows = blocks[i][i].numRows;
                int columns = blocks[j][j].numRows;
                copies[i][j] = Require.shape(name, blocks[i][j], rows, columns).copy();
                Require.finite(name, Arrays.copyOf(copies[i][j].data, rows * columns));
            }
            requireSymmetric("blocks[" + i + "][" + i + "]", copies[i][i]);
        }
        return copies;
    }

    private static void requireSymmetric(String name, DMatrixRMaj q) {
        double size = Kernels.normInf(q.data);
        for (int k = 0; k < q.numRows; k++) {
            for (int l = 0; l < k; l++) {
                double difference = Math.abs(q.get(k, l) - q.get(l, k));
                if (difference > 1e-10 * size) {
                    Require.that(false, name, "symmetric", "not at " + k + "," + l);
                }
            }
        }
    }

    /**
     * Number of players.
     *
     * @return at least 1
     */
    public int players() {
        return blocks.length;
    }

    /**
     * Number of a player's variables.
     *
     * @param player in 0..players()-1
     * @return at least 1
     * @throws IllegalArgumentException if there is no such player
     */
    public int size(int player) {
        Require.index("player", player, blocks.length);
        return offsets[player + 1] - offsets[player];
    }

    /** The number of all players' variables. */
    @Override
    public int dimension() {
        return linear.length;
    }

    @Override
    public void apply(double[] z, double[] result) {
        Kernels.gemv(jacobian, z, result);
        Kernels.axpy(1, linear, result);
    }

    /**
     * The Jacobian of the joint gradient.
     *
     * @return J, a new matrix, not symmetric in general
     */
    public DMatrixRMaj jacobian() {
        return jacobian.copy();
    }

    /**
     * The cost of a player.
     *
     * @param player in 0..players()-1
     * @param x all players' variables, of length {@link #dimension}
     * @return f_i(x)
     * @throws IllegalArgumentException if there is no such player or x has another length
     */
    public double cost(int player, double[] x) {
        Require.length("x", x, dimension());
        int n = size(player);
        int from = offsets[player];
        var jx = new double[dimension()];
        Kernels.gemv(jacobian, x, jx);
        Kernels.axpy(1, linear, jx);
        var own = new double[n];
        Kernels.gemv(blocks[player][player], Arrays.copyOfRange(x, from, from + n), own);
        return Kernels.dot(jx, from, x, from, n) - 0.5 * Kernels.dot(own, 0, x, from, n);
    }

    /**
     * The players' own curvatures.
     *
     * @return mu_i, the smallest eigenvalue of Q_i, for each player
     */
    public double[] curvatures() {
        var mu = new double[blocks.length];
        Arrays.setAll(mu, i -> MonotonicityMargin.of(blocks[i][i]).margin());
        return mu;
    }

    /**
     * The sizes of the couplings.
     *
     * @return L_ij, the spectral norm of A_ij, for all pairs of players; 0 on the diagonal
     */
    public double[][] couplings() {
        int players = blocks.length;
        var sizes = new double[players][players];
        for (int i = 0; i < players; i++) {
            for (int j = 0; j < players; j++) {
                sizes[i][j] = i == j ? 0 : ConditionNumber.of(blocks[i][j]).largest();
            }
        }
        return sizes;
    }

    /**
     * Weights of players as weights of their variables.
     *
     * @param byPlayer one weight a player
     * @return of length {@link #dimension}: each player's weight once for each of its variables
     * @throws IllegalArgumentException if there are more or fewer weights than players
     */
    public double[] spread(double[] byPlayer) {
        Require.length("byPlayer", byPlayer, blocks.length);
        var weights = new double[dimension()];
        for (int i = 0; i < blocks.length; i++) {
            Arrays.fill(weights, offsets[i], offsets[i + 1], byPlayer[i]);
        }
        return weights;
    }
}
