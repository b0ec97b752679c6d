/**
 * What is solved: small interfaces that state an oracle, and standard instances beside them.
 *
 * <p>A problem says what may be asked of it (a value, a gradient, a proximal step, a best reply)
 * and nothing about how it is solved. Vectors are {@code double[]}; an oracle writes its answer
 * into an array of the caller's, so that a method's inner loop allocates nothing.
 *
 * <ul>
 *   <li>{@link org.konvergo.problem.Smooth}: value and gradient; {@link
 *       org.konvergo.problem.TwiceSmooth}: also Hessian times vector;
 *   <li>{@link org.konvergo.problem.FiniteSum}: an average of smooth terms, such as {@link
 *       org.konvergo.problem.LogisticRegression}, {@link org.konvergo.problem.MultinomialLogistic}
 *       or {@link org.konvergo.problem.LeastSquares}; {@link
 *       org.konvergo.problem.FederatedProblem}: the terms live with clients; {@link
 *       org.konvergo.problem.ElmanNetwork}: a recurrent network to build such terms from;
 *   <li>{@link org.konvergo.problem.Proximable}: value and proximal map, such as {@link
 *       org.konvergo.problem.L1Norm}, {@link org.konvergo.problem.NuclearNorm} or {@link
 *       org.konvergo.problem.TotalVariation}; that of an {@link org.konvergo.problem.Indicator} is
 *       the projection on its set: a box, simplex, ball or cone;
 *   <li>{@link org.konvergo.problem.SaddleProblem} and {@link
 *       org.konvergo.problem.MonotoneOperator}: minimise over x, maximise over y; {@link
 *       org.konvergo.problem.BilinearSaddleProblem}: with a bilinear coupling; {@link
 *       org.konvergo.problem.FiniteSumOperator}: an operator that is an average of terms;
 *   <li>{@link org.konvergo.problem.BilevelProblem}: minimise one {@link
 *       org.konvergo.problem.BilevelObjective} over the minimisers of another; {@link
 *       org.konvergo.problem.StochasticBilevelProblem}: known by samples;
 *   <li>{@link org.konvergo.problem.Game}: several players, best replies;
 *   <li>{@link org.konvergo.problem.NonlinearSystem}: equations F(z) = 0 and their Jacobian;
 *   <li>{@link org.konvergo.problem.TransportProblem}: costs and marginals.
 * </ul>
 */
package org.konvergo.problem;
