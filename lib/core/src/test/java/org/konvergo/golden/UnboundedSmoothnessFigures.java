package org.konvergo.golden;

import static org.konvergo.golden.KernelFigures.stream;

import org.konvergo.bilevel.BoRep;
import org.konvergo.bilevel.CoshTracking;
import org.konvergo.bilevel.EpochSgd;
import org.konvergo.bilevel.LowerUpdates;
import org.konvergo.bilevel.MomentumBilevelSgd;
import org.konvergo.bilevel.RecurrentTasks;
import org.konvergo.bilevel.StocBio;
import org.konvergo.method.MomentumStep;
import org.konvergo.problem.StochasticBilevelProblem;
import org.konvergo.random.RandomMatrices;

/** Entries of bilevel methods for an upper level without a Lipschitz gradient. */
final class UnboundedSmoothnessFigures {
    private static final int STEPS = 20;
    private static final double[] START = {2, -1, 0.5, 1, 0.25};

    private UnboundedSmoothnessFigures() {}

    private static CoshTracking tracking() {
        return new CoshTracking(
                RandomMatrices.gaussian(5, 5, stream("tracking")),
                new double[] {1, 2, 3, 4, 5},
                stream("target").gaussians(5));
    }

    private static StochasticBilevelProblem samples() {
        return StochasticBilevelProblem.noisyThroughout(tracking().problem(), 0.1);
    }

    private static LowerUpdates lower() {
        return new LowerUpdates(2, 3, 0.05, 0.5, new EpochSgd(2, 10, 0.1), 10);
    }

    static void addTo(Golden golden) {
        golden.method(
                "BoRep",
                STEPS,
                (MomentumBilevelSgd.State s) -> Golden.join(s.x(), s.y(), s.z(), s.m()),
                () ->
                        new BoRep(
                                samples(),
                                lower(),
                                0.05,
                                0.9,
                                0.03,
                                START,
                                new double[5],
                                stream("normalised")));
        golden.method(
                "MomentumBilevelSgd",
                STEPS,
                (MomentumBilevelSgd.State s) -> Golden.join(s.x(), s.y(), s.z(), s.m()),
                () ->
                        new MomentumBilevelSgd(
                                samples(),
                                lower(),
                                0.05,
                                0.9,
                                MomentumStep.clipped(0.01, 1),
                                START,
                                new double[5],
                                stream("clipped")));
        golden.method(
                "StocBio",
                STEPS,
                (StocBio.State s) -> Golden.join(s.x(), s.y(), s.z()),
                () ->
                        new StocBio(
                                samples(),
                                lower(),
                                5,
                                0.05,
                                0.001,
                                START,
                                new double[5],
                                stream("series")));
        golden.add(
                "RecurrentTasks",
                () -> {
                    var tasks = RecurrentTasks.draw(3, 11, 7, 5, 0.1, stream("tasks"));
                    double[] x = tasks.network().initial(stream("network"));
                    var gradient = new double[x.length];
                    tasks.hyperObjective().gradient(x, gradient);
                    return Golden.join(tasks.losses(x), gradient);
                });
        golden.add(
                "CoshTracking",
                () -> {
                    var problem = tracking();
                    var gradient = new double[5];
                    problem.hyperObjective().gradient(START, gradient);
                    return Golden.join(
                            gradient,
                            problem.pointAt(2),
                            new double[] {
                                problem.curvature(START), problem.hyperObjective().value(START)
                            });
                });
    }
}
