package org.konvergo.bilevel;

import java.util.function.IntToDoubleFunction;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.Updates;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.BilevelObjective;
import org.konvergo.problem.BilevelProblem;

/** Reverse differentiation through gradient steps on averages of both levels. */
final class Unrolled {
    private Unrolled() {}

    /** Moves y by the steps and writes the gradient in x of F(x, y_T). */
    static void apply(
            BilevelProblem problem,
            IntToDoubleFunction weight,
            int steps,
            double step,
            double[] x,
            double[] y,
            double[] gradient,
            OracleCounter calls) {
        var path = new double[steps][];
        var work = new double[y.length];
        for (int t = 0; t < steps; t++) {
            path[t] = y.clone();
            objective(problem, weight.applyAsDouble(t)).gradientY(x, y, work);
            Updates.gradientStep(y, step, work, y);
        }
        problem.upper().gradientX(x, y, gradient);
        var p = new double[y.length];
        problem.upper().gradientY(x, y, p);
        var mixed = new double[x.length];
        long levels = 0;
        for (int t = steps - 1; t >= 0; t--) {
            var psi = objective(problem, weight.applyAsDouble(t));
            psi.hessianXY(x, path[t], p, mixed);
            Kernels.axpy(-step, mixed, gradient);
            psi.hessianYY(x, path[t], p, work);
            Kernels.axpy(-step, work, p);
            levels += weight.applyAsDouble(t) == 0 ? 1 : 2;
        }
        calls.add(Oracle.GRADIENT, levels + 2);
        calls.add(Oracle.HESSIAN_VECTOR, 2 * levels);
    }

    private static BilevelObjective objective(BilevelProblem problem, double weight) {
        return weight == 0 ? problem.lower() : problem.average(weight);
    }
}
