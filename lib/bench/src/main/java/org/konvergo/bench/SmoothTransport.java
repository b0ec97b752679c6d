package org.konvergo.bench;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.method.Lbfgs;
import org.konvergo.method.Run;
import org.konvergo.method.Status;
import org.konvergo.method.Stop;
import org.konvergo.problem.TransportProblem;
import org.konvergo.random.RandomStream;
import org.konvergo.transport.EntropyRegularizer;
import org.konvergo.transport.RegularizedTransportSemiDual;
import org.konvergo.transport.SquaredNormRegularizer;
import org.konvergo.transport.TransportRegularizer;

/**
 * Regularised transport between n and n points of equal weight at uniform random costs, by L-BFGS
 * on the semi-dual: until no row of the plan misses its weight by more than 1e-7.
 */
final class SmoothTransport extends Workload {
    private static final double ERROR = 1e-7;
    private static final int LAST = 20_000;
    private static final int MEMORY = 10;

    /** A regulariser, and the kind of workload that it makes. */
    enum Kind {
        /** Strength / 2 times the squared entries. */
        QUADRATIC("transport-quadratic"),
        /** The same with at most some entries a column. */
        SPARSE("transport-sparse"),
        /** The entropy. */
        ENTROPIC("transport-entropic");

        private final String kind;

        Kind(String kind) {
            this.kind = kind;
        }
    }

    private final Kind regularizer;
    private final int n;
    private final double strength;
    private final int most;

    /** Without a limit on the entries of a column. */
    SmoothTransport(Kind regularizer, int n, double strength) {
        this(regularizer, n, strength, n);
    }

    SmoothTransport(Kind regularizer, int n, double strength, int most) {
        super(regularizer.kind, String.valueOf(n));
        this.regularizer = regularizer;
        this.n = n;
        this.strength = strength;
        this.most = most;
    }

    @Override
    String title() {
        return switch (regularizer) {
            case QUADRATIC -> "Transport with the squared norm, n = " + n;
            case SPARSE -> "Transport with at most " + most + " entries a column, n = " + n;
            case ENTROPIC -> "Transport with entropy by L-BFGS, n = " + n;
        };
    }

    @Override
    Inputs draw(RandomStream random) {
        var weights = new double[n];
        Arrays.fill(weights, 1.0 / n);
        return new Inputs()
                .with("cost", new DMatrixRMaj(n, n, true, random.uniforms(n * n)))
                .with("weights", weights)
                .with("strength", strength)
                .with("most", most)
                .with("error", ERROR);
    }

    private TransportRegularizer regularizer() {
        return switch (regularizer) {
            case QUADRATIC -> SquaredNormRegularizer.quadratic(strength);
            case SPARSE -> new SquaredNormRegularizer(strength, most);
            case ENTROPIC -> new EntropyRegularizer(strength);
        };
    }

    @Override
    Map<String, Function<Inputs, Solver<?>>> solvers() {
        return Map.of(
                KONVERGO,
                in -> {
                    double[] weights = in.vector("weights");
                    var problem = new TransportProblem(in.matrix("cost"), weights, weights);
                    var dual = new RegularizedTransportSemiDual(problem, regularizer());
                    return Solver.of(() -> solve(dual));
                });
    }

    private double[] solve(RegularizedTransportSemiDual dual) {
        var trace =
                Run.of(new Lbfgs(dual.negated(), MEMORY, new double[n]))
                        .measure("error", Lbfgs.State::gradientNorm)
                        .stop(Stop.below("error", ERROR).or(Stop.iterations(LAST)))
                        .start();
        if (trace.status() != Status.CONVERGED) {
            throw new IllegalStateException(trace.message());
        }
        // A peer makes the plan too.
        dual.plan(trace.state().x());
        return trace.state().x();
    }

    /**
     * The answer is the potentials of the rows; the largest error of a row of their plan, which is
     * the largest entry of the gradient.
     */
    @Override
    double measure(Inputs in, double[] alpha) {
        double[] weights = in.vector("weights");
        var rows = new double[n];
        for (int j = 0; j < n; j++) {
            var s = new double[n];
            for (int i = 0; i < n; i++) {
                s[i] = (alpha[i] - in.matrix("cost").get(i, j)) / strength;
            }
            double[] t = regularizer == Kind.ENTROPIC ? softmax(s) : nearest(s, weights[j]);
            for (int i = 0; i < n; i++) {
                rows[i] += regularizer == Kind.ENTROPIC ? weights[j] * t[i] : t[i];
            }
        }
        double worst = 0;
        for (int i = 0; i < n; i++) {
            worst = Math.max(worst, Math.abs(rows[i] - weights[i]));
        }
        return worst;
    }

    private static double[] softmax(double[] s) {
        double top = Arrays.stream(s).max().orElseThrow();
        double[] t = Arrays.stream(s).map(x -> StrictMath.exp(x - top)).toArray();
        double sum = Arrays.stream(t).sum();
        return Arrays.stream(t).map(x -> x / sum).toArray();
    }

    /** The nearest point with a sum, no negative entry, and the largest entries only. */
    private double[] nearest(double[] s, double mass) {
        double[] down = s.clone();
        Arrays.sort(down);
        double sum = 0;
        double level = Double.NEGATIVE_INFINITY;
        for (int k = 1; k <= most; k++) {
            double next = down[n - k];
            if (next <= level) {
                break;
            }
            sum += next;
            level = (sum - mass) / k;
        }
        double least = level;
        return Arrays.stream(s).map(x -> Math.max(x - least, 0)).toArray();
    }

    /** Rounding in a row's sum is a part of the error. */
    @Override
    double tolerance() {
        return 1.01 * ERROR;
    }
}
