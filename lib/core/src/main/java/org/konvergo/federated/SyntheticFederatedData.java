package org.konvergo.federated;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.random.RandomStream;

/**
 * The data sets Synthetic(alpha, beta) of Shamir, Srebro and Zhang (2014) as Li et al. (2020,
 * section 5.1) generate them: 60 features, 10 classes. Client k labels its samples by its own
 * linear model argmax(W_k x + b_k), whose entries have mean u_k ~ N(0, alpha^2) and variance 1; its
 * features are Gaussian about a point v_k, whose entries have mean B_k ~ N(0, beta^2) and variance
 * 1, with covariance diag(j^-1.2). Alpha says how much the models differ, beta how much the
 * features do. The number of samples is log-normal(4, 2), rounded down, plus 50; nine tenths are
 * for training.
 *
 * @param alpha standard deviation of the models' means, at least 0
 * @param beta standard deviation of the features' means, at least 0
 * @param identical true: one model for all clients and features about 0; alpha and beta play no
 *     role
 * @param clients number of clients, at least 1
 * @param cap largest number of samples a client, at least 20
 */
public record SyntheticFederatedData(
        double alpha, double beta, boolean identical, int clients, int cap) {
    /** Number of features, the intercept apart. */
    public static final int FEATURES = 60;

    /** Number of classes. */
    public static final int CLASSES = 10;

    /** Number of clients in the paper. */
    public static final int CLIENTS = 30;

    private static final double TRAIN_SHARE = 0.9;

    /**
     * Checks the arguments.
     *
     * @param alpha as above
     * @param beta as above
     * @param identical as above
     * @param clients as above
     * @param cap as above
     * @throws IllegalArgumentException if one is out of range
     */
    public SyntheticFederatedData {
        Require.nonNegative("alpha", alpha);
        Require.nonNegative("beta", beta);
        Require.atLeast("clients", clients, 1);
        Require.atLeast("cap", cap, 20);
    }

    /**
     * Synthetic(alpha, beta) with 30 clients of uncapped size.
     *
     * @param alpha standard deviation of the models' means, at least 0
     * @param beta standard deviation of the features' means, at least 0
     * @return the generator
     */
    public static SyntheticFederatedData heterogeneous(double alpha, double beta) {
        return new SyntheticFederatedData(alpha, beta, false, CLIENTS, Integer.MAX_VALUE);
    }

    /**
     * Synthetic-IID with 30 clients of uncapped size: one model, one distribution.
     *
     * @return the generator
     */
    public static SyntheticFederatedData iid() {
        return new SyntheticFederatedData(0, 0, true, CLIENTS, Integer.MAX_VALUE);
    }

    /**
     * The same distribution with a limit on the clients' sizes.
     *
     * @param largest number of samples, at least 20
     * @return the generator
     */
    public SyntheticFederatedData capped(int largest) {
        return new SyntheticFederatedData(alpha, beta, identical, clients, largest);
    }

    /**
     * Draws a data set. Each client draws from streams of its own, so that generators with the same
     * stream give the clients the same sizes.
     *
     * @param random stream that is split; nothing is drawn from it directly
     * @return samples of all clients
     */
    public FederatedData generate(RandomStream random) {
        Require.notNull("random", random);
        var sizes = new int[clients];
        for (int k = 0; k < clients; k++) {
            double drawn = random.split("size", k).logNormal(4, 2);
            sizes[k] = (int) Math.min(cap, Math.floor(drawn) + 50);
        }
        int total = Arrays.stream(sizes).sum();
        var features = new DMatrixRMaj(total, FEATURES);
        var labels = new int[total];
        var rows = new int[clients][];
        for (int k = 0, from = 0; k < clients; from += sizes[k++]) {
            rows[k] = java.util.stream.IntStream.range(from, from + sizes[k]).toArray();
            fill(k, random, features, labels, rows[k]);
        }
        return FederatedData.split(
                features, labels, CLASSES, rows, TRAIN_SHARE, random.split("split", 0));
    }

    /**
     * Variances of the features about the client's point.
     *
     * @return j^-1.2 for j = 1..60
     */
    public static double[] featureVariances() {
        var variances = new double[FEATURES];
        Arrays.setAll(variances, j -> StrictMath.pow(j + 1, -1.2));
        return variances;
    }

    /**
     * The model by which a client labels its samples.
     *
     * @param client its number
     * @param random the stream given to {@link #generate}
     * @return classes x 61, the intercepts in the last column
     * @throws IllegalArgumentException if there is no such client
     */
    public DMatrixRMaj teacher(int client, RandomStream random) {
        Require.index("client", client, clients);
        var draws = random.split("teacher", identical ? 0 : client);
        double mean = identical ? 0 : alpha * draws.gaussian();
        var w = new DMatrixRMaj(CLASSES, FEATURES + 1);
        Arrays.setAll(w.data, i -> mean + draws.gaussian());
        return w;
    }

    private void fill(
            int client, RandomStream random, DMatrixRMaj features, int[] labels, int[] rows) {
        var draws = random.split("features", client);
        double[] point = new double[FEATURES];
        if (!identical) {
            double mean = beta * draws.gaussian();
            Arrays.setAll(point, j -> mean + draws.gaussian());
        }
        double[] variances = featureVariances();
        var teacher = teacher(client, random);
        int width = FEATURES + 1;
        for (int i : rows) {
            for (int j = 0; j < FEATURES; j++) {
                features.set(i, j, Math.fma(Math.sqrt(variances[j]), draws.gaussian(), point[j]));
            }
            double best = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < CLASSES; c++) {
                double score =
                        Kernels.dot(features.data, i * FEATURES, teacher.data, c * width, FEATURES)
                                + teacher.get(c, FEATURES);
                if (score > best) {
                    best = score;
                    labels[i] = c;
                }
            }
        }
    }
}
