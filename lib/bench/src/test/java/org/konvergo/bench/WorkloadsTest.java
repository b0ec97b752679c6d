package org.konvergo.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.konvergo.problem.CutestProblem;
import org.konvergo.random.RandomStreams;

/** Each workload at a tiny size: its solvers reach the measure, and the measure is what it says. */
class WorkloadsTest {
    private static final List<CutestProblem> SOME = List.of(CutestProblem.HS7, CutestProblem.HS28);
    private static final List<Workload> TINY =
            with(
                    ElementaryFunction.all(9),
                    new Gemm(5),
                    new Gemv(6),
                    new Dot(7),
                    new LogSumExpRows(4),
                    new SinkhornSweeps(6, 20),
                    new SinkhornLogSweeps(6, 20),
                    new SinkhornNewton(12, 20),
                    new Assignment(5),
                    new AssignmentLp(5, 6),
                    new SmoothTransport(SmoothTransport.Kind.QUADRATIC, 6, 1),
                    new SmoothTransport(SmoothTransport.Kind.SPARSE, 6, 1, 5),
                    new SmoothTransport(SmoothTransport.Kind.ENTROPIC, 6, 0.1),
                    new ReluTraining(8, 3, 6, 6),
                    new PortfolioGap(9, 6, 6),
                    new EqualityConstrained("some", SOME),
                    new ResidualDescent(60),
                    new FederatedRounds("fedavg", 0, 60, 1),
                    new FederatedRounds("fedprox", 1, 60, 1),
                    new WaterFillingRounds(2, 3, 4),
                    new BirkhoffAssembly(4),
                    new BirkhoffEigenvalues(4),
                    new BirkhoffSingularValues(4),
                    new RidgeLogistic(30, 4, 1, 1e-2),
                    new Lasso(20, 8, 0.1));

    private static List<Workload> with(List<? extends Workload> some, Workload... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }

    /** Every kind that is measured is tested here. */
    @Test
    void nothingIsLeftOut() {
        var tested = new HashSet<>(TINY.stream().map(Workload::kind).toList());
        assertEquals(tested, new HashSet<>(Workloads.ALL.stream().map(Workload::kind).toList()));
        var names = Workloads.ALL.stream().map(Workload::name).toList();
        assertEquals(names.size(), new HashSet<>(names).size(), "names are unique");
    }

    /** Inputs survive their files, and every solver but PyTorch reaches the measure from them. */
    @TestFactory
    Stream<DynamicTest> solversReachTheMeasure(@TempDir Path folder) {
        return TINY.stream()
                .flatMap(
                        workload ->
                                workload.solvers().keySet().stream()
                                        .filter(solver -> !solver.equals("PyTorch"))
                                        .map(solver -> test(workload, solver, folder)));
    }

    private static DynamicTest test(Workload workload, String name, Path folder) {
        return DynamicTest.dynamicTest(
                workload + " by " + name,
                () -> {
                    var random = new RandomStreams(1).stream("test " + workload, 0);
                    workload.draw(random).write(folder.resolve(workload.name()));
                    var inputs = Inputs.read(folder.resolve(workload.name()));
                    var solver = workload.solvers().get(name).apply(inputs);
                    double[] answer = solver.solveOnce().clone();
                    assertTrue(
                            workload.measure(inputs, answer) <= workload.tolerance(),
                            () -> "measure " + workload.measure(inputs, answer));
                    // A second call does the work again, to the same bits.
                    assertArrayEquals(answer, solver.solveOnce());
                });
    }

    @Test
    void productsAreJudged() {
        var a = new DMatrixRMaj(new double[][] {{1, 2}, {3, 4}});
        var gemm = new Inputs().with("a", a).with("b", a);
        assertEquals(0, new Gemm(2).measure(gemm, new double[] {7, 10, 15, 22}));
        // The probe is (1, 2): row 0 is 27 + 2, of 27.
        assertEquals(2.0 / 27, new Gemm(2).measure(gemm, new double[] {7, 11, 15, 22}), 1e-15);
        var gemv = new Inputs().with("a", a).with("x", new double[] {1, 1});
        assertEquals(0, new Gemv(2).measure(gemv, new double[] {3, 7}));
        assertEquals(1.0 / 7, new Gemv(2).measure(gemv, new double[] {3, 8}), 1e-15);
        var dot = new Inputs().with("x", new double[] {1, 2}).with("y", new double[] {3, 4});
        assertEquals(0, new Dot(2).measure(dot, new double[] {11}));
        assertEquals(1.0 / 11, new Dot(2).measure(dot, new double[] {12}), 1e-15);
    }

    @Test
    void exponentialsAreJudged() {
        var exp = new Inputs().with("x", new double[] {0, 1});
        var workload = ElementaryFunction.all(2).get(0);
        assertEquals(0, workload.measure(exp, new double[] {1, Math.E}), 2.3e-16);
        assertEquals(0.5, workload.measure(exp, new double[] {1.5, Math.E}));
        var rows = new Inputs().with("a", new DMatrixRMaj(2, 2));
        double log2 = StrictMath.log(2);
        assertEquals(0, new LogSumExpRows(2).measure(rows, new double[] {log2, log2}));
        assertEquals(0.25, new LogSumExpRows(2).measure(rows, new double[] {log2, log2 - 0.25}));
    }

    @Test
    void transportIsJudged() {
        var inputs =
                new Inputs()
                        .with("cost", new DMatrixRMaj(2, 2))
                        .with("weights", new double[] {0.5, 0.5})
                        .with("eta", 2);
        var workload = new SinkhornSweeps(2, 2);
        // All entries are 1/4 where 2 (x + y) - 1 = log(1/4).
        double half = (1 + StrictMath.log(0.25)) / 4;
        assertEquals(0, workload.measure(inputs, new double[] {half, half, half, half}), 1e-15);
        // At zero they are 1/e, and each of four sums is 2/e instead of 1/2.
        assertEquals(4 * (2 / Math.E - 0.5), workload.measure(inputs, new double[4]), 1e-15);
        var even = new Inputs().with("cost", new DMatrixRMaj(2, 2));
        even.with("weights", new double[] {0.5, 0.5});
        for (var kind : SmoothTransport.Kind.values()) {
            var smooth = new SmoothTransport(kind, 2, 1);
            assertEquals(0, smooth.measure(even, new double[] {3, 3}), 1e-15);
        }
        // Each column is (1/2, 0) where one potential is higher by a half or more.
        var squared = new SmoothTransport(SmoothTransport.Kind.QUADRATIC, 2, 1);
        assertEquals(0.5, squared.measure(even, new double[] {0.5, 0}), 1e-15);
        var single = new SmoothTransport(SmoothTransport.Kind.SPARSE, 2, 1, 1);
        assertEquals(0.5, single.measure(even, new double[] {0.1, 0}), 1e-15);
        var soft = new SmoothTransport(SmoothTransport.Kind.ENTROPIC, 2, 1);
        assertEquals(0.25, soft.measure(even, new double[] {StrictMath.log(3), 0}), 1e-15);
        var cost = new DMatrixRMaj(new double[][] {{0, 1}, {1, 0}});
        var assignment = new Inputs().with("cost", cost);
        assertEquals(0, new Assignment(2).measure(assignment, new double[] {0, 1}));
        assertEquals(2, new Assignment(2).measure(assignment, new double[] {1, 0}));
        assertEquals(
                Double.POSITIVE_INFINITY,
                new Assignment(2).measure(assignment, new double[] {1, 1}));
    }

    @Test
    void plansAreJudged() {
        var cost = new DMatrixRMaj(new double[][] {{0, 1}, {1, 0}});
        var inputs = new Inputs().with("cost", cost);
        var workload = new AssignmentLp(2, 4);
        assertEquals(0, workload.measure(inputs, new double[] {1, 0, 0, 1}));
        assertEquals(2, workload.measure(inputs, new double[] {0, 1, 1, 0})); // costs 2 above 0
        assertEquals(0.5, workload.measure(inputs, new double[] {1.5, 0, 0, 1}));
        assertEquals(0.25, workload.measure(inputs, new double[] {1.25, -0.25, 0, 1}));
    }

    @Test
    void networksAreJudged() {
        // One sample x = (2, 1) with the target 3 and one pattern, active: u = (v, w).
        var inputs = new Inputs().with("x", new DMatrixRMaj(new double[][] {{2, 1}}));
        inputs.with("y", new double[] {3}).with("patterns", new DMatrixRMaj(new double[][] {{1}}));
        inputs.with("beta", 0.01).with("best", 2);
        var workload = new ReluTraining(1, 2, 1, 4);
        // v = (1, 0) adds 2, w = (0, 1) takes 1: half the squared error is 2, the norms cost 0.02.
        assertEquals(0.01, workload.measure(inputs, new double[] {1, 0, 0, 1}), 1e-15);
        assertEquals(1.25, workload.measure(inputs, new double[4]), 1e-15);
        // Both should be active, and are not by 4; what they predict cancels.
        assertEquals(4, workload.measure(inputs, new double[] {-2, 0, -2, 0}), 1e-15);
        inputs.with("patterns", new DMatrixRMaj(new double[][] {{0}}));
        // Where the pattern lets nothing through, the prediction is zero.
        assertEquals(1.255, workload.measure(inputs, new double[] {-1, 0, 0, 0}), 1e-15);
    }

    @Test
    void portfoliosAreJudged() {
        var inputs = new Inputs().with("returns", new DMatrixRMaj(new double[][] {{2, 1}}));
        var workload = new PortfolioGap(1, 2, 4);
        assertEquals(0, workload.measure(inputs, new double[] {1, 0}), 1e-15);
        assertEquals(1, workload.measure(inputs, new double[] {0, 1}), 1e-15);
        assertEquals(1, workload.measure(inputs, new double[] {-1e-9, 0.5}), 1e-15);
    }

    @Test
    void pointsUnderEquationsAreJudged() {
        var workload = new EqualityConstrained("some", SOME);
        double root = Math.sqrt(3);
        var inputs = workload.draw(new RandomStreams(1).stream("test", 0));
        assertArrayEquals(new int[] {1, 2}, inputs.indices("problems"));
        assertArrayEquals(new double[] {2, 2, -4, 1, 1}, inputs.vector("starts"));
        double[] solved = {0, root, 4, 3, 2, 0.5, -0.5, 0.5, 1, 1, 1};
        assertEquals(0, workload.measure(inputs, solved), 1e-14);
        double[] zero = {0, root, 4, 3, 2, 0, 0, 0, 1, 1, 1};
        assertEquals(1, workload.measure(inputs, zero), 1e-14); // the constraint, off by 1
        // The gradient (0, 2/3, 2/3) less its part along (1, 2, 3).
        double[] feasible = {0, root, 4, 3, 2, 0, 0, 1.0 / 3, 1, 1, 1};
        assertEquals(Math.sqrt(12.0 / 126), workload.measure(inputs, feasible), 1e-14);
        var tally = workload.tally(solved);
        assertEquals(List.of("HS7", "HS28", "all"), List.copyOf(tally.keySet()));
        assertArrayEquals(new double[] {4, 3, 2}, tally.get("HS7"));
        assertArrayEquals(new double[] {5, 4, 3}, tally.get("all"));
    }

    @Test
    void residualsAreJudged() {
        var workload = new ResidualDescent(60);
        var inputs = workload.draw(new RandomStreams(1).stream("test", 0));
        assertEquals(1, workload.measure(inputs, new double[20]));
        double[] u = workload.solvers().get("extragradient").apply(inputs).solveOnce();
        assertTrue(workload.measure(inputs, u) <= 0.02);
    }

    @Test
    void modelsAreJudged() {
        var workload = new FederatedRounds("fedavg", 0, 60, 1);
        var inputs = workload.draw(new RandomStreams(1).stream("test", 0));
        double[] model = workload.solvers().get("Konvergo").apply(inputs).solveOnce();
        model[3] += 0.125;
        assertEquals(0.125, workload.measure(inputs, model), 0.02);
    }

    @Test
    void powersAreJudged() {
        var inputs = new Inputs().with("gains", new double[] {1, 1});
        var workload = new WaterFillingRounds(1, 1, 2);
        assertEquals(0, workload.measure(inputs, new double[] {0.5, 0.5}), 1e-15);
        assertEquals(0.5, workload.measure(inputs, new double[] {1, 0}), 1e-15);
    }

    @Test
    void matricesOfTrajectoriesAreJudged() {
        var workload = new BirkhoffAssembly(4);
        var inputs = workload.draw(new RandomStreams(1).stream("test", 0));
        double[] jacobian = workload.solvers().get("Konvergo").apply(inputs).solveOnce();
        jacobian[0] += 0.5; // The first unknown is a state at the start, which the judge sets to 1.
        assertEquals(0.5, workload.measure(inputs, jacobian), 1e-12);
        var diagonal = new DMatrixRMaj(new double[][] {{1, 0}, {0, 2}});
        var matrix = new Inputs().with("jacobian", diagonal);
        var eigenvalues = new BirkhoffEigenvalues(4);
        assertEquals(0, eigenvalues.measure(matrix, new double[] {1, 0, 2, 0}));
        // The sum of the squares is 10 instead of 5.
        assertEquals(1, eigenvalues.measure(matrix, new double[] {1, 0, 3, 0}));
        var singularValues = new BirkhoffSingularValues(4);
        assertEquals(0, singularValues.measure(matrix, new double[] {2, 1}), 1e-12);
        assertEquals(1, singularValues.measure(matrix, new double[] {4, 1}), 1e-12);
    }

    @Test
    void talliesAreOneLine(@TempDir Path folder) {
        var worker = new Worker();
        worker.reply("draw\tequality-constrained-cutest\t" + folder);
        worker.reply("open\tequality-constrained-cutest\tKonvergo\t" + folder);
        Path answer = folder.resolve("answer");
        assertEquals("ok\t", worker.reply("answer\t" + answer));
        String tally = worker.reply("tally\tequality-constrained-cutest\t" + answer);
        assertTrue(
                tally.startsWith("ok\tEvaluations of values / gradients / Hessians\tHS6="), tally);
        assertTrue(tally.matches(".*\tall=\\d+ / \\d+ / \\d+"), tally);
    }

    @Test
    void regressionsAreJudged() {
        // At zero the measure is 1; at w = log 3 the slope is -1/4 instead of -1/2.
        var one = new DMatrixRMaj(new double[][] {{1}});
        var logistic = new Inputs().with("features", one).with("labels", new double[] {1});
        logistic.with("ridge", 0);
        var ridge = new RidgeLogistic(1, 1, 1, 0);
        assertEquals(1, ridge.measure(logistic, new double[1]));
        assertEquals(0.5, ridge.measure(logistic, new double[] {StrictMath.log(3)}), 1e-15);
        logistic.with("ridge", 0.25 / StrictMath.log(3));
        assertEquals(0, ridge.measure(logistic, new double[] {StrictMath.log(3)}), 1e-15);
        // (w - 2)^2 / 2 + |w| is least at 1, with 3/2; at 0 it is 2, and the dual point is 1.
        var lasso = new Lasso(1, 1, 0.5);
        var squares = new Inputs().with("a", one).with("b", new double[] {2}).with("weight", 1);
        assertEquals(0, lasso.measure(squares, new double[] {1}), 1e-15);
        assertEquals(0.25, lasso.measure(squares, new double[] {0}), 1e-15);
    }

    @Test
    void inputsThatChangedAreNoticed(@TempDir Path folder) throws IOException {
        new Inputs().with("x", new double[] {1, 2}).with("i", new int[] {3}).write(folder);
        assertEquals(3, Inputs.read(folder).indices("i")[0]);
        byte[] bytes = Files.readAllBytes(folder.resolve("x.bin"));
        bytes[0] ^= 1;
        Files.write(folder.resolve("x.bin"), bytes);
        assertThrows(IOException.class, () -> Inputs.read(folder));
        assertThrows(IllegalArgumentException.class, () -> new Inputs().vector("x"));
    }

    @Test
    void workersObey(@TempDir Path folder) {
        var worker = new Worker();
        assertEquals("ok\t", worker.reply("draw\tdot-256\t" + folder));
        assertEquals("ok\t", worker.reply("open\tdot-256\tKonvergo\t" + folder));
        assertTrue(worker.reply("warm\t0.01").matches("ok\t[0-9.E-]+"));
        assertTrue(worker.reply("time\t3").matches("ok\t[0-9.E-]+"));
        Path answer = folder.resolve("answer");
        assertEquals("ok\t", worker.reply("answer\t" + answer));
        String[] judged = worker.reply("judge\tdot-256\t" + folder + "\t" + answer).split("\t", -1);
        assertTrue(Double.parseDouble(judged[1]) <= 1e-13, Arrays.toString(judged));
        assertEquals("ok\t", worker.reply("tally\tdot-256\t" + answer));
        assertEquals("ok\t", worker.reply("draw\tdot-4000\t" + folder));
        assertEquals("ok\t", worker.reply("open\tdot-4000\ttriad\t" + folder));
        assertTrue(worker.reply("time\t2").startsWith("ok\t"));
        assertEquals("ok\tlimit", worker.reply("answer\t" + answer));
        assertTrue(worker.reply("open\tnothing\tKonvergo\t" + folder).startsWith("error\t"));
        assertTrue(worker.reply("sing").startsWith("error\t"));
        assertTrue(worker.reply("about").startsWith("ok\tJava "));
        assertEquals(6, Worker.line(Workloads.named("gemm-256")).split("\t", -1).length);
    }
}
