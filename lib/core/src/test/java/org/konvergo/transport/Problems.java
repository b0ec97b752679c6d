package org.konvergo.transport;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.problem.TransportProblem;
import org.konvergo.random.RandomStreams;

/** Problems that the tests of this package share. */
final class Problems {
    static final DMatrixRMaj SWAP = new DMatrixRMaj(new double[][] {{0, 1}, {1, 0}});

    private Problems() {}

    static double[] uniform(int n) {
        var r = new double[n];
        Arrays.fill(r, 1.0 / n);
        return r;
    }

    static EntropicTransportDual dual(DMatrixRMaj cost, double eta) {
        return new EntropicTransportDual(
                new TransportProblem(cost, uniform(cost.numRows), uniform(cost.numCols)), eta);
    }

    /** Costs uniform in [0, 1], uniform marginals. */
    static EntropicTransportDual randomAssignment(int n, double eta, long seed) {
        return dual(random(n, n, seed), eta);
    }

    /** A rectangular problem with random costs and marginals. */
    static EntropicTransportDual rectangular(int n, int m, double eta, long seed) {
        var random = new RandomStreams(seed).stream("marginals", 0);
        var ones = new double[Math.max(n, m)];
        Arrays.fill(ones, 3);
        return new EntropicTransportDual(
                new TransportProblem(
                        random(n, m, seed),
                        random.dirichlet(Arrays.copyOf(ones, n)),
                        random.dirichlet(Arrays.copyOf(ones, m))),
                eta);
    }

    static DMatrixRMaj random(int n, int m, long seed) {
        return new DMatrixRMaj(
                n, m, true, new RandomStreams(seed).stream("cost", 0).uniforms(n * m));
    }

    /** Costs (3i + 5j^2 + 1) mod 11 / 10, as in the reference computed with POT. */
    static EntropicTransportDual reference(double eta) {
        var cost = new DMatrixRMaj(4, 5);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 5; j++) {
                cost.set(i, j, (3 * i + 5 * j * j + 1) % 11 / 10.0);
            }
        }
        return new EntropicTransportDual(
                new TransportProblem(
                        cost, new double[] {.1, .2, .3, .4}, new double[] {.3, .1, .25, .15, .2}),
                eta);
    }

    /**
     * Plan of POT 0.9.7.post1, {@code ot.sinkhorn(r, c, C, 1/5, method='sinkhorn_log',
     * stopThr=1e-15, numItermax=200000)}, for {@link #reference} with eta 5.
     */
    static final double[] POT_ETA_5 = {
        0.09345181115634718, 0.0003201022847901357, 0.0004614072377716517, 0.0024714339947533256,
        0.0032952453263377667, 0.08797898126347446, 0.00030135609537658415, 0.10629069806930201,
        0.0023266991022201145, 0.0031022654696268217, 0.09652531700693351, 0.08090249930239697,
        0.11661584595191352, 0.002552716173752552, 0.0034036215650034016, 0.022043890573244816,
        0.01847604231743629, 0.026632048741012743, 0.14264915072927412, 0.19019886763903213
    };

    /** The same with reg 1/50, for eta 50. */
    static final double[] POT_ETA_50 = {
        0.0999999999999999, 1.1696232825067613e-25, 1.624476781259393e-25, 1.2281044466321315e-24,
        1.637472595509507e-24, 0.08888888888888875, 1.039665140006006e-25, 0.11111111111111124,
        1.0916483970063349e-24, 1.455531196008445e-24, 0.09523809523809512, 0.08571428571428595,
        0.11904761904761921, 1.1696232825067834e-24, 1.559497710009043e-24, 0.015873015873015466,
        0.014285714285713938, 0.019841269841269313, 0.15000000000000027, 0.20000000000000015
    };
}
