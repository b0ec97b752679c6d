package org.konvergo.federated;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.problem.FederatedProblem;
import org.konvergo.problem.FiniteSum;
import org.konvergo.problem.MultinomialLogistic;
import org.konvergo.random.RandomStream;

/**
 * Labelled samples spread over clients, to be fitted by multinomial logistic regression with
 * intercepts. As a problem it is the training loss.
 *
 * @param train training samples, one problem a client
 * @param test test samples, one problem a client, in the same order
 */
public record FederatedData(List<MultinomialLogistic> train, List<MultinomialLogistic> test)
        implements FederatedProblem {
    /**
     * Checks the arguments.
     *
     * @param train as above
     * @param test as above
     * @throws IllegalArgumentException if there is no client, or the clients' models differ in
     *     dimension
     */
    public FederatedData {
        train = List.copyOf(Require.notNull("train", train));
        test = List.copyOf(Require.notNull("test", test));
        Require.atLeast("number of clients", train.size(), 1);
        Require.that(test.size() == train.size(), "test", train.size() + " clients", test.size());
        int n = train.get(0).dimension();
        for (int k = 0; k < train.size(); k++) {
            Require.that(
                    train.get(k).dimension() == n && test.get(k).dimension() == n,
                    "client " + k,
                    "of dimension " + n,
                    train.get(k).dimension() + " and " + test.get(k).dimension());
        }
    }

    /**
     * Gives each client some rows of a data set, a share of them for training: the first
     * floor(share * rows) in a random order.
     *
     * @param features m x n, one row a sample
     * @param labels of length m, each in 0..classes-1
     * @param classes number of classes, at least 2
     * @param rows rows of each client, at least 2 a client
     * @param trainShare in (0, 1)
     * @param random stream for the order
     * @return the data, copied
     * @throws IllegalArgumentException if an argument is out of range or a client has too few rows
     *     for both parts
     */
    public static FederatedData split(
            DMatrixRMaj features,
            int[] labels,
            int classes,
            int[][] rows,
            double trainShare,
            RandomStream random) {
        Require.notNull("features", features);
        Require.notNull("labels", labels);
        Require.notNull("rows", rows);
        Require.that(trainShare > 0 && trainShare < 1, "trainShare", "in (0, 1)", trainShare);
        var train = new ArrayList<MultinomialLogistic>();
        var test = new ArrayList<MultinomialLogistic>();
        for (int k = 0; k < rows.length; k++) {
            int count = rows[k].length;
            int cut = (int) (trainShare * count);
            Require.that(
                    cut >= 1 && cut < count,
                    "rows[" + k + "]",
                    "enough for training and test",
                    count + " rows");
            int[] order = random.split("order", k).permutation(count);
            for (int i = 0; i < count; i++) {
                order[i] = rows[k][order[i]];
            }
            train.add(select(features, labels, classes, Arrays.copyOf(order, cut)));
            test.add(select(features, labels, classes, Arrays.copyOfRange(order, cut, count)));
        }
        return new FederatedData(train, test);
    }

    private static MultinomialLogistic select(
            DMatrixRMaj features, int[] labels, int classes, int[] rows) {
        int n = features.numCols;
        var chosen = new DMatrixRMaj(rows.length, n + 1);
        var chosenLabels = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            Require.index("row", rows[i], features.numRows);
            System.arraycopy(features.data, rows[i] * n, chosen.data, i * (n + 1), n);
            chosen.data[i * (n + 1) + n] = 1;
            chosenLabels[i] = labels[rows[i]];
        }
        return new MultinomialLogistic(chosen, chosenLabels, classes);
    }

    @Override
    public int clients() {
        return train.size();
    }

    @Override
    public FiniteSum client(int k) {
        return train.get(Require.index("k", k, train.size()));
    }

    /**
     * Accuracy over all training samples.
     *
     * @param w model
     * @return in [0, 1]
     */
    public double trainAccuracy(double[] w) {
        return accuracy(train, w);
    }

    /**
     * Accuracy over all test samples.
     *
     * @param w model
     * @return in [0, 1]
     */
    public double testAccuracy(double[] w) {
        return accuracy(test, w);
    }

    private static double accuracy(List<MultinomialLogistic> parts, double[] w) {
        long correct = 0;
        long count = 0;
        for (var part : parts) {
            correct += part.correct(w);
            count += part.terms();
        }
        return (double) correct / count;
    }
}
