package org.konvergo.bilevel;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.Updates;

/**
 * The saddle function of theta and lambda whose value is the proximal Lagrangian value function,
 * f(x, theta) + lambda'g(x, theta) + |theta - y|^2 / (2 gamma1) - |lambda - z|^2 / (2 gamma2), and
 * one step of gradient descent and ascent on it.
 *
 * @param problem f, g and Y
 * @param gamma1 positive
 * @param gamma2 positive
 * @param eta step of both, positive
 */
record ProximalSaddle(ConstrainedBilevelProblem problem, double gamma1, double gamma2, double eta) {
    ProximalSaddle {
        Require.notNull("problem", problem);
        Require.positive("gamma1", gamma1);
        Require.positive("gamma2", gamma2);
        Require.positive("eta", eta);
    }

    /** The value. */
    double value(double[] x, double[] y, double[] z, double[] theta, double[] lambda) {
        var g = new double[lambda.length];
        problem.coupling().value(x, theta, g);
        double toY = Kernels.distance2(theta, y);
        double toZ = Kernels.distance2(lambda, z);
        return problem.levels().lower().value(x, theta)
                + Kernels.dot(lambda, g)
                + toY * toY / (2 * gamma1)
                - toZ * toZ / (2 * gamma2);
    }

    /**
     * Moves theta and lambda, both from their old values, and returns how far in units of eta.
     * Theta goes down and is projected on Y, lambda goes up and, for inequalities, is kept from
     * falling below zero.
     */
    double step(double[] x, double[] y, double[] z, double[] theta, double[] lambda) {
        var g = new double[lambda.length];
        problem.coupling().value(x, theta, g);
        var down = new double[theta.length];
        var pull = new double[theta.length];
        problem.levels().lower().gradientY(x, theta, down);
        problem.coupling().gradientY(x, theta, lambda, pull);
        double square = 0;
        for (int i = 0; i < lambda.length; i++) {
            double to = lambda[i] + eta * (g[i] - (lambda[i] - z[i]) / gamma2);
            to = problem.coupling().equality() ? to : Math.max(to, 0);
            square += (to - lambda[i]) * (to - lambda[i]);
            lambda[i] = to;
        }
        for (int i = 0; i < down.length; i++) {
            down[i] += pull[i] + (theta[i] - y[i]) / gamma1;
        }
        double[] before = theta.clone();
        Updates.gradientStep(theta, eta, down, theta);
        problem.levels().domainY().prox(eta, theta, theta);
        double moved = Kernels.distance2(theta, before);
        return Math.sqrt(square + moved * moved) / eta;
    }

    /** gradient_x of f(x, theta) + lambda'g(x, theta). */
    void gradientX(double[] x, double[] theta, double[] lambda, double[] gradient) {
        var pull = new double[x.length];
        problem.levels().lower().gradientX(x, theta, gradient);
        problem.coupling().gradientX(x, theta, lambda, pull);
        Kernels.axpy(1, pull, gradient);
    }
}
