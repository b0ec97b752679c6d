package org.konvergo.bilevel;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.Updates;

/**
 * The saddle function of theta and lambda whose value is the proximal Lagrangian value function,
 * f(x, theta) + lambda'g(x, theta) + |theta - y|^2 / (2 gamma1) - |lambda - z|^2 / (2 gamma2), and
 * steps of gradient descent and ascent on it. Keeps its working space, so one is for one run.
 */
final class ProximalSaddle {
    private final ConstrainedBilevelProblem problem;
    private final double gamma1;
    private final double gamma2;
    private final double eta;
    private final double[] g;
    private final double[] down;
    private final double[] before;
    private final double[] pullY;
    private final double[] pullX;

    /** With positive weights gamma1, gamma2 and a positive step eta of both variables. */
    ProximalSaddle(ConstrainedBilevelProblem problem, double gamma1, double gamma2, double eta) {
        this.problem = Require.notNull("problem", problem);
        this.gamma1 = Require.positive("gamma1", gamma1);
        this.gamma2 = Require.positive("gamma2", gamma2);
        this.eta = Require.positive("eta", eta);
        int m = problem.levels().dimensionY();
        g = new double[problem.coupling().count()];
        down = new double[m];
        before = new double[m];
        pullY = new double[m];
        pullX = new double[problem.levels().dimensionX()];
    }

    /** The value. */
    double value(double[] x, double[] y, double[] z, double[] theta, double[] lambda) {
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
        problem.coupling().value(x, theta, g);
        problem.levels().lower().gradientY(x, theta, down);
        problem.coupling().gradientY(x, theta, lambda, pullY);
        double square = 0;
        for (int i = 0; i < lambda.length; i++) {
            double to = lambda[i] + eta * (g[i] - (lambda[i] - z[i]) / gamma2);
            to = problem.coupling().equality() ? to : Math.max(to, 0);
            square += (to - lambda[i]) * (to - lambda[i]);
            lambda[i] = to;
        }
        for (int i = 0; i < down.length; i++) {
            down[i] += pullY[i] + (theta[i] - y[i]) / gamma1;
        }
        System.arraycopy(theta, 0, before, 0, before.length);
        Updates.gradientStep(theta, eta, down, theta);
        problem.levels().domainY().prox(eta, theta, theta);
        double moved = Kernels.distance2(theta, before);
        return Math.sqrt(square + moved * moved) / eta;
    }

    /** gradient_x of f(x, theta) + lambda'g(x, theta). */
    void gradientX(double[] x, double[] theta, double[] lambda, double[] gradient) {
        problem.levels().lower().gradientX(x, theta, gradient);
        problem.coupling().gradientX(x, theta, lambda, pullX);
        Kernels.axpy(1, pullX, gradient);
    }
}
