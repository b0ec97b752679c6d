package org.konvergo.method;

import java.util.ArrayList;
import java.util.List;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.LinearOperator;

/**
 * Generalised minimal residuals for A x = b with any square A: after k steps x minimises the
 * residual over x0 plus the Krylov space of dimension k. The basis is kept whole, so that n steps
 * suffice and k vectors are stored.
 *
 * <p>Source: Saad and Schultz, GMRES: a generalized minimal residual algorithm for solving
 * nonsymmetric linear systems, 1986; with modified Gram-Schmidt and Givens rotations.
 *
 * @param a the operator
 * @param b right side of length n, finite
 * @param x0 start, of length n, finite
 */
public record Gmres(LinearOperator a, double[] b, double[] x0) implements Method<Gmres.State> {
    /**
     * Checks the arguments.
     *
     * @param a as above
     * @param b as above
     * @param x0 as above
     * @throws IllegalArgumentException if a vector is not finite or the start does not fit
     */
    public Gmres {
        Require.notNull("a", a);
        Require.finite("b", b);
        Require.finite("x0", Require.length("x0", x0, b.length));
    }

    /** An iterate. */
    public static final class State {
        private final double[] x0;
        private final double bNorm;
        private final List<double[]> basis = new ArrayList<>();
        private final List<double[]> columns = new ArrayList<>(); // of the triangular factor
        private final List<double[]> rotations = new ArrayList<>(); // cosine, sine
        private final List<Double> right = new ArrayList<>();
        private double residual;
        private boolean complete;

        private State(double[] x0, double[] r, double bNorm) {
            this.x0 = x0.clone();
            this.bNorm = bNorm;
            residual = Kernels.norm2(r);
            complete = residual == 0;
            if (!complete) {
                Kernels.scale(1 / residual, r);
            }
            basis.add(r);
        }

        /**
         * The approximate solution.
         *
         * @return of length n, a new vector
         */
        public double[] x() {
            int k = columns.size();
            var y = new double[k];
            for (int i = k - 1; i >= 0; i--) {
                double sum = right.get(i);
                for (int j = i + 1; j < k; j++) {
                    sum -= columns.get(j)[i] * y[j];
                }
                double pivot = columns.get(i)[i];
                y[i] = pivot == 0 ? 0 : sum / pivot; // only of a singular matrix
            }
            double[] x = x0.clone();
            for (int j = 0; j < k; j++) {
                Kernels.axpy(y[j], basis.get(j), x);
            }
            return x;
        }

        /**
         * Size of the residual, as the rotations give it.
         *
         * @return 2-norm of b - A x
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
            return columns.size();
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
        int k = s.columns.size();
        if (s.complete || k == b.length) {
            s.complete = true;
            return s;
        }
        var w = new double[b.length];
        a.apply(s.basis.get(k), w);
        calls.add(Oracle.HESSIAN_VECTOR, 1);
        double size = Kernels.norm2(w);
        var column = new double[k + 2];
        for (int i = 0; i <= k; i++) {
            column[i] = Kernels.dot(s.basis.get(i), w);
            Kernels.axpy(-column[i], s.basis.get(i), w);
        }
        double length = Kernels.norm2(w);
        // Below rounding the new direction is noise: the space is complete.
        boolean last = length <= 1e-15 * size;
        column[k + 1] = last ? 0 : length;
        for (int i = 0; i < k; i++) {
            rotate(column, i, s.rotations.get(i));
        }
        double radius = Math.sqrt(column[k] * column[k] + column[k + 1] * column[k + 1]);
        // Nothing but rounding is left of the column: the matrix is singular.
        boolean singular = radius <= 1e-14 * size;
        double[] rotation =
                singular
                        ? new double[] {1, 0}
                        : new double[] {column[k] / radius, column[k + 1] / radius};
        if (singular) {
            column[k] = 0;
            column[k + 1] = 0;
        }
        rotate(column, k, rotation);
        double entry = k == 0 ? s.residual : s.right.remove(k);
        s.right.add(rotation[0] * entry);
        s.right.add(-rotation[1] * entry);
        s.rotations.add(rotation);
        s.columns.add(column);
        s.residual = singular ? s.residual : Math.abs(rotation[1] * entry);
        s.complete = last || singular;
        if (!s.complete) {
            Kernels.scale(1 / length, w);
            s.basis.add(w);
        }
        return s;
    }

    private static void rotate(double[] column, int i, double[] rotation) {
        double above = column[i];
        double below = column[i + 1];
        column[i] = rotation[0] * above + rotation[1] * below;
        column[i + 1] = rotation[0] * below - rotation[1] * above;
    }

    /**
     * Runs the method to a tolerance.
     *
     * @param tolerance on the relative residual, at least 0
     * @param maxSteps at least 0; more than n are not done
     * @param calls where the products are counted
     * @return the last iterate
     * @throws IllegalArgumentException if an argument is out of range
     */
    public State solve(double tolerance, int maxSteps, OracleCounter calls) {
        Require.nonNegative("tolerance", tolerance);
        Require.atLeast("maxSteps", maxSteps, 0);
        State state = start();
        while (state.steps() < maxSteps
                && !state.complete
                && state.relativeResidual() > tolerance) {
            state = step(state, calls);
        }
        return state;
    }
}
