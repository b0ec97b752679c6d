/**
 * Dynamics in time: ordinary and stochastic differential equations, and random clocks.
 *
 * <p>A {@link org.konvergo.dynamics.VectorField} is the right-hand side of x' = f(t, x); an {@link
 * org.konvergo.dynamics.Integrator} follows it from one time to another:
 *
 * <pre>{@code
 * double[] x = {1, 0};
 * new ClassicalRungeKutta(100).advance(pendulum, 0, 10, x);   // fixed steps, the same bits
 * new DormandPrince(1e-12).advance(pendulum, 10, 20, x);      // steps of its own choice
 * }</pre>
 *
 * <p>A {@link org.konvergo.dynamics.ScalarSde} is dX = f(t, X) dt + g(t, X) dB. The schemes ({@link
 * org.konvergo.dynamics.TruncatedMilstein}, {@link org.konvergo.dynamics.TruncatedEulerMaruyama})
 * take it along {@link org.konvergo.dynamics.BrownianIncrements}, which can be summed to longer
 * steps, so that solutions with different steps see the same noise; {@link
 * org.konvergo.dynamics.StrongErrorStudy} reads the order off their differences.
 *
 * <p>The random clock of sub-diffusion is the inverse ({@link
 * org.konvergo.dynamics.InverseSubordinator}) of a process with heavy-tailed jumps ({@link
 * org.konvergo.dynamics.StableSubordinator}).
 */
package org.konvergo.dynamics;
