package org.konvergo.constrained;

import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.LinearSolver;
import org.konvergo.method.Gmres;
import org.konvergo.method.Minres;
import org.konvergo.method.OracleCounter;
import org.konvergo.method.SketchAndProject;
import org.konvergo.method.SketchDistribution;
import org.konvergo.random.RandomStream;

/**
 * Solves the linear system of a Newton step, exactly or to a tolerance, and goes on from where it
 * stopped when more is asked for.
 */
@FunctionalInterface
public interface InnerSolver {
    /**
     * What a solver did.
     *
     * @param steps inner steps of this call: sketches, Krylov vectors, or 1 for a direct solve
     * @param residual 2-norm of K z - b at the end
     * @param reached whether that is at most the tolerance
     */
    record Work(long steps, double residual, boolean reached) {}

    /**
     * Improves an approximate solution of K z = b.
     *
     * @param k symmetric, not singular, p x p; kept
     * @param b right side of length p; kept
     * @param z of length p: on entry the start, on return the better one
     * @param tolerance on the 2-norm of K z - b, at least 0
     * @return what was done
     * @throws IllegalStateException if the system is found singular
     */
    Work refine(DMatrixRMaj k, double[] b, double[] z, double tolerance);

    /**
     * LU decomposition, whatever the tolerance.
     *
     * @return the solver; stateless
     */
    static InnerSolver direct() {
        return (k, b, z, tolerance) -> {
            Optional<double[]> solution = LinearSolver.lu().solve(k, b);
            if (solution.isEmpty()) {
                throw new IllegalStateException("the KKT matrix is singular");
            }
            System.arraycopy(solution.get(), 0, z, 0, z.length);
            double residual = residual(k, b, z);
            return new Work(1, residual, residual <= tolerance);
        };
    }

    /**
     * GMRES without restarts.
     *
     * @return the solver; stateless
     */
    static InnerSolver gmres() {
        return (k, b, z, tolerance) -> {
            var method = new Gmres((x, y) -> Kernels.gemv(k, x, y), b, z.clone());
            double size = Kernels.norm2(b);
            double relative = size == 0 ? 0 : tolerance / size;
            var state = method.solve(relative, b.length, new OracleCounter());
            System.arraycopy(state.x(), 0, z, 0, z.length);
            double residual = residual(k, b, z);
            return new Work(state.steps(), residual, residual <= tolerance);
        };
    }

    /**
     * Minimal residuals, which need the memory of a few vectors only. Where rounding has spoilt the
     * recurrences before the tolerance is met, the method begins anew from where it is, as long as
     * that halves the residual.
     *
     * @return the solver; stateless
     */
    static InnerSolver minres() {
        return (k, b, z, tolerance) -> {
            double size = Kernels.norm2(b);
            double relative = size == 0 ? 0 : tolerance / size;
            long steps = 0;
            double residual = residual(k, b, z);
            double before = Double.POSITIVE_INFINITY;
            while (residual > tolerance && residual <= 0.5 * before) {
                before = residual;
                var method = new Minres((x, y) -> Kernels.gemv(k, x, y), b, z.clone());
                var state = method.solve(relative, 5 * b.length, new OracleCounter());
                steps += state.steps();
                double after = residual(k, b, state.x());
                if (after < residual) {
                    System.arraycopy(state.x(), 0, z, 0, z.length);
                    residual = after;
                }
            }
            return new Work(steps, residual, residual <= tolerance);
        };
    }

    /**
     * Randomized iterative sketching.
     *
     * @param sketch distribution of the sketch vectors
     * @param random where they come from; advanced by every call
     * @param stepsPerUnknown most steps of a call, divided by p; at least 1
     * @return the solver
     * @throws IllegalArgumentException if an argument is missing or out of range
     */
    static InnerSolver sketch(
            SketchDistribution sketch, RandomStream random, long stepsPerUnknown) {
        Require.notNull("sketch", sketch);
        Require.notNull("random", random);
        Require.that(stepsPerUnknown >= 1, "stepsPerUnknown", "at least 1", stepsPerUnknown);
        return (k, b, z, tolerance) -> {
            var method = new SketchAndProject(k, b, sketch, random, z.clone());
            var state = method.solve(tolerance, stepsPerUnknown * b.length);
            System.arraycopy(state.z(), 0, z, 0, z.length);
            double residual = method.residual(state);
            return new Work(state.steps(), residual, residual <= tolerance);
        };
    }

    /**
     * Size of a residual.
     *
     * @param k matrix, p x p
     * @param b right side of length p
     * @param z of length p
     * @return 2-norm of K z - b
     */
    static double residual(DMatrixRMaj k, double[] b, double[] z) {
        var r = new double[b.length];
        Kernels.gemv(k, z, r);
        Kernels.axpy(-1, b, r);
        return Kernels.norm2(r);
    }
}
