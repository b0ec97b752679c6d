/**
 * Bilevel problems: minimise F(x, y) over x, where y minimises f(x, .).
 *
 * <p>What stands in the way is the derivative of the lower solution. There are three ways about it:
 *
 * <ul>
 *   <li>differentiate the optimality condition ({@link org.konvergo.bilevel.ImplicitHypergradient})
 *       or the steps of the lower solver ({@link org.konvergo.bilevel.ReverseHypergradient}), and
 *       descend along that ({@link org.konvergo.bilevel.HypergradientDescent}); both take Hessian
 *       products and a lower solution that is unique;
 *   <li>mix the upper objective into the lower one, so that the solution is unique: {@link
 *       org.konvergo.bilevel.BilevelDescentAggregation}, and with a multiplier in a single loop
 *       {@link org.konvergo.bilevel.AveragedMethodOfMultipliers};
 *   <li>replace the lower level by a penalty ({@link org.konvergo.bilevel.PenaltyHyperObjective})
 *       and use gradients alone: {@link org.konvergo.bilevel.PenaltyBilevelDoubleLoop}, {@link
 *       org.konvergo.bilevel.PenaltyBilevelSingleLoop}.
 * </ul>
 *
 * <p>Where both levels are known by samples only and the lower one is strongly convex, a single
 * loop moves the lower variable, the multiplier of the implicit hypergradient and the upper
 * variable by one step each: {@link org.konvergo.bilevel.MomentumBilevelSgd}, and {@link
 * org.konvergo.bilevel.StocBio} with a truncated series for the multiplier. All their steps suppose
 * a Lipschitz upper gradient; {@link org.konvergo.bilevel.BoRep} takes steps of a fixed length
 * instead and needs none.
 *
 * <p>A lower level may have constraints that move with x, a {@link
 * org.konvergo.bilevel.ConstrainedBilevelProblem} with a {@link
 * org.konvergo.bilevel.CouplingConstraint}. With linear equations the implicit way goes along their
 * null space ({@link org.konvergo.bilevel.NullSpaceHypergradient}); with gradients alone, and for
 * inequalities too, {@link org.konvergo.bilevel.LvHba} descends on the {@link
 * org.konvergo.bilevel.ProximalLagrangianValueFunction}, which is smooth in x, y and a multiplier
 * also where the lower solution is not unique.
 *
 * <p>{@link org.konvergo.bilevel.BilevelKktResidual} tells how far a point is from the first-order
 * conditions. Problems from learning: {@link org.konvergo.bilevel.RidgeWeightSelection}, {@link
 * org.konvergo.bilevel.HyperCleaning}, {@link org.konvergo.bilevel.SvmWeightSelection}, {@link
 * org.konvergo.bilevel.RecurrentTasks}; one without a Lipschitz upper gradient in closed form:
 * {@link org.konvergo.bilevel.CoshTracking}.
 *
 * <pre>{@code
 * var problem = BilevelProblem.of(upper, lower);
 * var inner = LowerSolver.projectedGradient(0.3, 10_000);
 * var method = PenaltyBilevelDoubleLoop.forAccuracy(problem, 0.01, 0.1, inner, x0, y0);
 * var trace = Run.of(method)
 *         .observe("residual", s -> s.residual())
 *         .stop(Stop.below("residual", 0.005).or(Stop.iterations(1000)))
 *         .start();
 * }</pre>
 */
package org.konvergo.bilevel;
