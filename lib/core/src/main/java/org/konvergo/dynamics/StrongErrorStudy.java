package org.konvergo.dynamics;

import java.util.Arrays;
import org.konvergo.Require;
import org.konvergo.metric.LogLogSlope;

/**
 * The strong error of a scheme, the root mean square over paths of its difference from the
 * solution, and its order: the slope of log error against log step.
 *
 * @param steps of the levels, positive
 * @param errors root mean square of each level
 * @param standardErrors of the errors, by the delta method
 * @param fit the least-squares line
 */
public record StrongErrorStudy(
        double[] steps, double[] errors, double[] standardErrors, LogLogSlope fit) {
    /**
     * Evaluates a study.
     *
     * @param steps of the levels, positive, at least two different ones
     * @param differences one array a path, in it one difference a level
     * @return the study
     * @throws IllegalArgumentException if there are fewer than two paths, lengths differ, a
     *     difference is not finite or all of a level are zero
     */
    public static StrongErrorStudy of(double[] steps, double[][] differences) {
        Require.positive("steps", steps);
        int paths = Require.atLeast("number of paths", differences.length, 2);
        var errors = new double[steps.length];
        var standardErrors = new double[steps.length];
        for (int l = 0; l < steps.length; l++) {
            double squares = 0;
            double fourths = 0;
            for (int p = 0; p < paths; p++) {
                String name = "differences[" + p + "]";
                double d = Require.length(name, differences[p], steps.length)[l];
                double square = Require.finite(name + "[" + l + "]", d) * d;
                squares += square / paths;
                fourths += square * square / paths;
            }
            errors[l] = Math.sqrt(squares);
            double variance = Math.max(0, fourths - squares * squares) / (paths - 1);
            standardErrors[l] = Math.sqrt(variance) / (2 * errors[l]);
        }
        return new StrongErrorStudy(
                steps.clone(), errors, standardErrors, LogLogSlope.of(steps, errors));
    }

    /**
     * The order of convergence.
     *
     * @return the slope
     */
    public double order() {
        return fit.slope();
    }

    /**
     * The largest error of a level relative to that of another scheme.
     *
     * @param other a study of the same levels
     * @return largest |error / other error - 1|
     * @throws IllegalArgumentException if the levels differ
     */
    public double relativeDifference(StrongErrorStudy other) {
        Require.that(
                Arrays.equals(steps, other.steps),
                "other",
                "of the same steps",
                "of " + Arrays.toString(other.steps));
        double largest = 0;
        for (int l = 0; l < steps.length; l++) {
            largest = Math.max(largest, Math.abs(errors[l] / other.errors[l] - 1));
        }
        return largest;
    }
}
