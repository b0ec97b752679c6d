package org.konvergo.federated;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.problem.SampleData.assertRefused;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.problem.LeastSquares;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

class ParticipationTest {
    private static RandomStream stream(long replicate) {
        return new RandomStreams(7).stream("participation", replicate);
    }

    /** Clients of 1, 2, 3 and 4 samples. */
    private static Clients clients() {
        return new Clients(List.of(samples(1), samples(2), samples(3), samples(4)));
    }

    private static LeastSquares samples(int m) {
        return new LeastSquares(new DMatrixRMaj(m, 1), new double[m]);
    }

    @Test
    void tenClientsLeaveTenFiveAndOneFast() {
        double[] fractions = {0, 0.5, 0.9};
        long[] fast = {10, 5, 1};
        for (int i = 0; i < fractions.length; i++) {
            int[] work = new StragglerModel(fractions[i], 20).draw(10, stream(0));
            assertEquals(fast[i], Arrays.stream(work).filter(e -> e == 20).count());
        }
    }

    @Property(tries = 100)
    void stragglersDoBetweenOneAndAllButOneEpoch(
            @ForAll @DoubleRange(min = 0.01, max = 0.99) double fraction,
            @ForAll @IntRange(min = 2, max = 6) int epochs,
            @ForAll @IntRange(min = 1, max = 12) int clients,
            @ForAll long replicate) {
        int[] work = new StragglerModel(fraction, epochs).draw(clients, stream(replicate));
        assertEquals(clients, work.length);
        long fast = Arrays.stream(work).filter(e -> e == epochs).count();
        assertEquals((long) Math.rint(clients * (1 - fraction)), fast);
        assertTrue(Arrays.stream(work).allMatch(e -> e >= 1 && e <= epochs));
    }

    @Test
    void partialWorkIsUniform() {
        var counts = new int[5];
        var model = new StragglerModel(0.999, 5);
        for (int e : model.draw(40_000, stream(1))) {
            counts[e - 1]++;
        }
        assertEquals(40, counts[4]);
        for (int e = 0; e < 4; e++) {
            assertEquals(9990, counts[e], 350); // four standard deviations
        }
    }

    @Test
    void uniformDrawsAreDistinctAndWeighedBySamples() {
        var problem = clients();
        int[] drawn = ClientSampling.UNIFORM.draw(problem, 3, stream(2));
        assertEquals(3, Arrays.stream(drawn).distinct().count());
        assertArrayEquals(
                new int[] {0, 1, 2, 3}, ClientSampling.UNIFORM.draw(problem, 4, stream(2)));
        assertEquals(3, ClientSampling.UNIFORM.weight(problem, 2));
    }

    @Test
    void proportionalDrawsFollowTheShares() {
        var problem = clients();
        int draws = 100_000;
        var counts = new int[4];
        for (int k : ClientSampling.PROPORTIONAL.draw(problem, draws, stream(3))) {
            counts[k]++;
        }
        for (int k = 0; k < 4; k++) {
            assertEquals((k + 1) / 10.0, (double) counts[k] / draws, 0.007);
        }
        assertEquals(1, ClientSampling.PROPORTIONAL.weight(problem, 3));
    }

    @Test
    void refusesBadInput() {
        assertRefused("fraction", () -> new StragglerModel(1, 20));
        assertRefused("fraction", () -> new StragglerModel(-0.1, 20));
        assertRefused("fraction", () -> new StragglerModel(Double.NaN, 20));
        assertRefused("epochs", () -> new StragglerModel(0.5, 1));
        assertRefused("epochs", () -> new StragglerModel(0, 0));
        assertRefused("clients", () -> new StragglerModel(0, 1).draw(0, stream(0)));
        assertRefused("count", () -> ClientSampling.UNIFORM.draw(clients(), 5, stream(0)));
        assertRefused("count", () -> ClientSampling.PROPORTIONAL.draw(clients(), 0, stream(0)));
    }
}
