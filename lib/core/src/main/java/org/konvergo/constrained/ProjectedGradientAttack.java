package org.konvergo.constrained;

import org.konvergo.Require;
import org.konvergo.problem.Smooth;

/**
 * Looks for the worst input near a given one: ascent along the sign of the gradient, each step
 * projected onto the box of half-width epsilon about the start, and the best point is kept. What it
 * finds is a lower bound of the maximum over the box.
 *
 * <p>Source: Madry, Makelov, Schmidt, Tsipras and Vladu, Towards Deep Learning Models Resistant to
 * Adversarial Attacks, ICLR 2018.
 *
 * @param epsilon half-width of the box, non-negative
 * @param steps number of steps, at least 0
 * @param step length of a step in every coordinate, non-negative
 * @param free how many of the leading coordinates may change, at least 1
 */
public record ProjectedGradientAttack(double epsilon, int steps, double step, int free) {
    /**
     * Checks the arguments.
     *
     * @param epsilon as above
     * @param steps as above
     * @param step as above
     * @param free as above
     * @throws IllegalArgumentException if an argument is out of range
     */
    public ProjectedGradientAttack {
        Require.nonNegative("epsilon", epsilon);
        Require.atLeast("steps", steps, 0);
        Require.nonNegative("step", step);
        Require.atLeast("free", free, 1);
    }

    /**
     * Attacks one input.
     *
     * @param loss what is maximised, a function of the input
     * @param x the start; kept
     * @return the best point found in the box, of the length of x
     * @throws IllegalArgumentException if the length is not the function's, or below {@code free}
     */
    public double[] attack(Smooth loss, double[] x) {
        Require.notNull("loss", loss);
        Require.finite("x", Require.length("x", x, loss.dimension()));
        Require.that(free <= x.length, "free", "at most " + x.length, free);
        double[] z = x.clone();
        double[] best = x.clone();
        double bestValue = loss.value(x);
        var gradient = new double[x.length];
        for (int t = 0; t < steps; t++) {
            loss.gradient(z, gradient);
            for (int c = 0; c < free; c++) {
                double moved = z[c] + step * Math.signum(gradient[c]);
                z[c] = Math.max(x[c] - epsilon, Math.min(x[c] + epsilon, moved));
            }
            double value = loss.value(z);
            if (value > bestValue) {
                bestValue = value;
                best = z.clone();
            }
        }
        return best;
    }
}
