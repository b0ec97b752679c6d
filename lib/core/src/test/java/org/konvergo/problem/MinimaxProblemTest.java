package org.konvergo.problem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.konvergo.Rejects.bad;

import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.konvergo.linalg.Kernels;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStreams;

class MinimaxProblemTest {
    private static DMatrixRMaj symmetric(int n, String name) {
        DMatrixRMaj a = RandomMatrices.gaussian(n, n, new RandomStreams(1).stream(name, 0));
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                a.set(i, j, a.get(j, i));
            }
        }
        return a;
    }

    private static QuadraticMinimax quadratic() {
        DMatrixRMaj c = RandomMatrices.gaussian(3, 2, new RandomStreams(1).stream("c", 0));
        return new QuadraticMinimax(symmetric(3, "a"), c, symmetric(2, "b"));
    }

    /** x^2 y + x y - x y^3. */
    private static MinimaxProblem scalar() {
        return MinimaxFunction.scalar(
                (x, y) -> x * x * y + x * y - x * y * y * y,
                (x, y) -> 2 * x * y + y - y * y * y,
                (x, y) -> x * x + x - 3 * x * y * y,
                (x, y) -> 2 * y,
                (x, y) -> 2 * x + 1 - 3 * y * y,
                (x, y) -> -6 * x * y);
    }

    /** x^2 y1 + x y2 - y1^2 / 2. */
    private static MinimaxProblem twoReplies() {
        return MinimaxFunction.of(
                1,
                2,
                (x, y) -> x[0] * x[0] * y[0] + x[0] * y[1] - y[0] * y[0] / 2,
                (x, y) -> new double[] {2 * x[0] * y[0] + y[1]},
                (x, y) -> new double[] {x[0] * x[0] - y[0], x[0]},
                (x, y) -> new double[][] {{2 * y[0]}},
                (x, y) -> new double[][] {{2 * x[0], 1}},
                (x, y) -> new double[][] {{-1, 0}, {0, 0}});
    }

    static Stream<MinimaxProblem> problems() {
        var game =
                new BilinearGame(
                        RandomMatrices.gaussian(2, 3, new RandomStreams(1).stream("game", 0)),
                        new double[] {1, -2},
                        new double[] {0.5, 0, 3});
        return Stream.of(quadratic(), scalar(), twoReplies(), game);
    }

    @ParameterizedTest
    @MethodSource("problems")
    void gradientsAreThoseOfTheValue(MinimaxProblem f) {
        double h = 1e-5;
        double[] z = new RandomStreams(2).stream("point", 0).gaussians(dimension(f));
        var field = new double[z.length];
        f.operator().apply(z, field);
        for (int i = 0; i < z.length; i++) {
            double slope = (value(f, z, i, h) - value(f, z, i, -h)) / (2 * h);
            assertEquals(i < f.minDimension() ? slope : -slope, field[i], 1e-8, "entry " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("problems")
    void jacobianIsThatOfTheOperator(MinimaxProblem f) {
        double h = 1e-5;
        double tau = 4;
        double[] z = new RandomStreams(2).stream("point", 0).gaussians(dimension(f));
        DMatrixRMaj jacobian = f.jacobian(minPart(f, z), maxPart(f, z), tau);
        var up = new double[z.length];
        var down = new double[z.length];
        for (int j = 0; j < z.length; j++) {
            double[] moved = z.clone();
            moved[j] = z[j] + h;
            f.operator(tau).apply(moved, up);
            moved[j] = z[j] - h;
            f.operator(tau).apply(moved, down);
            for (int i = 0; i < z.length; i++) {
                assertEquals((up[i] - down[i]) / (2 * h), jacobian.get(i, j), 1e-8);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("problems")
    void mixedProductsAreThoseOfTheMixedHessian(MinimaxProblem f) {
        double[] z = new RandomStreams(2).stream("point", 0).gaussians(dimension(f));
        double[] x = minPart(f, z);
        double[] y = maxPart(f, z);
        var random = new RandomStreams(3).stream("v", 0);
        double[] v = random.gaussians(y.length);
        double[] w = random.gaussians(x.length);
        var expected = new double[x.length];
        var product = new double[x.length];
        Kernels.gemv(f.hessianXY(x, y), v, expected);
        f.mixedProduct(x, y, v, product);
        assertArrayEquals(expected, product, 1e-15);
        var transposed = new double[y.length];
        f.mixedTransposedProduct(x, y, w, transposed);
        assertEquals(Kernels.dot(w, product), Kernels.dot(transposed, v), 1e-13);
    }

    @ParameterizedTest
    @MethodSource("problems")
    void oneTimescaleIsThePlainOperatorBitForBit(MinimaxProblem f) {
        double[] z = new RandomStreams(4).stream("point", 0).gaussians(dimension(f));
        var plain = new double[z.length];
        var scaled = new double[z.length];
        f.operator().apply(z, plain);
        f.operator(1).apply(z, scaled);
        assertArrayEquals(plain, scaled);
        f.operator(8).apply(z, scaled);
        for (int i = 0; i < z.length; i++) {
            assertEquals(i < f.minDimension() ? plain[i] / 8 : plain[i], scaled[i]);
        }
    }

    @Test
    void modelHasTheSecondDerivativesOfThePoint() {
        var model = QuadraticMinimax.model(twoReplies(), new double[] {3}, new double[] {2, 5});
        assertArrayEquals(new double[] {4}, model.a().data);
        assertArrayEquals(new double[] {6, 1}, model.c().data);
        assertArrayEquals(new double[] {-1, 0, 0, 0}, model.b().data);
        assertArrayEquals(
                model.jacobian(2).data,
                twoReplies().jacobian(new double[] {3}, new double[] {2, 5}, 2).data);
    }

    @Test
    void refusesBadInput() {
        var eye = new DMatrixRMaj(new double[][] {{1, 0}, {0, 1}});
        var lopsided = new DMatrixRMaj(new double[][] {{1, 2}, {0, 1}});
        var nan = new DMatrixRMaj(new double[][] {{Double.NaN}});
        var one = new DMatrixRMaj(new double[][] {{1}});
        bad(() -> new QuadraticMinimax(lopsided, eye, eye), "a", "symmetric");
        bad(() -> new QuadraticMinimax(eye, eye, lopsided), "b", "symmetric");
        bad(() -> new QuadraticMinimax(eye, one, eye), "c", "2 x 2");
        bad(() -> new QuadraticMinimax(one, nan, one), "c");
        bad(() -> new QuadraticMinimax(nan, one, one), "a");
        bad(() -> new QuadraticMinimax(null, one, one), "a");
        bad(() -> new QuadraticMinimax(new DMatrixRMaj(0, 0), one, one), "rows of a");
        for (double tau : new double[] {0.5, 0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            bad(() -> scalar().operator(tau), "tau", "at least 1");
            bad(() -> scalar().jacobian(new double[1], new double[1], tau), "tau");
            bad(() -> quadratic().jacobian(tau), "tau");
        }
        bad(() -> QuadraticMinimax.model(null, new double[1], new double[1]), "f");
        bad(() -> QuadraticMinimax.model(scalar(), new double[2], new double[1]), "x");
        bad(() -> QuadraticMinimax.model(scalar(), new double[1], new double[2]), "y");
        bad(() -> MinimaxFunction.scalar(null, null, null, null, null, null), "f ");
        bad(() -> MinimaxFunction.of(0, 1, null, null, null, null, null, null), "n ");
        bad(() -> MinimaxFunction.of(1, 1, null, null, null, null, null, null), "f ");
        var wrong =
                MinimaxFunction.of(
                        1,
                        1,
                        (x, y) -> 0,
                        (x, y) -> new double[2],
                        (x, y) -> new double[1],
                        (x, y) -> new double[1][2],
                        (x, y) -> new double[2][1],
                        (x, y) -> new double[2][2]);
        var at = new double[1];
        bad(() -> wrong.gradients(at, at, new double[1], new double[1]), "fx", "1");
        bad(() -> wrong.hessianXX(at, at), "fxx", "1 x 1");
        bad(() -> wrong.hessianXY(at, at), "fxy", "1 x 1");
        bad(() -> wrong.hessianYY(at, at), "fyy", "1 x 1");
    }

    private static int dimension(MinimaxProblem f) {
        return f.minDimension() + f.maxDimension();
    }

    private static double[] minPart(MinimaxProblem f, double[] z) {
        return java.util.Arrays.copyOf(z, f.minDimension());
    }

    private static double[] maxPart(MinimaxProblem f, double[] z) {
        return java.util.Arrays.copyOfRange(z, f.minDimension(), z.length);
    }

    private static double value(MinimaxProblem f, double[] z, int i, double h) {
        double[] moved = z.clone();
        moved[i] += h;
        return f.value(minPart(f, moved), maxPart(f, moved));
    }
}
