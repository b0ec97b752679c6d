package org.konvergo.federated;

import java.util.Arrays;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.random.RandomStream;

/**
 * Spreads a labelled data set over clients so that each sees few classes and sizes follow a heavy
 * tail, as Li et al. (2020) do with MNIST (1000 clients, 2 classes each). Client k gets the classes
 * k, k+1, ... modulo the number of classes; of each first {@code least} samples, then a share of
 * what is left of the class in proportion to log-normal(0, spread) numbers.
 *
 * @param clients number of clients, at least 1
 * @param classesPerClient at least 1
 * @param least samples of each of its classes that every client gets, at least 1
 * @param spread standard deviation of the sizes' logarithms, at least 0
 */
public record ClassSplit(int clients, int classesPerClient, int least, double spread) {
    /**
     * Checks the arguments.
     *
     * @param clients as above
     * @param classesPerClient as above
     * @param least as above
     * @param spread as above
     * @throws IllegalArgumentException if one is out of range
     */
    public ClassSplit {
        Require.atLeast("clients", clients, 1);
        Require.atLeast("classesPerClient", classesPerClient, 1);
        Require.atLeast("least", least, 1);
        Require.nonNegative("spread", spread);
    }

    /**
     * Spreads samples.
     *
     * @param labels class of each sample, in 0..classes-1
     * @param classes number of classes, at least classesPerClient
     * @param random stream to draw from
     * @return the samples of each client, by index; no sample twice
     * @throws IllegalArgumentException if a label is out of range or a class has too few samples
     */
    public int[][] rows(int[] labels, int classes, RandomStream random) {
        Require.notNull("labels", labels);
        Require.atLeast("classes", classes, classesPerClient);
        var rows = new int[clients][0];
        for (int c = 0; c < classes; c++) {
            int[] samples = samplesOf(c, labels, random.split("samples", c));
            int[] owners = owners(c, classes);
            int spare = samples.length - least * owners.length;
            Require.that(
                    spare >= 0,
                    "number of samples of class " + c,
                    "at least " + least * owners.length,
                    samples.length);
            var draws = random.split("sizes", c);
            var shares = new double[owners.length];
            Arrays.setAll(shares, i -> draws.logNormal(0, spread));
            double total = Kernels.sum(shares);
            int next = 0;
            for (int i = 0; i < owners.length; i++) {
                int count = least + (int) (spare * (shares[i] / total));
                int[] old = rows[owners[i]];
                int[] grown = Arrays.copyOf(old, old.length + count);
                System.arraycopy(samples, next, grown, old.length, count);
                rows[owners[i]] = grown;
                next += count;
            }
        }
        return rows;
    }

    /** The samples of a class in random order. */
    private static int[] samplesOf(int c, int[] labels, RandomStream random) {
        int[] samples =
                java.util.stream.IntStream.range(0, labels.length)
                        .filter(i -> labels[i] == c)
                        .toArray();
        int[] order = random.permutation(samples.length);
        Arrays.setAll(order, i -> samples[order[i]]);
        return order;
    }

    private int[] owners(int c, int classes) {
        return java.util.stream.IntStream.range(0, clients)
                .filter(k -> Math.floorMod(c - k, classes) < classesPerClient)
                .toArray();
    }
}
