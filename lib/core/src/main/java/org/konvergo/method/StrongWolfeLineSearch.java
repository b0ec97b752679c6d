package org.konvergo.method;

import java.util.function.DoubleFunction;
import org.konvergo.Require;

/**
 * Line search for the strong Wolfe conditions: phi(a) is at most phi(0) + sufficient * a * phi'(0),
 * and |phi'(a)| at most curvature * |phi'(0)|. Steps grow until they bracket such a point, then the
 * bracket shrinks by cubic interpolation, or by halving where that would leave it or hardly move.
 * Near a minimum the values differ by rounding only; the slack lets the slopes decide there.
 *
 * <p>Source: Nocedal and Wright, Numerical Optimization, 2006, algorithms 3.5 and 3.6.
 *
 * @param sufficient share of the predicted decrease that is asked for, in (0, 1)
 * @param curvature share of the slope that may be left, in (sufficient, 1)
 * @param growth factor between steps before there is a bracket, above 1
 * @param slack rise that is forgiven, as a share of |phi(0)|, in [0, 1)
 * @param maxTrials at least 1
 */
public record StrongWolfeLineSearch(
        double sufficient, double curvature, double growth, double slack, int maxTrials) {
    /** Usual for quasi-Newton methods: 1e-4, 0.9, doubling, slack 1e-15, at most 10 trials. */
    public static final StrongWolfeLineSearch STANDARD =
            new StrongWolfeLineSearch(1e-4, 0.9, 2, 1e-15, 10);

    /** Part of a bracket, from either end, in which no trial lies. */
    private static final double MARGIN = 0.1;

    /**
     * Checks the arguments.
     *
     * @param sufficient as above
     * @param curvature as above
     * @param growth as above
     * @param slack as above
     * @param maxTrials as above
     * @throws IllegalArgumentException if one is out of its range
     */
    public StrongWolfeLineSearch {
        Require.that(sufficient > 0 && sufficient < 1, "sufficient", "in (0, 1)", sufficient);
        Require.that(
                curvature > sufficient && curvature < 1,
                "curvature",
                "in (sufficient, 1)",
                curvature);
        Require.that(growth > 1 && growth < Double.POSITIVE_INFINITY, "growth", "> 1", growth);
        Require.that(slack >= 0 && slack < 1, "slack", "in [0, 1)", slack);
        Require.atLeast("maxTrials", maxTrials, 1);
    }

    /**
     * The function along the direction at a step.
     *
     * @param step a, at least 0
     * @param value phi(a); NaN or infinite counts as too large
     * @param slope phi'(a)
     */
    public record Trial(double step, double value, double slope) {}

    /**
     * What a search found.
     *
     * @param last the accepted point, or the lowest one seen with sufficient decrease; null if
     *     there is none
     * @param accepted whether it satisfies both conditions
     * @param trials evaluations of phi
     */
    public record Result(Trial last, boolean accepted, int trials) {}

    /**
     * Searches along a direction of descent.
     *
     * @param phi evaluates the function along the direction; the last point that it is called with
     *     need not be the one returned
     * @param origin the point at step 0, with finite value and negative slope
     * @param initial first step, positive
     * @return what was found
     * @throws IllegalArgumentException if the origin's step is not 0, its value is not finite or
     *     its slope is not negative, or the initial step is not positive
     */
    public Result search(DoubleFunction<Trial> phi, Trial origin, double initial) {
        Require.notNull("phi", phi);
        Require.that(
                Require.notNull("origin", origin).step == 0, "step of origin", "0", origin.step);
        Require.finite("value of origin", origin.value);
        Require.that(
                origin.slope < 0,
                "slope of origin",
                "negative: a direction of descent",
                origin.slope);
        Require.positive("initial", initial);
        double forgiven = slack * Math.abs(origin.value);
        Trial low = origin;
        Trial high = null;
        double step = initial;
        for (int trial = 1; trial <= maxTrials; trial++) {
            Trial at = phi.apply(step);
            boolean enough =
                    at.value <= origin.value + sufficient * at.step * origin.slope + forgiven
                            && at.value <= low.value + forgiven;
            if (!enough) {
                high = at;
            } else if (Math.abs(at.slope) <= -curvature * origin.slope) {
                return new Result(at, true, trial);
            } else {
                // The minimum lies where the slope points down from the lowest point.
                if (high == null ? at.slope >= 0 : at.slope * (high.step - low.step) >= 0) {
                    high = low;
                }
                low = at;
            }
            step = high == null ? growth * step : between(low, high);
            if (step == low.step || (high != null && step == high.step)) {
                return new Result(low.step > 0 ? low : null, false, trial);
            }
        }
        return new Result(low.step > 0 ? low : null, false, maxTrials);
    }

    /** Minimum of the cubic through two points with their slopes, kept away from both. */
    private static double between(Trial low, Trial high) {
        double width = high.step - low.step;
        double middle = low.step + width / 2;
        if (!Double.isFinite(high.value) || !Double.isFinite(high.slope)) {
            return middle;
        }
        double d1 = low.slope + high.slope - 3 * (low.value - high.value) / -width;
        double root = d1 * d1 - low.slope * high.slope;
        if (!(root >= 0)) {
            return middle;
        }
        double d2 = Math.copySign(Math.sqrt(root), width);
        double step =
                high.step - width * (high.slope + d2 - d1) / (high.slope - low.slope + 2 * d2);
        double share = (step - low.step) / width;
        return share >= MARGIN && share <= 1 - MARGIN ? step : middle;
    }
}
