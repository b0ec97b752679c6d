package org.konvergo.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.SpectralRadius;
import org.konvergo.method.Method;
import org.konvergo.method.Run;
import org.konvergo.method.Status;
import org.konvergo.method.Stop;
import org.konvergo.problem.FiniteSumOperator;
import org.konvergo.problem.Indicator;
import org.konvergo.problem.LeastSquares;
import org.konvergo.problem.MonotoneInclusion;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;
import org.konvergo.saddle.Extragradient;
import org.konvergo.saddle.HalpernIteration;
import org.konvergo.saddle.VarianceReducedHalpern;

/**
 * A small residual of a cocoercive operator that is an average of many terms: the gradient of least
 * squares with the curvatures 1/j^2 in 20 dimensions, down to a fiftieth of what it is at zero.
 */
final class ResidualDescent extends Workload {
    private static final int DIMENSION = 20;
    private static final double SHARE = 0.02;
    private static final int LAST = 1_000_000;

    private final int terms;

    ResidualDescent(int terms) {
        super("residual", Integer.toString(terms));
        this.terms = terms;
    }

    @Override
    String title() {
        return "Residual of an average of " + terms + " terms to a fiftieth";
    }

    @Override
    Inputs draw(RandomStream random) {
        var a = RandomMatrices.orthonormal(terms, DIMENSION, random);
        for (int k = 0; k < terms * DIMENSION; k++) {
            a.data[k] *= Math.sqrt(terms) / (k % DIMENSION + 1);
        }
        double[] solution = random.gaussians(DIMENSION);
        var b = new double[terms];
        Kernels.gemv(a, solution, b);
        Kernels.axpy(0.1, random.gaussians(terms), b);
        return new Inputs().with("a", a).with("b", b).with("share", SHARE);
    }

    @Override
    Map<String, Function<Inputs, Solver<?>>> solvers() {
        var solvers = new LinkedHashMap<String, Function<Inputs, Solver<?>>>();
        solvers.put(KONVERGO, ResidualDescent::reduced);
        solvers.put("Halpern", ResidualDescent::halpern);
        solvers.put("extragradient", ResidualDescent::extragradient);
        return solvers;
    }

    private static FiniteSumOperator operator(Inputs in) {
        return FiniteSumOperator.gradientOf(new LeastSquares(in.matrix("a"), in.vector("b")));
    }

    /** Stops by its own estimate of F, a little early, and looks at F itself only then. */
    private static Solver<double[]> reduced(Inputs in) {
        var f = operator(in);
        double step = 1 / cocoercivity(in.matrix("a"));
        var zero = new double[DIMENSION];
        double goal = SHARE * norm(f, zero);
        var method =
                VarianceReducedHalpern.of(
                        f,
                        Indicator.none(),
                        step,
                        zero,
                        new RandomStreams(1).stream("bench batches", 0));
        return Solver.of(
                () ->
                        solve(
                                method,
                                goal,
                                s ->
                                        s.estimate() == null
                                                        || Kernels.norm2(s.estimate()) > 0.98 * goal
                                                ? Double.MAX_VALUE
                                                : norm(f, s.u()),
                                1,
                                VarianceReducedHalpern.State::u));
    }

    private static Solver<double[]> halpern(Inputs in) {
        var f = operator(in);
        var zero = new double[DIMENSION];
        double goal = SHARE * norm(f, zero);
        var method = HalpernIteration.classical(MonotoneInclusion.of(f), 2, zero);
        return Solver.of(() -> solve(method, goal, s -> norm(f, s.z()), 10, s -> s.z()));
    }

    private static Solver<double[]> extragradient(Inputs in) {
        var f = operator(in);
        var zero = new double[DIMENSION];
        double goal = SHARE * norm(f, zero);
        var method = new Extragradient(MonotoneInclusion.of(f), 0.99, zero);
        return Solver.of(() -> solve(method, goal, u -> norm(f, u), 10, u -> u));
    }

    private static <S> double[] solve(
            Method<S> method,
            double goal,
            ToDoubleFunction<S> residual,
            int every,
            Function<S, double[]> point) {
        var trace =
                Run.of(method)
                        .measure("residual", residual)
                        .every(every)
                        .stop(Stop.below("residual", goal).or(Stop.iterations(LAST)))
                        .start();
        if (trace.status() != Status.CONVERGED) {
            throw new IllegalStateException(trace.message());
        }
        return point.apply(trace.state());
    }

    private static double norm(FiniteSumOperator f, double[] u) {
        var result = new double[u.length];
        f.apply(u, result);
        return Kernels.norm2(result);
    }

    /** The least constant of cocoercivity on average of the terms a_i (a_i'u - b_i). */
    private static double cocoercivity(DMatrixRMaj a) {
        var rows = a.copy();
        var norms = new double[a.numRows];
        Arrays.setAll(
                norms,
                i -> {
                    int from = i * DIMENSION;
                    double square = Kernels.dot(a.data, from, a.data, from, DIMENSION);
                    return Math.sqrt(square / a.numRows);
                });
        Kernels.scaleRows(norms, rows);
        var matrix = new DMatrixRMaj(DIMENSION, DIMENSION);
        Kernels.gemmTransA(rows, rows, matrix);
        for (int k = 0; k < DIMENSION * DIMENSION; k++) {
            int j = k / DIMENSION + 1;
            matrix.data[k] *= (double) j * j;
        }
        return SpectralRadius.of(matrix);
    }

    /** The answer is u: its residual over that at zero. */
    @Override
    double measure(Inputs in, double[] u) {
        return plain(in, u) / plain(in, new double[DIMENSION]);
    }

    private double plain(Inputs in, double[] u) {
        var a = in.matrix("a");
        var sum = new double[DIMENSION];
        for (int i = 0; i < terms; i++) {
            double difference = -in.vector("b")[i];
            for (int j = 0; j < DIMENSION; j++) {
                difference += a.get(i, j) * u[j];
            }
            for (int j = 0; j < DIMENSION; j++) {
                sum[j] += difference * a.get(i, j);
            }
        }
        return Math.sqrt(Arrays.stream(sum).map(x -> x * x).sum());
    }

    /** Up to the rounding of the sums. */
    @Override
    double tolerance() {
        return SHARE * (1 + 1e-9);
    }
}
