package org.konvergo.golden;

import static org.konvergo.golden.KernelFigures.matrix;
import static org.konvergo.golden.KernelFigures.stream;
import static org.konvergo.golden.KernelFigures.values;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.games.MatrixGame;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.BilinearGame;
import org.konvergo.problem.BilinearSaddleProblem;
import org.konvergo.problem.Indicator;
import org.konvergo.problem.L1Norm;
import org.konvergo.problem.MonotoneInclusion;
import org.konvergo.problem.Proximable;
import org.konvergo.problem.QuadraticMinimax;
import org.konvergo.saddle.AdaptivePredictionCorrectionPdhg;
import org.konvergo.saddle.CompetitiveField;
import org.konvergo.saddle.CompetitiveGradientOptimization;
import org.konvergo.saddle.ExtraAnchoredGradient;
import org.konvergo.saddle.Extragradient;
import org.konvergo.saddle.GradientDescentAscent;
import org.konvergo.saddle.HalpernIteration;
import org.konvergo.saddle.InexactHalpern;
import org.konvergo.saddle.LinearStability;
import org.konvergo.saddle.OptimisticGradient;
import org.konvergo.saddle.PrimalDualHybridGradient;
import org.konvergo.saddle.RestrictedSchurComplement;
import org.konvergo.saddle.RungeKutta4;
import org.konvergo.saddle.VarianceReducedForwardReflectedBackward;
import org.konvergo.saddle.VarianceReducedHalpern;
import org.konvergo.transport.AssignmentProblem;

/** Entries of the package saddle. */
final class SaddleFigures {
    private static final int STEPS = 40;

    private SaddleFigures() {}

    private static MonotoneInclusion game() {
        var game = new BilinearGame(matrix(3, 4, "a"), values(3, "b"), values(4, "c"));
        return new MonotoneInclusion(game.operator(), Indicator.simplices(3, 4));
    }

    private static double[] start() {
        return new double[] {1, 0, 0, 0.25, 0.25, 0.25, 0.25};
    }

    private static BilinearSaddleProblem lasso() {
        DMatrixRMaj a = matrix(5, 6, "a");
        return new BilinearSaddleProblem() {
            @Override
            public int primalDimension() {
                return 6;
            }

            @Override
            public int dualDimension() {
                return 5;
            }

            @Override
            public Proximable primal() {
                return new L1Norm(0.3);
            }

            @Override
            public Proximable dual() {
                return Indicator.box(-1, 1);
            }

            @Override
            public void apply(double[] x, double[] ax) {
                Kernels.gemv(a, x, ax);
                Kernels.axpy(1, values(5, "data"), ax);
            }

            @Override
            public void applyTransposed(double[] y, double[] aty) {
                Kernels.gemvTransposed(a, y, aty);
            }
        };
    }

    /** B has rank 2, with 4 variables. */
    private static QuadraticMinimax quadratic() {
        var a = new DMatrixRMaj(3, 3);
        Kernels.syrk(matrix(3, 3, "a"), a);
        var b = new DMatrixRMaj(4, 4);
        Kernels.syrk(matrix(4, 2, "b"), b);
        Kernels.scale(-1, b.data);
        return new QuadraticMinimax(a, matrix(3, 4, "c"), b);
    }

    static void addTo(Golden golden) {
        golden.add(
                "RestrictedSchurComplement",
                () -> {
                    var r = RestrictedSchurComplement.of(quadratic());
                    return Golden.join(
                            r.schur().data,
                            r.restricted().data,
                            r.basis().data,
                            r.sigma(),
                            r.iota());
                });
        golden.add(
                "LinearStability",
                () -> {
                    var stability = LinearStability.of(quadratic().jacobian(10));
                    return new double[] {
                        stability.gradientDescentAscent(0.1), stability.extragradient(0.1)
                    };
                });
        golden.method(
                "GradientDescentAscent",
                STEPS,
                (double[] z) -> z,
                () -> new GradientDescentAscent(game(), 0.05, start()));
        golden.method(
                "Extragradient",
                STEPS,
                (double[] z) -> z,
                () -> new Extragradient(game(), 0.05, start()));
        golden.method(
                "OptimisticGradient",
                STEPS,
                s -> s.z(),
                () -> new OptimisticGradient(game(), 0.05, start()));
        golden.method(
                "HalpernIteration",
                STEPS,
                s -> s.z(),
                () -> HalpernIteration.classical(game(), 0.05, start()));
        golden.method(
                "ExtraAnchoredGradient",
                STEPS,
                s -> s.z(),
                () -> new ExtraAnchoredGradient(game(), 0.05, start()));
        golden.method(
                "RungeKutta4",
                STEPS,
                (double[] z) -> z,
                () -> new RungeKutta4(game().operator(), 0.01, start()));
        golden.method(
                "PrimalDualHybridGradient",
                STEPS,
                s -> Golden.join(s.x(), s.y()),
                () -> PrimalDualHybridGradient.chambollePock(lasso(), 40, 40));
        golden.method(
                "CompetitiveGradientOptimization",
                STEPS,
                (double[] z) -> z,
                () ->
                        CompetitiveGradientOptimization.optimistic(
                                quadratic(), Indicator.none(), 0.05, 1.5, start()));
        golden.add(
                "CompetitiveField conjugate gradients",
                () -> {
                    var g = new double[7];
                    new CompetitiveField(
                                    quadratic(), 0.7, CompetitiveField.Solve.CONJUGATE_GRADIENT)
                            .apply(start(), g);
                    return g;
                });
        golden.method(
                "AdaptivePredictionCorrectionPdhg",
                STEPS,
                s -> Golden.join(s.x(), s.y(), new double[] {s.product(), s.last().alpha()}),
                () ->
                        AdaptivePredictionCorrectionPdhg.of(
                                new AssignmentProblem(matrix(9, 9, "cost")), 2, 1));
        var sampled = new MatrixGame(matrix(9, 7, "game"));
        golden.method(
                "VarianceReducedHalpern",
                STEPS,
                s -> s.u(),
                () ->
                        VarianceReducedHalpern.of(
                                sampled.operator(),
                                Indicator.simplices(9, 7),
                                0.02,
                                sampled.uniform(),
                                stream("batches")));
        golden.method(
                "VarianceReducedForwardReflectedBackward",
                STEPS,
                s -> Golden.join(s.v(), s.snapshot()),
                () ->
                        VarianceReducedForwardReflectedBackward.of(
                                sampled.operator(),
                                Indicator.simplices(9, 7),
                                sampled.averageLipschitz(),
                                sampled.uniform(),
                                stream("terms")));
        golden.method(
                "InexactHalpern",
                4,
                s -> s.u(),
                () ->
                        InexactHalpern.varianceReduced(
                                sampled.operator(),
                                Indicator.simplices(9, 7),
                                sampled.averageLipschitz(),
                                0.3,
                                sampled.uniform(),
                                stream("resolvents")));
        golden.add(
                "MatrixGame",
                () -> new double[] {sampled.gap(sampled.uniform()), sampled.lipschitz()});
        golden.add(
                "AssignmentProblem",
                () ->
                        new double[] {
                            new AssignmentProblem(matrix(9, 9, "cost"))
                                    .residual(values(81, "x"), values(18, "y"))
                        });
    }
}
