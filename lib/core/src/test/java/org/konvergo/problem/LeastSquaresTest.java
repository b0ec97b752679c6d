package org.konvergo.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.problem.SampleData.assertClose;
import static org.konvergo.problem.SampleData.assertRefused;
import static org.konvergo.problem.SampleData.checkDerivatives;
import static org.konvergo.problem.SampleData.checkHessian;
import static org.konvergo.problem.SampleData.features;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.linalg.Kernels;

class LeastSquaresTest {
    private static LeastSquares problem() {
        return new LeastSquares(features(5, 3, 2), new double[] {1, -2, 0.5, 0, 3});
    }

    @Test
    void valueByHand() {
        var f = new LeastSquares(new DMatrixRMaj(new double[][] {{1, 2}, {0, 1}}), new double[2]);
        // (3^2 + 1^2) / 4
        assertEquals(2.5, f.value(new double[] {1, 1}));
    }

    @Test
    void derivativesFitTheValue() {
        double[] w = {0.3, -1.2, 0.7};
        checkDerivatives(problem(), w);
        checkHessian(problem(), w, new double[] {1, 2, 3});
    }

    @Test
    void separableQuadraticHasItsCurvatureAndCentre() {
        var f = LeastSquares.separable(new double[] {4, 0.5}, new double[] {1, -1});
        // (4 * 2^2 + 0.5 * 4^2) / 2
        assertEquals(12, f.value(new double[] {3, 3}), 1e-13);
        var gradient = new double[2];
        f.gradient(new double[] {3, 3}, gradient);
        assertClose(new double[] {8, 2}, gradient, 1e-14);
    }

    @Property(tries = 50)
    void proxIsStationary(
            @ForAll @DoubleRange(min = 0.01, max = 1000) double step,
            @ForAll @DoubleRange(min = -10, max = 10) double x0) {
        double[] x = {x0, 1, -2};
        var z = new double[3];
        problem().prox(step, x, z);
        var gradient = new double[3];
        problem().gradient(z, gradient);
        for (int j = 0; j < 3; j++) {
            assertEquals(0, gradient[j] + (z[j] - x[j]) / step, 1e-10 * (1 + 1 / step));
        }
    }

    @Test
    void proxOfAnInfiniteStepIsTheMinimiser() {
        var z = new double[3];
        problem().prox(Double.POSITIVE_INFINITY, new double[] {5, 5, 5}, z);
        var gradient = new double[3];
        problem().gradient(z, gradient);
        assertTrue(Kernels.normInf(gradient) < 1e-14);
    }

    @Test
    void proxMayOverwriteItsPoint() {
        double[] x = {1, 2, 3};
        var z = new double[3];
        problem().prox(0.7, x, z);
        problem().prox(0.7, x, x);
        assertClose(z, x, 0);
    }

    @Test
    void refusesBadInput() {
        assertRefused("b", () -> new LeastSquares(features(2, 2, 0), new double[3]));
        assertRefused("a", () -> new LeastSquares(null, new double[3]));
        assertRefused(
                "curvature[0]", () -> LeastSquares.separable(new double[] {-1}, new double[] {0}));
        assertRefused("centre", () -> LeastSquares.separable(new double[2], new double[1]));
        var f = problem();
        assertRefused("step", () -> f.prox(0, new double[3], new double[3]));
        assertRefused("x", () -> f.prox(1, new double[2], new double[3]));
        assertRefused("result", () -> f.prox(1, new double[3], new double[2]));
        assertRefused("terms[0]", () -> f.value(new int[] {-1}, new double[3]));
        var flat = new LeastSquares(new DMatrixRMaj(1, 2, true, 1, 1), new double[1]);
        assertRefused("a", () -> flat.prox(Double.POSITIVE_INFINITY, new double[2], new double[2]));
    }
}
