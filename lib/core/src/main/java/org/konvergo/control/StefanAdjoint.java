package org.konvergo.control;

import org.konvergo.Require;
import org.konvergo.linalg.TridiagonalSolver;

/**
 * The gradient of a {@link FinalTimeCost} with respect to the control, by the adjoint of the
 * discrete equations: exact to rounding for the discretised cost.
 *
 * <p>With the residuals R_k = A_k v_k - v_{k-1} / tau - source_k the multipliers go backwards in
 * time, A_k' l_k = l_{k+1} / tau + dJ/dv_k, and the gradient is dJ/dp - sum of l_k' dR_k/dp. The
 * front enters through the matrices, its speed, the fluxes and the domain of the cost.
 *
 * @param solver the mesh
 * @param cost J
 */
public record StefanAdjoint(StefanStateSolver solver, FinalTimeCost cost) {
    /**
     * Checks the arguments.
     *
     * @param solver as above
     * @param cost as above
     * @throws IllegalArgumentException if one is missing
     */
    public StefanAdjoint {
        Require.notNull("solver", solver);
        Require.notNull("cost", cost);
    }

    /**
     * The gradient.
     *
     * @param control where
     * @param v its solution, as {@link StefanStateSolver#solve} gives it
     * @return derivatives by s_k, g_k and a
     */
    public StefanControl gradient(StefanControl control, double[][] v) {
        int n = solver.steps();
        int m = solver.cells();
        double tau = solver.tau();
        double gamma = solver.problem().latentHeat();
        double a = control.diffusion();
        double h = 1.0 / m;
        var front = new double[n];
        var flux = new double[n];
        double diffusion = 0;
        var source = ofCost(control, v, front);
        for (int k = n - 1; k >= 0; k--) {
            var step = new StefanStateSolver.Step(solver, control, k);
            double[] now = v[k + 1];
            double miss = now[m] - cost.melting().applyAsDouble((k + 1) * tau);
            source[m] += 2 * cost.frontWeight() * tau * miss;
            double[] l =
                    TridiagonalSolver.solveTransposed(
                            step.lower, step.diagonal, step.upper, source);
            double s = step.front;
            double p = step.speed;
            double byC = 2 * (l[0] * (now[0] - now[1]) + l[m] * (now[m] - now[m - 1]));
            double byDrift = 0; // by e_i / y_i, where e_i = y_i p / (2 s h)
            for (int i = 1; i < m; i++) {
                byC += l[i] * (2 * now[i] - now[i + 1] - now[i - 1]);
                byDrift += l[i] * i * h * (now[i - 1] - now[i + 1]);
            }
            double drift = p / (2 * s * h);
            double bySpeed =
                    byDrift / (2 * s * h)
                            + l[m] * (2 * gamma / (s * h) - step.q / a + gamma * p / a);
            double ends = l[m] * step.q - l[0] * control.flux()[k];
            double byFront = -2 * step.c / s * byC - drift / s * byDrift + 2 * ends / (s * s * h);
            flux[k] = -2 * l[0] / (s * h);
            diffusion -= step.c / a * byC + l[m] * p * step.q / (a * a);
            front[k] -= byFront + bySpeed / tau;
            if (k > 0) {
                front[k - 1] += bySpeed / tau;
            }
            for (int i = 0; i <= m; i++) {
                source[i] = l[i] / tau;
            }
        }
        return new StefanControl(front, flux, diffusion);
    }

    /** dJ/dv at the time T, without the part of the front; puts dJ/ds(T) into the gradient. */
    private double[] ofCost(StefanControl control, double[][] v, double[] front) {
        int n = solver.steps();
        int m = solver.cells();
        double end = control.front()[n - 1];
        double[] d = cost.misfit(end, v[n]);
        var source = new double[m + 1];
        double squares = 0;
        double moved = 0;
        for (int i = 0; i <= m; i++) {
            double weight = FinalTimeCost.weight(i, m);
            double y = (double) i / m;
            double slope = cost.errors()[i] * cost.temperatureSlope().applyAsDouble(y * end);
            source[i] = 2 * cost.finalWeight() * end * weight * d[i];
            squares += weight * d[i] * d[i];
            moved += weight * d[i] * slope * y;
        }
        front[n - 1] =
                cost.finalWeight() * (squares - 2 * end * moved)
                        + 2 * cost.positionWeight() * (end - cost.position());
        return source;
    }
}
