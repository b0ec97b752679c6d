package org.konvergo.control;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.lu.LUDecompositionAlt_DDRM;
import org.konvergo.Require;
import org.konvergo.linalg.ChebyshevLobattoGrid;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.NonlinearSystem;

/**
 * The optimality conditions of an {@link OptimalControlProblem} on a Chebyshev-Gauss-Lobatto grid
 * with M = N+1 nodes, as equations F(z) = 0 for state X, its derivative V, costate Lambda, its
 * derivative Omega and control U at the nodes, and state and costate at both ends. Within a block
 * the unknowns stand node by node; M(4n+m) + 4n in all. With h = t_f/2 the rows are
 *
 * <ul>
 *   <li>X: the transcription's tie of X to V and x_a;
 *   <li>V: V - h H_lambda(X, U);
 *   <li>LAMBDA: the transcription's tie of Lambda to Omega and lambda_b;
 *   <li>OMEGA: Omega + h H_x(Lambda, X, U);
 *   <li>U: h H_u(Lambda, X, U);
 *   <li>XA: x_a - x0; XB: x_b - x_a - w'V; LAMBDA_A: lambda_a - lambda_b + w'Omega; LAMBDA_B:
 *       lambda_b - grad E(x_b).
 * </ul>
 *
 * <p>A transcription is a tie P Y - Q Y' - e y_end, with matrices P, Q of M x M and a vector e; the
 * two subclasses state theirs. Source: Ross, Hessians in Birkhoff-Theoretic Trajectory
 * Optimization, arXiv 2511.13963, 2025, in the row layout of Hamiltonian form.
 */
public abstract class PrimalDualSystem implements NonlinearSystem {
    /** Blocks of unknowns, and of the rows of the same place. */
    public enum Block {
        /** State at the nodes, n M. */
        X(true),
        /** Derivative of the state in the scaled time, n M. */
        V(true),
        /** Costate at the nodes, n M. */
        LAMBDA(true),
        /** Derivative of the costate in the scaled time, n M. */
        OMEGA(true),
        /** Control at the nodes, m M. */
        U(true),
        /** State at the start, n. */
        XA(false),
        /** State at the end, n. */
        XB(false),
        /** Costate at the start, n. */
        LAMBDA_A(false),
        /** Costate at the end, n. */
        LAMBDA_B(false);

        private final boolean overNodes;

        Block(boolean overNodes) {
            this.overNodes = overNodes;
        }
    }

    /**
     * Ties a function on the nodes to its derivative and to an end value: P Y - Q Y' - e y_end.
     *
     * @param values P, M x M
     * @param derivatives Q, M x M
     * @param end e, of length M
     */
    record Tie(DMatrixRMaj values, DMatrixRMaj derivatives, double[] end) {}

    private final OptimalControlProblem problem;
    private final ChebyshevLobattoGrid grid;
    private final Tie stateTie;
    private final Tie costateTie;
    private final Map<Block, Integer> offsets = new EnumMap<>(Block.class);
    private final double[] weights;
    private final double h;
    private final int n;
    private final int m;
    private final int size;

    PrimalDualSystem(
            OptimalControlProblem problem,
            ChebyshevLobattoGrid grid,
            Tie stateTie,
            Tie costateTie) {
        this.problem = Require.notNull("problem", problem);
        n = Require.atLeast("states of the problem", problem.states(), 1);
        m = Require.atLeast("controls of the problem", problem.controls(), 1);
        Require.length("initialState of the problem", problem.initialState(), n);
        h = Require.positive("finalTime of the problem", problem.finalTime()) / 2;
        this.grid = grid;
        this.stateTie = stateTie;
        this.costateTie = costateTie;
        weights = grid.weights();
        size = grid.size();
        int offset = 0;
        for (var block : Block.values()) {
            offsets.put(block, offset);
            offset += length(block);
        }
    }

    /**
     * The grid.
     *
     * @return Chebyshev-Gauss-Lobatto nodes in the scaled time tau = t/h - 1
     */
    public ChebyshevLobattoGrid grid() {
        return grid;
    }

    /**
     * The problem.
     *
     * @return what is solved
     */
    public OptimalControlProblem problem() {
        return problem;
    }

    /**
     * Times of the nodes.
     *
     * @return t_i = h (tau_i + 1), of length M, from 0 to t_f
     */
    public double[] times() {
        double[] t = grid.nodes();
        for (int i = 0; i < t.length; i++) {
            t[i] = h * (t[i] + 1);
        }
        return t;
    }

    @Override
    public int dimension() {
        return size * (4 * n + m) + 4 * n;
    }

    /**
     * First index of a block.
     *
     * @param block which
     * @return the index of its first unknown and row
     */
    public int from(Block block) {
        return offsets.get(Require.notNull("block", block));
    }

    /**
     * End of a block.
     *
     * @param block which
     * @return one more than the index of its last unknown and row
     */
    public int to(Block block) {
        return from(block) + length(block);
    }

    /**
     * The block a row belongs to.
     *
     * @param row in 0..dimension-1
     * @return its block
     * @throws IllegalArgumentException if there is no such row
     */
    public Block block(int row) {
        Require.index("row", row, dimension());
        var found = Block.X;
        for (var block : Block.values()) {
            found = row >= from(block) ? block : found;
        }
        return found;
    }

    /**
     * One component of a block over the nodes, such as the first state.
     *
     * @param z point
     * @param block one of X, V, LAMBDA, OMEGA, U
     * @param component in 0..n-1, for U in 0..m-1
     * @return a new vector of length M
     * @throws IllegalArgumentException if z has another length, the block is an end's, or there is
     *     no such component
     */
    public double[] component(double[] z, Block block, int component) {
        Require.length("z", z, dimension());
        Require.that(block.overNodes, "block", "one over the nodes", block);
        int width = width(block);
        Require.index("component", component, width);
        var values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = z[from(block) + i * width + component];
        }
        return values;
    }

    private int width(Block block) {
        return block == Block.U ? m : n;
    }

    private int length(Block block) {
        return block.overNodes ? size * width(block) : n;
    }

    /**
     * A start for Newton's method: X runs straight from x0 to a target, everything else is zero.
     *
     * @param target of length n
     * @return a new point
     * @throws IllegalArgumentException if the target does not fit or is not finite
     */
    public double[] straightStart(double... target) {
        Require.finite("target", Require.length("target", target, n));
        double[] x0 = problem.initialState();
        double[] tau = grid.nodes();
        var z = new double[dimension()];
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < n; k++) {
                z[i * n + k] = Math.fma((tau[i] + 1) / 2, target[k] - x0[k], x0[k]);
            }
        }
        return z;
    }

    /**
     * The cost of a point.
     *
     * @param z point
     * @return E(x_b) plus the integral of the running cost by Clenshaw-Curtis quadrature
     * @throws IllegalArgumentException if z has another length
     */
    public double cost(double[] z) {
        Require.length("z", z, dimension());
        var running = new double[size];
        for (int i = 0; i < size; i++) {
            running[i] = problem.runningCost(at(z, Block.X, i), at(z, Block.U, i));
        }
        return problem.terminalCost(at(z, Block.XB, 0)) + h * grid.integral(running);
    }

    /**
     * The pre-Hamiltonian H = l + lambda'f at the nodes. Along an exact solution it is constant
     * (Pontryagin), so its variation measures the error.
     *
     * @param z point
     * @return a new vector of length M
     * @throws IllegalArgumentException if z has another length
     */
    public double[] hamiltonian(double[] z) {
        Require.length("z", z, dimension());
        var hamiltonian = new double[size];
        var f = new double[n];
        for (int i = 0; i < size; i++) {
            double[] x = at(z, Block.X, i);
            double[] u = at(z, Block.U, i);
            problem.dynamics(x, u, f);
            hamiltonian[i] = problem.runningCost(x, u) + Kernels.dot(at(z, Block.LAMBDA, i), f);
        }
        return hamiltonian;
    }

    private double[] at(double[] z, Block block, int node) {
        int first = from(block) + node * width(block);
        return Arrays.copyOfRange(z, first, first + width(block));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if a length differs
     */
    @Override
    public void residual(double[] z, double[] residual) {
        Require.length("z", z, dimension());
        Require.length("residual", residual, dimension());
        tied(stateTie, z, Block.X, Block.V, Block.XA, residual);
        tied(costateTie, z, Block.LAMBDA, Block.OMEGA, Block.LAMBDA_B, residual);
        for (int i = 0; i < size; i++) {
            nodeResidual(z, i, residual);
        }
        double[] x0 = problem.initialState();
        var gradient = new double[n];
        problem.terminalGradient(at(z, Block.XB, 0), gradient);
        for (int k = 0; k < n; k++) {
            double xa = z[from(Block.XA) + k];
            double lambdaB = z[from(Block.LAMBDA_B) + k];
            residual[from(Block.XA) + k] = xa - x0[k];
            residual[from(Block.XB) + k] =
                    z[from(Block.XB) + k] - xa - grid.integral(component(z, Block.V, k));
            residual[from(Block.LAMBDA_A) + k] =
                    z[from(Block.LAMBDA_A) + k]
                            - lambdaB
                            + grid.integral(component(z, Block.OMEGA, k));
            residual[from(Block.LAMBDA_B) + k] = lambdaB - gradient[k];
        }
    }

    private void tied(Tie tie, double[] z, Block values, Block slopes, Block end, double[] out) {
        var py = new double[size];
        var qv = new double[size];
        for (int k = 0; k < n; k++) {
            Kernels.gemv(tie.values, component(z, values, k), py);
            Kernels.gemv(tie.derivatives, component(z, slopes, k), qv);
            double endValue = z[from(end) + k];
            for (int i = 0; i < size; i++) {
                out[from(values) + i * n + k] = py[i] - tie.end[i] * endValue - qv[i];
            }
        }
    }

    private void nodeResidual(double[] z, int node, double[] residual) {
        double[] x = at(z, Block.X, node);
        double[] u = at(z, Block.U, node);
        double[] lambda = at(z, Block.LAMBDA, node);
        var f = new double[n];
        var fx = new DMatrixRMaj(n, n);
        var fu = new DMatrixRMaj(n, m);
        var gx = new double[n];
        var gu = new double[m];
        problem.dynamics(x, u, f);
        problem.dynamicsJacobian(x, u, fx, fu);
        problem.runningGradient(x, u, gx, gu);
        var fxLambda = new double[n];
        var fuLambda = new double[m];
        Kernels.gemvTransposed(fx, lambda, fxLambda);
        Kernels.gemvTransposed(fu, lambda, fuLambda);
        for (int k = 0; k < n; k++) {
            int v = from(Block.V) + node * n + k;
            int omega = from(Block.OMEGA) + node * n + k;
            residual[v] = z[v] - h * f[k];
            residual[omega] = z[omega] + h * (gx[k] + fxLambda[k]);
        }
        for (int k = 0; k < m; k++) {
            residual[from(Block.U) + node * m + k] = h * (gu[k] + fuLambda[k]);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if z has another length, or H_uu is singular at a node: the
     *     conditions then do not determine the control (a singular arc)
     */
    @Override
    public DMatrixRMaj jacobian(double[] z) {
        Require.length("z", z, dimension());
        var j = new DMatrixRMaj(dimension(), dimension());
        tie(stateTie, Block.X, Block.V, Block.XA, j);
        tie(costateTie, Block.LAMBDA, Block.OMEGA, Block.LAMBDA_B, j);
        for (int i = 0; i < size; i++) {
            nodeJacobian(z, i, j);
        }
        var hessian = new DMatrixRMaj(n, n);
        problem.terminalHessian(at(z, Block.XB, 0), hessian);
        put(j, Block.LAMBDA_B, 0, Block.XB, 0, -1, hessian);
        for (int k = 0; k < n; k++) {
            int xa = from(Block.XA) + k;
            int xb = from(Block.XB) + k;
            int lambdaA = from(Block.LAMBDA_A) + k;
            int lambdaB = from(Block.LAMBDA_B) + k;
            j.set(xa, xa, 1);
            j.set(xb, xb, 1);
            j.set(xb, xa, -1);
            j.set(lambdaA, lambdaA, 1);
            j.set(lambdaA, lambdaB, -1);
            j.set(lambdaB, lambdaB, 1);
            for (int i = 0; i < size; i++) {
                j.set(xb, from(Block.V) + i * n + k, -weights[i]);
                j.set(lambdaA, from(Block.OMEGA) + i * n + k, weights[i]);
            }
        }
        return j;
    }

    private void tie(Tie tie, Block values, Block slopes, Block end, DMatrixRMaj j) {
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < n; k++) {
                int row = from(values) + i * n + k;
                for (int l = 0; l < size; l++) {
                    j.set(row, from(values) + l * n + k, tie.values.get(i, l));
                    j.set(row, from(slopes) + l * n + k, -tie.derivatives.get(i, l));
                }
                j.set(row, from(end) + k, -tie.end[i]);
            }
        }
    }

    private void nodeJacobian(double[] z, int i, DMatrixRMaj j) {
        double[] x = at(z, Block.X, i);
        double[] u = at(z, Block.U, i);
        var fx = new DMatrixRMaj(n, n);
        var fu = new DMatrixRMaj(n, m);
        var hxx = new DMatrixRMaj(n, n);
        var hxu = new DMatrixRMaj(n, m);
        var huu = new DMatrixRMaj(m, m);
        problem.dynamicsJacobian(x, u, fx, fu);
        problem.hamiltonianHessian(at(z, Block.LAMBDA, i), x, u, hxx, hxu, huu);
        requireRegular(huu, i);
        for (int k = 0; k < n; k++) {
            int v = from(Block.V) + i * n + k;
            int omega = from(Block.OMEGA) + i * n + k;
            j.set(v, v, 1);
            j.set(omega, omega, 1);
        }
        put(j, Block.V, i, Block.X, i, -h, fx);
        put(j, Block.V, i, Block.U, i, -h, fu);
        put(j, Block.OMEGA, i, Block.X, i, h, hxx);
        put(j, Block.OMEGA, i, Block.U, i, h, hxu);
        putTransposed(j, Block.OMEGA, i, Block.LAMBDA, i, h, fx);
        putTransposed(j, Block.U, i, Block.X, i, h, hxu);
        putTransposed(j, Block.U, i, Block.LAMBDA, i, h, fu);
        put(j, Block.U, i, Block.U, i, h, huu);
    }

    private static void requireRegular(DMatrixRMaj huu, int node) {
        var lu = new LUDecompositionAlt_DDRM();
        boolean regular = lu.decompose(huu.copy());
        for (int k = 0; k < huu.numRows; k++) {
            regular &= Math.abs(lu.getLU().get(k, k)) > 1e-14 * Kernels.normInf(huu.data);
        }
        Require.that(regular, "H_uu", "invertible (no singular arc)", "singular at node " + node);
    }

    private void put(
            DMatrixRMaj j, Block row, int i, Block col, int l, double factor, DMatrixRMaj a) {
        for (int p = 0; p < a.numRows; p++) {
            for (int q = 0; q < a.numCols; q++) {
                j.set(
                        from(row) + i * width(row) + p,
                        from(col) + l * width(col) + q,
                        factor * a.get(p, q));
            }
        }
    }

    private void putTransposed(
            DMatrixRMaj j, Block row, int i, Block col, int l, double factor, DMatrixRMaj a) {
        for (int p = 0; p < a.numRows; p++) {
            for (int q = 0; q < a.numCols; q++) {
                j.set(
                        from(row) + i * width(row) + q,
                        from(col) + l * width(col) + p,
                        factor * a.get(p, q));
            }
        }
    }
}
