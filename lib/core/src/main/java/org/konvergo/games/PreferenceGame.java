package org.konvergo.games;

import java.util.ArrayList;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.hipparchus.optim.MaxIter;
import org.hipparchus.optim.linear.LinearConstraint;
import org.hipparchus.optim.linear.LinearConstraintSet;
import org.hipparchus.optim.linear.LinearObjectiveFunction;
import org.hipparchus.optim.linear.NonNegativeConstraint;
import org.hipparchus.optim.linear.PivotSelectionRule;
import org.hipparchus.optim.linear.Relationship;
import org.hipparchus.optim.linear.SimplexSolver;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.konvergo.Require;
import org.konvergo.linalg.Elementary;
import org.konvergo.linalg.Kernels;

/**
 * The symmetric constant-sum game of preferences: each of two players puts up one of n responses,
 * and a judge prefers response i to response j with probability P(i, j). Its value is 1/2, and a
 * policy (a probability vector over responses) that nobody beats more than half of the time is a
 * Nash equilibrium, also called a von Neumann winner (Dudik et al., Contextual Dueling Bandits,
 * COLT 2015; Wu et al., Self-Play Preference Optimization, arXiv 2405.00675).
 *
 * @param preferences P, n x n, with entries in [0, 1], P(i, j) + P(j, i) = 1 and 1/2 on the
 *     diagonal; not copied, do not change it
 */
public record PreferenceGame(DMatrixRMaj preferences) {
    private static final double COMPLEMENT_TOLERANCE = 1e-9;
    // Of the linear programme, whose entries lie in [0, 1].
    private static final double OPTIMALITY = 1e-11;
    private static final double PIVOT = 1e-12;
    private static final int ULPS = 10;
    private static final int PIVOTS_A_RESPONSE = 200;

    /**
     * Checks the argument.
     *
     * @param preferences as above
     * @throws IllegalArgumentException if the matrix is empty or not square, an entry is not a
     *     probability, the diagonal is not 1/2, or P(i, j) + P(j, i) differs from 1 by more than
     *     1e-9
     */
    public PreferenceGame {
        int n = Require.square("preferences", preferences).numRows;
        Require.atLeast("number of responses", n, 1);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double p = preferences.get(i, j);
                if (!(p >= 0 && p <= 1)) {
                    Require.within(entry(i, j), p, 0, 1);
                }
            }
            double own = preferences.get(i, i);
            Require.that(Math.abs(own - 0.5) <= COMPLEMENT_TOLERANCE, entry(i, i), "0.5", own);
            for (int j = 0; j < i; j++) {
                double sum = preferences.get(i, j) + preferences.get(j, i);
                if (!(Math.abs(sum - 1) <= COMPLEMENT_TOLERANCE)) {
                    Require.that(false, entry(i, j) + " + " + entry(j, i), "1", sum);
                }
            }
        }
    }

    private static String entry(int i, int j) {
        return "preferences(" + i + ", " + j + ")";
    }

    /**
     * The game whose preferences are logistic functions of scores, P(i, j) = sigmoid(scores(i, j)).
     *
     * @param scores n x n, antisymmetric to the last bit, finite
     * @return the game; P(i, j) and P(j, i) sum to 1 but for rounding
     * @throws IllegalArgumentException if the matrix is empty, not square, not finite or not
     *     antisymmetric
     */
    public static PreferenceGame ofScores(DMatrixRMaj scores) {
        int n = Require.square("scores", scores).numRows;
        var p = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double score = Require.finite("scores(" + i + ", " + j + ")", scores.get(i, j));
                double other = scores.get(j, i);
                if (score != -other) {
                    Require.that(
                            false, "scores(" + j + ", " + i + ")", "equal to " + -score, other);
                }
                double probability = Elementary.sigmoid(score);
                p.set(i, j, probability);
                p.set(j, i, 1 - probability);
            }
        }
        return new PreferenceGame(p);
    }

    /**
     * The transitive game of Bradley and Terry: P(i, j) = sigmoid(reward(i) - reward(j)) (Rank
     * Analysis of Incomplete Block Designs, Biometrika 39, 1952). Its equilibria are the
     * distributions on the responses of greatest reward.
     *
     * @param rewards one finite number a response
     * @return the game
     * @throws IllegalArgumentException if there is no response or a reward is not finite
     */
    public static PreferenceGame bradleyTerry(double[] rewards) {
        Require.finite("rewards", rewards);
        var scores = new DMatrixRMaj(rewards.length, rewards.length);
        for (int i = 0; i < rewards.length; i++) {
            for (int j = 0; j < rewards.length; j++) {
                scores.set(i, j, rewards[i] - rewards[j]);
            }
        }
        return ofScores(scores);
    }

    /**
     * Number of responses.
     *
     * @return n, at least 1
     */
    public int size() {
        return preferences.numRows;
    }

    /**
     * The policy that puts up every response equally often.
     *
     * @return a new array of length n
     */
    public double[] uniform() {
        var policy = new double[size()];
        Arrays.fill(policy, 1.0 / policy.length);
        return policy;
    }

    /**
     * How often each response is preferred to what a policy puts up, the sum over j of P(i, j)
     * policy(j).
     *
     * @param policy probabilities, of length n
     * @return one number in [0, 1] a response, a new array
     * @throws IllegalArgumentException if the policy has another length
     */
    public double[] winRates(double[] policy) {
        var rates = new double[size()];
        Kernels.gemv(preferences, Require.length("policy", policy, size()), rates);
        return rates;
    }

    /**
     * How often one policy is preferred to another.
     *
     * @param policy probabilities, of length n
     * @param opponent probabilities, of length n
     * @return a number in [0, 1]; 1/2 for a policy against itself
     * @throws IllegalArgumentException if a policy has another length
     */
    public double winRate(double[] policy, double[] opponent) {
        return Kernels.dot(Require.length("policy", policy, size()), winRates(opponent));
    }

    /**
     * The Nash gap: how much more often than half of the time the best reply is preferred to a
     * policy. Half of the duality gap of the game.
     *
     * @param policy probabilities, of length n
     * @return a number in [0, 1/2] but for rounding; 0 at an equilibrium
     * @throws IllegalArgumentException if the policy has another length
     */
    public double nashGap(double[] policy) {
        double best = 0;
        for (double rate : winRates(policy)) {
            best = Math.max(best, rate);
        }
        return best - 0.5;
    }

    /**
     * An equilibrium, by linear programming: z maximises the sum of z under P z at most 1 and z at
     * least 0, and the equilibrium is z over its sum (von Neumann; Dantzig, A Proof of the
     * Equivalence of the Programming Problem and the Game Problem, 1951). By the simplex method of
     * Hipparchus on a dense table, for up to some hundred responses.
     *
     * @return probabilities, of length n; one equilibrium if there are several
     * @throws IllegalStateException if the solver does not come to an end
     */
    public double[] solveNash() {
        int n = size();
        var ones = new double[n];
        Arrays.fill(ones, 1);
        var rows = new ArrayList<LinearConstraint>();
        for (int i = 0; i < n; i++) {
            double[] row = Arrays.copyOfRange(preferences.data, i * n, (i + 1) * n);
            rows.add(new LinearConstraint(row, Relationship.LEQ, 1));
        }
        double[] z;
        try {
            z =
                    new SimplexSolver(OPTIMALITY, ULPS, PIVOT)
                            .optimize(
                                    new MaxIter(PIVOTS_A_RESPONSE * n),
                                    new LinearObjectiveFunction(ones, 0),
                                    new LinearConstraintSet(rows),
                                    GoalType.MAXIMIZE,
                                    new NonNegativeConstraint(true),
                                    PivotSelectionRule.DANTZIG)
                            .getPoint();
        } catch (org.hipparchus.exception.MathRuntimeException e) {
            throw new IllegalStateException("no equilibrium of " + n + " responses found", e);
        }
        for (int i = 0; i < n; i++) {
            z[i] = Math.max(z[i], 0); // rounding
        }
        double total = Kernels.sum(z);
        for (int i = 0; i < n; i++) {
            z[i] /= total;
        }
        return z;
    }
}
