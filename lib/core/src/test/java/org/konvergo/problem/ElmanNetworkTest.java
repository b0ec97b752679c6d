package org.konvergo.problem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.linalg.Kernels;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

class ElmanNetworkTest {
    private static RandomStream random(String name) {
        return new RandomStreams(3).stream(name, 0);
    }

    private static List<DMatrixRMaj> sequences(int length, int inputs, int count) {
        var stream = random("sequences");
        return Stream.generate(() -> RandomMatrices.gaussian(inputs, count, stream))
                .limit(length)
                .toList();
    }

    @Test
    void oneUnitByHand() {
        var network = new ElmanNetwork(1, 1);
        double[] p = {0.5, 2, -0.1};
        var input =
                List.of(
                        new DMatrixRMaj(new double[][] {{1, 0}}),
                        new DMatrixRMaj(new double[][] {{-1, 1}}));
        var last = network.run(p, input).last();
        double h = StrictMath.tanh(2 - 0.1);
        assertEquals(StrictMath.tanh(0.5 * h - 2 - 0.1), last.get(0, 0), 1e-15);
        h = StrictMath.tanh(-0.1);
        assertEquals(StrictMath.tanh(0.5 * h + 2 - 0.1), last.get(0, 1), 1e-15);
        assertEquals(3, network.dimension());
    }

    @Test
    void backwardAgreesWithDifferences() {
        var network = new ElmanNetwork(2, 5);
        double[] p = network.initial(random("parameters"));
        for (int length : new int[] {1, 2, 9}) {
            var input = sequences(length, 2, 7);
            var weight = RandomMatrices.gaussian(5, 7, random("weight"));
            var gradient = new double[network.dimension()];
            network.backward(p, network.run(p, input), weight, gradient);
            for (int i = 0; i < p.length; i++) {
                double[] at = p.clone();
                at[i] += 1e-5;
                double up = Kernels.dot(network.run(at, input).last().data, weight.data);
                at[i] = p[i] - 1e-5;
                double down = Kernels.dot(network.run(at, input).last().data, weight.data);
                assertEquals((up - down) / 2e-5, gradient[i], 1e-8);
            }
        }
    }

    /** Each column is on its own: two runs beside each other are one run. */
    @Test
    void columnsAreIndependent() {
        var network = new ElmanNetwork(1, 4);
        double[] p = network.initial(random("parameters"));
        var both = sequences(6, 1, 2);
        var first = both.stream().map(s -> new DMatrixRMaj(1, 1, true, s.data[0])).toList();
        var all = network.run(p, both).last();
        var alone = network.run(p, first).last();
        for (int i = 0; i < 4; i++) {
            assertEquals(alone.data[i], all.get(i, 0));
        }
    }

    @Test
    void startHasNoBias() {
        var network = new ElmanNetwork(3, 40);
        double[] p = network.initial(random("start"));
        double recurrent = 0;
        for (int k = 0; k < p.length; k++) {
            if (k % 44 == 43) {
                assertEquals(0, p[k]);
            } else if (k % 44 < 40) {
                recurrent += p[k] * p[k];
            }
        }
        assertEquals(1, recurrent / 40, 0.1);
        assertArrayEquals(p, network.initial(random("start")));
    }

    @Test
    void badArgumentsAreRefused() {
        Rejects.bad(() -> new ElmanNetwork(0, 3), "inputs");
        Rejects.bad(() -> new ElmanNetwork(1, 0), "hidden");
        var network = new ElmanNetwork(1, 3);
        var p = new double[network.dimension()];
        var input = sequences(2, 1, 4);
        Rejects.bad(() -> network.run(new double[2], input), "parameters", "length 15");
        Rejects.bad(() -> network.run(p, List.of()), "length of sequences");
        Rejects.bad(() -> network.run(p, sequences(2, 2, 4)), "sequences[0]");
        var states = network.run(p, input);
        Rejects.bad(
                () -> network.backward(p, states, new DMatrixRMaj(3, 5), new double[15]), "byLast");
        Rejects.bad(
                () -> network.backward(p, states, new DMatrixRMaj(3, 4), new double[3]),
                "gradient");
        Rejects.bad(
                () -> network.backward(p, null, new DMatrixRMaj(3, 4), new double[15]), "states");
    }
}
