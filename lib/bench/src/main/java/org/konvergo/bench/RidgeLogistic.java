package org.konvergo.bench;

import java.util.Map;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Lbfgs;
import org.konvergo.method.Run;
import org.konvergo.method.Status;
import org.konvergo.method.Stop;
import org.konvergo.problem.LogisticRegression;
import org.konvergo.random.RandomStream;

/**
 * Logistic regression with a ridge and without an intercept, by L-BFGS from zero: until no entry of
 * the gradient exceeds 1e-8 of the largest at the start.
 *
 * <p>Smile, a library in Java, is no peer: its logistic regression adds an intercept that bears no
 * ridge, and so solves another problem; version 3.1 also brings native libraries.
 */
final class RidgeLogistic extends Workload {
    private static final double SHARE = 1e-8;
    private static final int LAST = 20_000;
    private static final int MEMORY = 10;

    private final int m;
    private final int n;
    private final double spread;
    private final double ridge;

    /**
     * A problem.
     *
     * @param m samples
     * @param n Gaussian features
     * @param spread the first feature is so many times as large as the last
     * @param ridge positive
     */
    RidgeLogistic(int m, int n, double spread, double ridge) {
        super("logistic", m + "x" + n + (spread == 1 ? "" : "-spread-" + (int) spread));
        this.m = m;
        this.n = n;
        this.spread = spread;
        this.ridge = ridge;
    }

    @Override
    String title() {
        String features = spread == 1 ? "" : ", features from 1 to 1/" + (int) spread;
        return "Logistic regression by L-BFGS, " + m + " x " + n + features + ", ridge " + ridge;
    }

    /** Labels are drawn by a model whose margins are about 2 in size, whatever the spread. */
    @Override
    Inputs draw(RandomStream random) {
        double[] features = random.gaussians(m * n);
        double[] weights = random.gaussians(n);
        var labels = new double[m];
        for (int i = 0; i < m; i++) {
            double margin = 0;
            for (int j = 0; j < n; j++) {
                margin += 2 / Math.sqrt(n) * weights[j] * features[i * n + j];
            }
            labels[i] = random.bernoulli(1 / (1 + StrictMath.exp(-margin))) ? 1 : -1;
        }
        for (int j = 0; j < n; j++) {
            double scale = StrictMath.pow(spread, -j / (n - 1.0));
            for (int i = 0; i < m; i++) {
                features[i * n + j] *= scale;
            }
        }
        return new Inputs()
                .with("features", new DMatrixRMaj(m, n, true, features))
                .with("labels", labels)
                .with("ridge", ridge)
                .with("share", SHARE);
    }

    @Override
    Map<String, Function<Inputs, Solver<?>>> solvers() {
        return Map.of(
                KONVERGO,
                in -> {
                    var problem =
                            new LogisticRegression(
                                    in.matrix("features"), in.vector("labels"), in.number("ridge"));
                    return Solver.of(() -> solve(problem));
                });
    }

    private static double[] solve(LogisticRegression problem) {
        var zero = new double[problem.dimension()];
        var gradient = new double[zero.length];
        problem.gradient(zero, gradient);
        double goal = SHARE * Kernels.normInf(gradient);
        var trace =
                Run.of(new Lbfgs(problem, MEMORY, zero))
                        .measure("gradient", Lbfgs.State::gradientNorm)
                        .stop(Stop.below("gradient", goal).or(Stop.iterations(LAST)))
                        .start();
        if (trace.status() != Status.CONVERGED) {
            throw new IllegalStateException(trace.message());
        }
        return trace.state().x();
    }

    /** The largest entry of the gradient, relative to that at zero. */
    @Override
    double measure(Inputs in, double[] w) {
        return largest(in, w) / largest(in, new double[w.length]);
    }

    private static double largest(Inputs in, double[] w) {
        var features = in.matrix("features");
        double[] labels = in.vector("labels");
        double[] margins = Plain.product(features.data, w, false);
        var gradient = new double[w.length];
        for (int i = 0; i < labels.length; i++) {
            double slope = -labels[i] / (1 + StrictMath.exp(labels[i] * margins[i]));
            for (int j = 0; j < w.length; j++) {
                gradient[j] += slope / labels.length * features.get(i, j);
            }
        }
        double worst = 0;
        for (int j = 0; j < w.length; j++) {
            worst = Math.max(worst, Math.abs(gradient[j] + in.number("ridge") * w[j]));
        }
        return worst;
    }

    /** Rounding of the gradient is a part of its share. */
    @Override
    double tolerance() {
        return 1.01 * SHARE;
    }
}
