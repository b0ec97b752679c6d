package org.konvergo.golden;

import static org.konvergo.golden.KernelFigures.matrix;
import static org.konvergo.golden.KernelFigures.stream;
import static org.konvergo.golden.KernelFigures.values;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.constrained.Accuracy;
import org.konvergo.constrained.AugmentedLagrangianMethod;
import org.konvergo.constrained.AwayStepFrankWolfe;
import org.konvergo.constrained.FrankWolfe;
import org.konvergo.constrained.InnerSolver;
import org.konvergo.constrained.L1MeritSqp;
import org.konvergo.constrained.LinearMinimizationOracle;
import org.konvergo.constrained.NewtonSqp;
import org.konvergo.constrained.PoissonControl;
import org.konvergo.constrained.StepRule;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Gmres;
import org.konvergo.method.SketchAndProject;
import org.konvergo.method.SketchDistribution;
import org.konvergo.problem.CutestProblem;
import org.konvergo.problem.LogPortfolio;

/** Entries of constrained problems. */
final class ConstrainedFigures {
    private ConstrainedFigures() {}

    private static LogPortfolio portfolio() {
        DMatrixRMaj returns = matrix(9, 12, "returns").copy();
        for (int k = 0; k < returns.data.length; k++) {
            returns.data[k] = Math.abs(1 + 0.1 * returns.data[k]);
        }
        return new LogPortfolio(returns);
    }

    private static double[] vertex(int n) {
        var e = new double[n];
        e[0] = 1;
        return e;
    }

    static void addTo(Golden golden) {
        for (var sketch : SketchDistribution.values()) {
            golden.method(
                    "SketchAndProject " + sketch,
                    100,
                    (SketchAndProject.State s) -> s.z(),
                    () ->
                            new SketchAndProject(
                                    matrix(9, 7, "a"),
                                    values(9, "b"),
                                    sketch,
                                    stream("sketches"),
                                    new double[7]));
        }
        golden.method(
                "Gmres",
                9,
                (Gmres.State s) -> s.x(),
                () ->
                        new Gmres(
                                (x, y) -> Kernels.gemv(matrix(9, 9, "a"), x, y),
                                values(9, "b"),
                                new double[9]));
        golden.method(
                "NewtonSqp",
                8,
                (NewtonSqp.State s) -> Golden.join(s.x(), s.lambda()),
                () ->
                        NewtonSqp.of(
                                CutestProblem.HS77.problem(),
                                InnerSolver.direct(),
                                Accuracy.adaptive(1)));
        golden.method(
                "NewtonSqp sketched",
                6,
                (NewtonSqp.State s) -> Golden.join(s.x(), s.lambda()),
                () ->
                        NewtonSqp.of(
                                CutestProblem.HS7.problem(),
                                InnerSolver.sketch(
                                        SketchDistribution.GAUSSIAN, stream("newton"), 10_000),
                                Accuracy.quadratic()));
        golden.method(
                "L1MeritSqp",
                6,
                (L1MeritSqp.State s) -> Golden.join(s.point().x(), s.point().lambda()),
                () ->
                        new L1MeritSqp(
                                CutestProblem.HS42.problem(),
                                InnerSolver.gmres(),
                                0.1,
                                CutestProblem.HS42.problem().start(),
                                new double[] {1, 1}));
        golden.method(
                "AugmentedLagrangianMethod",
                4,
                (AugmentedLagrangianMethod.State s) -> Golden.join(s.x(), s.lambda()),
                () ->
                        new AugmentedLagrangianMethod(
                                PoissonControl.waves(2),
                                AugmentedLagrangianMethod.Parameters.STANDARD,
                                PoissonControl.waves(2).start(),
                                new double[4]));
        var rules =
                Arrays.asList(
                        StepRule.openLoop(),
                        StepRule.monotonic(),
                        StepRule.monotonicOrStay(),
                        StepRule.statelessMonotonic(),
                        StepRule.backtracking(),
                        StepRule.selfConcordant(portfolio(), 2));
        for (int i = 0; i < rules.size(); i++) {
            var rule = rules.get(i);
            golden.method(
                    "FrankWolfe " + i,
                    40,
                    (FrankWolfe.State s) -> s.x(),
                    () ->
                            new FrankWolfe(
                                    portfolio(),
                                    LinearMinimizationOracle.simplex(12, 1),
                                    rule,
                                    vertex(12)));
        }
        golden.method(
                "AwayStepFrankWolfe",
                40,
                (FrankWolfe.State s) -> s.x(),
                () -> new AwayStepFrankWolfe(portfolio(), StepRule.backtracking(), vertex(12)));
    }
}
