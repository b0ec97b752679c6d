package org.konvergo.bench;

import java.util.Map;
import java.util.function.Function;
import org.konvergo.linalg.Kernels;
import org.konvergo.random.RandomStream;

/** Exponentials of the numbers in -20..20. */
final class Exp extends Workload {
    private final int n;

    Exp(int n) {
        super("exp", Integer.toString(n));
        this.n = n;
    }

    @Override
    String title() {
        return "Exponentials of " + n + " numbers";
    }

    @Override
    Inputs draw(RandomStream random) {
        double[] x = random.uniforms(n);
        for (int i = 0; i < n; i++) {
            x[i] = 40 * x[i] - 20;
        }
        return new Inputs().with("x", x);
    }

    @Override
    Map<String, Function<Inputs, Solver<?>>> solvers() {
        return Map.of(
                KONVERGO,
                in -> {
                    double[] x = in.vector("x");
                    var y = new double[x.length];
                    return Solver.of(
                            () -> {
                                Kernels.exp(x, y);
                                return y;
                            });
                });
    }

    /** Largest relative error; the judge's own is half a unit in the last place. */
    @Override
    double measure(Inputs in, double[] y) {
        double worst = 0;
        for (int i = 0; i < n; i++) {
            double expected = StrictMath.exp(in.vector("x")[i]);
            worst = Math.max(worst, Math.abs(y[i] - expected) / expected);
        }
        return worst;
    }

    @Override
    double tolerance() {
        return 5e-16;
    }
}
