package org.konvergo.statistics;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.random.RandomStream;

/**
 * k-means by Lloyd's algorithm: assign each point to its nearest centre, move each centre to the
 * mean of its points, until no assignment changes. The sum of squared distances never rises.
 *
 * <p>Sources: Lloyd, Least squares quantization in PCM, 1982; the start by Arthur and
 * Vassilvitskii, k-means++: the advantages of careful seeding, 2007.
 *
 * @param centres k x d
 * @param labels index of the nearest centre of each point; of equally near ones the first
 * @param inertia sum of squared distances to these centres
 * @param iterations how often the centres were moved
 */
public record KMeans(DMatrixRMaj centres, int[] labels, double inertia, int iterations) {
    /**
     * Clusters points.
     *
     * @param points n x d, finite
     * @param k number of centres, in 1..n
     * @param random for the start
     * @param maxIterations at least 1
     * @return the clusters; a centre that loses all its points stays where it is
     * @throws IllegalArgumentException if a point is not finite, k is not in 1..n or the number of
     *     iterations is below 1
     */
    public static KMeans fit(DMatrixRMaj points, int k, RandomStream random, int maxIterations) {
        Require.finite("points", Require.notNull("points", points).data);
        int n = points.numRows;
        Require.that(k >= 1 && k <= n, "k", "in 1.." + n, k);
        Require.notNull("random", random);
        Require.atLeast("maxIterations", maxIterations, 1);
        DMatrixRMaj centres = plusPlus(points, k, random);
        var labels = new int[n];
        double inertia = assign(points, centres, labels);
        for (int iteration = 1; iteration <= maxIterations; iteration++) {
            move(points, labels, centres);
            int[] before = labels.clone();
            inertia = assign(points, centres, labels);
            if (Arrays.equals(before, labels)) {
                return new KMeans(centres, labels, inertia, iteration);
            }
        }
        return new KMeans(centres, labels, inertia, maxIterations);
    }

    /**
     * How many points each centre has.
     *
     * @return k counts with sum n
     */
    public int[] counts() {
        var counts = new int[centres.numRows];
        for (int label : labels) {
            counts[label]++;
        }
        return counts;
    }

    /** Each next centre is a point drawn with probability as its squared distance to the others. */
    private static DMatrixRMaj plusPlus(DMatrixRMaj points, int k, RandomStream random) {
        int n = points.numRows;
        int d = points.numCols;
        var centres = new DMatrixRMaj(k, d);
        var nearest = new double[n];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        int chosen = random.integer(n);
        for (int c = 0; c < k; c++) {
            System.arraycopy(points.data, chosen * d, centres.data, c * d, d);
            for (int i = 0; i < n; i++) {
                double distance = squaredDistance(points, i, centres, c);
                nearest[i] = Math.min(nearest[i], distance);
            }
            double target = random.uniform() * Kernels.sum(nearest);
            // The first point at which the running sum exceeds the target, never one at distance 0.
            chosen = 0;
            double running = 0;
            for (int i = 0; i < n; i++) {
                running += nearest[i];
                if (nearest[i] > 0) {
                    chosen = i;
                    if (running > target) {
                        break;
                    }
                }
            }
        }
        return centres;
    }

    private static double assign(DMatrixRMaj points, DMatrixRMaj centres, int[] labels) {
        double inertia = 0;
        for (int i = 0; i < labels.length; i++) {
            double least = Double.POSITIVE_INFINITY;
            for (int c = 0; c < centres.numRows; c++) {
                double distance = squaredDistance(points, i, centres, c);
                if (distance < least) {
                    least = distance;
                    labels[i] = c;
                }
            }
            inertia += least;
        }
        return inertia;
    }

    private static void move(DMatrixRMaj points, int[] labels, DMatrixRMaj centres) {
        int d = points.numCols;
        var sums = new DMatrixRMaj(centres.numRows, d);
        var counts = new int[centres.numRows];
        for (int i = 0; i < labels.length; i++) {
            counts[labels[i]]++;
            for (int l = 0; l < d; l++) {
                sums.add(labels[i], l, points.unsafe_get(i, l));
            }
        }
        for (int c = 0; c < counts.length; c++) {
            for (int l = 0; l < d && counts[c] > 0; l++) {
                centres.set(c, l, sums.get(c, l) / counts[c]);
            }
        }
    }

    private static double squaredDistance(DMatrixRMaj points, int i, DMatrixRMaj centres, int c) {
        double sum = 0;
        for (int l = 0; l < points.numCols; l++) {
            double difference = points.unsafe_get(i, l) - centres.unsafe_get(c, l);
            sum = Math.fma(difference, difference, sum);
        }
        return sum;
    }
}
