package org.konvergo.control;

import org.konvergo.Require;
import org.konvergo.dynamics.Integrator;
import org.konvergo.linalg.Kernels;

/**
 * A population over years of two seasons: x' = G_F(x) in the favourable one, which comes first and
 * has the length (1 - theta) T, and x' = G_U(x) in the unfavourable one, of length theta T (Ji and
 * Strugarek, Sharp seasonal threshold property for cooperative population dynamics with concave
 * nonlinearities, 2018).
 *
 * @param favourable G_F
 * @param unfavourable G_U, of the same dimension; at least one of the two is not linear, else
 *     nothing would bound the population
 * @param year T, positive
 * @param integrator follows a season from its beginning to its end
 */
public record SeasonalSystem(
        CooperativeField favourable,
        CooperativeField unfavourable,
        double year,
        Integrator integrator) {
    /**
     * Where a population goes.
     *
     * @param state at the beginning of the last year, from the first start
     * @param spread largest difference of an entry between two starts in that year
     * @param ratio of the norms of the last two years from the first start; tends to 1 where the
     *     population persists, to a spectral radius below 1 where it dies out
     */
    public record Limit(double[] state, double spread, double ratio) {}

    /**
     * Checks the arguments.
     *
     * @param favourable as above
     * @param unfavourable as above
     * @param year as above
     * @param integrator as above
     * @throws IllegalArgumentException if the dimensions differ, the year is not positive or both
     *     fields are linear
     */
    public SeasonalSystem {
        Require.notNull("favourable", favourable);
        Require.notNull("unfavourable", unfavourable);
        Require.that(
                unfavourable.dimension() == favourable.dimension(),
                "dimension of unfavourable",
                "" + favourable.dimension(),
                unfavourable.dimension());
        Require.positive("year", year);
        Require.notNull("integrator", integrator);
        Require.that(
                !(favourable.linear() && unfavourable.linear()),
                "favourable and unfavourable",
                "not both linear, so that the population stays bounded",
                "linear");
    }

    /**
     * The linear system near 0, which decides the fate.
     *
     * @return the seasons' linearizations
     */
    public SeasonalFloquet floquet() {
        return new SeasonalFloquet(favourable.linearization(), unfavourable.linearization(), year);
    }

    /**
     * The population a year later.
     *
     * @param x at the beginning of a favourable season, non-negative; kept
     * @param theta share of the unfavourable season, in [0, 1]
     * @return at the beginning of the next one
     * @throws IllegalArgumentException if theta lies outside, or x has another length or a negative
     *     entry
     */
    public double[] yearMap(double[] x, double theta) {
        Require.within("theta", theta, 0, 1);
        Require.nonNegative("x", Require.length("x", x, favourable.dimension()));
        var y = x.clone();
        follow(favourable, (1 - theta) * year, y);
        follow(unfavourable, theta * year, y);
        return y;
    }

    private void follow(CooperativeField field, double duration, double[] x) {
        if (duration > 0) {
            integrator.advance(field, 0, duration, x);
        }
    }

    /**
     * The population at the beginning of each year.
     *
     * @param x at the beginning, non-negative; kept
     * @param theta share of the unfavourable season, in [0, 1]
     * @param years number of years, at least 0
     * @return years + 1 states, the first of which is x
     * @throws IllegalArgumentException as for {@link #yearMap}
     */
    public double[][] years(double[] x, double theta, int years) {
        var states = new double[Require.atLeast("years", years, 0) + 1][];
        states[0] = x.clone();
        for (int k = 0; k < years; k++) {
            states[k + 1] = yearMap(states[k], theta);
        }
        return states;
    }

    /**
     * The population within the years, for pictures.
     *
     * @param x at the beginning, non-negative; kept
     * @param theta share of the unfavourable season, in [0, 1]
     * @param years number of years, at least 0
     * @param perSeason points a season, equally spaced, at least 1
     * @return 2 years perSeason + 1 states; point j of the favourable season of year k stands at 2
     *     k perSeason + j, and the unfavourable season begins perSeason points later
     * @throws IllegalArgumentException as for {@link #yearMap}
     */
    public double[][] course(double[] x, double theta, int years, int perSeason) {
        Require.within("theta", theta, 0, 1);
        Require.nonNegative("x", Require.length("x", x, favourable.dimension()));
        Require.atLeast("years", years, 0);
        Require.atLeast("perSeason", perSeason, 1);
        var states = new double[2 * years * perSeason + 1][];
        states[0] = x.clone();
        for (int i = 1; i < states.length; i++) {
            boolean first = (i - 1) / perSeason % 2 == 0;
            states[i] = states[i - 1].clone();
            follow(
                    first ? favourable : unfavourable,
                    (first ? 1 - theta : theta) * year / perSeason,
                    states[i]);
        }
        return states;
    }

    /**
     * Follows several populations over many years, to see whether all meet the same fate.
     *
     * @param theta share of the unfavourable season, in [0, 1]
     * @param years number of years, at least 1
     * @param starts at least one, none of them zero; kept
     * @return where they are
     * @throws IllegalArgumentException as for {@link #yearMap}, or if a start is zero, or some
     *     stage never feeds another, so that the fate may depend on the start
     */
    public Limit limit(double theta, int years, double[]... starts) {
        Require.atLeast("years", years, 1);
        Require.atLeast("number of starts", starts.length, 1);
        Require.that(
                floquet().irreducible(),
                "favourable and unfavourable",
                "irreducible together (each stage feeds each other one)",
                "reducible");
        var ends = new double[starts.length][];
        double ratio = Double.NaN;
        for (int s = 0; s < starts.length; s++) {
            Require.that(
                    Kernels.normInf(starts[s]) > 0, "starts[" + s + "]", "not zero", "all zero");
            double[][] states = years(starts[s], theta, years);
            ends[s] = states[years];
            ratio = s > 0 ? ratio : Kernels.norm2(ends[0]) / Kernels.norm2(states[years - 1]);
        }
        double spread = 0;
        for (int i = 0; i < ends[0].length; i++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (double[] end : ends) {
                low = Math.min(low, end[i]);
                high = Math.max(high, end[i]);
            }
            spread = Math.max(spread, high - low);
        }
        return new Limit(ends[0], spread, ratio);
    }
}
