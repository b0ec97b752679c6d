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

    /** An iterate. */
    public static final class State {
        private final double[] x;
        private final double[] u;
        private double[] z;
        private double residual;
        private double change;

        /** Working space: steps that allocate would run at the speed of memory. */
        private double[] spare;

        private final double[] coupled;

        private State(int n, int m) {
            x = new double[n];
            u = new double[m];
            z = new double[m];
            spare = new double[m];
            coupled = new double[m];
        }

        /**
         * The first part.
         *
         * @return of length n, not a copy
         */
        public double[] x() {
            return x;
        }

        /**
         * The second part.
         *
         * @return of length m, not a copy
         */
        public double[] z() {
            return z;
        }

        /**
         * The scaled multipliers; rho u is a multiplier of A x = z.
         *
         * @return of length m, not a copy
         */
        public double[] u() {
            return u;
        }

        /**
         * Largest entry of |A x - z|.
         *
         * @return at least 0; 0 before the first step
         */
        public double residual() {
            return residual;
        }

        /**
         * Largest entry of the last change of z.
         *
         * @return at least 0; 0 before the first step
         */
        public double change() {
            return change;
        }
    }

    @Override
    public State start() {
        return new State(problem.primalDimension(), problem.splitDimension());
    }

    @Override
    public State step(State s, OracleCounter calls) {
        double[] u = s.u;
        double[] before = s.z;
        double[] z = s.spare;
        double[] coupled = s.coupled;
        for (int i = 0; i < u.length; i++) {
            coupled[i] = before[i] - u[i];
        }
        problem.minimize(rho, coupled, s.x);
        problem.apply(s.x, coupled);
        for (int i = 0; i < u.length; i++) {
            z[i] = coupled[i] + u[i];
        }
        problem.split().prox(1 / rho, z, z);
        // Both arrays are written anew in the next step.
        for (int i = 0; i < u.length; i++) {
            coupled[i] -= z[i];
            before[i] = z[i] - before[i];
        }
        Kernels.axpy(gamma, coupled, u);
        s.residual = Kernels.normInf(coupled);
        s.change = Kernels.normInf(before);
        s.z = z;
        s.spare = before;
        calls.add(Oracle.PROX, 2);
        return s;
    }
}
