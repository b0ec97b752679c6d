/**
 * Constrained problems: minimise f(x) where x must satisfy equations or stay in a convex set.
 *
 * <p><b>Equations.</b> An {@link org.konvergo.problem.EqualityConstrainedProblem} asks for the
 * least f(x) with c(x) = 0. At a solution the gradient of f is a combination of the gradients of
 * the constraints; the coefficients, up to sign, are the multipliers lambda, and {@link
 * org.konvergo.metric.KktResidual} says how far a pair (x, lambda) is from that. Newton's method on
 * these equations solves a {@link org.konvergo.constrained.KktSystem} in each step, by any {@link
 * org.konvergo.constrained.InnerSolver}, and to any {@link org.konvergo.constrained.Accuracy}:
 *
 * <pre>{@code
 * var problem = CutestProblem.HS42.problem();
 * var method = NewtonSqp.of(problem, InnerSolver.direct(), Accuracy.adaptive(1));
 * var trace = Run.of(method)
 *         .measure("KKT residual", NewtonSqp.State::kkt)
 *         .stop(Stop.below("KKT residual", 1e-8).or(Stop.iterations(100)))
 *         .start();
 * }</pre>
 *
 * <p>Far from a solution a line search needs one number that says what is better. {@link
 * org.konvergo.constrained.NewtonSqp} takes the smooth {@link
 * org.konvergo.constrained.ExactAugmentedLagrangian}, {@link org.konvergo.constrained.L1MeritSqp} a
 * penalty with kinks; {@link org.konvergo.constrained.AugmentedLagrangianMethod} instead solves a
 * sequence of problems without constraints.
 *
 * <p><b>Convex sets.</b> {@link org.konvergo.constrained.FrankWolfe} needs no projection: a {@link
 * org.konvergo.constrained.LinearMinimizationOracle} names the point of the set that is best for
 * the linearised objective, a {@link org.konvergo.constrained.StepRule} says how far to go there.
 *
 * <p><b>Constraints that say what is wanted.</b> A regression whose values on a {@link
 * org.konvergo.constrained.MetricGraph} may differ by at most alpha times the length of an edge is
 * a saddle point problem, and its multipliers are the weights of a Laplacian that smooths exactly
 * where the bound is active:
 *
 * <pre>{@code
 * var graph = MetricGraph.complete(points);
 * var problem = new LipschitzConstrainedRegression(graph, targets, alpha, PointLoss.squared());
 * var solution = problem.solve(1, 1e-8, 20_000);
 * var everywhere = new McShaneExtension(points, solution.f().data, alpha);
 * }</pre>
 *
 * <p>Training a two-layer network of rectifiers is a {@link
 * org.konvergo.constrained.ConvexReluProgram} over the patterns in which its neurons can be active;
 * {@link org.konvergo.constrained.ConvexReluAdmm} solves it, and a {@link
 * org.konvergo.constrained.TwoLayerReluNetwork} is read off its solution.
 *
 * <p><b>A limit on the power.</b> A {@link org.konvergo.constrained.RobustPrecoder} spreads a given
 * transmit power over beams whose channel is known up to an error; its closed form and {@link
 * org.konvergo.constrained.AlternatingRobustPrecoder} meet in the same point, and {@link
 * org.konvergo.metric.SumRate} says what it carries beside a {@link
 * org.konvergo.constrained.LinearPrecoder}:
 *
 * <pre>{@code
 * var network = CellFreeChannel.draw(16, 4, 8, 0.3, streams.stream("network", 0));
 * var precoder = RobustPrecoder.of(network, 0.01, 1, 1).solution().precoder();
 * var truth = network.realisation(streams.stream("errors", 0));
 * double bits = SumRate.of(truth, precoder, 0.01);
 * }</pre>
 */
package org.konvergo.constrained;
