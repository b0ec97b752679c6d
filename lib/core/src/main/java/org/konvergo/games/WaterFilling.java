package org.konvergo.games;

import java.util.Arrays;
import org.konvergo.Require;

/**
 * Water-filling: the power split that maximises the sum of log(1 + p(k) / noise(k)) over carriers
 * k. The optimum is p(k) = max(level - noise(k), 0), with the water level such that the powers sum
 * to the budget (Cover and Thomas, Elements of Information Theory, 2006, section 9.4).
 *
 * @param power one non-negative number a carrier, in the unit of the budget
 * @param level the water level, in the same unit
 */
public record WaterFilling(double[] power, double level) {
    private static final int SORTED_WHOLE = 24;

    /**
     * Splits a budget exactly, by sorting.
     *
     * @param noise normalised noise and interference of each carrier, finite, at least one
     * @param budget total power, positive
     * @return the powers and the level
     * @throws IllegalArgumentException if there is no carrier, a noise is not finite or the budget
     *     is not positive
     */
    public static WaterFilling of(double[] noise, double budget) {
        Require.finite("noise", noise);
        Require.atLeast("number of carriers", noise.length, 1);
        Require.positive("budget", budget);
        double level = level(noise, budget);
        var power = new double[noise.length];
        for (int k = 0; k < power.length; k++) {
            power[k] = Math.max(level - noise[k], 0);
        }
        return new WaterFilling(power, level);
    }

    /** Most carriers are above the water where there are many: only the others need an order. */
    private static double level(double[] noise, double budget) {
        int n = noise.length;
        if (n <= SORTED_WHOLE) {
            return level(noise.clone(), n, Double.NaN, budget);
        }
        // The level over all carriers is too high, and so is that over those below it, until none
        // goes.
        var quiet = noise.clone();
        double shared = Double.POSITIVE_INFINITY;
        double quietestLeftOut = Double.POSITIVE_INFINITY;
        int count = n;
        for (int before = 0; count != before; ) {
            before = count;
            double sum = 0;
            for (int k = 0; k < count; k++) {
                sum += quiet[k];
            }
            shared = (budget + sum) / count;
            count = 0;
            for (int k = 0; k < before; k++) {
                double v = quiet[k];
                if (v < shared) {
                    quiet[count++] = v;
                } else {
                    quietestLeftOut = Math.min(quietestLeftOut, v);
                }
            }
        }
        double level = level(quiet, count, quietestLeftOut, budget);
        return Double.isNaN(level) ? level(noise.clone(), n, Double.NaN, budget) : level;
    }

    /**
     * The level over the quietest carriers: the largest m for which the m quietest all lie under
     * the level they share.
     *
     * @param quiet carriers, in any order; sorted by this
     * @param count how many
     * @param next the quietest of the carriers left out, NaN if there is none
     * @param budget to share
     * @return the level; NaN if the next carrier, by rounding, lies under it
     */
    private static double level(double[] quiet, int count, double next, double budget) {
        Arrays.sort(quiet, 0, count);
        double sum = 0;
        double level = Double.NaN;
        for (int m = 1; m <= count; m++) {
            sum += quiet[m - 1];
            double candidate = (budget + sum) / m;
            if (!(quiet[m - 1] < candidate)) {
                return level;
            }
            level = candidate;
        }
        return next < (budget + (sum + next)) / (count + 1) ? Double.NaN : level;
    }
}
