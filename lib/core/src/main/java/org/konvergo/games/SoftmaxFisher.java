package org.konvergo.games;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.SymmetricEigendecomposition;

/**
 * The Fisher information of softmax policies: pi(. | s) = softmax(theta_s) for each state, with one
 * logit an action. Its blocks are diag(pi) - pi pi', one a state, each singular: a constant added
 * to the logits of a state changes nothing (Amari, Natural gradient works efficiently in learning,
 * 1998; Kakade, A natural policy gradient, 2001). States are not weighted by how often they are
 * visited.
 */
public final class SoftmaxFisher {
    private SoftmaxFisher() {}

    /**
     * The Fisher matrix of the logits of all states.
     *
     * @param policy probabilities, a row for each of S states, a column for each of A actions
     * @return block diagonal, S A x S A, symmetric positive semidefinite
     * @throws IllegalArgumentException if an entry is not a positive number
     */
    public static DMatrixRMaj of(DMatrixRMaj policy) {
        requirePositive(policy);
        int a = policy.numCols;
        int n = policy.numRows * a;
        var fisher = new DMatrixRMaj(n, n);
        for (int s = 0; s < policy.numRows; s++) {
            for (int i = 0; i < a; i++) {
                double p = policy.get(s, i);
                for (int j = 0; j < a; j++) {
                    double own = i == j ? p : 0;
                    fisher.set(s * a + i, s * a + j, Math.fma(-p, policy.get(s, j), own));
                }
            }
        }
        return fisher;
    }

    /**
     * Coordinates in which the Fisher matrix is the identity: B with B'FB = I, whose columns span
     * the range of F. Its rank is S (A - 1).
     *
     * @param policy probabilities, S x A
     * @param tolerance eigenvalues of F up to this are left out, not negative, such as 1e-5
     * @return B, S A rows, a column for each eigenvalue above the tolerance
     * @throws IllegalArgumentException if an entry is not positive, the tolerance is negative, or
     *     no eigenvalue exceeds it
     */
    public static DMatrixRMaj whitening(DMatrixRMaj policy, double tolerance) {
        Require.nonNegative("tolerance", tolerance);
        var eigen = SymmetricEigendecomposition.of(of(policy));
        int n = eigen.size();
        int first = 0;
        while (first < n && eigen.value(first) <= tolerance) {
            first++;
        }
        Require.that(first < n, "tolerance", "below an eigenvalue of the Fisher matrix", tolerance);
        var b = new DMatrixRMaj(n, n - first);
        for (int k = first; k < n; k++) {
            double scale = 1 / Math.sqrt(eigen.value(k));
            double[] v = eigen.vector(k);
            for (int i = 0; i < n; i++) {
                b.set(i, k - first, scale * v[i]);
            }
        }
        return b;
    }

    /**
     * The natural gradient: the pseudo-inverse of the Fisher matrix times a gradient in the logits.
     *
     * @param policy probabilities, S x A
     * @param gradient of length S A, in the logits, whose entries sum to zero in each state
     * @return of length S A: gradient over probability, less its mean in each state
     * @throws IllegalArgumentException if an entry of the policy is not positive or the gradient
     *     has another length
     */
    public static double[] naturalGradient(DMatrixRMaj policy, double[] gradient) {
        requirePositive(policy);
        int a = policy.numCols;
        Require.length("gradient", gradient, policy.numRows * a);
        var natural = new double[gradient.length];
        for (int s = 0; s < policy.numRows; s++) {
            double mean = 0;
            for (int i = s * a; i < (s + 1) * a; i++) {
                natural[i] = gradient[i] / policy.data[i];
                mean += natural[i] / a;
            }
            for (int i = s * a; i < (s + 1) * a; i++) {
                natural[i] -= mean;
            }
        }
        return natural;
    }

    private static void requirePositive(DMatrixRMaj policy) {
        Require.notNull("policy", policy);
        Require.that(
                policy.getNumElements() > 0,
                "policy",
                "not empty",
                policy.numRows + " x " + policy.numCols);
        for (int i = 0; i < policy.getNumElements(); i++) {
            if (!(policy.data[i] > 0 && Double.isFinite(policy.data[i]))) {
                Require.positive("policy[" + i + "]", policy.data[i]);
            }
        }
    }
}
