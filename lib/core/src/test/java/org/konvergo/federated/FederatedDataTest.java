package org.konvergo.federated;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.problem.SampleData.assertRefused;
import static org.konvergo.problem.SampleData.features;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.konvergo.metric.GradientDissimilarity;
import org.konvergo.problem.MultinomialLogistic;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

class FederatedDataTest {
    private static RandomStream stream(long replicate) {
        return new RandomStreams(1).stream("data test", replicate);
    }

    @Test
    void variancesFallAsAPower() {
        double[] variances = SyntheticFederatedData.featureVariances();
        assertEquals(60, variances.length);
        assertEquals(1, variances[0]);
        assertEquals(0.435275, variances[1], 5e-7);
    }

    @Test
    void identicalClientsShareTheirTeacher() {
        var iid = SyntheticFederatedData.iid();
        assertArrayEquals(iid.teacher(0, stream(0)).data, iid.teacher(29, stream(0)).data);
        var differing = SyntheticFederatedData.heterogeneous(0, 0);
        assertFalse(
                Arrays.equals(
                        differing.teacher(0, stream(0)).data,
                        differing.teacher(29, stream(0)).data));
    }

    @Test
    void sizesAreAtLeastFiftyAtMostTheCapAndSplitNineToOne() {
        var data = SyntheticFederatedData.heterogeneous(1, 1).capped(300).generate(stream(0));
        assertEquals(30, data.clients());
        assertEquals(610, data.dimension());
        for (int k = 0; k < 30; k++) {
            int train = data.train().get(k).terms();
            int size = train + data.test().get(k).terms();
            assertTrue(size >= 50 && size <= 300);
            assertEquals((int) (0.9 * size), train);
        }
        // Log-normal(4, 2) exceeds 250 with probability 0.22: 30 clients all below would be odd.
        assertTrue(data.train().stream().anyMatch(f -> f.terms() == 270));
    }

    @Test
    void sizesDoNotDependOnAlphaAndBeta() {
        var a = SyntheticFederatedData.heterogeneous(1, 1).capped(100).generate(stream(0));
        var b = SyntheticFederatedData.iid().capped(100).generate(stream(0));
        assertArrayEquals(a.weights(), b.weights());
    }

    @Test
    void labelsAreTheTeachers() {
        for (var generator :
                List.of(
                        SyntheticFederatedData.heterogeneous(1, 1).capped(60),
                        SyntheticFederatedData.iid().capped(60))) {
            var data = generator.generate(stream(3));
            for (int k = 0; k < 30; k++) {
                double[] teacher = generator.teacher(k, stream(3)).data;
                assertEquals(1, data.train().get(k).accuracy(teacher));
                assertEquals(1, data.test().get(k).accuracy(teacher));
            }
        }
    }

    @Test
    void featuresHaveTheStatedVariances() {
        var data = SyntheticFederatedData.iid().capped(2000).generate(stream(1));
        double[] squares = new double[2];
        long count = 0;
        for (var part : data.train()) {
            for (int i = 0; i < part.terms(); i++) {
                for (int j = 0; j < 2; j++) {
                    squares[j] += part.features().get(i, j) * part.features().get(i, j);
                }
                count++;
            }
        }
        assertTrue(count > 5000);
        assertEquals(1, squares[0] / count, 0.08);
        assertEquals(0.435275, squares[1] / count, 0.04);
    }

    @Test
    void heterogeneityRaisesTheGradientVariance() {
        double iid = variance(SyntheticFederatedData.iid());
        double none = variance(SyntheticFederatedData.heterogeneous(0, 0));
        double one = variance(SyntheticFederatedData.heterogeneous(1, 1));
        assertTrue(iid < none && none < one);
    }

    private static double variance(SyntheticFederatedData generator) {
        var data = generator.capped(100).generate(stream(2));
        return GradientDissimilarity.of(data.clientGradients(new double[610]), data.weights())
                .variance();
    }

    @Test
    void sameStreamSameBits() {
        var generator = SyntheticFederatedData.heterogeneous(1, 1).capped(60);
        var a = generator.generate(stream(4));
        var b = generator.generate(stream(4));
        assertArrayEquals(a.train().get(7).features().data, b.train().get(7).features().data);
        assertArrayEquals(a.train().get(7).labels(), b.train().get(7).labels());
    }

    @Test
    void accuracyPoolsTheClients() {
        var x = features(10, 2, 0);
        int[] labels = {0, 0, 0, 0, 1, 1, 1, 1, 1, 1};
        int[][] rows = {{0, 1, 2, 3}, {4, 5, 6, 7, 8, 9}};
        var data = FederatedData.split(x, labels, 2, rows, 0.5, stream(0));
        // All scores equal: class 0, right for client 0 alone.
        assertEquals(2.0 / 5, data.trainAccuracy(new double[6]));
        assertEquals(2.0 / 5, data.testAccuracy(new double[6]));
    }

    @Property(tries = 40)
    void classSplitGivesFewClassesAndNoSampleTwice(
            @ForAll @IntRange(min = 1, max = 40) int clients,
            @ForAll @IntRange(min = 1, max = 3) int perClient,
            @ForAll long replicate) {
        var labels = new int[800];
        Arrays.setAll(labels, i -> i * 7 % 5);
        int[][] rows = new ClassSplit(clients, perClient, 3, 2).rows(labels, 5, stream(replicate));
        assertEquals(clients, rows.length);
        var seen = new TreeSet<Integer>();
        for (int k = 0; k < clients; k++) {
            var classes = new TreeSet<Integer>();
            for (int i : rows[k]) {
                assertTrue(seen.add(i), "sample twice");
                classes.add(labels[i]);
            }
            var expected = new TreeSet<Integer>();
            for (int j = 0; j < perClient; j++) {
                expected.add((k + j) % 5);
            }
            assertEquals(expected, classes);
            assertTrue(rows[k].length >= 3 * perClient);
        }
    }

    @Test
    void classSplitHasAHeavyTail() {
        var labels = new int[10_000];
        Arrays.setAll(labels, i -> i % 10);
        int[][] rows = new ClassSplit(100, 2, 5, 2).rows(labels, 10, stream(0));
        int[] sizes = Arrays.stream(rows).mapToInt(r -> r.length).sorted().toArray();
        assertTrue(sizes[99] > 10 * sizes[50]);
        assertTrue(Arrays.stream(sizes).sum() > 9000);
    }

    @Test
    void refusesBadInput() {
        assertRefused("alpha", () -> SyntheticFederatedData.heterogeneous(-1, 0));
        assertRefused("beta", () -> SyntheticFederatedData.heterogeneous(0, Double.NaN));
        assertRefused("cap", () -> SyntheticFederatedData.iid().capped(19));
        assertRefused("clients", () -> new SyntheticFederatedData(1, 1, false, 0, 100));
        assertRefused("client", () -> SyntheticFederatedData.iid().teacher(30, stream(0)));
        assertRefused("random", () -> SyntheticFederatedData.iid().generate(null));
        var x = features(4, 2, 0);
        int[] y = {0, 1, 0, 1};
        int[][] rows = {{0, 1}, {2, 3}};
        assertRefused("trainShare", () -> FederatedData.split(x, y, 2, rows, 1, stream(0)));
        assertRefused(
                "rows[1]",
                () -> FederatedData.split(x, y, 2, new int[][] {{0, 1}, {2}}, 0.5, stream(0)));
        assertRefused(
                "row", () -> FederatedData.split(x, y, 2, new int[][] {{0, 4}}, 0.5, stream(0)));
        var one = new MultinomialLogistic(x, y, 2);
        var other = new MultinomialLogistic(features(4, 3, 0), y, 2);
        assertRefused("test", () -> new FederatedData(List.of(one), List.of()));
        assertRefused("client 1", () -> new FederatedData(List.of(one, one), List.of(one, other)));
        assertRefused("number of clients", () -> new FederatedData(List.of(), List.of()));
        assertRefused("clients", () -> new ClassSplit(0, 2, 5, 2));
        assertRefused("classesPerClient", () -> new ClassSplit(1, 0, 5, 2));
        assertRefused("least", () -> new ClassSplit(1, 2, 0, 2));
        assertRefused("spread", () -> new ClassSplit(1, 2, 5, -1));
        assertRefused("classes", () -> new ClassSplit(1, 3, 5, 2).rows(y, 2, stream(0)));
        assertRefused(
                "number of samples of class 0",
                () -> new ClassSplit(1, 2, 5, 2).rows(y, 2, stream(0)));
    }
}
