/**
 * How a problem is solved: a {@link org.konvergo.method.Method} is a start and a step, a {@link
 * org.konvergo.method.Run} drives it, a {@link org.konvergo.method.Trace} holds what was measured.
 *
 * <p>A method knows neither when to stop nor what is measured; both are given to the run:
 *
 * <pre>{@code
 * var trace = Run.of(new GradientDescent(problem, 0.1, start))
 *         .measure("gradient norm", x -> norm(problem, x))
 *         .stop(Stop.below("gradient norm", 1e-8).or(Stop.iterations(1000)))
 *         .start();
 * }</pre>
 *
 * <p>Linear systems known by their products alone have three Krylov methods: {@link
 * org.konvergo.method.ConjugateGradient} where the matrix is positive definite, {@link
 * org.konvergo.method.Minres} where it is symmetric, as a KKT matrix is, and {@link
 * org.konvergo.method.Gmres}, which keeps all its vectors, for the rest.
 *
 * <p>{@link org.konvergo.method.Fista} takes any smooth function and any proximal map; for the
 * lasso {@link org.konvergo.method.LassoDescent} is faster, since it works on few coordinates.
 */
package org.konvergo.method;
