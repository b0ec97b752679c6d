package org.konvergo.transport;

import java.util.Arrays;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.TopKSimplexProjection;

/**
 * The squared norm, with a limit on the number of entries that are not zero: Omega(t) = (strength /
 * 2) |t|^2 where t has at most {@code most} of them, infinite elsewhere. Without the limit Omega is
 * convex and the plan as sparse as it likes; with it the primal problem is not convex, but its dual
 * still is concave.
 *
 * <p>Source: Liu, Puigcerver and Blondel, Sparsity-constrained optimal transport, ICLR 2023,
 * equations (9) to (12) and table 1.
 *
 * @param strength gamma, positive
 * @param most k, at least 1; {@link #NO_LIMIT} for none
 */
public record SquaredNormRegularizer(double strength, int most) implements TransportRegularizer {
    /** As many entries as there are. */
    public static final int NO_LIMIT = Integer.MAX_VALUE;

    /**
     * Checks the arguments.
     *
     * @param strength as above
     * @param most as above
     * @throws IllegalArgumentException if the strength is not positive and finite or the limit is
     *     below 1
     */
    public SquaredNormRegularizer {
        Require.positive("strength", strength);
        Require.atLeast("most", most, 1);
    }

    /**
     * The squared norm without a limit: quadratic regularisation.
     *
     * @param strength gamma, positive
     * @return the regulariser
     * @throws IllegalArgumentException if the strength is not positive and finite
     */
    public static SquaredNormRegularizer quadratic(double strength) {
        return new SquaredNormRegularizer(strength, NO_LIMIT);
    }

    private int most(double[] s) {
        return Math.min(most, s.length);
    }

    @Override
    public double value(double[] t) {
        long entries = Arrays.stream(t).filter(entry -> entry != 0).count();
        return entries > most ? Double.POSITIVE_INFINITY : strength / 2 * Kernels.dot(t, t);
    }

    @Override
    public double conjugate(double[] s, double[] t) {
        int[] kept = TopKSimplexProjection.largest(s, most(s));
        var column = new double[s.length];
        for (int i : kept) {
            column[i] = Math.max(s[i], 0) / strength;
        }
        System.arraycopy(column, 0, t, 0, t.length);
        return strength / 2 * Kernels.dot(t, t);
    }

    @Override
    public double conjugate(double[] s, double mass, double[] t) {
        var scaled = new double[s.length];
        for (int i = 0; i < s.length; i++) {
            scaled[i] = s[i] / strength;
        }
        double[] column = TopKSimplexProjection.project(scaled, most(s), mass);
        double value = strength * (Kernels.dot(scaled, column) - Kernels.dot(column, column) / 2);
        System.arraycopy(column, 0, t, 0, t.length);
        return value;
    }

    /**
     * How far s is from a tie, where the k largest entries are not determined.
     *
     * @param s vector of length m
     * @return the k-th largest entry less the next one, infinite if there is no next one
     */
    public double tieGap(double[] s) {
        if (most(s) == s.length) {
            return Double.POSITIVE_INFINITY;
        }
        double[] ascending = s.clone();
        Arrays.sort(ascending);
        return ascending[s.length - most] - ascending[s.length - most - 1];
    }
}
