package org.konvergo.control;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;

/**
 * Insects as juveniles J and adults A in one season: J' = b A - (h + d) J - c J^2, A' = h J - m A
 * (Ji and Strugarek, Sharp seasonal threshold property for cooperative population dynamics with
 * concave nonlinearities, 2018). All rates are per unit of time.
 *
 * @param birth b, non-negative
 * @param hatching h, at which juveniles become adults, non-negative
 * @param juvenileDeath d, non-negative
 * @param adultDeath m, non-negative
 * @param competition c among juveniles, per individual, non-negative
 */
public record JuvenileAdultModel(
        double birth,
        double hatching,
        double juvenileDeath,
        double adultDeath,
        double competition) {
    /**
     * Checks the arguments.
     *
     * @param birth as above
     * @param hatching as above
     * @param juvenileDeath as above
     * @param adultDeath as above
     * @param competition as above
     * @throws IllegalArgumentException if one is negative or not finite
     */
    public JuvenileAdultModel {
        Require.nonNegative("birth", birth);
        Require.nonNegative("hatching", hatching);
        Require.nonNegative("juvenileDeath", juvenileDeath);
        Require.nonNegative("adultDeath", adultDeath);
        Require.nonNegative("competition", competition);
    }

    /**
     * The model as a population of two stages, (J, A).
     *
     * @return the population
     */
    public StagePopulation population() {
        var rates =
                new DMatrixRMaj(
                        new double[][] {
                            {-(hatching + juvenileDeath), birth}, {hatching, -adultDeath}
                        });
        return new StagePopulation(rates, new double[] {competition, 0});
    }
}
