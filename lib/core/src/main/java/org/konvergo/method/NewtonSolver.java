package org.konvergo.method;

import java.util.Arrays;
import java.util.Optional;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.LinearSolver;
import org.konvergo.problem.NonlinearSystem;

/**
 * Newton's method for a system of equations with full steps: z = z - F'(z)^-1 F(z). It converges
 * quadratically from a start near a solution with an invertible Jacobian (Deuflhard, Newton Methods
 * for Nonlinear Problems, 2011, section 2.1), and may diverge from others.
 *
 * <p>Where the Jacobian is singular the next point is NaN, so that a run that measures the residual
 * ends as {@link Status#DIVERGED}.
 *
 * @param system the equations
 * @param linearSolver solves for the step
 * @param z0 start, of the system's dimension
 */
public record NewtonSolver(NonlinearSystem system, LinearSolver linearSolver, double[] z0)
        implements Method<NewtonSolver.State> {
    /** The largest residual in absolute value: the name used by {@link #solve}. */
    public static final String RESIDUAL = "residual";

    /**
     * A point and what is left over there.
     *
     * @param z the point
     * @param residual F(z)
     */
    public record State(double[] z, double[] residual) {
        /**
         * Size of the residual.
         *
         * @return the largest absolute value of an entry
         */
        public double residualNorm() {
            return Kernels.normInf(residual);
        }
    }

    /**
     * Checks the arguments.
     *
     * @param system as above
     * @param linearSolver as above
     * @param z0 as above
     * @throws IllegalArgumentException if the start does not fit the system or is not finite
     */
    public NewtonSolver {
        Require.notNull("system", system);
        Require.notNull("linearSolver", linearSolver);
        Require.finite("z0", Require.length("z0", z0, system.dimension()));
    }

    @Override
    public State start() {
        return at(z0.clone());
    }

    @Override
    public State step(State state, OracleCounter calls) {
        double[] z = state.z;
        Optional<double[]> step = linearSolver.solve(system.jacobian(z), state.residual);
        if (step.isEmpty()) {
            Arrays.fill(z, Double.NaN);
            return new State(z, z.clone());
        }
        Kernels.axpy(-1, step.get(), z);
        calls.add(Oracle.GRADIENT, 1);
        return at(z);
    }

    private State at(double[] z) {
        var residual = new double[z.length];
        system.residual(z, residual);
        return new State(z, residual);
    }

    /**
     * Runs the method until no residual exceeds a tolerance.
     *
     * @param tolerance positive
     * @param limit largest number of steps, at least 0
     * @return the trace, with the measure {@link #RESIDUAL}; its status says whether the tolerance
     *     was reached
     * @throws IllegalArgumentException if the tolerance is not positive or the limit negative
     */
    public Trace<State> solve(double tolerance, int limit) {
        Require.positive("tolerance", tolerance);
        return Run.of(this)
                .measure(RESIDUAL, State::residualNorm)
                .stop(Stop.below(RESIDUAL, tolerance).or(Stop.iterations(limit)))
                .start();
    }
}
