package org.konvergo.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.konvergo.linalg.Kernels;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStream;

/** An n x n matrix times a vector. */
final class Gemv extends Workload {
    private final int n;

    Gemv(int n) {
        super("gemv", Integer.toString(n));
        this.n = n;
    }

    @Override
    String title() {
        return "Matrix times vector, " + n + " x " + n;
    }

    @Override
    Inputs draw(RandomStream random) {
        return new Inputs()
                .with("a", RandomMatrices.gaussian(n, n, random))
                .with("x", random.gaussians(n));
    }

    @Override
    Map<String, Function<Inputs, Solver<?>>> solvers() {
        var solvers = new LinkedHashMap<String, Function<Inputs, Solver<?>>>();
        solvers.put(
                KONVERGO,
                in -> {
                    var a = in.matrix("a");
                    double[] x = in.vector("x");
                    var y = new double[a.numRows];
                    return Solver.of(
                            () -> {
                                Kernels.gemv(a, x, y);
                                return y;
                            });
                });
        if (n >= Triad.LEAST) {
            // The matrix is read once; the vectors do not count.
            solvers.put(Triad.NAME, in -> Triad.moving((long) Double.BYTES * n * n));
        }
        return solvers;
    }

    @Override
    double measure(Inputs in, double[] y) {
        double[] expected = Plain.product(in.matrix("a").data, in.vector("x"), false);
        double[] scale = Plain.product(in.matrix("a").data, in.vector("x"), true);
        double worst = 0;
        for (int i = 0; i < n; i++) {
            worst = Math.max(worst, Math.abs(y[i] - expected[i]) / scale[i]);
        }
        return worst;
    }

    @Override
    double tolerance() {
        return 1e-13;
    }
}
