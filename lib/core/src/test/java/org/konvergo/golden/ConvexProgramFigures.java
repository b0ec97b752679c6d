package org.konvergo.golden;

import static org.konvergo.golden.KernelFigures.matrix;
import static org.konvergo.golden.KernelFigures.stream;
import static org.konvergo.golden.KernelFigures.values;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.constrained.ActivationPatterns;
import org.konvergo.constrained.ConvexReluAdmm;
import org.konvergo.constrained.ConvexReluProgram;
import org.konvergo.constrained.LaplacianPenalizedRegression;
import org.konvergo.constrained.LaplacianSmoothing;
import org.konvergo.constrained.LipschitzConstrainedRegression;
import org.konvergo.constrained.McShaneExtension;
import org.konvergo.constrained.MetricGraph;
import org.konvergo.constrained.PNormSmoothing;
import org.konvergo.constrained.PointLoss;
import org.konvergo.constrained.ProjectedGradientAttack;
import org.konvergo.constrained.ReluTraining;
import org.konvergo.constrained.RobustConvexRelu;
import org.konvergo.constrained.SampledConvexProgram;
import org.konvergo.constrained.TwoLayerReluNetwork;
import org.konvergo.linalg.WeightedGraphLaplacian;
import org.konvergo.method.LassoDescent;
import org.konvergo.method.Run;
import org.konvergo.method.Stop;
import org.konvergo.problem.GroupNorm;
import org.konvergo.problem.L1Norm;
import org.konvergo.problem.LeastSquares;

/** Entries of the package constrained and of what it brought to the others. */
final class ConvexProgramFigures {
    private static final int STEPS = 40;

    private ConvexProgramFigures() {}

    private static MetricGraph points() {
        return MetricGraph.complete(matrix(9, 3, "points"));
    }

    private static LipschitzConstrainedRegression regression() {
        return LipschitzConstrainedRegression.squared(points(), values(9, "targets"), 0.3);
    }

    static void addTo(Golden golden) {
        golden.add(
                "WeightedGraphLaplacian",
                () -> {
                    var weights = new double[] {0.3, 1.7, 0.9};
                    var laplacian =
                            new WeightedGraphLaplacian(
                                    4, new int[] {0, 1, 0}, new int[] {1, 2, 3}, weights);
                    var y = new double[4];
                    laplacian.apply(values(4, "x"), y);
                    return Golden.join(y, new double[] {laplacian.energy(values(4, "x"))});
                });
        golden.add(
                "GroupNorm",
                () -> {
                    var x = values(12, "x");
                    var norm = new GroupNorm(new double[] {0.3, 0.1, 2, 0.5}, 3);
                    double value = norm.value(x);
                    norm.prox(0.9, x, x);
                    return Golden.join(x, new double[] {value});
                });
        golden.add(
                "LipschitzConstrainedRegression",
                () -> {
                    var s = regression().solve(4, 1e-8, STEPS);
                    return Golden.join(
                            s.f().data, s.lambda(), new double[] {s.loss(), s.residual()});
                });
        golden.method(
                "LaplacianSmoothing",
                STEPS,
                s -> Golden.join(s.f(), s.lambda(), s.meanF(), s.meanLambda()),
                () -> new LaplacianSmoothing(regression(), 0.1, 0.05, STEPS / 2));
        golden.add(
                "LaplacianPenalizedRegression",
                () ->
                        new LaplacianPenalizedRegression(points(), values(9, "targets"))
                                .solveForLipschitz(0.3));
        golden.add(
                "PNormSmoothing",
                () -> {
                    double[] y = {-1, -1, -1, -0.9, 1, 1, 0.8, 1};
                    var s =
                            new PNormSmoothing(MetricGraph.chain(8, 0.125), y, 0.2)
                                    .solve(2, 8)
                                    .get(1);
                    return Golden.join(s.f(), new double[] {s.norm(), s.theta(), s.loss()});
                });
        golden.add(
                "McShaneExtension",
                () -> {
                    var extension =
                            new McShaneExtension(matrix(9, 3, "points"), values(9, "f"), 0.8);
                    return new double[] {
                        extension.value(values(3, "x")), extension.value(values(3, "z"))
                    };
                });
        golden.method(
                "Admm",
                STEPS,
                s -> Golden.join(s.x(), s.u(), new double[] {s.residual(), s.change()}),
                () -> ConvexReluAdmm.of(program(), 0.05));
        golden.add(
                "ConvexReluAdmm dense",
                () -> {
                    var split = new ConvexReluAdmm(program(), 0.05, ConvexReluAdmm.Solve.DENSE);
                    var u = new double[split.primalDimension()];
                    split.minimize(0.05, values(split.splitDimension(), "target"), u);
                    return u;
                });
        golden.method(
                "Fista",
                STEPS,
                s -> s.x(),
                () ->
                        new SampledConvexProgram(
                                        SampledConvexProgram.directions(5, 2, stream("hidden")),
                                        samples(),
                                        values(7, "y"),
                                        0.2)
                                .method());
        golden.method(
                "LassoDescent",
                STEPS,
                s -> Golden.join(s.x(), new double[] {s.value(), s.gap(), s.candidates()}),
                () ->
                        new LassoDescent(
                                new LeastSquares(matrix(12, 20, "lasso"), values(12, "right")),
                                new L1Norm(0.05),
                                values(20, "start")));
        golden.add(
                "RobustConvexRelu",
                () -> {
                    double[] y = {1, -1, 1, 1, -1, -1, 1};
                    var patterns =
                            ActivationPatterns.perturbed(samples(), 6, 0.1, stream("patterns"));
                    var program = new RobustConvexRelu(samples(), y, patterns, 0.05, 0.1);
                    var trace = Run.of(program.method(0.1)).stop(Stop.iterations(STEPS)).start();
                    return program.variables(trace.state());
                });
        golden.add(
                "ReluTraining",
                () -> {
                    var training =
                            new ReluTraining(
                                    samples(), values(7, "y"), PointLoss.squared(), 0.5, 0.1, 4);
                    var gradient = new double[12];
                    double value = training.valueAndGradient(values(12, "parameters"), gradient);
                    return Golden.join(gradient, new double[] {value});
                });
        golden.add(
                "ProjectedGradientAttack",
                () ->
                        new ProjectedGradientAttack(0.2, 10, 0.05, 2)
                                .attack(
                                        TwoLayerReluNetwork.of(values(12, "parameters"), 2)
                                                .function(),
                                        values(2, "x")));
    }

    private static DMatrixRMaj samples() {
        DMatrixRMaj x = matrix(7, 2, "samples");
        for (int k = 0; k < 7; k++) {
            x.set(k, 1, 1);
        }
        return x;
    }

    private static ConvexReluProgram program() {
        var patterns = ActivationPatterns.sampled(samples(), 6, stream("patterns"));
        return new ConvexReluProgram(samples(), values(7, "y"), patterns, 0.1);
    }
}
