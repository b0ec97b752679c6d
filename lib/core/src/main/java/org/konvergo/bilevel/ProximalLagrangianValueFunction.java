package org.konvergo.bilevel;

import java.util.Arrays;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.Smooth;

/**
 * The proximal Lagrangian value function of a constrained lower level,
 *
 * <p>v(x, y, z) = min over theta in Y, max over lambda (not negative for inequalities) of f(x,
 * theta) + lambda'g(x, theta) + |theta - y|^2 / (2 gamma1) - |lambda - z|^2 / (2 gamma2).
 *
 * <p>The saddle point (theta*, lambda*) is unique where f and the g_i are convex in y, so that v is
 * differentiable even if the lower level has many solutions:
 *
 * <p>grad v = (grad_x f(x, theta*) + grad_x g(x, theta*)'lambda*, (y - theta*) / gamma1, (lambda* -
 * z) / gamma2).
 *
 * <p>At a feasible (x, y), f(x, y) - v(x, y, z) is not negative, and it is zero exactly if y solves
 * the lower level with the multiplier z (Yao, Yu, Zeng and Zhang, Constrained Bi-Level
 * Optimization: Proximal Lagrangian Value Function Approach and Hessian-free Algorithm, 2024).
 *
 * <p>As a {@link Smooth} function its argument is (x, y, z), one after the other.
 *
 * @param problem f, g and Y
 * @param gamma1 positive
 * @param gamma2 positive
 * @param eta step of gradient descent and ascent on the saddle function, positive
 * @param tolerance on the norm of the projected gradient, in units of 1 + |theta| + |lambda|; at
 *     least 0
 * @param maxSteps at least 1
 */
public record ProximalLagrangianValueFunction(
        ConstrainedBilevelProblem problem,
        double gamma1,
        double gamma2,
        double eta,
        double tolerance,
        int maxSteps)
        implements Smooth {
    /**
     * Checks the arguments.
     *
     * @param problem as above
     * @param gamma1 as above
     * @param gamma2 as above
     * @param eta as above
     * @param tolerance as above
     * @param maxSteps as above
     * @throws IllegalArgumentException if the problem is null or a number is out of range
     */
    public ProximalLagrangianValueFunction {
        new ProximalSaddle(problem, gamma1, gamma2, eta);
        Require.nonNegative("tolerance", tolerance);
        Require.atLeast("maxSteps", maxSteps, 1);
    }

    /**
     * The function at a point.
     *
     * @param value v(x, y, z)
     * @param theta the minimiser, of length m
     * @param lambda the maximiser, of length p
     * @param gradientX of length n
     * @param gradientY of length m
     * @param gradientZ of length p
     * @param converged whether the saddle point was found to the tolerance
     */
    public record Evaluation(
            double value,
            double[] theta,
            double[] lambda,
            double[] gradientX,
            double[] gradientY,
            double[] gradientZ,
            boolean converged) {}

    /**
     * Solves for the saddle point and evaluates v and its gradient there.
     *
     * @param x of length n
     * @param y of length m
     * @param z of length p
     * @return all of it
     * @throws IllegalArgumentException if a length differs
     */
    public Evaluation at(double[] x, double[] y, double[] z) {
        Require.length("x", x, problem.levels().dimensionX());
        Require.length("y", y, problem.levels().dimensionY());
        Require.length("z", z, problem.coupling().count());
        var saddle = new ProximalSaddle(problem, gamma1, gamma2, eta);
        double[] theta = y.clone();
        double[] lambda = z.clone();
        boolean converged = false;
        for (int k = 0; k < maxSteps && !converged; k++) {
            double residual = saddle.step(x, y, z, theta, lambda);
            double scale = 1 + Kernels.norm2(theta) + Kernels.norm2(lambda);
            converged = residual <= tolerance * scale;
        }
        var gradientX = new double[x.length];
        saddle.gradientX(x, theta, lambda, gradientX);
        var gradientY = new double[y.length];
        Arrays.setAll(gradientY, i -> (y[i] - theta[i]) / gamma1);
        var gradientZ = new double[z.length];
        Arrays.setAll(gradientZ, i -> (lambda[i] - z[i]) / gamma2);
        return new Evaluation(
                saddle.value(x, y, z, theta, lambda),
                theta,
                lambda,
                gradientX,
                gradientY,
                gradientZ,
                converged);
    }

    /**
     * How far y is from a lower solution with the multiplier z: f(x, y) - v(x, y, z).
     *
     * @param x of length n
     * @param y of length m
     * @param z of length p
     * @return the gap, not negative at a feasible (x, y)
     * @throws IllegalArgumentException if a length differs
     */
    public double gap(double[] x, double[] y, double[] z) {
        return problem.levels().lower().value(x, y) - at(x, y, z).value();
    }

    @Override
    public int dimension() {
        return problem.levels().dimensionX()
                + problem.levels().dimensionY()
                + problem.coupling().count();
    }

    @Override
    public double value(double[] xyz) {
        return atJoint(xyz).value();
    }

    @Override
    public void gradient(double[] xyz, double[] gradient) {
        valueAndGradient(xyz, gradient);
    }

    @Override
    public double valueAndGradient(double[] xyz, double[] gradient) {
        Require.length("gradient", gradient, dimension());
        var all = atJoint(xyz);
        int n = all.gradientX.length;
        int m = all.gradientY.length;
        System.arraycopy(all.gradientX, 0, gradient, 0, n);
        System.arraycopy(all.gradientY, 0, gradient, n, m);
        System.arraycopy(all.gradientZ, 0, gradient, n + m, all.gradientZ.length);
        return all.value;
    }

    private Evaluation atJoint(double[] xyz) {
        Require.length("xyz", xyz, dimension());
        int n = problem.levels().dimensionX();
        int toY = n + problem.levels().dimensionY();
        return at(
                Arrays.copyOf(xyz, n),
                Arrays.copyOfRange(xyz, n, toY),
                Arrays.copyOfRange(xyz, toY, xyz.length));
    }
}
