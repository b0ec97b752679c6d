package org.konvergo.constrained;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.ZMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.random.RandomStream;

/**
 * A cell-free network: access points with several antennas each, spread over the unit square,
 * together serve all users. What is known of the channels is an estimate; the truth is estimate
 * plus a Gaussian error whose variance is known.
 *
 * <p>The mean power gain between access point l and user k is d^-3 10^(xi/20), d = sqrt(distance^2
 * + 0.05^2), with shadowing xi of N(0, 8^2) decibels (at half weight), divided by its mean over all
 * pairs; it is the same for the antennas of an access point. Of that power a share {@code
 * errorShare} is error: entry (m, k) of the estimate is sqrt(gain (1 - errorShare)) times a
 * standard complex Gaussian, that of the error sqrt(gain errorShare) times another.
 *
 * @param accessPoints positions, one row an access point
 * @param users positions, one row a user
 * @param gains mean power gains, antennas x users; the antennas of an access point are neighbours
 * @param errorShare in [0, 1)
 * @param estimate the known channel, antennas x users
 */
public record CellFreeChannel(
        DMatrixRMaj accessPoints,
        DMatrixRMaj users,
        DMatrixRMaj gains,
        double errorShare,
        ZMatrixRMaj estimate) {
    private static final double HEIGHT = 0.05;
    private static final double SHADOWING = 8;

    /**
     * Checks the arguments; they are not copied.
     *
     * @param accessPoints as above
     * @param users as above
     * @param gains as above
     * @param errorShare as above
     * @param estimate as above
     * @throws IllegalArgumentException if there are more users than antennas, the shapes do not
     *     fit, a gain is not positive, the estimate not finite or the share not in [0, 1)
     */
    public CellFreeChannel {
        Require.notNull("accessPoints", accessPoints);
        Require.notNull("users", users);
        Require.notNull("gains", gains);
        Require.that(
                accessPoints.numRows > 0 && gains.numRows % accessPoints.numRows == 0,
                "rows of gains",
                "a multiple of " + accessPoints.numRows + " access points",
                gains.numRows);
        Require.shape("gains", gains, gains.numRows, Require.atLeast("users", users.numRows, 1));
        Require.that(
                users.numRows <= gains.numRows,
                "users",
                "at most as many as the " + gains.numRows + " antennas",
                users.numRows);
        Require.positive("gains", gains.data);
        requireShare(errorShare);
        Require.shape("estimate", estimate, gains.numRows, gains.numCols);
        Require.finite("estimate", estimate.data);
    }

    private static void requireShare(double errorShare) {
        Require.that(errorShare >= 0 && errorShare < 1, "errorShare", "in [0, 1)", errorShare);
    }

    /**
     * Draws a network. Positions, shadowing and fading come from parts of the stream of their own:
     * networks of one stream that differ in the share of error have the same geometry, and
     * estimates that are multiples of each other.
     *
     * @param accessPoints number of access points, at least 1
     * @param antennas number of antennas of each, at least 1
     * @param users number of users, at least 1, at most the number of all antennas
     * @param errorShare share of the power that is error, in [0, 1)
     * @param random source; only its parts are drawn from
     * @return the network
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static CellFreeChannel draw(
            int accessPoints, int antennas, int users, double errorShare, RandomStream random) {
        Require.atLeast("accessPoints", accessPoints, 1);
        Require.atLeast("antennas", antennas, 1);
        Require.atLeast("users", users, 1);
        Require.that(
                users <= (long) accessPoints * antennas,
                "users",
                "at most as many as the " + (long) accessPoints * antennas + " antennas",
                users);
        requireShare(errorShare);
        Require.notNull("random", random);
        var places = random.split("places", 0);
        var points = new DMatrixRMaj(accessPoints, 2, true, places.uniforms(2 * accessPoints));
        var people = new DMatrixRMaj(users, 2, true, places.uniforms(2 * users));
        double[] pairs = gains(points, people, random.split("shadowing", 0));
        int m = accessPoints * antennas;
        var gains = new DMatrixRMaj(m, users);
        for (int i = 0; i < m; i++) {
            System.arraycopy(pairs, i / antennas * users, gains.data, i * users, users);
        }
        var estimate = gaussian(gains, 1 - errorShare, random.split("fading", 0));
        return new CellFreeChannel(points, people, gains, errorShare, estimate);
    }

    /** Mean gains of the pairs of an access point and a user, with mean 1. */
    private static double[] gains(DMatrixRMaj points, DMatrixRMaj people, RandomStream random) {
        int users = people.numRows;
        var pairs = new double[points.numRows * users];
        for (int i = 0; i < pairs.length; i++) {
            int l = i / users;
            int k = i % users;
            double x = points.get(l, 0) - people.get(k, 0);
            double y = points.get(l, 1) - people.get(k, 1);
            double d = Math.sqrt(x * x + y * y + HEIGHT * HEIGHT);
            pairs[i] = StrictMath.pow(10, SHADOWING * random.gaussian() / 20) / (d * d * d);
        }
        Kernels.scale(pairs.length / Kernels.sum(pairs), pairs);
        return pairs;
    }

    /** Independent complex Gaussians of mean 0 and variance share * gain. */
    private static ZMatrixRMaj gaussian(DMatrixRMaj gains, double share, RandomStream random) {
        var drawn = new ZMatrixRMaj(gains.numRows, gains.numCols);
        for (int i = 0; i < gains.data.length; i++) {
            double deviation = Math.sqrt(gains.data[i] * share / 2);
            drawn.data[2 * i] = deviation * random.gaussian();
            drawn.data[2 * i + 1] = deviation * random.gaussian();
        }
        return drawn;
    }

    /**
     * Number of antennas of all access points.
     *
     * @return M
     */
    public int antennas() {
        return gains.numRows;
    }

    /**
     * Variances of the errors.
     *
     * @return errorShare times the gains, antennas x users, new
     */
    public DMatrixRMaj errorVariances() {
        var variances = gains.copy();
        Kernels.scale(errorShare, variances.data);
        return variances;
    }

    /**
     * Draws a true channel: the estimate plus an error. Equal streams give errors that are
     * multiples of each other in networks that differ in the share of error.
     *
     * @param random source
     * @return antennas x users, new
     */
    public ZMatrixRMaj realisation(RandomStream random) {
        Require.notNull("random", random);
        var truth = gaussian(gains, errorShare, random);
        Arrays.setAll(truth.data, i -> truth.data[i] + estimate.data[i]);
        return truth;
    }
}
