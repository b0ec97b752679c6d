package org.konvergo.federated;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.FiniteSum;

/**
 * What a client minimises in a round: h(w) = F(w) + (mu/2) |w - anchor|^2 (Li et al., 2020,
 * equation 2). The proximal term belongs to every minibatch.
 *
 * @param objective F, the client's own objective
 * @param mu weight of the proximal term, at least 0
 * @param anchor the server's model, of the objective's dimension; not copied
 */
public record LocalProblem(FiniteSum objective, double mu, double[] anchor) implements FiniteSum {
    /**
     * Checks the arguments.
     *
     * @param objective as above
     * @param mu as above
     * @param anchor as above
     * @throws IllegalArgumentException if mu is negative or the anchor does not fit
     */
    public LocalProblem {
        Require.notNull("objective", objective);
        Require.nonNegative("mu", mu);
        Require.length("anchor", anchor, objective.dimension());
    }

    @Override
    public int dimension() {
        return anchor.length;
    }

    @Override
    public int terms() {
        return objective.terms();
    }

    @Override
    public double value(double[] w) {
        return objective.value(w) + proximity(w);
    }

    @Override
    public double value(int[] terms, double[] w) {
        return objective.value(terms, w) + proximity(w);
    }

    @Override
    public void gradient(double[] w, double[] gradient) {
        objective.gradient(w, gradient);
        pull(w, gradient);
    }

    @Override
    public void gradient(int[] terms, double[] w, double[] gradient) {
        objective.gradient(terms, w, gradient);
        pull(w, gradient);
    }

    /**
     * The gamma for which w is a gamma-inexact solution: |grad h(w)| / |grad h(anchor)| (definition
     * 2 of the paper). 0 for an exact solution, 1 for no work done.
     *
     * @param w what a local solver returned
     * @return at least 0; NaN if the anchor is stationary
     */
    public double inexactness(double[] w) {
        var gradient = new double[anchor.length];
        gradient(w, gradient);
        double after = Kernels.norm2(gradient);
        gradient(anchor, gradient);
        double before = Kernels.norm2(gradient);
        return before > 0 ? after / before : Double.NaN;
    }

    private double proximity(double[] w) {
        double distance = Kernels.distance2(w, anchor);
        return 0.5 * mu * distance * distance;
    }

    private void pull(double[] w, double[] gradient) {
        if (mu > 0) {
            for (int j = 0; j < gradient.length; j++) {
                gradient[j] = Math.fma(mu, w[j] - anchor[j], gradient[j]);
            }
        }
    }
}
