package org.konvergo.method;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.SplitProblem;

/**
 * The alternating direction method of multipliers for min f(x) + g(z) subject to A x = z, with
 * scaled multipliers u:
 *
 * <p>x = argmin f(x) + (rho/2) |A x - z + u|^2, z = prox of g / rho at A x + u, u = u + gamma (A x
 * - z).
 *
 * <p>It converges for every rho if f and g are convex and gamma is below the golden ratio.
 *
 * <p>Source: Boyd, Parikh, Chu, Peleato and Eckstein, Distributed Optimization and Statistical
 * Learning via the Alternating Direction Method of Multipliers, 2011; the range of gamma from
 * Fortin and Glowinski, 1983.
 *
 * @param problem the problem
 * @param rho weight of the coupling, positive
 * @param gamma step of the multipliers, in (0, (1 + sqrt 5) / 2)
 */
public record Admm(SplitProblem problem, double rho, double gamma) implements Method<Admm.State> {
    private static final double GOLDEN_RATIO = (1 + Math.sqrt(5)) / 2;

    /**
     * Checks the arguments.
     *
     * @param problem as above
     * @param rho as above
     * @param gamma as above
     * @throws IllegalArgumentException if rho is not positive or gamma out of range
     */
    public Admm {
        Require.notNull("problem", problem);
        Require.positive("rho", rho);
        Require.that(
                gamma > 0 && gamma < GOLDEN_RATIO, "gamma", "in (0, " + GOLDEN_RATIO + ")", gamma);
    }

    /**
     * An iterate.
     *
     * @param x first part, of length n
     * @param z second part, of length m
     * @param u scaled multipliers, of length m; rho u is a multiplier of A x = z
     * @param residual largest entry of |A x - z|; 0 before the first step
     * @param change largest entry of the last change of z; 0 before the first step
     */
    public record State(double[] x, double[] z, double[] u, double residual, double change) {}

    @Override
    public State start() {
        int m = problem.splitDimension();
        return new State(new double[problem.primalDimension()], new double[m], new double[m], 0, 0);
    }

    @Override
    public State step(State s, OracleCounter calls) {
        int m = s.z().length;
        double[] target = s.z().clone();
        Kernels.axpy(-1, s.u(), target);
        problem.minimize(rho, target, s.x());
        var ax = new double[m];
        problem.apply(s.x(), ax);
        double[] z = ax.clone();
        Kernels.axpy(1, s.u(), z);
        problem.split().prox(1 / rho, z, z);
        double residual = 0;
        double change = 0;
        for (int i = 0; i < m; i++) {
            double gap = ax[i] - z[i];
            s.u()[i] = Math.fma(gamma, gap, s.u()[i]);
            residual = Math.max(residual, Math.abs(gap));
            change = Math.max(change, Math.abs(z[i] - s.z()[i]));
        }
        calls.add(Oracle.PROX, 2);
        return new State(s.x(), z, s.u(), residual, change);
    }
}
