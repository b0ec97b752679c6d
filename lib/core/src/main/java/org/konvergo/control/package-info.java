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
 *
 * <p>A melting front as a control: a {@link org.konvergo.control.StefanStateSolver} gives the
 * temperature for a {@link org.konvergo.control.StefanControl}, {@link
 * org.konvergo.control.StefanAdjoint} the gradient of a {@link org.konvergo.control.FinalTimeCost},
 * and {@link org.konvergo.control.StefanFit} hands both to a method.
 */
package org.konvergo.control;
