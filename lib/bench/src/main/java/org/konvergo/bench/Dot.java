package org.konvergo.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.konvergo.linalg.Kernels;
import org.konvergo.random.RandomStream;

/**
 * Inner product of two vectors. It writes nothing, so that the paths to and from a cache allow two
 * limits: a triad that moves as many bytes, and one that reads as many.
 */
final class Dot extends Workload {
    private final int n;

    Dot(int n) {
        super("dot", Integer.toString(n));
        this.n = n;
    }

    @Override
    String title() {
        return "Inner product, n = " + n;
    }

    @Override
    Inputs draw(RandomStream random) {
        return new Inputs().with("x", random.gaussians(n)).with("y", random.gaussians(n));
    }

    @Override
    Map<String, Function<Inputs, Solver<?>>> solvers() {
        var solvers = new LinkedHashMap<String, Function<Inputs, Solver<?>>>();
        solvers.put(
                KONVERGO,
                in -> {
                    double[] x = in.vector("x");
                    double[] y = in.vector("y");
                    var product = new double[1];
                    return Solver.of(
                            () -> {
                                product[0] = Kernels.dot(x, y);
                                return product;
                            });
                });
        if (n >= Triad.LEAST) {
            solvers.put(Triad.NAME, in -> Triad.moving(2L * Double.BYTES * n));
            solvers.put(Triad.READING, in -> Triad.reading(2L * Double.BYTES * n));
        }
        return solvers;
    }

    @Override
    double measure(Inputs in, double[] product) {
        double expected = 0;
        double scale = 0;
        for (int i = 0; i < n; i++) {
            double term = in.vector("x")[i] * in.vector("y")[i];
            expected += term;
            scale += Math.abs(term);
        }
        return Math.abs(product[0] - expected) / scale;
    }

    @Override
    double tolerance() {
        return 1e-13;
    }
}
