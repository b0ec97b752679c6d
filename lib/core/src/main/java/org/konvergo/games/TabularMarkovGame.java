package org.konvergo.games;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.LinearSolver;

/**
 * A discounted Markov game with N players, finitely many states and actions: in state s the players
 * choose actions at once, player i is paid R_i(s, a), and the next state is drawn from P(. | s, a)
 * (Shapley, Stochastic games, 1953; Fink, Equilibrium in a stochastic n-person game, 1964).
 *
 * <p>Joint actions are numbered with the last player's action running fastest. A policy is a matrix
 * with a row for each state and a column for each of the player's actions, each row a probability
 * vector; a profile holds one policy a player. Values are exact, by a linear system.
 */
public final class TabularMarkovGame {
    private static final double SUM_TOLERANCE = 1e-9;

    private final int[] actions;
    private final double[][][] transitions; // state, joint action, next state
    private final double[][][] rewards; // player, state, joint action
    private final double discount;
    private final double[] start;
    private final int joint;

    /**
     * A game.
     *
     * @param actions number of actions of each player, at least 1
     * @param transitions P by state, joint action and next state, each row a probability vector;
     *     copied
     * @param rewards R by player, state and joint action, finite; copied
     * @param discount gamma, in [0, 1)
     * @param start distribution of the first state; copied
     * @throws IllegalArgumentException if a shape does not fit, a row is not a probability vector,
     *     a reward is not finite or the discount out of range
     */
    public TabularMarkovGame(
            int[] actions,
            double[][][] transitions,
            double[][][] rewards,
            double discount,
            double[] start) {
        int players = Require.notNull("actions", actions).length;
        Require.atLeast("number of players", players, 1);
        int product = 1;
        for (int i = 0; i < players; i++) {
            product *= Require.atLeast("actions[" + i + "]", actions[i], 1);
        }
        Require.that(discount >= 0 && discount < 1, "discount", "in [0, 1)", discount);
        int states = Require.notNull("transitions", transitions).length;
        Require.atLeast("number of states", states, 1);
        this.actions = actions.clone();
        this.joint = product;
        this.discount = discount;
        this.start = distribution("start", start, states);
        this.transitions = new double[states][joint][];
        for (int s = 0; s < states; s++) {
            requireRows("transitions[" + s + "]", transitions[s], joint);
            for (int a = 0; a < joint; a++) {
                String name = "transitions[" + s + "][" + a + "]";
                this.transitions[s][a] = distribution(name, transitions[s][a], states);
            }
        }
        Require.notNull("rewards", rewards);
        Require.that(rewards.length == players, "rewards", "of length " + players, rewards.length);
        this.rewards = new double[players][states][];
        for (int i = 0; i < players; i++) {
            requireRows("rewards[" + i + "]", rewards[i], states);
            for (int s = 0; s < states; s++) {
                String name = "rewards[" + i + "][" + s + "]";
                double[] row = Require.length(name, rewards[i][s], joint);
                this.rewards[i][s] = Require.finite(name, row).clone();
            }
        }
    }

    private static void requireRows(String name, double[][] rows, int count) {
        Require.notNull(name, rows);
        Require.that(rows.length == count, name, "of length " + count, "of length " + rows.length);
    }

    private static double[] distribution(String name, double[] p, int length) {
        Require.nonNegative(name, Require.length(name, p, length));
        double sum = 0;
        for (double x : p) {
            sum += x;
        }
        Require.that(Math.abs(sum - 1) <= SUM_TOLERANCE, "sum of " + name, "1", sum);
        return p.clone();
    }

    /**
     * Number of players.
     *
     * @return at least 1
     */
    public int players() {
        return actions.length;
    }

    /**
     * Number of states.
     *
     * @return at least 1
     */
    public int states() {
        return transitions.length;
    }

    /**
     * Number of a player's actions.
     *
     * @param player in 0..players()-1
     * @return at least 1
     * @throws IllegalArgumentException if there is no such player
     */
    public int actions(int player) {
        return actions[Require.index("player", player, actions.length)];
    }

    /**
     * The discount factor.
     *
     * @return gamma, in [0, 1)
     */
    public double discount() {
        return discount;
    }

    /**
     * The policies that choose every action with the same probability.
     *
     * @return one a player
     */
    public DMatrixRMaj[] uniform() {
        var profile = new DMatrixRMaj[actions.length];
        for (int i = 0; i < profile.length; i++) {
            profile[i] = new DMatrixRMaj(states(), actions[i]);
            java.util.Arrays.fill(profile[i].data, 1.0 / actions[i]);
        }
        return profile;
    }

    /**
     * How often each state is visited, discounted: d = (1 - gamma) (start + gamma start P + gamma^2
     * start P^2 + ...), a probability vector.
     *
     * @param profile one policy a player
     * @return one number a state
     * @throws IllegalArgumentException if a policy is missing, does not fit, or has a row that is
     *     no probability vector
     */
    public double[] occupancy(DMatrixRMaj... profile) {
        return occupancy(jointPolicy(profile));
    }

    private double[] occupancy(double[][] policy) {
        int n = states();
        var system = new DMatrixRMaj(n, n);
        var right = new double[n];
        for (int s = 0; s < n; s++) {
            system.add(s, s, 1);
            right[s] = (1 - discount) * start[s];
            for (int a = 0; a < joint; a++) {
                for (int t = 0; t < n; t++) {
                    system.add(t, s, -discount * policy[s][a] * transitions[s][a][t]);
                }
            }
        }
        return solve(system, right);
    }

    /** I - gamma P' is strictly diagonally dominant, so there is always a solution. */
    private static double[] solve(DMatrixRMaj system, double[] right) {
        return LinearSolver.lu()
                .solve(system, right)
                .orElseThrow(() -> new IllegalStateException("the values are not finite"));
    }

    /**
     * The discounted sum of a player's rewards from each state on.
     *
     * @param player in 0..players()-1
     * @param profile one policy a player
     * @return V_i, one number a state
     * @throws IllegalArgumentException if there is no such player, or as {@link #occupancy}
     */
    public double[] values(int player, DMatrixRMaj... profile) {
        Require.index("player", player, actions.length);
        return values(player, jointPolicy(profile));
    }

    private double[] values(int player, double[][] policy) {
        int n = states();
        var system = new DMatrixRMaj(n, n);
        var right = new double[n];
        for (int s = 0; s < n; s++) {
            system.add(s, s, 1);
            for (int a = 0; a < joint; a++) {
                right[s] = Math.fma(policy[s][a], rewards[player][s][a], right[s]);
                for (int t = 0; t < n; t++) {
                    system.add(s, t, -discount * policy[s][a] * transitions[s][a][t]);
                }
            }
        }
        return solve(system, right);
    }

    /**
     * What a player earns in the mean: (1 - gamma) times the discounted sum from the start, which
     * is the sum of d(s) pi(a | s) R_i(s, a) over states and joint actions.
     *
     * @param player in 0..players()-1
     * @param profile one policy a player
     * @return between the smallest and the largest reward
     * @throws IllegalArgumentException as {@link #values}
     */
    public double meanReturn(int player, DMatrixRMaj... profile) {
        double[] v = values(player, profile);
        double sum = 0;
        for (int s = 0; s < v.length; s++) {
            sum = Math.fma(start[s], v[s], sum);
        }
        return (1 - discount) * sum;
    }

    /**
     * What each of a player's actions is worth in each state, if all play their policies afterwards
     * and the others already now.
     *
     * @param player in 0..players()-1
     * @param profile one policy a player
     * @return Q_i, a matrix with a row for each state and a column for each action of the player
     * @throws IllegalArgumentException as {@link #values}
     */
    public DMatrixRMaj actionValues(int player, DMatrixRMaj... profile) {
        Require.index("player", player, actions.length);
        return actionValues(player, profile, jointPolicy(profile));
    }

    private DMatrixRMaj actionValues(int player, DMatrixRMaj[] profile, double[][] policy) {
        double[] v = values(player, policy);
        var q = new DMatrixRMaj(states(), actions[player]);
        for (int s = 0; s < states(); s++) {
            for (int a = 0; a < joint; a++) {
                double worth = rewards[player][s][a];
                for (int t = 0; t < v.length; t++) {
                    worth = Math.fma(discount * transitions[s][a][t], v[t], worth);
                }
                int rest = a;
                int own = 0;
                double others = 1;
                for (int i = actions.length - 1; i >= 0; i--) {
                    int action = rest % actions[i];
                    rest /= actions[i];
                    if (i == player) {
                        own = action;
                    } else {
                        others *= profile[i].get(s, action);
                    }
                }
                q.add(s, own, others * worth);
            }
        }
        return q;
    }

    /**
     * The gradient of a player's {@link #meanReturn} in the entries of its own policy, d(s) Q_i(s,
     * a), by the policy gradient theorem (Sutton, McAllester, Singh and Mansour, Policy gradient
     * methods for reinforcement learning with function approximation, 2000). Rows are determined up
     * to a constant, since probabilities sum to 1.
     *
     * @param player in 0..players()-1
     * @param profile one policy a player
     * @return a matrix of the shape of the player's policy
     * @throws IllegalArgumentException as {@link #values}
     */
    public DMatrixRMaj policyGradient(int player, DMatrixRMaj... profile) {
        Require.index("player", player, actions.length);
        double[][] policy = jointPolicy(profile);
        double[] d = occupancy(policy);
        DMatrixRMaj q = actionValues(player, profile, policy);
        for (int s = 0; s < d.length; s++) {
            for (int a = 0; a < q.numCols; a++) {
                q.set(s, a, d[s] * q.get(s, a));
            }
        }
        return q;
    }

    /** Probabilities of the joint actions in each state. */
    private double[][] jointPolicy(DMatrixRMaj... profile) {
        Require.notNull("profile", profile);
        Require.that(
                profile.length == actions.length,
                "profile",
                "of " + actions.length + " policies",
                "of " + profile.length);
        for (int i = 0; i < profile.length; i++) {
            String name = "profile[" + i + "]";
            Require.shape(name, profile[i], states(), actions[i]);
            for (int s = 0; s < states(); s++) {
                double sum = 0;
                for (int a = 0; a < actions[i]; a++) {
                    double p = profile[i].get(s, a);
                    if (!(p >= 0)) {
                        Require.nonNegative(name + " in state " + s, p);
                    }
                    sum += p;
                }
                if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
                    Require.that(false, "sum of " + name + " in state " + s, "1", sum);
                }
            }
        }
        var policy = new double[states()][joint];
        for (int s = 0; s < states(); s++) {
            for (int a = 0; a < joint; a++) {
                int rest = a;
                double p = 1;
                for (int i = actions.length - 1; i >= 0; i--) {
                    p *= profile[i].get(s, rest % actions[i]);
                    rest /= actions[i];
                }
                policy[s][a] = p;
            }
        }
        return policy;
    }
}
