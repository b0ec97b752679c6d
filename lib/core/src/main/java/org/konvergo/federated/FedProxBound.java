package org.konvergo.federated;

import org.konvergo.Require;

/**
 * The decrease that Theorem 4 of Li et al. (2020) guarantees in a round: E f(w^(t+1)) is at most
 * f(w^t) - rho |grad f(w^t)|^2.
 *
 * @param mu weight of the proximal term; above weakConvexity
 * @param gamma inexactness of the local solves, at least 0
 * @param dissimilarity B, at least 1
 * @param smoothness L, a Lipschitz constant of each client's gradient, positive
 * @param weakConvexity L_-, such that each F_k + (L_-/2)|w|^2 is convex; 0 for convex clients
 * @param perRound K, clients drawn a round; infinity if all take part, when the terms in K drop
 */
public record FedProxBound(
        double mu,
        double gamma,
        double dissimilarity,
        double smoothness,
        double weakConvexity,
        double perRound) {
    /**
     * Checks the arguments.
     *
     * @param mu as above
     * @param gamma as above
     * @param dissimilarity as above
     * @param smoothness as above
     * @param weakConvexity as above
     * @param perRound as above
     * @throws IllegalArgumentException if one is out of range
     */
    public FedProxBound {
        Require.nonNegative("gamma", gamma);
        Require.positive("dissimilarity", dissimilarity);
        Require.positive("smoothness", smoothness);
        Require.nonNegative("weakConvexity", weakConvexity);
        Require.that(
                mu > weakConvexity && Double.isFinite(mu),
                "mu",
                "finite and above weakConvexity = " + weakConvexity,
                mu);
        Require.that(perRound >= 1, "perRound", "at least 1", perRound);
    }

    /**
     * The bound where all clients take part, solve exactly and are convex.
     *
     * @param mu positive
     * @param dissimilarity B, at least 1
     * @param smoothness L, positive
     * @return the bound
     */
    public static FedProxBound exact(double mu, double dissimilarity, double smoothness) {
        return new FedProxBound(mu, 0, dissimilarity, smoothness, 0, Double.POSITIVE_INFINITY);
    }

    /**
     * The coefficient rho.
     *
     * @return rho; the theorem speaks only where it is positive
     */
    public double rho() {
        double b = dissimilarity;
        double l = smoothness;
        double worse = 1 + gamma;
        double strong = mu - weakConvexity;
        return 1 / mu
                - gamma * b / mu
                - b * worse * Math.sqrt(2 / perRound) / strong
                - l * b * worse / (strong * mu)
                - l * worse * worse * b * b / (2 * strong * strong)
                - l
                        * b
                        * b
                        * worse
                        * worse
                        / (strong * strong)
                        * (2 * Math.sqrt(2 / perRound) + 2 / perRound);
    }
}
