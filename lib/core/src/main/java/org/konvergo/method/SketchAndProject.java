package org.konvergo.method;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.SingularValues;
import org.konvergo.random.RandomStream;

/**
 * Randomized iterative sketching for a consistent system A z = b: draw a vector s and project z on
 * the hyperplane s'A z = s'b,
 *
 * <pre>z = z - s'(A z - b) / |A's|^2 A's.</pre>
 *
 * A step costs no more than the product A's (a row of A, if s is a unit vector) and keeps nothing
 * but z. The distance to the solution nearest to the start never rises; in the mean its square
 * falls at least by the factor {@link #contraction} a step.
 *
 * <p>Source: Gower and Richtarik, Randomized iterative methods for linear systems, 2015.
 *
 * @param a p x q, entries finite; without zero rows if s is a unit vector
 * @param b of length p, finite
 * @param sketch distribution of s
 * @param random where s comes from; advanced by every step
 * @param z0 start, of length q, finite
 */
public record SketchAndProject(
        DMatrixRMaj a, double[] b, SketchDistribution sketch, RandomStream random, double[] z0)
        implements Method<SketchAndProject.State> {
    /**
     * Checks the arguments.
     *
     * @param a as above
     * @param b as above
     * @param sketch as above
     * @param random as above
     * @param z0 as above
     * @throws IllegalArgumentException if a length does not fit, an entry is not finite or a row of
     *     A is zero where rows are drawn
     */
    public SketchAndProject {
        Require.notNull("a", a);
        Require.atLeast("rows of a", a.numRows, 1);
        Require.finite("a", a.data);
        Require.finite("b", Require.length("b", b, a.numRows));
        Require.notNull("sketch", sketch);
        Require.notNull("random", random);
        Require.finite("z0", Require.length("z0", z0, a.numCols));
        if (sketch != SketchDistribution.GAUSSIAN) {
            double[] squares = squares(a);
            for (int i = 0; i < squares.length; i++) {
                Require.that(squares[i] > 0, "row " + i + " of a", "not zero", "zero");
            }
        }
    }

    /** An iterate. */
    public static final class State {
        private final double[] z;
        private final double[] squares; // squared norms of the rows
        private final double[] shares; // their running sums
        private final double[] s;
        private final double[] pulled; // A's
        private final double[] residual;
        private long steps;

        private State(DMatrixRMaj a, double[] z0) {
            z = z0.clone();
            squares = SketchAndProject.squares(a);
            shares = squares.clone();
            for (int i = 1; i < shares.length; i++) {
                shares[i] += shares[i - 1];
            }
            s = new double[a.numRows];
            pulled = new double[a.numCols];
            residual = new double[a.numRows];
        }

        /**
         * The approximate solution.
         *
         * @return of length q, not a copy
         */
        public double[] z() {
            return z;
        }

        /**
         * Steps done.
         *
         * @return sketch vectors drawn
         */
        public long steps() {
            return steps;
        }
    }

    @Override
    public State start() {
        return new State(a, z0);
    }

    @Override
    public State step(State state, OracleCounter calls) {
        advance(state);
        return state;
    }

    /**
     * One step with a vector of one's own in place of a random one.
     *
     * @param state the current state; changed
     * @param s of length p; without effect if A's is zero
     * @return the state
     * @throws IllegalArgumentException if the length is wrong
     */
    public State project(State state, double[] s) {
        Kernels.gemvTransposed(a, Require.length("s", s, a.numRows), state.pulled);
        double square = Kernels.dot(state.pulled, state.pulled);
        if (square > 0) {
            double gap = Kernels.dot(state.pulled, state.z) - Kernels.dot(s, b);
            Kernels.axpy(-gap / square, state.pulled, state.z);
        }
        state.steps++;
        return state;
    }

    private void advance(State state) {
        switch (sketch) {
            case KACZMARZ -> projectOnRow(state, random.integer(a.numRows));
            case WEIGHTED_KACZMARZ -> projectOnRow(state, weighted(state.shares));
            case GAUSSIAN -> {
                for (int i = 0; i < state.s.length; i++) {
                    state.s[i] = random.gaussian();
                }
                project(state, state.s);
            }
        }
    }

    private void projectOnRow(State state, int i) {
        int q = a.numCols;
        double gap = Kernels.dot(a.data, i * q, state.z, 0, q) - b[i];
        Kernels.axpy(-gap / state.squares[i], a.data, i * q, state.z, 0, q);
        state.steps++;
    }

    private int weighted(double[] shares) {
        double drawn = random.uniform() * shares[shares.length - 1];
        int place = Arrays.binarySearch(shares, drawn);
        // The first running sum above what was drawn; rounding may reach the last one itself.
        return Math.min(place >= 0 ? place + 1 : -place - 1, shares.length - 1);
    }

    /**
     * The residual.
     *
     * @param state a state of this method
     * @return 2-norm of A z - b, computed afresh
     */
    public double residual(State state) {
        Kernels.gemv(a, state.z, state.residual);
        Kernels.axpy(-1, b, state.residual);
        return Kernels.norm2(state.residual);
    }

    /**
     * Runs the method until the residual is small. It is computed every p steps, since it costs as
     * much as p rows.
     *
     * @param tolerance on the 2-norm of A z - b, at least 0
     * @param maxSteps at least 0; overshot by less than p
     * @return the last iterate
     * @throws IllegalArgumentException if an argument is out of range
     */
    public State solve(double tolerance, long maxSteps) {
        Require.nonNegative("tolerance", tolerance);
        Require.that(maxSteps >= 0, "maxSteps", "at least 0", maxSteps);
        State state = start();
        while (state.steps < maxSteps && residual(state) > tolerance) {
            for (int k = 0; k < a.numRows; k++) {
                advance(state);
            }
        }
        return state;
    }

    /**
     * A bound on the mean contraction of the squared distance to the solution in a step: 1 -
     * sigma^2/|A|_F^2 with the least singular value sigma of A, rows normalised first if each is
     * equally likely. For Gaussian sketches it follows from the expected projection, which has the
     * singular vectors of A and whose least eigenvalue is at least sigma^2/|A|_F^2.
     *
     * @return in [0, 1] for a matrix with p at least q
     */
    public double contraction() {
        var rows = a.copy();
        if (sketch == SketchDistribution.KACZMARZ) {
            var inverse = squares(a);
            Arrays.setAll(inverse, i -> 1 / Math.sqrt(inverse[i]));
            Kernels.scaleRows(inverse, rows);
        }
        double[] sigma = SingularValues.of(rows);
        double least = sigma[sigma.length - 1];
        return 1 - least * least / Kernels.dot(rows.data, rows.data);
    }

    private static double[] squares(DMatrixRMaj a) {
        var squares = new double[a.numRows];
        int q = a.numCols;
        Arrays.setAll(squares, i -> Kernels.dot(a.data, i * q, a.data, i * q, q));
        return squares;
    }
}
