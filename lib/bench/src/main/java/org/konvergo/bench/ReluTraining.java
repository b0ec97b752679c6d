package org.konvergo.bench;

import java.util.Map;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.constrained.ActivationPatterns;
import org.konvergo.constrained.ConvexReluAdmm;
import org.konvergo.constrained.ConvexReluProgram;
import org.konvergo.method.Admm;
import org.konvergo.method.Run;
import org.konvergo.method.Status;
import org.konvergo.method.Stop;
import org.konvergo.random.RandomStream;

/**
 * A two-layer network of rectifiers, trained as a convex program over sampled patterns: until the
 * objective is the best known up to a share, and no constraint is broken by more than that.
 */
final class ReluTraining extends Workload {
    private static final double BETA = 0.01;
    private static final double RHO = 0.005;
    private static final double GAMMA = 1.6;
    private static final double FINE = 1e-7;
    private static final int BEST = 40_000;
    private static final int LAST = 200_000;
    private static final int CHECK = 20;

    private final int samples;
    private final int columns;
    private final int patterns;
    private final int digits;

    ReluTraining(int samples, int columns, int patterns, int digits) {
        super("convex-relu", samples + "x" + columns + "x" + patterns + "-1e-" + digits);
        this.samples = samples;
        this.columns = columns;
        this.patterns = patterns;
        this.digits = digits;
    }

    @Override
    String title() {
        return "Convex training of a two-layer ReLU network to 1e-%d, %d samples, %d columns, %d patterns"
                .formatted(digits, samples, columns, patterns);
    }

    /** Gaussian points with a column of ones; the target is the sign of a product. */
    @Override
    Inputs draw(RandomStream random) {
        var x = new DMatrixRMaj(samples, columns);
        var y = new double[samples];
        for (int k = 0; k < samples; k++) {
            for (int c = 0; c < columns; c++) {
                x.set(k, c, c == columns - 1 ? 1 : random.gaussian());
            }
            y[k] = x.get(k, 0) * x.get(k, 1) >= 0 ? 1 : -1;
        }
        var sampled = ActivationPatterns.sampled(x, patterns, random);
        var program = new ConvexReluProgram(x, y, sampled, BETA);
        var method = method(program);
        var state = method.step(method.start());
        for (int k = 1; k < BEST && Math.max(state.residual(), state.change()) > FINE; k++) {
            state = method.step(state);
        }
        double[] u = ((ConvexReluAdmm) method.problem()).variables(state);
        return new Inputs()
                .with("x", x)
                .with("y", y)
                .with("patterns", sampled.indicators())
                .with("beta", BETA)
                .with("best", program.objective(u))
                .with("share", share());
    }

    private static Admm method(ConvexReluProgram program) {
        var split = new ConvexReluAdmm(program, RHO, ConvexReluAdmm.Solve.STRUCTURED);
        return new Admm(split, RHO, GAMMA);
    }

    private double share() {
        return StrictMath.pow(10, -digits);
    }

    @Override
    Map<String, Function<Inputs, Solver<?>>> solvers() {
        return Map.of(
                KONVERGO,
                in -> {
                    var active = ActivationPatterns.ofIndicators(in.matrix("patterns"));
                    var program =
                            new ConvexReluProgram(
                                    in.matrix("x"), in.vector("y"), active, in.number("beta"));
                    double best = in.number("best");
                    return Solver.of(() -> solve(program, best, share()));
                });
    }

    private static double[] solve(ConvexReluProgram program, double best, double share) {
        var method = method(program);
        var split = (ConvexReluAdmm) method.problem();
        var trace =
                Run.of(method)
                        .measure("error", s -> error(program, split.variables(s), best))
                        .every(CHECK)
                        .stop(Stop.below("error", share).or(Stop.iterations(LAST)))
                        .start();
        if (trace.status() != Status.CONVERGED) {
            throw new IllegalStateException(trace.message());
        }
        return split.variables(trace.state());
    }

    private static double error(ConvexReluProgram program, double[] u, double best) {
        return Math.max(Math.abs(program.objective(u) / best - 1), program.violation(u));
    }

    /**
     * The answer is v_1, ..., v_P, w_1, ..., w_P: the objective relative to the best known or the
     * largest violation of a constraint, whichever is worse, by plain loops.
     */
    @Override
    double measure(Inputs in, double[] u) {
        var x = in.matrix("x");
        double[] y = in.vector("y");
        var active = in.matrix("patterns");
        int d = x.numCols;
        var residual = y.clone();
        double norms = 0;
        double violation = 0;
        for (int g = 0; g < 2 * active.numRows; g++) {
            int pattern = g % active.numRows;
            double square = 0;
            for (int c = 0; c < d; c++) {
                square += u[g * d + c] * u[g * d + c];
            }
            norms += Math.sqrt(square);
            for (int k = 0; k < y.length; k++) {
                double score = 0;
                for (int c = 0; c < d; c++) {
                    score += x.get(k, c) * u[g * d + c];
                }
                boolean on = active.get(pattern, k) == 1;
                violation = Math.max(violation, on ? -score : score);
                residual[k] -= on ? (g == pattern ? score : -score) : 0;
            }
        }
        double squares = 0;
        for (double entry : residual) {
            squares += entry * entry;
        }
        double objective = squares / 2 + in.number("beta") * norms;
        return Math.max(Math.abs(objective / in.number("best") - 1), violation);
    }

    /** Rounding in the value is a part of the error. */
    @Override
    double tolerance() {
        return 1.001 * share();
    }
}
