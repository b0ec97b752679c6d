/**
 * Constrained problems and what solves them: multipliers, splittings, and convex programs in which
 * the constraint says what is wanted, such as a bound on how fast a function may change.
 *
 * <p>A regression whose values on a {@link org.konvergo.constrained.MetricGraph} may differ by at
 * most alpha times the length of an edge is a saddle point problem, and its multipliers are the
 * weights of a Laplacian that smooths exactly where the bound is active:
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
 */
package org.konvergo.constrained;
