package org.konvergo.control;

import java.util.Arrays;
import org.konvergo.Require;
import org.konvergo.linalg.TridiagonalSolver;

/**
 * The temperature of a {@link StefanProblem} for a given control: on the fixed domain y = x / s(t)
 * in [0, 1], by implicit Euler steps and central differences with ghost nodes at both ends.
 */
public final class StefanStateSolver {
    private final StefanProblem problem;
    private final int cells;
    private final int steps;

    /**
     * A mesh.
     *
     * @param problem the equations
     * @param cells M, intervals in y, at least 2
     * @param steps n, intervals in t, at least 1
     * @throws IllegalArgumentException if a number is too small
     */
    public StefanStateSolver(StefanProblem problem, int cells, int steps) {
        this.problem = Require.notNull("problem", problem);
        this.cells = Require.atLeast("cells", cells, 2);
        this.steps = Require.atLeast("steps", steps, 1);
    }

    /**
     * The equations.
     *
     * @return as given
     */
    public StefanProblem problem() {
        return problem;
    }

    /**
     * Intervals in y.
     *
     * @return M
     */
    public int cells() {
        return cells;
    }

    /**
     * Intervals in t.
     *
     * @return n
     */
    public int steps() {
        return steps;
    }

    /**
     * Length of a step in t.
     *
     * @return tau
     */
    public double tau() {
        return problem.horizon() / steps;
    }

    /** The equations of one step: A v = old / tau + source. */
    static final class Step {
        final double front;
        final double speed;
        final double c;
        final double q;
        final double[] lower;
        final double[] diagonal;
        final double[] upper;

        Step(StefanStateSolver solver, StefanControl control, int k) {
            int m = solver.cells;
            double h = 1.0 / m;
            double tau = solver.tau();
            double before = k == 0 ? solver.problem.start() : control.front()[k - 1];
            front = control.front()[k];
            speed = (front - before) / tau;
            c = control.diffusion() / (front * front * h * h);
            q =
                    solver.problem.chi().applyAsDouble((k + 1) * tau)
                            - solver.problem.latentHeat() * speed;
            lower = new double[m + 1];
            diagonal = new double[m + 1];
            upper = new double[m + 1];
            Arrays.fill(diagonal, 1 / tau + 2 * c);
            for (int i = 1; i < m; i++) {
                double e = i * h * speed / (2 * front * h);
                lower[i] = -(c - e);
                upper[i] = -(c + e);
            }
            upper[0] = -2 * c;
            lower[m] = -2 * c;
        }
    }

    /**
     * Solves for the temperature.
     *
     * @param control s and g, of length n, with s and a positive
     * @return v at each time 0, tau, ..., T, in it at each y = 0, h, ..., 1: n + 1 rows of M + 1
     * @throws IllegalArgumentException if the lengths do not fit, or s or a is not positive
     */
    public double[][] solve(StefanControl control) {
        check(control);
        double h = 1.0 / cells;
        double tau = tau();
        var v = new double[steps + 1][cells + 1];
        Arrays.setAll(v[0], i -> problem.initial().applyAsDouble(i * h * problem.start()));
        for (int k = 0; k < steps; k++) {
            var step = new Step(this, control, k);
            double[] b = v[k].clone();
            for (int i = 0; i <= cells; i++) {
                b[i] /= tau;
            }
            b[0] -= 2 * control.flux()[k] / (step.front * h);
            b[cells] += 2 * step.q / (step.front * h) + step.speed * step.q / control.diffusion();
            v[k + 1] = TridiagonalSolver.solve(step.lower, step.diagonal, step.upper, b);
        }
        return v;
    }

    void check(StefanControl control) {
        Require.notNull("control", control);
        Require.positive("front", Require.length("front", control.front(), steps));
        Require.positive("diffusion", control.diffusion());
    }
}
