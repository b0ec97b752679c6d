package org.konvergo.golden;

import static org.konvergo.golden.KernelFigures.matrix;
import static org.konvergo.golden.KernelFigures.stream;
import static org.konvergo.golden.KernelFigures.values;

import java.util.Arrays;
import java.util.List;
import org.konvergo.bilevel.ConstrainedBilevelProblem;
import org.konvergo.bilevel.HypergradientDescent;
import org.konvergo.bilevel.InverseHessianProduct;
import org.konvergo.bilevel.LinearCoupling;
import org.konvergo.bilevel.LvHba;
import org.konvergo.bilevel.NullSpaceHypergradient;
import org.konvergo.bilevel.ProximalLagrangianValueFunction;
import org.konvergo.bilevel.RidgeWeightSelection;
import org.konvergo.bilevel.SvmWeightSelection;
import org.konvergo.linalg.AffineProjection;
import org.konvergo.linalg.DykstraProjection;
import org.konvergo.problem.LinearSvm;
import org.konvergo.random.RandomMatrices;

/** Entries of projections and of bilevel problems with constraints. */
final class ValueFunctionFigures {
    private ValueFunctionFigures() {}

    private static SvmWeightSelection svm() {
        double[] labels = {1, -1, 1, 1, -1, -1, 1};
        return new SvmWeightSelection(
                RandomMatrices.gaussian(7, 3, stream("training")),
                labels,
                RandomMatrices.gaussian(5, 3, stream("validation")),
                Arrays.copyOf(labels, 5));
    }

    private static ConstrainedBilevelProblem ridge() {
        var levels =
                new RidgeWeightSelection(
                                RandomMatrices.gaussian(9, 4, stream("training")),
                                values(9, "training targets"),
                                RandomMatrices.gaussian(7, 4, stream("validation")),
                                values(7, "validation targets"),
                                2)
                        .problem();
        var coupling =
                new LinearCoupling(matrix(2, 4, "h"), matrix(2, 4, "a"), values(2, "b"), true);
        return ConstrainedBilevelProblem.linear(
                levels.upper(), levels.lower(), coupling.unitRows());
    }

    static void addTo(Golden golden) {
        golden.add(
                "AffineProjection",
                () -> {
                    var p = AffineProjection.of(matrix(5, 9, "m"), values(5, "b"));
                    return Golden.join(
                            p.apply(values(9, "u")),
                            p.apply(values(9, "u"), values(5, "c")),
                            p.multipliers(values(9, "u")));
                });
        golden.add(
                "DykstraProjection",
                () ->
                        Golden.join(
                                DykstraProjection.halfSpaces(
                                                matrix(7, 9, "a"), values(7, "b"), 20, 0)
                                        .apply(values(9, "u")),
                                DykstraProjection.of(
                                                List.of(
                                                        AffineProjection.of(
                                                                matrix(2, 9, "m"), values(2, "c")),
                                                        AffineProjection.onNullSpace(
                                                                matrix(3, 9, "l"))),
                                                20,
                                                0)
                                        .apply(values(9, "u"))));
        golden.add(
                "LinearSvm",
                () -> {
                    var svm =
                            new LinearSvm(
                                    matrix(4, 3, "features"),
                                    new double[] {1, -1, -1, 1},
                                    new double[] {1, 2, 3, 4});
                    var gradient = new double[4];
                    double value = svm.valueAndGradient(values(4, "u"), gradient);
                    return Golden.join(gradient, new double[] {value});
                });
        golden.add(
                "ProximalLagrangianValueFunction",
                () -> {
                    var at =
                            new ProximalLagrangianValueFunction(ridge(), 1, 2, 0.05, 0, 50)
                                    .at(
                                            new double[] {0.5, -1, 0.25, 1},
                                            values(4, "y"),
                                            values(2, "z"));
                    return Golden.join(
                            at.theta(), at.lambda(), at.gradientX(), new double[] {at.value()});
                });
        golden.method(
                "LvHba equations",
                20,
                s -> Golden.join(s.x(), s.y(), s.z(), s.theta(), s.lambda()),
                () ->
                        new LvHba(
                                ridge(),
                                LvHba.Settings.standard().withSteps(0.05, 0.02, 0.1),
                                new double[4],
                                values(4, "y0")));
        golden.method(
                "LvHba inequalities",
                10,
                s -> Golden.join(s.x(), s.y(), s.z(), s.theta(), s.lambda()),
                () ->
                        new LvHba(
                                svm().problem(),
                                LvHba.Settings.standard().withGamma(10),
                                values(7, "x0"),
                                svm().withSlacks(values(4, "w0"))));
        for (boolean basis : new boolean[] {true, false}) {
            golden.method(
                    "HypergradientDescent null space " + (basis ? "basis" : "projection"),
                    10,
                    s -> Golden.join(s.x(), s.y()),
                    () -> {
                        var problem = ridge();
                        var coupling = (LinearCoupling) problem.coupling();
                        var inverse = InverseHessianProduct.conjugateGradient(5, 0);
                        return new HypergradientDescent(
                                problem.levels(),
                                basis
                                        ? NullSpaceHypergradient.withBasis(
                                                coupling, inverse, 3, 0.05)
                                        : NullSpaceHypergradient.withProjection(
                                                coupling, inverse, 3, 0.05),
                                0.1,
                                new double[4],
                                new double[4]);
                    });
        }
    }
}
