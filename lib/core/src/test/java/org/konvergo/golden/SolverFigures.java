package org.konvergo.golden;

import static org.konvergo.golden.KernelFigures.matrix;
import static org.konvergo.golden.KernelFigures.sparse;
import static org.konvergo.golden.KernelFigures.stream;
import static org.konvergo.golden.KernelFigures.values;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.konvergo.control.BirkhoffMatrix;
import org.konvergo.control.BirkhoffPrimalDualSystem;
import org.konvergo.control.LagrangePrimalDualSystem;
import org.konvergo.control.LinearQuadraticProblem;
import org.konvergo.control.PendulumTransfer;
import org.konvergo.control.PrimalDualSystem;
import org.konvergo.federated.ClientSampling;
import org.konvergo.federated.Clients;
import org.konvergo.federated.ExactLocal;
import org.konvergo.federated.FedProx;
import org.konvergo.federated.FedProxBound;
import org.konvergo.federated.FederatedData;
import org.konvergo.federated.LocalSgd;
import org.konvergo.federated.Participation;
import org.konvergo.federated.StragglerModel;
import org.konvergo.federated.SyntheticFederatedData;
import org.konvergo.games.BestResponseDynamics;
import org.konvergo.games.InterferenceGame;
import org.konvergo.games.MultiplicativeWeights;
import org.konvergo.games.PreferenceGame;
import org.konvergo.games.PreferenceLoss;
import org.konvergo.games.Schedule;
import org.konvergo.games.TabularPreference;
import org.konvergo.games.WaterFilling;
import org.konvergo.linalg.ChebyshevLobattoGrid;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.LinearSolver;
import org.konvergo.method.BacktrackingLineSearch;
import org.konvergo.method.ConjugateGradient;
import org.konvergo.method.GradientDescent;
import org.konvergo.method.Lbfgs;
import org.konvergo.method.NewtonSolver;
import org.konvergo.method.Run;
import org.konvergo.method.Stop;
import org.konvergo.method.SubgradientMethod;
import org.konvergo.metric.BestReplyResidual;
import org.konvergo.metric.BootstrapInterval;
import org.konvergo.metric.GradientDissimilarity;
import org.konvergo.metric.LogLogSlope;
import org.konvergo.metric.WilsonInterval;
import org.konvergo.problem.BilinearGame;
import org.konvergo.problem.L1Norm;
import org.konvergo.problem.LeastSquares;
import org.konvergo.problem.LogisticRegression;
import org.konvergo.problem.MultinomialLogistic;
import org.konvergo.problem.Quadratic;
import org.konvergo.problem.Smooth;
import org.konvergo.problem.TransportProblem;
import org.konvergo.problem.TwiceSmooth;
import org.konvergo.statistics.KMeans;
import org.konvergo.transport.DualIterate;
import org.konvergo.transport.EntropicTransportDual;
import org.konvergo.transport.EntropyRegularizer;
import org.konvergo.transport.HungarianSolver;
import org.konvergo.transport.NewtonIterate;
import org.konvergo.transport.RegularizedTransportDual;
import org.konvergo.transport.RegularizedTransportSemiDual;
import org.konvergo.transport.Sinkhorn;
import org.konvergo.transport.SinkhornNewtonDense;
import org.konvergo.transport.SinkhornNewtonSparse;
import org.konvergo.transport.SquaredNormRegularizer;
import org.konvergo.transport.StabilizedSinkhorn;
import org.konvergo.transport.TransportLinearProgram;

/** Entries of problems, methods, metrics and the families. */
final class SolverFigures {
    private SolverFigures() {}

    static void addTo(Golden golden) {
        addProblems(golden);
        addMethods(golden);
        addMetrics(golden);
        addTransport(golden);
        addGames(golden);
        addPreferences(golden);
        addFederated(golden);
        addControl(golden);
    }

    private static void smooth(Golden golden, String name, Smooth f) {
        golden.add(
                name,
                () -> {
                    double[] x = stream(name).gaussians(f.dimension());
                    var gradient = new double[x.length];
                    f.gradient(x, gradient);
                    var product = new double[x.length];
                    if (f instanceof TwiceSmooth twice) {
                        twice.hessianVector(x, gradient, product);
                    }
                    return Golden.join(new double[] {f.value(x)}, gradient, product);
                });
    }

    private static Quadratic quadratic(int n) {
        var a = matrix(n, n, "quadratic");
        var b = new DMatrixRMaj(n, n);
        Kernels.gemmTransA(a, a, b);
        CommonOps_DDRM.scale(1 / CommonOps_DDRM.elementMaxAbs(b), b);
        return new Quadratic(b, values(n, "b"));
    }

    private static LogisticRegression logistic() {
        double[] labels = stream("labels").uniforms(40);
        Arrays.setAll(labels, i -> labels[i] < 0.5 ? -1 : 1);
        return new LogisticRegression(matrix(40, 6, "features"), labels, 0.01);
    }

    private static MultinomialLogistic multinomial(int rows, int index) {
        var labels = new int[rows];
        Arrays.setAll(labels, i -> (i + index) % 3);
        return new MultinomialLogistic(matrix(rows, 4, "features " + index), labels, 3);
    }

    private static void addProblems(Golden golden) {
        smooth(golden, "Quadratic", quadratic(9));
        smooth(golden, "LogisticRegression", logistic());
        smooth(golden, "MultinomialLogistic", multinomial(20, 0));
        var least = new LeastSquares(matrix(20, 6, "a"), values(20, "b"));
        smooth(golden, "LeastSquares", least);
        golden.add(
                "LeastSquares.prox",
                () -> {
                    var result = new double[6];
                    least.prox(0.3, values(6, "x"), result);
                    return result;
                });
        golden.add(
                "L1Norm.prox",
                () -> {
                    double[] x = values(40, "x");
                    new L1Norm(0.4).prox(0.5, x, x);
                    return x;
                });
        golden.add(
                "BilinearGame",
                () -> {
                    var game = new BilinearGame(matrix(4, 6, "a"), values(4, "b"), values(6, "c"));
                    var result = new double[10];
                    game.operator().apply(values(10, "z"), result);
                    return result;
                });
    }

    private static void addMethods(Golden golden) {
        golden.method(
                "GradientDescent",
                30,
                (double[] x) -> x,
                () -> new GradientDescent(logistic(), 0.02, new double[6]));
        golden.method(
                "ConjugateGradient",
                15,
                s -> Golden.join(s.x(), new double[] {s.relativeResidual()}),
                () -> ConjugateGradient.plain(sparse(40), values(40, "b")));
        golden.method(
                "ConjugateGradient with a preconditioner",
                15,
                s -> Golden.join(s.x(), new double[] {s.relativeResidual()}),
                () -> new ConjugateGradient(sparse(40), values(40, "b"), sparse(40).diagonal()));
        golden.add(
                "Run to a tolerance",
                () -> {
                    var f = quadratic(5);
                    var trace =
                            Run.of(new GradientDescent(f, 0.5, new double[5]))
                                    .measure("value", f::value)
                                    .every(3)
                                    .stop(Stop.below("value", -1e3).or(Stop.iterations(60)))
                                    .start();
                    return Golden.join(
                            trace.values("value"),
                            Arrays.stream(trace.iterations()).asDoubleStream().toArray());
                });
        golden.add(
                "BacktrackingLineSearch",
                () -> {
                    var f = logistic();
                    var x = new double[6];
                    var gradient = new double[6];
                    f.gradient(x, gradient);
                    double slope = -Kernels.dot(gradient, gradient);
                    var found =
                            BacktrackingLineSearch.HALVING.search(
                                    t -> {
                                        double[] y = x.clone();
                                        Kernels.axpy(-t, gradient, y);
                                        return f.value(y);
                                    },
                                    f.value(x),
                                    slope);
                    return new double[] {found.step(), found.value(), found.trials()};
                });
    }

    private static void addMetrics(Golden golden) {
        golden.add(
                "BootstrapInterval",
                () -> {
                    var i = BootstrapInterval.ofMedian(values(31, "x"), 0.95, 200, stream("boot"));
                    return new double[] {i.median(), i.low(), i.high()};
                });
        golden.add(
                "WilsonInterval",
                () -> {
                    var i = WilsonInterval.of(7, 23);
                    return new double[] {i.low(), i.high()};
                });
        golden.add(
                "LogLogSlope",
                () -> {
                    double[] x = KernelFigures.positive(20, "x");
                    var s = LogLogSlope.of(x, KernelFigures.positive(20, "y"));
                    return new double[] {s.slope(), s.intercept(), s.standardError()};
                });
        golden.add(
                "GradientDissimilarity",
                () -> {
                    double[][] gradients = {values(8, "a"), values(8, "b"), values(8, "c")};
                    var d = GradientDissimilarity.of(gradients, new double[] {0.2, 0.3, 0.5});
                    return new double[] {d.dissimilarity(), d.variance(), d.gradientNorm()};
                });
    }

    private static EntropicTransportDual transport(int n, int m, double eta) {
        var random = stream("transport");
        var rows = new double[n];
        var cols = new double[m];
        Arrays.fill(rows, 3);
        Arrays.fill(cols, 3);
        return new EntropicTransportDual(
                new TransportProblem(
                        new DMatrixRMaj(n, m, true, random.uniforms(n * m)),
                        random.dirichlet(rows),
                        random.dirichlet(cols)),
                eta);
    }

    private static double[] dual(DualIterate s) {
        return Golden.join(s.potentials(), new double[] {s.error()});
    }

    private static void addTransport(Golden golden) {
        var limited =
                new RegularizedTransportSemiDual(
                        transport(8, 7, 1).problem(), new SquaredNormRegularizer(1, 3));
        smooth(golden, "RegularizedTransportSemiDual with a limit", limited);
        smooth(
                golden,
                "RegularizedTransportDual with entropy",
                new RegularizedTransportDual(
                        transport(7, 6, 1).problem(), new EntropyRegularizer(0.5)));
        golden.method(
                "Lbfgs",
                25,
                s -> Golden.join(s.x(), new double[] {s.value()}),
                () -> new Lbfgs(limited.negated(), 5, new double[8]));
        golden.method(
                "SubgradientMethod",
                40,
                SubgradientMethod.State::x,
                () -> new SubgradientMethod(limited.negated(), 0.3, new double[8]));
        golden.add(
                "TransportLinearProgram",
                () -> TransportLinearProgram.solve(transport(9, 7, 1).problem()).plan().data);
        golden.add(
                "KMeans",
                () -> {
                    var found = KMeans.fit(matrix(60, 3, "points"), 5, stream("k-means"), 50);
                    return Golden.join(
                            found.centres().data,
                            Golden.doubles(found.labels()),
                            new double[] {found.inertia()});
                });
        smooth(golden, "EntropicTransportDual", transport(7, 9, 8));
        golden.method(
                "Sinkhorn", 20, SolverFigures::dual, () -> new Sinkhorn(transport(11, 13, 30)));
        golden.method(
                "StabilizedSinkhorn",
                20,
                SolverFigures::dual,
                () -> new StabilizedSinkhorn(transport(11, 13, 300)));
        golden.method(
                "SinkhornNewtonDense",
                10,
                (NewtonIterate s) -> Golden.join(dual(s), new double[] {s.stepLength()}),
                () -> new SinkhornNewtonDense(transport(9, 12, 40), 4));
        golden.method(
                "SinkhornNewtonSparse",
                12,
                (NewtonIterate s) -> Golden.join(dual(s), s.plan().data),
                () -> new SinkhornNewtonSparse(transport(12, 12, 60), 5, 50));
        golden.add(
                "HungarianSolver",
                () -> {
                    var found = HungarianSolver.solve(matrix(12, 12, "cost"));
                    return Golden.join(
                            Golden.doubles(found.columns()),
                            found.rowPotentials(),
                            found.columnPotentials(),
                            new double[] {found.cost(), found.gap()});
                });
    }

    private static InterferenceGame interference() {
        var random = stream("gains");
        var gains = new double[4][4][6];
        for (int r = 0; r < 4; r++) {
            for (int q = 0; q < 4; q++) {
                for (int k = 0; k < 6; k++) {
                    gains[r][q][k] = random.exponential() * (r == q ? 1 : 0.2);
                }
            }
        }
        return new InterferenceGame(gains, 0.1, new double[] {1, 1, 2, 0.5});
    }

    private static void addGames(Golden golden) {
        golden.add(
                "WaterFilling", () -> WaterFilling.of(KernelFigures.positive(15, "x"), 2).power());
        golden.add(
                "InterferenceGame",
                () -> {
                    var game = interference();
                    double[][] profile = game.uniform();
                    return Golden.join(
                            game.interferenceMatrix().data,
                            game.bestReply(1, profile),
                            game.noisyReply(2, profile, 0.1, stream("noise")),
                            new double[] {
                                game.payoff(0, profile), BestReplyResidual.of(game, profile)
                            });
                });
        Schedule[] schedules = {
            new Schedule.Simultaneous(),
            new Schedule.Sequential(),
            new Schedule.Asynchronous(3, 0.5)
        };
        for (var schedule : schedules) {
            golden.method(
                    "BestResponseDynamics " + schedule.getClass().getSimpleName(),
                    20,
                    (BestResponseDynamics.State s) -> Golden.join(s.profile()),
                    () ->
                            new BestResponseDynamics(
                                            interference(),
                                            schedule,
                                            interference().uniform(),
                                            stream("schedule"))
                                    .withDamping(0.9));
        }
    }

    private static void addPreferences(Golden golden) {
        var scores = new DMatrixRMaj(12, 12);
        double[] rewards = values(12, "rewards");
        double[] noise = values(144, "scores");
        for (int i = 0; i < 12; i++) {
            for (int j = 0; j < i; j++) {
                double score = noise[12 * i + j] + rewards[i] - rewards[j];
                scores.set(i, j, score);
                scores.set(j, i, -score);
            }
        }
        var game = PreferenceGame.ofScores(scores);
        golden.add(
                "PreferenceGame",
                () ->
                        Golden.join(
                                game.preferences().data,
                                game.winRates(game.uniform()),
                                game.solveNash(),
                                new double[] {
                                    game.nashGap(game.uniform()),
                                    game.winRate(game.solveNash(), game.uniform())
                                }));
        golden.method(
                "MultiplicativeWeights",
                30,
                (MultiplicativeWeights.State s) ->
                        Golden.join(
                                s.policy(), s.logPolicy(), s.average(), new double[] {s.rounds()}),
                () ->
                        MultiplicativeWeights.selfPlay(
                                game, MultiplicativeWeights.step(game.size(), 30)));
        for (var loss : PreferenceLoss.values()) {
            smooth(
                    golden,
                    "TabularPreference " + loss,
                    new TabularPreference(loss, 1.5, values(9, "reference"), 2, 5));
        }
    }

    private static void addFederated(Golden golden) {
        var clients = new ArrayList<MultinomialLogistic>();
        for (int k = 0; k < 5; k++) {
            clients.add(multinomial(8 + 3 * k, k));
        }
        var problem = new Clients(clients);
        var stragglers = new StragglerModel(0.4, 3);
        var weighted = new Participation(3, ClientSampling.PROPORTIONAL, stragglers, true);
        golden.method(
                "FedProx",
                6,
                FedProx.State::model,
                () ->
                        FedProx.of(
                                problem,
                                new LocalSgd(0.1, 4),
                                0.5,
                                Participation.of(4, stragglers),
                                stream("fedprox")));
        golden.method(
                "FedProx with weighted sampling",
                6,
                FedProx.State::model,
                () -> FedProx.of(problem, new LocalSgd(0.1, 4), 0, weighted, stream("fedprox")));
        golden.method(
                "FedAvg",
                6,
                FedProx.State::model,
                () ->
                        FedProx.fedAvg(
                                problem,
                                new LocalSgd(0.1, 4),
                                Participation.of(4, stragglers),
                                stream("fedavg")));
        var squares =
                new Clients(
                        List.of(
                                new LeastSquares(matrix(9, 4, "first"), values(9, "b")),
                                new LeastSquares(matrix(12, 4, "second"), values(12, "b"))));
        golden.method(
                "FedProx with exact replies",
                6,
                FedProx.State::model,
                () ->
                        FedProx.of(
                                squares,
                                new ExactLocal(),
                                1,
                                Participation.of(2, new StragglerModel(0, 1)),
                                stream("exact")));
        golden.add(
                "SyntheticFederatedData",
                () -> {
                    FederatedData data =
                            new SyntheticFederatedData(1, 1, false, 3, 20).generate(stream("data"));
                    double[] w = stream("model").gaussians(data.dimension());
                    var gradient = new double[w.length];
                    data.gradient(w, gradient);
                    return Golden.join(
                            new double[] {
                                data.value(w), data.trainAccuracy(w), data.testAccuracy(w)
                            },
                            gradient);
                });
        golden.add("FedProxBound", () -> new double[] {FedProxBound.exact(3, 1.2, 0.7).rho()});
    }

    private static void addControl(Golden golden) {
        for (var side : BirkhoffMatrix.Side.values()) {
            golden.add(
                    "BirkhoffMatrix " + side,
                    () -> {
                        var b = new BirkhoffMatrix(new ChebyshevLobattoGrid(9), side);
                        return Golden.join(b.apply(values(10, "x")), b.toMatrix().data);
                    });
        }
        var pendulum = new PendulumTransfer(4, new double[2], new double[] {2, 0}, 50);
        var linear =
                LinearQuadraticProblem.withControlWeight(
                        new DMatrixRMaj(new double[][] {{0, 20}, {-20, -2}}),
                        new DMatrixRMaj(new double[][] {{0}, {1}}),
                        10,
                        4,
                        1,
                        0);
        DoubleFunction<double[]> target = angle -> new double[] {angle, 0};
        newton(
                golden,
                "BirkhoffPrimalDualSystem",
                new BirkhoffPrimalDualSystem(pendulum, 8),
                target);
        newton(
                golden,
                "LagrangePrimalDualSystem",
                new LagrangePrimalDualSystem(pendulum, 8),
                target);
        newton(golden, "LinearQuadraticProblem", new BirkhoffPrimalDualSystem(linear, 9), target);
    }

    /** Newton's method on a control problem, and the figures of its end. */
    private static void newton(
            Golden golden, String name, PrimalDualSystem system, DoubleFunction<double[]> target) {
        golden.method(
                "NewtonSolver on " + name,
                4,
                (NewtonSolver.State s) -> Golden.join(s.z(), s.residual()),
                () ->
                        new NewtonSolver(
                                system, LinearSolver.lu(), system.straightStart(target.apply(2))));
        golden.add(
                name,
                () -> {
                    double[] z = system.straightStart(target.apply(1.5));
                    return Golden.join(
                            system.times(),
                            system.hamiltonian(z),
                            new double[] {system.cost(z)},
                            system.jacobian(z).data);
                });
    }
}
