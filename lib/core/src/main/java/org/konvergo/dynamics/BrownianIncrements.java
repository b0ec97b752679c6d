package org.konvergo.dynamics;

import org.konvergo.Require;
import org.konvergo.random.RandomStream;

/**
 * Increments of a Brownian motion over equal steps. Summed in groups they are the increments of the
 * same motion over longer steps.
 */
public final class BrownianIncrements {
    private final double step;
    private final double[] increments;

    /**
     * Given increments.
     *
     * @param step length of a step, positive
     * @param increments finite; copied
     * @throws IllegalArgumentException if the step is not positive or an increment not finite
     */
    public BrownianIncrements(double step, double... increments) {
        this.step = Require.positive("step", step);
        this.increments = Require.finite("increments", increments).clone();
    }

    /**
     * Draws increments.
     *
     * @param step length of a step, positive
     * @param size their number, at least 0
     * @param random where they come from
     * @return independent N(0, step) increments
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static BrownianIncrements of(double step, int size, RandomStream random) {
        double deviation = Math.sqrt(Require.positive("step", step));
        var increments = Require.notNull("random", random).gaussians(size);
        for (int k = 0; k < size; k++) {
            increments[k] *= deviation;
        }
        return new BrownianIncrements(step, increments);
    }

    /**
     * Length of a step.
     *
     * @return positive
     */
    public double step() {
        return step;
    }

    /**
     * Number of increments.
     *
     * @return at least 0
     */
    public int size() {
        return increments.length;
    }

    /**
     * One increment.
     *
     * @param k its number, from 0 to size - 1
     * @return B((k + 1) step) - B(k step)
     */
    public double increment(int k) {
        return increments[k];
    }

    /**
     * The same motion with longer steps. What is left over at the end, less than a long step, is
     * dropped.
     *
     * @param factor how many steps make one, at least 1
     * @return floor(size / factor) increments
     * @throws IllegalArgumentException if the factor is below 1
     */
    public BrownianIncrements coarsened(int factor) {
        Require.atLeast("factor", factor, 1);
        var sums = new double[increments.length / factor];
        for (int k = 0; k < sums.length; k++) {
            for (int j = k * factor; j < (k + 1) * factor; j++) {
                sums[k] += increments[j];
            }
        }
        return new BrownianIncrements(step * factor, sums);
    }

    /**
     * The same motion with a longer step.
     *
     * @param longer a multiple of this step, up to rounding
     * @return as {@link #coarsened(int)}
     * @throws IllegalArgumentException if it is not a multiple
     */
    public BrownianIncrements coarsenedTo(double longer) {
        double factor = Math.rint(longer / step);
        Require.that(
                factor >= 1 && Math.abs(factor * step - longer) <= 1e-12 * longer,
                "longer",
                "a multiple of " + step,
                longer);
        return coarsened((int) factor);
    }

    /**
     * The motion itself.
     *
     * @return B at 0, step, 2 step, ...: size + 1 values, the first 0
     */
    public double[] path() {
        var b = new double[increments.length + 1];
        for (int k = 0; k < increments.length; k++) {
            b[k + 1] = b[k] + increments[k];
        }
        return b;
    }
}
