package org.konvergo.constrained;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.problem.EqualityConstrainedProblem;

/** Checks the derivatives of a problem by central differences. */
public final class EqualityDerivatives {
    private EqualityDerivatives() {}

    /** Gradient, Jacobian and Hessian at x against differences, relative to the largest entry. */
    public static void check(EqualityConstrainedProblem problem, double[] x, double tolerance) {
        int n = problem.dimension();
        int m = problem.constraintCount();
        var g = new double[n];
        var jacobian = new DMatrixRMaj(m, n);
        var hessian = new DMatrixRMaj(n, n);
        var lambda = new double[m];
        for (int i = 0; i < m; i++) {
            lambda[i] = 0.5 - 0.3 * i;
        }
        problem.gradient(x, g);
        problem.jacobian(x, jacobian);
        problem.lagrangianHessian(x, lambda, hessian);
        double h = 1e-5;
        for (int j = 0; j < n; j++) {
            double[] up = x.clone();
            double[] down = x.clone();
            up[j] += h;
            down[j] -= h;
            near(g[j], (problem.value(up) - problem.value(down)) / (2 * h), tolerance);
            var cUp = new double[m];
            var cDown = new double[m];
            problem.constraints(up, cUp);
            problem.constraints(down, cDown);
            for (int i = 0; i < m; i++) {
                near(jacobian.get(i, j), (cUp[i] - cDown[i]) / (2 * h), tolerance);
            }
            double[] slopeUp = LagrangianPoint.of(problem, up, lambda).lagrangianGradient();
            double[] slopeDown = LagrangianPoint.of(problem, down, lambda).lagrangianGradient();
            for (int i = 0; i < n; i++) {
                near(hessian.get(i, j), (slopeUp[i] - slopeDown[i]) / (2 * h), tolerance);
                assertEquals(hessian.get(i, j), hessian.get(j, i));
            }
        }
    }

    private static void near(double exact, double difference, double tolerance) {
        assertEquals(exact, difference, tolerance * Math.max(1, Math.abs(exact)));
    }
}
