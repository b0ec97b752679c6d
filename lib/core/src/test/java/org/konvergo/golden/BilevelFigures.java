package org.konvergo.golden;

import static org.konvergo.golden.KernelFigures.stream;

import org.konvergo.bilevel.AveragedMethodOfMultipliers;
import org.konvergo.bilevel.BilevelDescentAggregation;
import org.konvergo.bilevel.HyperCleaning;
import org.konvergo.bilevel.HypergradientDescent;
import org.konvergo.bilevel.ImplicitHypergradient;
import org.konvergo.bilevel.InverseHessianProduct;
import org.konvergo.bilevel.LowerSolver;
import org.konvergo.bilevel.PenaltyBilevelDoubleLoop;
import org.konvergo.bilevel.PenaltyBilevelSingleLoop;
import org.konvergo.bilevel.PenaltyBilevelStochasticDoubleLoop;
import org.konvergo.bilevel.ReverseHypergradient;
import org.konvergo.bilevel.RidgeWeightSelection;
import org.konvergo.method.OracleCounter;
import org.konvergo.method.ProjectedGradient;
import org.konvergo.problem.Indicator;
import org.konvergo.problem.MultinomialLogistic;
import org.konvergo.random.RandomMatrices;

/** Entries of the package bilevel. */
final class BilevelFigures {
    private static final int STEPS = 20;
    private static final double[] X = {0.5, -1, 0.25};

    private BilevelFigures() {}

    private static RidgeWeightSelection ridge() {
        return new RidgeWeightSelection(
                RandomMatrices.gaussian(9, 3, stream("training")),
                stream("training targets").gaussians(9),
                RandomMatrices.gaussian(7, 3, stream("validation")),
                stream("validation targets").gaussians(7),
                2);
    }

    private static HyperCleaning cleaning() {
        return new HyperCleaning(
                new MultinomialLogistic(
                        RandomMatrices.gaussian(6, 4, stream("noisy")),
                        new int[] {0, 1, 2, 2, 1, 0},
                        3),
                new MultinomialLogistic(
                        RandomMatrices.gaussian(5, 4, stream("clean")),
                        new int[] {2, 1, 0, 0, 1},
                        3),
                0.01);
    }

    static void addTo(Golden golden) {
        golden.method(
                "AveragedMethodOfMultipliers",
                STEPS,
                s -> Golden.join(s.x(), s.y(), s.v()),
                () ->
                        new AveragedMethodOfMultipliers(
                                cleaning().problem(),
                                AveragedMethodOfMultipliers.Schedule.standard(10),
                                false,
                                new double[6],
                                new double[12]));
        golden.method(
                "ProjectedGradient",
                STEPS,
                s -> s.x(),
                () ->
                        new ProjectedGradient(
                                ridge().hyperObjective(), Indicator.box(-2, 2), 0.5, X));
        golden.method(
                "PenaltyBilevelDoubleLoop",
                STEPS,
                s -> Golden.join(s.x(), s.y(), s.z()),
                () ->
                        PenaltyBilevelDoubleLoop.forAccuracy(
                                ridge().problem(),
                                0.1,
                                0.3,
                                LowerSolver.projectedGradient(0.02, 300),
                                X,
                                new double[3]));
        golden.method(
                "PenaltyBilevelStochasticDoubleLoop",
                STEPS,
                s -> Golden.join(s.x(), s.y(), s.z()),
                () ->
                        new PenaltyBilevelStochasticDoubleLoop(
                                ridge().samples(2),
                                0.1,
                                3,
                                2,
                                0.02,
                                0.1,
                                X,
                                new double[3],
                                stream("double loop")));
        golden.method(
                "PenaltyBilevelSingleLoop",
                STEPS,
                s -> Golden.join(s.x(), s.y(), s.z()),
                () ->
                        new PenaltyBilevelSingleLoop(
                                ridge().samples(2),
                                new PenaltyBilevelSingleLoop.Schedule(10, 0.05, 0.1, 3),
                                X,
                                new double[3],
                                stream("single loop")));
        golden.method(
                "HypergradientDescent",
                STEPS,
                s -> Golden.join(s.x(), s.y()),
                () ->
                        new HypergradientDescent(
                                ridge().problem(),
                                new ImplicitHypergradient(
                                        InverseHessianProduct.conjugateGradient(5, 0), 5, 0.05),
                                0.5,
                                X,
                                new double[3]));
        golden.add(
                "hypergradients",
                () -> {
                    var exact = new double[3];
                    var reverse = new double[3];
                    var averaged = new double[3];
                    var calls = new OracleCounter();
                    var problem = ridge().problem();
                    ImplicitHypergradient.exact()
                            .apply(problem, X, ridge().coefficients(X), exact, calls);
                    new ReverseHypergradient(5, 0.05)
                            .apply(problem, X, new double[3], reverse, calls);
                    new BilevelDescentAggregation(5, 0.05, 0.3)
                            .apply(problem, X, new double[3], averaged, calls);
                    return Golden.join(exact, reverse, averaged);
                });
    }
}
