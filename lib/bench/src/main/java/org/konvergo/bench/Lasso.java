package org.konvergo.bench;

import java.util.Map;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.method.LassoDescent;
import org.konvergo.method.Run;
import org.konvergo.method.Status;
import org.konvergo.method.Stop;
import org.konvergo.problem.L1Norm;
import org.konvergo.problem.LeastSquares;
import org.konvergo.random.RandomStream;

/**
 * The lasso |Aw - b|^2 / (2m) + weight |w|_1, by coordinate descent from zero, with a Gaussian
 * matrix and a sparse truth: until the duality gap is 1e-8 of the objective.
 */
final class Lasso extends Workload {
    private static final double GAP = 1e-8;
    private static final int LAST = 100_000;

    /** One of so many weights of the truth is not 0. */
    private static final int SPARSITY = 25;

    private static final double NOISE = 0.5;

    private final int m;
    private final int n;
    private final double share;

    /**
     * A problem.
     *
     * @param m rows
     * @param n columns
     * @param share of the least weight for which the answer is 0
     */
    Lasso(int m, int n, double share) {
        super("lasso", m + "x" + n + "-" + share);
        this.m = m;
        this.n = n;
        this.share = share;
    }

    @Override
    String title() {
        return "Lasso, " + m + " x " + n + ", weight " + share + " of the largest";
    }

    @Override
    Inputs draw(RandomStream random) {
        double[] a = random.gaussians(m * n);
        var truth = new double[n];
        for (int j : random.subset(n, Math.max(1, n / SPARSITY))) {
            truth[j] = random.gaussian();
        }
        double[] b = Plain.product(a, truth, false);
        for (int i = 0; i < m; i++) {
            b[i] += NOISE * random.gaussian();
        }
        double largest = normInf(transposed(a, b, n)) / m;
        return new Inputs()
                .with("a", new DMatrixRMaj(m, n, true, a))
                .with("b", b)
                .with("weight", share * largest)
                .with("gap", GAP);
    }

    @Override
    Map<String, Function<Inputs, Solver<?>>> solvers() {
        return Map.of(
                KONVERGO,
                in -> {
                    var squares = new LeastSquares(in.matrix("a"), in.vector("b"));
                    var norm = new L1Norm(in.number("weight"));
                    return Solver.of(() -> solve(squares, norm));
                });
    }

    private static double[] solve(LeastSquares squares, L1Norm norm) {
        var method = new LassoDescent(squares, norm, new double[squares.dimension()]);
        var trace =
                Run.of(method)
                        .measure("gap", s -> s.gap() / s.value())
                        .stop(Stop.below("gap", GAP).or(Stop.iterations(LAST)))
                        .start();
        if (trace.status() != Status.CONVERGED) {
            throw new IllegalStateException(trace.message());
        }
        return trace.state().x();
    }

    /**
     * The gap over the objective, with the dual point r / m, shrunk until it is feasible.
     *
     * @param square |r|^2 / m of the residual r = b - Aw
     * @param product r'b / m
     * @param steepest largest entry of A'r / m
     * @param penalty weight |w|_1
     * @param weight the weight
     */
    private static double share(
            double square, double product, double steepest, double penalty, double weight) {
        double shrink = Math.min(1, weight / steepest);
        double objective = 0.5 * square + penalty;
        return (objective - shrink * product + 0.5 * shrink * shrink * square) / objective;
    }

    @Override
    double measure(Inputs in, double[] w) {
        double[] a = in.matrix("a").data;
        double[] b = in.vector("b");
        double[] r = Plain.product(a, w, false);
        double square = 0;
        double product = 0;
        for (int i = 0; i < r.length; i++) {
            r[i] = b[i] - r[i];
            square += r[i] * r[i] / r.length;
            product += r[i] * b[i] / r.length;
        }
        double steepest = normInf(transposed(a, r, w.length)) / r.length;
        double weight = in.number("weight");
        double penalty = 0;
        for (double one : w) {
            penalty += weight * Math.abs(one);
        }
        return share(square, product, steepest, penalty, weight);
    }

    private static double[] transposed(double[] a, double[] r, int n) {
        var y = new double[n];
        for (int i = 0; i < r.length; i++) {
            for (int j = 0; j < n; j++) {
                y[j] += a[i * n + j] * r[i];
            }
        }
        return y;
    }

    private static double normInf(double[] x) {
        double largest = 0;
        for (double one : x) {
            largest = Math.max(largest, Math.abs(one));
        }
        return largest;
    }

    /** Rounding of the objective is a part of the gap. */
    @Override
    double tolerance() {
        return 1.01 * GAP;
    }
}
