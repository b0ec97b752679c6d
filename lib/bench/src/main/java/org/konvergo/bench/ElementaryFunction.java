package org.konvergo.bench;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.konvergo.linalg.Kernels;
import org.konvergo.random.RandomStream;

/** An elementary function of many numbers. */
final class ElementaryFunction extends Workload {
    /** A kernel: y = f(x), entry by entry. */
    interface Kernel {
        void of(double[] x, double[] y);
    }

    private final Kernel kernel;
    private final DoubleUnaryOperator plain;
    private final double low;
    private final double high;
    private final int n;

    private ElementaryFunction(
            String name, Kernel kernel, DoubleUnaryOperator plain, double low, double high, int n) {
        super(name, Integer.toString(n));
        this.kernel = kernel;
        this.plain = plain;
        this.low = low;
        this.high = high;
        this.n = n;
    }

    /** Each function, with what judges it and the interval that its arguments are drawn from. */
    static List<ElementaryFunction> all(int n) {
        DoubleUnaryOperator sigmoid = x -> 1 / (1 + StrictMath.exp(-x));
        return List.of(
                new ElementaryFunction("exp", Kernels::exp, StrictMath::exp, -20, 20, n),
                new ElementaryFunction("expm1", Kernels::expm1, StrictMath::expm1, -20, 20, n),
                new ElementaryFunction("log", Kernels::log, StrictMath::log, 0, 20, n),
                new ElementaryFunction("log1p", Kernels::log1p, StrictMath::log1p, -1, 20, n),
                new ElementaryFunction("tanh", Kernels::tanh, StrictMath::tanh, -5, 5, n),
                new ElementaryFunction("sigmoid", Kernels::sigmoid, sigmoid, -20, 20, n));
    }

    @Override
    String title() {
        return kind() + " of " + n + " numbers";
    }

    @Override
    Inputs draw(RandomStream random) {
        double[] x = random.uniforms(n);
        for (int i = 0; i < n; i++) {
            x[i] = low + (high - low) * x[i];
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
                                kernel.of(x, y);
                                return y;
                            });
                });
    }

    /** Largest relative error; a few units in the last place are the judge's own. */
    @Override
    double measure(Inputs in, double[] y) {
        double worst = 0;
        for (int i = 0; i < n; i++) {
            double expected = plain.applyAsDouble(in.vector("x")[i]);
            worst = Math.max(worst, Math.abs((y[i] - expected) / expected));
        }
        return worst;
    }

    @Override
    double tolerance() {
        return 1e-15;
    }
}
