package org.konvergo.golden;

import static org.konvergo.golden.KernelFigures.matrix;
import static org.konvergo.golden.KernelFigures.positive;
import static org.konvergo.golden.KernelFigures.stream;
import static org.konvergo.golden.KernelFigures.values;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.control.FinalTimeCost;
import org.konvergo.control.JuvenileAdultModel;
import org.konvergo.control.SeasonalSystem;
import org.konvergo.control.SeasonalThreshold;
import org.konvergo.control.StefanAdjoint;
import org.konvergo.control.StefanControl;
import org.konvergo.control.StefanFit;
import org.konvergo.control.StefanProblem;
import org.konvergo.control.StefanStateSolver;
import org.konvergo.dynamics.BrownianIncrements;
import org.konvergo.dynamics.ClassicalRungeKutta;
import org.konvergo.dynamics.DormandPrince;
import org.konvergo.dynamics.InverseSubordinator;
import org.konvergo.dynamics.ScalarSde;
import org.konvergo.dynamics.StableSubordinator;
import org.konvergo.dynamics.TruncatedEulerMaruyama;
import org.konvergo.dynamics.TruncatedMilstein;
import org.konvergo.dynamics.Truncation;
import org.konvergo.dynamics.WeierstrassFunction;
import org.konvergo.linalg.Elementary;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.MatrixExponential;
import org.konvergo.linalg.PerronRoot;
import org.konvergo.linalg.SobolevGradient;
import org.konvergo.linalg.TridiagonalSolver;
import org.konvergo.method.ArmijoDescent;
import org.konvergo.method.BisectionRoot;
import org.konvergo.method.BoxLbfgs;

/** Entries of the package dynamics, of seasonal populations and of what they rest on. */
final class DynamicsFigures {
    private DynamicsFigures() {}

    private static SeasonalSystem insects() {
        return new SeasonalSystem(
                new JuvenileAdultModel(2, 1, 0.5, 0.5, 1).population(),
                new JuvenileAdultModel(0, 0.2, 0.5, 1, 1).population(),
                4,
                new ClassicalRungeKutta(60));
    }

    static void addTo(Golden golden) {
        for (int n : new int[] {1, 2, 3, 9}) {
            golden.add(
                    "MatrixExponential n=" + n, () -> MatrixExponential.of(matrix(n, n, "a")).data);
            golden.add(
                    "PerronRoot n=" + n,
                    () -> {
                        var a = new DMatrixRMaj(n, n, true, positive(n * n, "a"));
                        var root = PerronRoot.of(a);
                        return Golden.join(new double[] {root.radius()}, root.right(), root.left());
                    });
        }
        golden.add(
                "BisectionRoot",
                () -> BisectionRoot.all(x -> x * x - 2, new double[] {-2, 0, 2}, 1e-13));
        golden.add(
                "SeasonalSystem",
                () -> {
                    var system = insects();
                    var floquet = system.floquet();
                    return Golden.join(
                            system.limit(0.3, 5, new double[] {1, 1}).state(),
                            SeasonalThreshold.of(floquet, 11).roots(),
                            new double[] {floquet.logRadius(0.3), floquet.logRadiusSlope(0.3)});
                });
        golden.add(
                "DormandPrince",
                () -> {
                    double[] x = {1, 2};
                    new DormandPrince(1e-10).advance(insects().favourable(), 0, 3, x);
                    return x;
                });
        golden.add(
                "TruncatedMilstein",
                () -> {
                    var sde =
                            new ScalarSde(
                                    (t, x) -> t * x * x - 2 * x * x * x * x * x,
                                    (t, x) -> 0.5 * x * x,
                                    (t, x) -> x);
                    var cut = Truncation.polynomial(3, 5, 50, 0.25);
                    var brownian = BrownianIncrements.of(1 / 64.0, 64, stream("brownian"));
                    var coarse = brownian.coarsened(4);
                    return Golden.join(
                            new TruncatedMilstein(sde, cut).path(0.7, brownian),
                            new TruncatedMilstein(sde, cut).path(3, coarse),
                            new TruncatedEulerMaruyama(sde, cut).path(3, coarse));
                });
        golden.add(
                "InverseSubordinator",
                () -> {
                    var clock = new InverseSubordinator(new StableSubordinator(0.8), 1 / 32.0);
                    var random = stream("clock");
                    return Golden.join(
                            clock.subordinatorPath(2, random),
                            Golden.doubles(clock.steps(new double[] {0.5, 1}, random)),
                            new double[] {clock.exact(1, random), clock.mean(3)});
                });
        golden.add(
                "WeierstrassFunction",
                () -> {
                    var w = new WeierstrassFunction(0.3, 40);
                    return new double[] {w.value(0.3), w.value(0.75), w.mean(0.3, 0.01)};
                });
        addStefan(golden);
    }

    private static void addStefan(Golden golden) {
        double[] band = positive(9, "band");
        double[] diagonal = band.clone();
        Arrays.setAll(diagonal, i -> 1 + 3 * Kernels.norm1(band) + i);
        golden.add(
                "TridiagonalSolver",
                () ->
                        Golden.join(
                                TridiagonalSolver.solve(band, diagonal, band, values(9, "b")),
                                TridiagonalSolver.solveTransposed(
                                        band, diagonal, values(9, "up"), values(9, "b"))));
        golden.add(
                "SobolevGradient",
                () -> new SobolevGradient(0.1, 0.05, true).smooth(values(9, "gradient")));
        golden.method("BoxLbfgs", 20, BoxLbfgs.State::x, DynamicsFigures::boxed);
        golden.method(
                "ArmijoDescent",
                20,
                ArmijoDescent.State::x,
                () -> {
                    var box = boxed();
                    return new ArmijoDescent(
                            box.problem(), g -> g, box.low(), box.high(), box.x0());
                });
    }

    private static BoxLbfgs boxed() {
        int n = 8;
        var problem = new StefanProblem(1, 0.5, 1, x -> Elementary.expm1(1 - x), t -> 0);
        var ones = new double[9];
        Arrays.fill(ones, 1);
        var cost =
                new FinalTimeCost(
                        1,
                        1,
                        1,
                        x -> Elementary.expm1(1.5 - x),
                        x -> -Elementary.exp(1.5 - x),
                        t -> 0,
                        1.5,
                        ones);
        var front = new double[n];
        Arrays.setAll(front, k -> 1 + 0.05 * (k + 1));
        var flux = new double[n];
        Arrays.fill(flux, -3);
        var adjoint = new StefanAdjoint(new StefanStateSolver(problem, 8, n), cost);
        var known = new StefanControl(front, flux, 2);
        var fit = new StefanFit(adjoint, known, true, true, true, 1e-3);
        var low = new double[2 * n + 1];
        var high = new double[2 * n + 1];
        Arrays.setAll(low, i -> i < n || i == 2 * n ? 0.2 : -20);
        Arrays.fill(high, 4);
        return new BoxLbfgs(fit, 5, low, high, fit.unknown(known));
    }
}
