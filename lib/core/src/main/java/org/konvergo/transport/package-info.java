/**
 * Optimal transport: move one distribution of mass into another at the least cost.
 *
 * <p>The exact problem is linear ({@link org.konvergo.transport.HungarianSolver} solves the case of
 * equal weights, {@link org.konvergo.transport.AssignmentProblem} states it for methods that need
 * products only). With an entropy term it becomes smooth, and its dual is maximised by scaling rows
 * and columns in turn ({@link org.konvergo.transport.Sinkhorn}, {@link
 * org.konvergo.transport.StabilizedSinkhorn}) or by Newton's method ({@link
 * org.konvergo.transport.SinkhornNewtonSparse}, {@link
 * org.konvergo.transport.SinkhornNewtonDense}):
 *
 * <pre>{@code
 * var dual = new EntropicTransportDual(new TransportProblem(cost, rows, cols), 480);
 * var trace = Run.of(new SinkhornNewtonSparse(dual, 20, 5 * rows.length))
 *         .measure("error", NewtonIterate::error)
 *         .stop(Stop.below("error", 1e-11).or(Stop.iterations(120)))
 *         .start();
 * var plan = trace.state().plan();
 * }</pre>
 *
 * <p>Other regularisers are columns' functions of one interface, {@link
 * org.konvergo.transport.TransportRegularizer}: entropy, the squared norm, and the squared norm
 * with a limit on the entries of each column. Their {@linkplain
 * org.konvergo.transport.RegularizedTransportDual dual} and {@linkplain
 * org.konvergo.transport.RegularizedTransportSemiDual semi-dual} are concave functions for any
 * method that takes one, such as {@link org.konvergo.method.Lbfgs}. {@link
 * org.konvergo.transport.TransportLinearProgram} solves the exact problem.
 *
 * <p>Between Gaussians the exact distance has a closed form, {@link
 * org.konvergo.transport.BuresWasserstein}.
 *
 * <p>All solvers of the entropic dual end in {@link org.konvergo.transport.DualIterate}s of one
 * {@link org.konvergo.transport.EntropicTransportDual}, so that they are measured alike.
 */
package org.konvergo.transport;
