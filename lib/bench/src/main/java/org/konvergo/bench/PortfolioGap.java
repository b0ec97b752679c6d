package org.konvergo.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.constrained.AwayStepFrankWolfe;
import org.konvergo.constrained.FrankWolfe;
import org.konvergo.constrained.LinearMinimizationOracle;
import org.konvergo.constrained.StepRule;
import org.konvergo.method.Method;
import org.konvergo.method.Run;
import org.konvergo.method.Status;
import org.konvergo.method.Stop;
import org.konvergo.problem.LogPortfolio;
import org.konvergo.random.RandomStream;

/**
 * The portfolio whose logarithm grows most, over some periods of random returns: until the gap of
 * Frank and Wolfe, which bounds the distance to the optimum, is small enough.
 */
final class PortfolioGap extends Workload {
    private static final int LAST = 1_000_000;

    private final int periods;
    private final int assets;
    private final int digits;

    PortfolioGap(int periods, int assets, int digits) {
        super("log-portfolio", periods + "x" + assets + "-1e-" + digits);
        this.periods = periods;
        this.assets = assets;
        this.digits = digits;
    }

    @Override
    String title() {
        return "Log-optimal portfolio to a gap of 1e-%d, %d periods, %d assets"
                .formatted(digits, periods, assets);
    }

    @Override
    Inputs draw(RandomStream random) {
        var returns = new DMatrixRMaj(periods, assets);
        for (int k = 0; k < periods * assets; k++) {
            returns.data[k] = Math.max(1e-3, Math.abs(1 + 0.1 * random.gaussian()));
        }
        return new Inputs().with("returns", returns).with("error", error());
    }

    private double error() {
        return StrictMath.pow(10, -digits);
    }

    @Override
    Map<String, Function<Inputs, Solver<?>>> solvers() {
        var solvers = new LinkedHashMap<String, Function<Inputs, Solver<?>>>();
        solvers.put(
                KONVERGO,
                in -> {
                    var f = new LogPortfolio(in.matrix("returns"));
                    var method = new AwayStepFrankWolfe(f, StepRule.backtracking(), first());
                    return Solver.of(() -> solve(method));
                });
        solvers.put(
                "Frank-Wolfe without away steps",
                in -> {
                    var f = new LogPortfolio(in.matrix("returns"));
                    var set = LinearMinimizationOracle.simplex(assets, 1);
                    var method = new FrankWolfe(f, set, StepRule.statelessMonotonic(), first());
                    return Solver.of(() -> solve(method));
                });
        return solvers;
    }

    /** Everything in the first asset. */
    private double[] first() {
        var x = new double[assets];
        x[0] = 1;
        return x;
    }

    private double[] solve(Method<FrankWolfe.State> method) {
        var trace =
                Run.of(method)
                        .measure("gap", FrankWolfe.State::gap)
                        .stop(Stop.below("gap", error()).or(Stop.iterations(LAST)))
                        .start();
        if (trace.status() != Status.CONVERGED) {
            throw new IllegalStateException(trace.message());
        }
        return trace.state().x();
    }

    /** The answer is the portfolio; what is outside the simplex is moved into it first. */
    @Override
    double measure(Inputs in, double[] answer) {
        double sum = 0;
        for (double share : answer) {
            sum += Math.max(share, 0);
        }
        var returns = in.matrix("returns");
        var gradient = new double[assets];
        for (int t = 0; t < periods; t++) {
            double growth = 0;
            for (int i = 0; i < assets; i++) {
                growth += returns.get(t, i) * Math.max(answer[i], 0) / sum;
            }
            for (int i = 0; i < assets; i++) {
                gradient[i] -= returns.get(t, i) / growth;
            }
        }
        double here = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < assets; i++) {
            here += gradient[i] * Math.max(answer[i], 0) / sum;
            least = Math.min(least, gradient[i]);
        }
        return here - least;
    }

    /** Rounding in the growth is a part of the gap. */
    @Override
    double tolerance() {
        return 1.01 * error();
    }
}
