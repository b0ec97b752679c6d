package org.konvergo.bench;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.method.Method;
import org.konvergo.method.Run;
import org.konvergo.method.Status;
import org.konvergo.method.Stop;
import org.konvergo.problem.TransportProblem;
import org.konvergo.random.RandomStream;
import org.konvergo.transport.DualIterate;
import org.konvergo.transport.EntropicTransportDual;

/**
 * Entropic transport between n and n points of equal weight at uniform random costs, until the plan
 * meets its marginals to 1e-9. The larger eta, the harder.
 */
abstract class EntropicTransport extends Workload {
    private static final double ERROR = 1e-9;
    private static final int LAST = 1_000_000;

    private final String method;
    private final int n;
    private final double eta;

    EntropicTransport(String kind, String method, int n, int eta) {
        super(kind, n + "-eta" + eta);
        this.method = method;
        this.n = n;
        this.eta = eta;
    }

    /** The method that is measured. */
    abstract Method<? extends DualIterate> method(EntropicTransportDual dual);

    @Override
    final String title() {
        return method + ", n = " + n + ", η = " + (int) eta;
    }

    @Override
    final Inputs draw(RandomStream random) {
        var weights = new double[n];
        Arrays.fill(weights, 1.0 / n);
        return new Inputs()
                .with("cost", new DMatrixRMaj(n, n, true, random.uniforms(n * n)))
                .with("weights", weights)
                .with("eta", eta)
                .with("error", ERROR);
    }

    @Override
    final Map<String, Function<Inputs, Solver<?>>> solvers() {
        return Map.of(
                KONVERGO,
                in -> {
                    double[] weights = in.vector("weights");
                    var problem = new TransportProblem(in.matrix("cost"), weights, weights);
                    var dual = new EntropicTransportDual(problem, in.number("eta"));
                    return Solver.of(() -> solve(method(dual)));
                });
    }

    private static <S extends DualIterate> double[] solve(Method<S> method) {
        var trace =
                Run.of(method)
                        .measure("error", DualIterate::error)
                        .stop(Stop.below("error", ERROR).or(Stop.iterations(LAST)))
                        .start();
        if (trace.status() != Status.CONVERGED) {
            throw new IllegalStateException(trace.message());
        }
        return trace.state().potentials();
    }

    /** The answer is (x, y); its plan is exp(eta (x_i + y_j - C_ij) - 1). */
    @Override
    final double measure(Inputs in, double[] z) {
        double[] weights = in.vector("weights");
        var cols = new double[n];
        double error = 0;
        for (int i = 0; i < n; i++) {
            double row = 0;
            for (int j = 0; j < n; j++) {
                double exponent =
                        in.number("eta") * (z[i] + z[n + j] - in.matrix("cost").get(i, j));
                double entry = StrictMath.exp(exponent - 1);
                row += entry;
                cols[j] += entry;
            }
            error += Math.abs(row - weights[i]);
        }
        for (int j = 0; j < n; j++) {
            error += Math.abs(cols[j] - weights[j]);
        }
        return error;
    }

    /** Rounding in eta (x + y - C) is a part of the error. */
    @Override
    final double tolerance() {
        return 1.01 * ERROR;
    }
}
