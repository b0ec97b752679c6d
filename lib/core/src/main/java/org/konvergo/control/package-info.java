/**
 * Optimal control: problems, their discretisation, and the equations that Newton's method solves.
 *
 * <p>An {@link org.konvergo.control.OptimalControlProblem} states dynamics and costs with their
 * derivatives. A {@link org.konvergo.control.PrimalDualSystem} writes its optimality conditions as
 * F(z) = 0 on a grid: in Birkhoff form (integrate the derivative) or in Lagrange form
 * (differentiate the state).
 *
 * <p>Populations over a year of two seasons: a {@link org.konvergo.control.SeasonalSystem} follows
 * them, its {@link org.konvergo.control.SeasonalFloquet} is the linear system near extinction, and
 * {@link org.konvergo.control.SeasonalThreshold} finds how long the bad season may last.
 */
package org.konvergo.control;
