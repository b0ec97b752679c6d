/**
 * Saddle points and monotone inclusions: min over x, max over y of phi(x, y).
 *
 * <p>A saddle problem becomes an operator, z = (x, y) to (gradient in x, minus gradient in y), and
 * with a constraint an inclusion 0 in F(z) + G(z) ({@link org.konvergo.problem.MonotoneInclusion}).
 * The methods here take an inclusion, a step and a start:
 *
 * <pre>{@code
 * var game = new BilinearGame(a, b, c);
 * var problem = new MonotoneInclusion(game.operator(), Indicator.simplices(n, m));
 * var trace = Run.of(new Extragradient(problem, 0.9 / norm, start))
 *         .measure("residual", z -> problem.residual(1, z))
 *         .stop(Stop.below("residual", 1e-8).or(Stop.iterations(10_000)))
 *         .start();
 * }</pre>
 *
 * <p>Gradient descent ascent is the simplest and fails on bilinear games; extragradient pays two
 * evaluations a step, optimistic gradient one; the anchored methods (Halpern, extra anchored
 * gradient) make the residual of the last iterate fall like 1/k.
 *
 * <p>Of an average of many terms ({@link org.konvergo.problem.FiniteSumOperator}) the
 * variance-reduced methods evaluate a few in most steps: {@link
 * org.konvergo.saddle.VarianceReducedHalpern} for a cocoercive operator, {@link
 * org.konvergo.saddle.InexactHalpern} with {@link
 * org.konvergo.saddle.VarianceReducedForwardReflectedBackward} inside for one that is only
 * monotone.
 *
 * <p>Where the coupling is bilinear and both functions have proximal maps ({@link
 * org.konvergo.problem.BilinearSaddleProblem}, linear programs among them) there is the primal-dual
 * hybrid gradient method, with a correction and weights of its own choice {@link
 * org.konvergo.saddle.AdaptivePredictionCorrectionPdhg}, and with averages, restarts and steps of
 * its own choice {@link org.konvergo.saddle.RestartedPdhg}, the one for linear programs.
 *
 * <p>Where phi is neither convex nor concave ({@link org.konvergo.problem.MinimaxProblem}), {@link
 * org.konvergo.saddle.LocalMinimaxTest} judges a critical point, {@link
 * org.konvergo.saddle.RestrictedSchurComplement} and {@link org.konvergo.saddle.LinearStability}
 * say which methods find it, and {@link org.konvergo.saddle.CompetitiveGradientOptimization} lets
 * each player count on the reply of the other.
 */
package org.konvergo.saddle;
