package org.konvergo.golden;

import static org.konvergo.golden.KernelFigures.matrix;
import static org.konvergo.golden.KernelFigures.stream;
import static org.konvergo.golden.KernelFigures.values;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.games.MonotonicityMargin;
import org.konvergo.games.QuadraticGame;
import org.konvergo.games.SmallGainCertificate;
import org.konvergo.games.SoftmaxFisher;
import org.konvergo.games.SoftmaxPolicyGame;
import org.konvergo.games.StabilityThreshold;
import org.konvergo.games.TabularMarkovGame;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.SingularValues;
import org.konvergo.linalg.SymmetricEigendecomposition;
import org.konvergo.linalg.SymmetricMatrixFunctions;
import org.konvergo.method.GradientDescent;
import org.konvergo.metric.PrincipalAngles;
import org.konvergo.problem.DeepLinearNetwork;
import org.konvergo.transport.BuresWasserstein;

/** Entries of gradient play, of matrices beneath it and of deep linear networks. */
final class GameFigures {
    private GameFigures() {}

    /** G G' of a Gaussian G of so many columns. */
    static DMatrixRMaj positive(int n, int rank, String name) {
        var a = new DMatrixRMaj(n, n);
        Kernels.syrk(new DMatrixRMaj(n, rank, true, stream(name).gaussians(n * rank)), a);
        return a;
    }

    private static QuadraticGame quadratic() {
        return QuadraticGame.twoPlayers(
                positive(3, 5, "q1"),
                matrix(3, 4, "a12"),
                positive(4, 6, "q2"),
                matrix(4, 3, "a21"));
    }

    private static SoftmaxPolicyGame markov() {
        var random = stream("markov");
        var transitions = new double[3][6][];
        for (double[][] state : transitions) {
            for (int a = 0; a < 6; a++) {
                state[a] = random.dirichlet(1, 1, 1);
            }
        }
        var rewards = new double[2][3][];
        for (double[][] player : rewards) {
            for (int s = 0; s < 3; s++) {
                player[s] = random.gaussians(6);
            }
        }
        var start = random.dirichlet(1, 1, 1);
        return new SoftmaxPolicyGame(
                new TabularMarkovGame(new int[] {2, 3}, transitions, rewards, 0.8, start), 0.5);
    }

    static void addTo(Golden golden) {
        for (int n : new int[] {1, 2, 9, 20}) {
            golden.add(
                    "SymmetricEigendecomposition n=" + n,
                    () -> {
                        var eigen = SymmetricEigendecomposition.of(positive(n, n / 2 + 1, "s"));
                        return Golden.join(eigen.values(), eigen.vectors().data);
                    });
        }
        golden.add(
                "SymmetricMatrixFunctions",
                () -> {
                    var a = positive(7, 4, "a");
                    return Golden.join(
                            SymmetricMatrixFunctions.sqrt(a).data,
                            SymmetricMatrixFunctions.inverseSqrt(a, 1e-13).data,
                            SymmetricMatrixFunctions.apply(a, x -> x * x).data);
                });
        golden.add(
                "SmallGainCertificate",
                () -> {
                    var certificate = SmallGainCertificate.of(quadratic());
                    double[] w = certificate.bestWeights();
                    var band = certificate.band(certificate.bestMargin() - 1).orElseThrow();
                    return Golden.join(
                            w,
                            new double[] {
                                certificate.margin(w), certificate.gain(), band.low(), band.high()
                            });
                });
        golden.add(
                "MonotonicityMargin",
                () -> {
                    var game = quadratic();
                    var plain = MonotonicityMargin.of(game.jacobian());
                    var metric = positive(7, 9, "metric");
                    var general = MonotonicityMargin.of(game.jacobian(), metric);
                    return new double[] {
                        plain.margin(), plain.lipschitz(), general.margin(), general.lipschitz()
                    };
                });
        golden.add(
                "StabilityThreshold",
                () -> {
                    var j = quadratic().jacobian();
                    for (int i = 0; i < j.numRows; i++) {
                        j.add(i, i, 40);
                    }
                    return new double[] {
                        StabilityThreshold.EULER.of(j),
                        StabilityThreshold.RUNGE_KUTTA_4.of(j),
                        StabilityThreshold.RUNGE_KUTTA_4.radius(j, 0.01)
                    };
                });
        golden.add(
                "TabularMarkovGame",
                () -> {
                    var game = markov();
                    double[] theta = stream("theta").gaussians(game.dimension());
                    var profile = game.policies(theta);
                    var slope = new double[theta.length];
                    game.apply(theta, slope);
                    return Golden.join(
                            game.game().occupancy(profile),
                            game.game().actionValues(1, profile).data,
                            slope);
                });
        golden.add(
                "SoftmaxFisher",
                () -> {
                    var game = markov();
                    double[] theta = stream("theta").gaussians(game.dimension());
                    var policy = game.policies(theta)[1];
                    return Golden.join(
                            SoftmaxFisher.whitening(policy, 1e-9).data,
                            SoftmaxFisher.naturalGradient(policy, values(9, "gradient")),
                            game.inFisherMetric(theta, 1e-4, 1e-9).jacobian().data);
                });
        golden.add("SingularValues", () -> SingularValues.of(matrix(6, 4, "a")));
        golden.add(
                "PrincipalAngles",
                () -> {
                    var u = new DMatrixRMaj(7, 3, true, stream("u").gaussians(21));
                    var v = new DMatrixRMaj(7, 2, true, stream("v").gaussians(14));
                    return PrincipalAngles.of(u, v);
                });
        golden.add(
                "BuresWasserstein",
                () -> {
                    var bures = new BuresWasserstein(positive(5, 8, "target"));
                    var s = positive(5, 7, "s");
                    var w = new DMatrixRMaj(5, 2, true, stream("w").gaussians(10));
                    return Golden.join(
                            new double[] {bures.squaredDistance(s), bures.loss(0).value(w)},
                            bures.transportMap(s).data,
                            bures.loss(0).gradient(w).data,
                            bures.loss(0.1).gradient(w).data);
                });
        golden.method(
                "GradientDescent of a deep linear network",
                20,
                (double[] x) -> x,
                () -> {
                    var network = new DeepLinearNetwork(4, 3, 5);
                    var bures = new BuresWasserstein(positive(5, 8, "target"));
                    var start = new DMatrixRMaj(5, 4, true, stream("w").gaussians(20));
                    return new GradientDescent(
                            network.problem(bures.loss(0.1)), 0.01, network.balanced(start));
                });
    }
}
