package org.konvergo.bilevel;

import org.konvergo.method.Method;
import org.konvergo.method.MomentumStep;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.StochasticBilevelProblem;
import org.konvergo.random.RandomStream;

/**
 * BO-REP, bilevel optimisation by normalised momentum, initialisation refinement and periodic
 * updates of the lower variable:
 *
 * <ul>
 *   <li>at the start y is refined by stochastic gradient descent in epochs;
 *   <li>if k is a multiple of the interval, y takes some steps y = P(y - gamma grad_y g(x, y)) in a
 *       ball about the old y; else it stays;
 *   <li>z = z - nu (g_yy z - grad_y f);
 *   <li>m = beta m + (1 - beta) (grad_x f - g_xy z);
 *   <li>x = x - eta m / |m|.
 * </ul>
 *
 * <p>It is made for an upper level whose smoothness grows with its gradient: as x moves by exactly
 * eta a step, the lower solution drifts by at most eta times its Lipschitz constant, whatever the
 * gradient (Hao, Gong and Liu, Bilevel Optimization under Unbounded Smoothness: A New Algorithm and
 * Convergence Analysis, 2024, algorithm 1). The steps themselves are those of {@link
 * MomentumBilevelSgd} with a normalised step.
 *
 * @param samples of f and g, with the sets of x and y; g strongly convex in y
 * @param lower how y moves
 * @param nu step of z, positive
 * @param beta weight of the past in the momentum, in [0, 1)
 * @param eta length of a step of x, positive
 * @param x0 start of x
 * @param y0 start of y, before its refinement; z starts at zero
 * @param random where the samples are drawn from; a run draws from a split of it, so that runs
 *     repeat
 */
public record BoRep(
        StochasticBilevelProblem samples,
        LowerUpdates lower,
        double nu,
        double beta,
        double eta,
        double[] x0,
        double[] y0,
        RandomStream random)
        implements Method<MomentumBilevelSgd.State> {
    /**
     * Checks the arguments.
     *
     * @param samples as above
     * @param lower as above
     * @param nu as above
     * @param beta as above
     * @param eta as above
     * @param x0 as above
     * @param y0 as above
     * @param random as above
     * @throws IllegalArgumentException if one is null or out of range, or a start does not fit
     */
    public BoRep {
        loop(samples, lower, nu, beta, eta, x0, y0, random);
    }

    private static MomentumBilevelSgd loop(
            StochasticBilevelProblem samples,
            LowerUpdates lower,
            double nu,
            double beta,
            double eta,
            double[] x0,
            double[] y0,
            RandomStream random) {
        return new MomentumBilevelSgd(
                samples, lower, nu, beta, MomentumStep.normalized(eta), x0, y0, random);
    }

    private MomentumBilevelSgd loop() {
        return loop(samples, lower, nu, beta, eta, x0, y0, random);
    }

    @Override
    public MomentumBilevelSgd.State start() {
        return loop().start();
    }

    @Override
    public MomentumBilevelSgd.State step(MomentumBilevelSgd.State s, OracleCounter calls) {
        return loop().step(s, calls);
    }
}
