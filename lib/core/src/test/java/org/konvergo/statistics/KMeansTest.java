package org.konvergo.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

class KMeansTest {
    private static RandomStream stream(long i) {
        return new RandomStreams(1).stream("k-means", i);
    }

    /** Two clouds around -5 and 5, each point 0.5 from its cloud's mean at most. */
    private static DMatrixRMaj clouds() {
        var random = stream(0);
        var points = new DMatrixRMaj(40, 2);
        for (int i = 0; i < 40; i++) {
            points.set(i, 0, (i % 2 == 0 ? -5 : 5) + random.uniform(-0.5, 0.5));
            points.set(i, 1, random.uniform(-0.5, 0.5));
        }
        return points;
    }

    @Test
    void findsSeparatedClouds() {
        var found = KMeans.fit(clouds(), 2, stream(1), 100);
        assertArrayEquals(new int[] {20, 20}, found.counts());
        for (int i = 0; i < 40; i++) {
            assertEquals(found.labels()[i % 2], found.labels()[i]);
        }
        assertTrue(found.inertia() < 40 * 0.5);
        assertTrue(found.iterations() < 100);
    }

    @Test
    void centresAreMeansAndLabelsAreNearest() {
        var points = new DMatrixRMaj(60, 3, true, stream(2).gaussians(180));
        var found = KMeans.fit(points, 7, stream(3), 200);
        double inertia = 0;
        for (int c = 0; c < 7; c++) {
            for (int l = 0; l < 3; l++) {
                double sum = 0;
                for (int i = 0; i < 60; i++) {
                    sum += found.labels()[i] == c ? points.get(i, l) : 0;
                }
                assertEquals(sum / found.counts()[c], found.centres().get(c, l), 1e-12);
            }
        }
        for (int i = 0; i < 60; i++) {
            var distances = new double[7];
            for (int c = 0; c < 7; c++) {
                for (int l = 0; l < 3; l++) {
                    double d = points.get(i, l) - found.centres().get(c, l);
                    distances[c] += d * d;
                }
            }
            double least = Arrays.stream(distances).min().orElseThrow();
            assertEquals(least, distances[found.labels()[i]], 1e-12);
            inertia += least;
        }
        assertEquals(inertia, found.inertia(), 1e-10);
    }

    @Test
    void moreIterationsAreNeverWorse() {
        var points = new DMatrixRMaj(80, 2, true, stream(4).gaussians(160));
        double last = Double.POSITIVE_INFINITY;
        for (int limit = 1; limit <= 8; limit++) {
            double inertia = KMeans.fit(points, 6, stream(5), limit).inertia();
            assertTrue(inertia <= last);
            last = inertia;
        }
    }

    @Test
    void asManyCentresAsDifferentPointsLeaveNothing() {
        var points = new DMatrixRMaj(new double[][] {{0}, {1}, {1}, {4}});
        assertEquals(0, KMeans.fit(points, 3, stream(6), 10).inertia());
        assertEquals(0, KMeans.fit(points, 4, stream(6), 10).inertia());
    }

    @Test
    void refusesBadInput() {
        bad(() -> KMeans.fit(null, 1, stream(0), 1), "points");
        bad(() -> KMeans.fit(clouds(), 0, stream(0), 1), "k", "1..40");
        bad(() -> KMeans.fit(clouds(), 41, stream(0), 1), "k");
        bad(() -> KMeans.fit(clouds(), 2, null, 1), "random");
        bad(() -> KMeans.fit(clouds(), 2, stream(0), 0), "maxIterations");
        var holed = clouds();
        holed.set(0, 0, Double.NaN);
        bad(() -> KMeans.fit(holed, 2, stream(0), 1), "points");
    }
}
