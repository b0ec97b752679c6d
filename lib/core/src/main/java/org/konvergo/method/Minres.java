package org.konvergo.method;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.LinearOperator;

/**
 * Minimal residuals for A x = b with a symmetric A, definite or not: after k steps x minimises the
 * residual over x0 plus the Krylov space of dimension k, as {@link Gmres} does, but by recurrences
 * of three terms, so that a step costs one product and a handful of vectors however many went
 * before. The price is that the vectors of Lanczos lose their orthogonality by rounding, and that
 * an ill-conditioned system may take more than n steps.
 *
 * <p>If A is singular and b in its range, x tends to the solution nearest to x0: that of least norm
 * if x0 is zero.
 *
 * <p>Source: Paige and Saunders, Solution of sparse indefinite systems of linear equations, SIAM
 * Journal on Numerical Analysis 12, 1975.
 *
 * @param a the operator, symmetric (not checked)
 * @param b right side of length n, finite
 * @param x0 start, of length n, finite
 */
public record Minres(LinearOperator a, double[] b, double[] x0) implements Method<Minres.State> {
    /** A vector of Lanczos that is shorter than this, relative to the product, is noise. */
    private static final double COMPLETE = 1e-15;

    /** A pivot below this share of the largest product means that A is singular. */
    private static final double SINGULAR = 1e-13;

    /**
     * Checks the arguments.
     *
     * @param a as above
     * @param b as above
     * @param x0 as above
     * @throws IllegalArgumentException if a vector is not finite or the start does not fit
     */
    public Minres {
        Require.notNull("a", a);
        Require.finite("b", b);
        Require.finite("x0", Require.length("x0", x0, b.length));
    }

    /** An iterate. */
    public static final class State {
        private final double[] x;
        private final double bNorm;
        // The last vectors of Lanczos, and the last two directions of x.
        private double[] before;
        private double[] v;
        private double[] older;
        private double[] newer;
        private double beta; // off-diagonal entry of the tridiagonal matrix
        // The last rotation, and what the last two leave above the diagonal of its factor.
        private double cosine = -1;
        private double sine;
        private double dBar;
        private double epsilon;
        private double residual;
        private double largest; // product so far
        private int steps;
        private boolean complete;

        private State(double[] x0, double[] r, double bNorm) {
            x = x0.clone();
            this.bNorm = bNorm;
            residual = Kernels.norm2(r);
            complete = residual == 0;
            if (!complete) {
                Kernels.scale(1 / residual, r);
            }
            v = r;
            before = new double[r.length];
            older = new double[r.length];
            newer = new double[r.length];
        }

        /**
         * The approximate solution.
         *
         * @return of length n, not a copy
         */
        public double[] x() {
            return x;
        }

        /**
         * Size of the residual, as the rotations give it; never larger than a step before.
         *
         * @return 2-norm of b - A x, up to rounding
         */
        public double residual() {
            return residual;
        }

        /**
         * Size of the residual relative to b.
         *
         * @return 2-norm of b - A x relative to that of b; 0 if b is zero
         */
        public double relativeResidual() {
            return bNorm == 0 ? 0 : residual / bNorm;
        }

        /**
         * Steps done.
         *
         * @return products with A, that for the first residual left out
         */
        public int steps() {
            return steps;
        }

        /**
         * Whether the Krylov space cannot grow: x solves the system, or the matrix is singular.
         *
         * @return true if so; further steps leave x as it is
         */
        public boolean complete() {
            return complete;
        }
    }

    @Override
    public State start() {
        var r = new double[b.length];
        a.apply(x0, r);
        Kernels.axpby(1, b, -1, r);
        return new State(x0, r, Kernels.norm2(b));
    }

    @Override
    public State step(State s, OracleCounter calls) {
        if (s.complete) {
            return s;
        }
        // Lanczos: beta' v' = A v - alpha v - beta v_before
        var next = new double[b.length];
        a.apply(s.v, next);
        calls.add(Oracle.HESSIAN_VECTOR, 1);
        s.steps++;
        double size = Kernels.norm2(next);
        s.largest = Math.max(s.largest, size);
        Kernels.axpy(-s.beta, s.before, next);
        double alpha = Kernels.dot(s.v, next);
        Kernels.axpy(-alpha, s.v, next);
        double beta = Kernels.norm2(next);
        boolean last = beta <= COMPLETE * size;
        if (last) {
            beta = 0;
        }
        // The new column (epsilon, delta, gBar, beta) after the last two rotations, and the next.
        double epsilon = s.epsilon;
        double delta = s.cosine * s.dBar + s.sine * alpha;
        double gBar = s.sine * s.dBar - s.cosine * alpha;
        s.epsilon = s.sine * beta;
        s.dBar = -s.cosine * beta;
        double gamma = Math.sqrt(gBar * gBar + beta * beta);
        if (gamma <= SINGULAR * s.largest) {
            s.complete = true; // no direction is left in which the residual could fall
            return s;
        }
        s.cosine = gBar / gamma;
        s.sine = beta / gamma;
        double length = s.cosine * s.residual;
        s.residual = s.sine * s.residual;
        // The new direction: A times these are orthonormal.
        double[] direction = s.older;
        for (int i = 0; i < direction.length; i++) {
            double rest = s.v[i] - epsilon * s.older[i] - delta * s.newer[i];
            direction[i] = rest / gamma;
        }
        s.older = s.newer;
        s.newer = direction;
        Kernels.axpy(length, direction, s.x);
        s.complete = last;
        if (!last) {
            Kernels.scale(1 / beta, next);
            s.before = s.v;
            s.v = next;
            s.beta = beta;
        }
        return s;
    }

    /**
     * Runs the method to a tolerance.
     *
     * @param tolerance on the relative residual, at least 0
     * @param maxSteps at least 0
     * @param calls where the products are counted
     * @return the last iterate
     * @throws IllegalArgumentException if an argument is out of range
     */
    public State solve(double tolerance, int maxSteps, OracleCounter calls) {
        Require.nonNegative("tolerance", tolerance);
        Require.atLeast("maxSteps", maxSteps, 0);
        State state = start();
        while (state.steps < maxSteps && !state.complete && state.relativeResidual() > tolerance) {
            state = step(state, calls);
        }
        return state;
    }
}
