package org.konvergo.constrained;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Admm;
import org.konvergo.problem.GroupNorm;
import org.konvergo.problem.Proximable;
import org.konvergo.problem.SplitProblem;

/**
 * A {@link ConvexReluProgram} split for the alternating direction method of multipliers: the
 * quadratic in u, the norms in a copy of u, and the signs in s = G u >= 0. The step in u solves
 *
 * <p>(I + F'F / rho + G'G) u = F'y / rho + v - lambda + G'(s - nu)
 *
 * <p>with a matrix that is factorised once. Densely, as in the paper, an iteration costs (2 P d)^2.
 * But the blocks of G'G are all X'X, and F has n rows only, so that the Sherman-Morrison-Woodbury
 * identity leaves systems of d and of n equations and an iteration costs n P d + n^2.
 *
 * <p>Source: Bai, Gautam and Sojoudi, Efficient Global Optimization of Two-layer ReLU Networks,
 * SIAM Journal on Mathematics of Data Science, 2023.
 */
public final class ConvexReluAdmm implements SplitProblem {
    /** How the linear systems are solved. */
    public enum Solve {
        /** Cholesky factors of the matrix with 2 P d rows. */
        DENSE,
        /** By the blocks of G'G and the low rank of F'F. */
        STRUCTURED
    }

    private static final String NOT_TOO_SMALL = "not too small for the factorisation";

    private final ConvexReluProgram program;
    private final double rho;
    private final Gates gates;
    private final double[] pull;
    private final Proximable split;
    private final DMatrixRMaj inverseBlock;

    /** Of the dense matrix; null by the structure. */
    private final LinearSolverDense<DMatrixRMaj> factors;

    /** Of the n equations that are left by the structure: a product is faster than two solves. */
    private final DMatrixRMaj inverseRest;

    /**
     * Factorises the matrix.
     *
     * @param program the program
     * @param rho weight of the coupling, positive; 0.05 is a good one for targets of size 1
     * @param solve how
     * @throws IllegalArgumentException if rho is not positive, or the dense matrix would have more
     *     than 4,000 rows
     */
    public ConvexReluAdmm(ConvexReluProgram program, double rho, Solve solve) {
        this.program = Require.notNull("program", program);
        this.rho = Require.positive("rho", rho);
        Require.notNull("solve", solve);
        gates = new Gates(program.x(), program.patterns());
        pull = new double[program.dimension()];
        DMatrixRMaj half = gates.predictTransposed(1 / rho, program.y());
        Kernels.axpy(1, half.data, 0, pull, 0, half.data.length);
        Kernels.axpy(-1, half.data, 0, pull, half.data.length, half.data.length);
        DMatrixRMaj block = gates.gram();
        int d = block.numCols;
        for (int k = 0; k < d; k++) {
            block.add(k, k, 1);
        }
        var weights = new double[pull.length / d];
        Arrays.fill(weights, program.beta());
        split = new NormsAndSigns(new GroupNorm(weights, d), pull.length);
        if (solve == Solve.DENSE) {
            Require.that(pull.length <= 4000, "2 P d", "at most 4000", pull.length);
            inverseBlock = null;
            inverseRest = null;
            factors = LinearSolverFactory_DDRM.chol(pull.length);
            Require.that(factors.setA(dense(block)), "rho", NOT_TOO_SMALL, rho);
        } else {
            inverseBlock = Gates.inverse(block, "x", "finite enough for X'X", "not");
            inverseRest = Gates.inverse(reduced(), "rho", NOT_TOO_SMALL, rho);
            factors = null;
        }
    }

    /**
     * The method, from zero.
     *
     * @param program the program
     * @param rho weight of the coupling, positive
     * @return the method with steps 1 of the multipliers, by the structure
     * @throws IllegalArgumentException as the constructor
     */
    public static Admm of(ConvexReluProgram program, double rho) {
        return new Admm(new ConvexReluAdmm(program, rho, Solve.STRUCTURED), rho, 1);
    }

    /**
     * The variables of the program in a state of the method: the copy that has passed the norms, in
     * which unused neurons are exactly zero.
     *
     * @param state a state of the method for this program
     * @return v_1, ..., v_P, w_1, ..., w_P
     */
    public double[] variables(Admm.State state) {
        return Arrays.copyOf(Require.notNull("state", state).z(), pull.length);
    }

    /**
     * The program.
     *
     * @return as given
     */
    public ConvexReluProgram program() {
        return program;
    }

    @Override
    public int primalDimension() {
        return pull.length;
    }

    @Override
    public int splitDimension() {
        return pull.length + 2 * program.patterns().size() * program.x().numRows;
    }

    @Override
    public void apply(double[] x, double[] ax) {
        Require.length("x", x, primalDimension());
        Require.length("ax", ax, splitDimension());
        System.arraycopy(x, 0, ax, 0, x.length);
        gates.scores(x, ax, x.length);
    }

    @Override
    public void minimize(double rho, double[] target, double[] x) {
        if (rho != this.rho) {
            Require.that(false, "rho", "that of the factorisation, " + this.rho, rho);
        }
        Require.length("target", target, splitDimension());
        Require.length("x", x, primalDimension());
        double[] right = Arrays.copyOf(target, x.length);
        gates.addScoresTransposed(target, x.length, right);
        Kernels.axpy(1, pull, right);
        solve(right, x);
    }

    @Override
    public Proximable split() {
        return split;
    }

    /** Solves (I + F'F / rho + G'G) x = right. */
    private void solve(double[] right, double[] x) {
        if (factors != null) {
            factors.solve(
                    DMatrixRMaj.wrap(right.length, 1, right), DMatrixRMaj.wrap(x.length, 1, x));
            return;
        }
        // x = t - B^-1 F' (rho I + F B^-1 F')^-1 F t with t = B^-1 right
        Gates.timesSquare(right, inverseBlock, x);
        var r = new double[program.x().numRows];
        Kernels.gemv(inverseRest, gates.predict(x), r);
        double[] half = gates.predictTransposed(-1, r).data;
        var correction = new double[half.length];
        Gates.timesSquare(half, inverseBlock, correction);
        Kernels.axpy(1, correction, 0, x, 0, half.length);
        Kernels.axpy(-1, correction, 0, x, half.length, half.length);
    }

    /** rho I + F B^-1 F': entry k, l is 2 (patterns active at both) x_k'B^-1 x_l. */
    private DMatrixRMaj reduced() {
        DMatrixRMaj x = program.x();
        int n = x.numRows;
        var xb = new DMatrixRMaj(n, x.numCols);
        Kernels.gemm(x, inverseBlock, xb);
        var products = new DMatrixRMaj(n, n);
        Kernels.gemmTransB(xb, x, products);
        var counts = new DMatrixRMaj(n, n);
        Kernels.gemmTransA(gates.active(), gates.active(), counts);
        for (int k = 0; k < n * n; k++) {
            products.data[k] *= 2 * counts.data[k];
        }
        for (int k = 0; k < n; k++) {
            products.add(k, k, rho);
        }
        return products;
    }

    private DMatrixRMaj dense(DMatrixRMaj block) {
        DMatrixRMaj x = program.x();
        int n = x.numRows;
        int d = x.numCols;
        int p = program.patterns().size();
        var f = new DMatrixRMaj(n, 2 * p * d);
        for (int k = 0; k < n; k++) {
            for (int i = 0; i < p; i++) {
                for (int c = 0; c < d; c++) {
                    double entry = gates.active().get(i, k) * x.get(k, c);
                    f.set(k, i * d + c, entry);
                    f.set(k, (p + i) * d + c, -entry);
                }
            }
        }
        var matrix = new DMatrixRMaj(2 * p * d, 2 * p * d);
        Kernels.gemmTransA(f, f, matrix);
        Kernels.scale(1 / rho, matrix.data);
        for (int i = 0; i < 2 * p; i++) {
            for (int c = 0; c < d * d; c++) {
                matrix.add(i * d + c / d, i * d + c % d, block.data[c]);
            }
        }
        return matrix;
    }

    /** The norms of the first entries, and that the others are not negative. */
    private record NormsAndSigns(GroupNorm norms, int variables) implements Proximable {
        @Override
        public double value(double[] z) {
            for (int k = variables; k < z.length; k++) {
                if (z[k] < 0) {
                    return Double.POSITIVE_INFINITY;
                }
            }
            return norms.value(Arrays.copyOf(z, variables));
        }

        @Override
        public void prox(double step, double[] z, double[] result) {
            Require.length("result", result, z.length);
            double[] head = Arrays.copyOf(z, variables);
            norms.prox(step, head, head);
            System.arraycopy(head, 0, result, 0, variables);
            for (int k = variables; k < z.length; k++) {
                result[k] = Math.max(0, z[k]);
            }
        }
    }
}
