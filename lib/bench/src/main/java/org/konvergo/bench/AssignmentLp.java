package org.konvergo.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.method.Method;
import org.konvergo.method.Run;
import org.konvergo.method.Status;
import org.konvergo.method.Stop;
import org.konvergo.random.RandomStream;
import org.konvergo.saddle.AdaptivePredictionCorrectionPdhg;
import org.konvergo.saddle.PrimalDualHybridGradient;
import org.konvergo.saddle.RestartedPdhg;
import org.konvergo.transport.AssignmentProblem;
import org.konvergo.transport.HungarianSolver;

/**
 * The assignment problem as a linear program at uniform random costs, by first-order methods: until
 * the plan's sums and its relative gap to a lower bound meet a tolerance.
 */
final class AssignmentLp extends Workload {
    private static final String PREDICTION_CORRECTION = "prediction-correction";
    private static final String CHAMBOLLE_POCK = "Chambolle-Pock";
    private static final int LAST = 1_000_000;

    /** Beyond this size methods without restarts take minutes. */
    private static final int MOST_WITHOUT_RESTARTS = 200;

    private static final int CHECK = 20;

    private final int n;
    private final int digits;

    AssignmentLp(int n, int digits) {
        super("assignment-lp", n + "-1e-" + digits);
        this.n = n;
        this.digits = digits;
    }

    @Override
    String title() {
        return "Assignment as a linear program to 1e-" + digits + ", n = " + n;
    }

    @Override
    Inputs draw(RandomStream random) {
        return new Inputs()
                .with("cost", new DMatrixRMaj(n, n, true, random.uniforms(n * n)))
                .with("error", error());
    }

    private double error() {
        return StrictMath.pow(10, -digits);
    }

    /** Of the primal to the dual weight: long primal steps are good for all methods. */
    private double ratio() {
        return 1.0 / n;
    }

    @Override
    Map<String, Function<Inputs, Solver<?>>> solvers() {
        var solvers = new LinkedHashMap<String, Function<Inputs, Solver<?>>>();
        solvers.put(
                KONVERGO,
                in -> {
                    var problem = new AssignmentProblem(in.matrix("cost"));
                    var method =
                            new RestartedPdhg(
                                    problem,
                                    (x, y) -> error(problem, x, y),
                                    1,
                                    Math.sqrt(ratio()),
                                    CHECK,
                                    new double[n * n],
                                    new double[2 * n]);
                    return new Solver<>(
                            () -> solve(method, RestartedPdhg.State::merit), s -> s.x());
                });
        if (n > MOST_WITHOUT_RESTARTS) {
            return solvers;
        }
        solvers.put(
                PREDICTION_CORRECTION,
                in -> {
                    var problem = new AssignmentProblem(in.matrix("cost"));
                    double product = problem.dualMeanEigenvalue() / 2;
                    var method = AdaptivePredictionCorrectionPdhg.of(problem, product, ratio());
                    return new Solver<>(
                            () -> solve(method, s -> error(problem, s.last().x(), s.last().y())),
                            s -> s.last().x());
                });
        solvers.put(
                CHAMBOLLE_POCK,
                in -> {
                    var problem = new AssignmentProblem(in.matrix("cost"));
                    double product = 1.01 * problem.largestEigenvalue();
                    var method =
                            PrimalDualHybridGradient.chambollePock(
                                    problem,
                                    Math.sqrt(product * ratio()),
                                    Math.sqrt(product / ratio()));
                    return new Solver<>(
                            () -> solve(method, s -> error(problem, s.x(), s.y())), s -> s.x());
                });
        return solvers;
    }

    private <S> S solve(Method<S> method, ToDoubleFunction<S> error) {
        var trace =
                Run.of(method)
                        .measure("error", error)
                        .every(CHECK)
                        .stop(Stop.below("error", error()).or(Stop.iterations(LAST)))
                        .start();
        if (trace.status() != Status.CONVERGED) {
            throw new IllegalStateException(trace.message());
        }
        return trace.state();
    }

    /** The larger of the largest error of a sum and the relative gap to a lower bound. */
    private static double error(AssignmentProblem problem, double[] x, double[] y) {
        var sums = new double[y.length];
        problem.apply(x, sums);
        double worst = 0;
        for (double sum : sums) {
            worst = Math.max(worst, Math.abs(sum - 1));
        }
        double value = problem.objective(x);
        return Math.max(worst, Math.abs(value - problem.lowerBound(y)) / (1 + Math.abs(value)));
    }

    /**
     * The answer is the plan, row by row: the largest of its negative entries, the errors of its
     * sums and the relative error of its cost.
     */
    @Override
    double measure(Inputs in, double[] x) {
        var cost = in.matrix("cost");
        var cols = new double[n];
        double total = 0;
        double worst = 0;
        for (int i = 0; i < n; i++) {
            double row = 0;
            for (int j = 0; j < n; j++) {
                double entry = x[i * n + j];
                row += entry;
                cols[j] += entry;
                total += entry * cost.get(i, j);
                worst = Math.max(worst, -entry);
            }
            worst = Math.max(worst, Math.abs(row - 1));
        }
        for (double column : cols) {
            worst = Math.max(worst, Math.abs(column - 1));
        }
        double best = HungarianSolver.solve(cost).cost();
        return Math.max(worst, Math.abs(total - best) / (1 + Math.abs(best)));
    }

    /** The gap to a bound is an upper estimate up to the errors of the sums. */
    @Override
    double tolerance() {
        return 3 * error();
    }
}
