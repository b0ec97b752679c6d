package org.konvergo.bench;

import java.util.List;
import java.util.stream.Stream;
import org.konvergo.problem.CutestProblem;

/** The workloads there are, in the order of the table. */
final class Workloads {
    private static final String EJML = "EJML";
    private static final String NUMPY = "NumPy";
    private static final String PYTORCH = "PyTorch";
    private static final String POT = "POT";
    private static final String SCIPY = "SciPy";

    static final List<Workload> ALL =
            Stream.of(kernels(), ElementaryFunction.all(100_000), solvers(), regressions())
                    .<Workload>flatMap(List::stream)
                    .toList();

    private Workloads() {}

    private static List<Workload> kernels() {
        return List.of(
                new Gemm(64).target(EJML, 8),
                new Gemm(256).target(EJML, 15).target(PYTORCH, 0.6),
                new Gemm(512).target(EJML, 15).target(PYTORCH, 0.6),
                new Gemm(1000).target(EJML, 15).target(PYTORCH, 0.6),
                new Gemv(256),
                new Gemv(4000).target(Triad.NAME, 0.9),
                new Dot(256),
                new Dot(4000).target(Triad.NAME, 0.9).target(Triad.READING, 0.9),
                new LogSumExpRows(1000).target("SciPy", 3));
    }

    private static List<Workload> solvers() {
        return List.of(
                new SinkhornSweeps(500, 50).target(POT, 2),
                new SinkhornSweeps(500, 250).target(POT, 2),
                new SinkhornSweeps(1000, 100).target(POT, 2),
                new SinkhornSweeps(2000, 50).target(POT, 2),
                new SinkhornLogSweeps(500, 50).target(POT, 2),
                new SinkhornNewton(200, 480).target(POT, 2),
                new SinkhornNewton(500, 250).target(POT, 2),
                new SinkhornNewton(500, 500).target(POT, 2),
                new SinkhornNewton(1000, 250).target(POT, 2),
                new SinkhornNewton(2000, 100).target(POT, 2),
                new Assignment(200),
                new Assignment(500),
                new AssignmentLp(100, 4),
                new AssignmentLp(100, 8),
                new AssignmentLp(200, 4),
                new AssignmentLp(200, 8),
                new AssignmentLp(500, 4),
                new SmoothTransport(SmoothTransport.Kind.QUADRATIC, 200, 20),
                new SmoothTransport(SmoothTransport.Kind.QUADRATIC, 500, 50),
                new SmoothTransport(SmoothTransport.Kind.SPARSE, 200, 20, 30),
                new SmoothTransport(SmoothTransport.Kind.ENTROPIC, 200, 0.05),
                new SmoothTransport(SmoothTransport.Kind.ENTROPIC, 500, 0.05),
                new ReluTraining(40, 3, 32, 4),
                new ReluTraining(40, 3, 32, 6),
                new ReluTraining(40, 3, 128, 4),
                new PortfolioGap(200, 100, 4),
                new PortfolioGap(200, 100, 6),
                new PortfolioGap(300, 400, 4),
                new PortfolioGap(300, 400, 6),
                new EqualityConstrained("cutest", CutestProblem.all()),
                new ResidualDescent(6400),
                new ResidualDescent(25_600),
                new FederatedRounds("fedavg", 0, 300, 3).target(NUMPY, 2).target(PYTORCH, 2),
                new FederatedRounds("fedprox", 1, 300, 3).target(NUMPY, 2).target(PYTORCH, 2),
                new WaterFillingRounds(1, 5, 16).target(NUMPY, 2),
                new WaterFillingRounds(200, 5, 16).target(NUMPY, 2),
                new WaterFillingRounds(20, 20, 64).target(NUMPY, 2),
                new BirkhoffAssembly(64),
                new BirkhoffEigenvalues(32).target("SciPy", 2),
                new BirkhoffEigenvalues(64).target("SciPy", 2),
                new BirkhoffSingularValues(64).target("SciPy", 2));
    }

    private static List<Workload> regressions() {
        return List.of(
                new RidgeLogistic(2000, 100, 1, 1e-3).target(SCIPY, 2),
                new RidgeLogistic(2000, 100, 10, 1e-5).target(SCIPY, 2),
                new Lasso(1000, 500, 0.1),
                new Lasso(1000, 500, 0.01),
                new Lasso(500, 2000, 0.1),
                new Lasso(500, 2000, 0.01));
    }

    static Workload named(String name) {
        return ALL.stream()
                .filter(workload -> workload.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no workload " + name));
    }
}
