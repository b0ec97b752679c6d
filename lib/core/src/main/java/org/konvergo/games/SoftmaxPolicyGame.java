package org.konvergo.games;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.MonotoneOperator;

/**
 * A Markov game between softmax policies with an entropy bonus: player i minimises f_i = -(mean
 * return_i + tau sum over states of H(pi_i(. | s))) over its logits theta_i, one a state and
 * action. The operator is the joint gradient, policy gradient for all players at once; it need not
 * be monotone.
 *
 * <p>A point theta holds the logits of the players one after the other, each state by state.
 *
 * @param game the Markov game
 * @param temperature tau, not negative
 */
public record SoftmaxPolicyGame(TabularMarkovGame game, double temperature)
        implements MonotoneOperator {
    /**
     * Checks the arguments.
     *
     * @param game as above
     * @param temperature as above
     * @throws IllegalArgumentException if the game is missing or the temperature negative
     */
    public SoftmaxPolicyGame {
        Require.notNull("game", game);
        Require.nonNegative("temperature", temperature);
    }

    /**
     * Number of a player's logits.
     *
     * @param player in 0..players()-1
     * @return states times actions
     * @throws IllegalArgumentException if there is no such player
     */
    public int size(int player) {
        return game.states() * game.actions(player);
    }

    /** The number of all players' logits. */
    @Override
    public int dimension() {
        int n = 0;
        for (int i = 0; i < game.players(); i++) {
            n += size(i);
        }
        return n;
    }

    /**
     * The policies of logits.
     *
     * @param theta logits, of length {@link #dimension}
     * @return one policy a player
     * @throws IllegalArgumentException if there are more or fewer
     */
    public DMatrixRMaj[] policies(double[] theta) {
        Require.length("theta", theta, dimension());
        var profile = new DMatrixRMaj[game.players()];
        int from = 0;
        for (int i = 0; i < profile.length; i++) {
            profile[i] = new DMatrixRMaj(game.states(), game.actions(i));
            System.arraycopy(theta, from, profile[i].data, 0, size(i));
            Kernels.softmaxRows(profile[i], profile[i]);
            from += size(i);
        }
        return profile;
    }

    /**
     * The cost of a player.
     *
     * @param player in 0..players()-1
     * @param theta logits, of length {@link #dimension}
     * @return f_i(theta)
     * @throws IllegalArgumentException if there is no such player or theta has another length
     */
    public double cost(int player, double[] theta) {
        Require.index("player", player, game.players());
        DMatrixRMaj[] profile = policies(theta);
        int from = 0;
        for (int i = 0; i < player; i++) {
            from += size(i);
        }
        double entropy = -Kernels.dot(profile[player].data, logPolicy(player, theta, from));
        return -game.meanReturn(player, profile) - temperature * entropy;
    }

    @Override
    public void apply(double[] z, double[] result) {
        gradient(z, result, false);
    }

    /**
     * The natural policy gradient: each player's gradient multiplied by the pseudo-inverse of the
     * Fisher matrix of its policy.
     *
     * @return an operator with the same zeros
     */
    public MonotoneOperator natural() {
        return new MonotoneOperator() {
            @Override
            public int dimension() {
                return SoftmaxPolicyGame.this.dimension();
            }

            @Override
            public void apply(double[] z, double[] result) {
                gradient(z, result, true);
            }
        };
    }

    private void gradient(double[] theta, double[] result, boolean natural) {
        DMatrixRMaj[] profile = policies(theta);
        int from = 0;
        for (int i = 0; i < profile.length; i++) {
            DMatrixRMaj pi = profile[i];
            // In the probabilities: -d(s) Q_i(s, a) + tau (log pi + 1); constants drop out below.
            double[] slope = game.policyGradient(i, profile).data;
            double[] log = logPolicy(i, theta, from);
            for (int k = 0; k < slope.length; k++) {
                slope[k] = temperature * log[k] - slope[k];
            }
            for (int s = 0; s < pi.numRows; s++) {
                throughSoftmax(pi, s, slope, natural, result, from);
            }
            from += slope.length;
        }
    }

    /** Logarithms of the probabilities, finite even where those are too small for a double. */
    private double[] logPolicy(int player, double[] theta, int from) {
        int a = game.actions(player);
        var log = new double[size(player)];
        for (int s = 0; s < game.states(); s++) {
            double all = Kernels.logSumExp(theta, from + s * a, a);
            for (int k = s * a; k < (s + 1) * a; k++) {
                log[k] = theta[from + k] - all;
            }
        }
        return log;
    }

    /**
     * The gradient in the logits of a state, (diag(pi) - pi pi') slope, or the natural one, whose
     * pseudo-inverse leaves the slope less its mean.
     */
    private static void throughSoftmax(
            DMatrixRMaj pi, int s, double[] slope, boolean natural, double[] result, int from) {
        int a = pi.numCols;
        double mean = 0;
        for (int k = s * a; k < (s + 1) * a; k++) {
            mean = Math.fma(natural ? 1.0 / a : pi.data[k], slope[k], mean);
        }
        for (int k = s * a; k < (s + 1) * a; k++) {
            result[from + k] = (natural ? 1 : pi.data[k]) * (slope[k] - mean);
        }
    }

    /**
     * The Jacobian of the joint gradient by central differences.
     *
     * @param theta logits, of length n = {@link #dimension}
     * @param difference half the distance of the points compared, positive, such as 1e-4
     * @return n x n
     * @throws IllegalArgumentException if theta has another length or the difference is not
     *     positive
     */
    public DMatrixRMaj jacobian(double[] theta, double difference) {
        int n = dimension();
        Require.length("theta", theta, n);
        Require.positive("difference", difference);
        var jacobian = new DMatrixRMaj(n, n);
        var above = new double[n];
        var below = new double[n];
        double[] at = theta.clone();
        for (int j = 0; j < n; j++) {
            at[j] = theta[j] + difference;
            apply(at, above);
            at[j] = theta[j] - difference;
            apply(at, below);
            at[j] = theta[j];
            for (int i = 0; i < n; i++) {
                jacobian.set(i, j, (above[i] - below[i]) / (2 * difference));
            }
        }
        return jacobian;
    }

    /**
     * The Jacobian in coordinates in which each player's Fisher matrix is the identity: blocks B_i'
     * H_ij B_j, with H_ij the mixed derivatives of f_i and B_i the {@link SoftmaxFisher#whitening}
     * of its policy. Directions that leave the policies alone are left out. A quadratic game, whose
     * curvatures and couplings are those of the Fisher metric at this point.
     *
     * @param theta logits, of length {@link #dimension}
     * @param difference as of {@link #jacobian}
     * @param tolerance as of {@link SoftmaxFisher#whitening}
     * @return the game of second derivatives; own blocks are symmetrised
     * @throws IllegalArgumentException as {@link #jacobian} and {@link SoftmaxFisher#whitening}
     */
    public QuadraticGame inFisherMetric(double[] theta, double difference, double tolerance) {
        DMatrixRMaj j = jacobian(theta, difference);
        DMatrixRMaj[] profile = policies(theta);
        int players = profile.length;
        var whitening = new DMatrixRMaj[players];
        Arrays.setAll(whitening, i -> SoftmaxFisher.whitening(profile[i], tolerance));
        var blocks = new DMatrixRMaj[players][players];
        int row = 0;
        for (int i = 0; i < players; i++) {
            int column = 0;
            for (int k = 0; k < players; k++) {
                var h = new DMatrixRMaj(size(i), size(k));
                for (int r = 0; r < h.numRows; r++) {
                    int from = (row + r) * j.numCols + column;
                    System.arraycopy(j.data, from, h.data, r * h.numCols, h.numCols);
                }
                blocks[i][k] = sandwich(whitening[i], h, whitening[k]);
                column += size(k);
            }
            symmetrise(blocks[i][i]);
            row += size(i);
        }
        return QuadraticGame.of(blocks);
    }

    private static DMatrixRMaj sandwich(DMatrixRMaj left, DMatrixRMaj h, DMatrixRMaj right) {
        var half = new DMatrixRMaj(left.numCols, h.numCols);
        var whole = new DMatrixRMaj(left.numCols, right.numCols);
        Kernels.gemmTransA(left, h, half);
        Kernels.gemm(half, right, whole);
        return whole;
    }

    private static void symmetrise(DMatrixRMaj a) {
        for (int i = 0; i < a.numRows; i++) {
            for (int j = 0; j < i; j++) {
                double mean = 0.5 * a.get(i, j) + 0.5 * a.get(j, i);
                a.set(i, j, mean);
                a.set(j, i, mean);
            }
        }
    }
}
