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
        double[] sorted = noise.clone();
        Arrays.sort(sorted);
        // The largest m for which the m quietest carriers all lie under the level they share.
        double sum = 0;
        double level = Double.NaN;
        for (int m = 1; m <= sorted.length; m++) {
            sum += sorted[m - 1];
            double candidate = (budget + sum) / m;
            if (sorted[m - 1] < candidate) {
                level = candidate;
            } else {
                break;
            }
        }
        var power = new double[noise.length];
        for (int k = 0; k < power.length; k++) {
            power[k] = Math.max(level - noise[k], 0);
        }
        return new WaterFilling(power, level);
    }
}
