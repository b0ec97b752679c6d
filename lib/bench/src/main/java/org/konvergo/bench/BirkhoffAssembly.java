package org.konvergo.bench;

import java.util.Map;
import java.util.function.Function;
import org.konvergo.linalg.ChebyshevLobattoGrid;
import org.konvergo.random.RandomStream;

/** The Jacobian of a linear-quadratic problem's optimality conditions in Birkhoff form. */
final class BirkhoffAssembly extends Workload {
    private final int intervals;

    BirkhoffAssembly(int intervals) {
        super("birkhoff-assembly", Integer.toString(intervals));
        this.intervals = intervals;
    }

    @Override
    String title() {
        return "Birkhoff Hessian, assembly, N = " + intervals;
    }

    @Override
    Inputs draw(RandomStream random) {
        return Birkhoff.inputs(intervals);
    }

    @Override
    Map<String, Function<Inputs, Solver<?>>> solvers() {
        return Map.of(
                KONVERGO,
                in -> {
                    var problem = Birkhoff.problem(in);
                    return Solver.of(() -> Birkhoff.jacobian(problem, intervals).data);
                });
    }

    /**
     * With states and costates t^2, slopes 2t and controls 0, which are polynomials, what the
     * matrix makes of them is easily said: the largest deviation from it.
     */
    @Override
    double measure(Inputs in, double[] jacobian) {
        var problem = Birkhoff.problem(in);
        int n = problem.states();
        var grid = new ChebyshevLobattoGrid(intervals);
        double[] tau = grid.nodes();
        int nodes = tau.length;
        var z = new double[nodes * (4 * n + 1) + 4 * n];
        for (int i = 0; i < nodes; i++) {
            for (int k = 0; k < n; k++) {
                z[i * n + k] = tau[i] * tau[i];
                z[(nodes + i) * n + k] = 2 * tau[i];
                z[(2 * nodes + i) * n + k] = tau[i] * tau[i];
                z[(3 * nodes + i) * n + k] = 2 * tau[i];
            }
        }
        int ends = nodes * (4 * n + 1);
        for (int k = 0; k < 4 * n; k++) {
            z[ends + k] = 1; // The square is 1 at both ends.
        }
        double[] rows = Plain.product(jacobian, z, false);
        double worst = rows.length == z.length ? 0 : Double.NaN;
        for (int i = 0; i < nodes; i++) {
            for (int k = 0; k < n; k++) {
                // The ties of X to V and of Lambda to Omega hold.
                worst = Math.max(worst, Math.abs(rows[i * n + k]));
                worst = Math.max(worst, Math.abs(rows[(2 * nodes + i) * n + k]));
            }
            // The double integrator: V_1 = h x_2, V_2 = h u with u = 0 here.
            double h = in.number("finalTime") / 2;
            double expected = 2 * tau[i] - h * tau[i] * tau[i];
            worst = Math.max(worst, Math.abs(rows[(nodes + i) * n] - expected));
            worst = Math.max(worst, Math.abs(rows[(nodes + i) * n + 1] - 2 * tau[i]));
            // Omega + h (Q x + A' lambda)
            double omega = 2 * tau[i] + h * tau[i] * tau[i];
            double second = omega + h * tau[i] * tau[i];
            worst = Math.max(worst, Math.abs(rows[(3 * nodes + i) * n] - omega));
            worst = Math.max(worst, Math.abs(rows[(3 * nodes + i) * n + 1] - second));
            // h (R u + B' lambda)
            double control = h * tau[i] * tau[i];
            worst = Math.max(worst, Math.abs(rows[4 * nodes * n + i] - control));
        }
        for (int k = 0; k < n; k++) {
            // x_a; x_b - x_a - w'V; lambda_a - lambda_b + w'Omega; lambda_b - S x_b
            worst = Math.max(worst, Math.abs(rows[ends + k] - 1));
            worst = Math.max(worst, Math.abs(rows[ends + n + k]));
            worst = Math.max(worst, Math.abs(rows[ends + 2 * n + k]));
            worst = Math.max(worst, Math.abs(rows[ends + 3 * n + k]));
        }
        return worst;
    }

    @Override
    double tolerance() {
        return 1e-12;
    }
}
