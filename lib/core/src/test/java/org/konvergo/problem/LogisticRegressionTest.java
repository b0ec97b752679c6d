package org.konvergo.problem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.problem.SampleData.assertClose;
import static org.konvergo.problem.SampleData.assertRefused;
import static org.konvergo.problem.SampleData.checkDerivatives;
import static org.konvergo.problem.SampleData.checkHessian;
import static org.konvergo.problem.SampleData.features;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.linalg.Kernels;

class LogisticRegressionTest {
    private static final double[] LABELS = {1, -1, -1, -1, -1, -1, -1, 1, -1, -1, -1, -1};
    private static final double[] W = {0.5, -1, 2};

    private static LogisticRegression problem() {
        return new LogisticRegression(features(12, 3, 0), LABELS, 0.1);
    }

    @Test
    void agreesWithScikitLearn() {
        // scikit-learn 1.9.1: LinearModelLoss(HalfBinomialLoss(), fit_intercept=False),
        // loss_gradient and gradient_hessian with l2_reg_strength=0.1.
        assertEquals(1.2940602674918247, problem().value(W), 1e-15);
        var gradient = new double[3];
        problem().gradient(W, gradient);
        assertClose(
                new double[] {0.2295292487966321, -0.16260730070520224, 0.38013027070226},
                gradient,
                1e-15);
        var product = new double[3];
        problem().hessianVector(W, new double[] {1, 2, -1}, product);
        assertClose(
                new double[] {0.1501935520717474, 0.2927556638725378, -0.06649800401016202},
                product,
                1e-15);
    }

    @Test
    void isStationaryWhereScikitLearnEnds() {
        // LogisticRegression(C=1/1.2, fit_intercept=False, solver="newton-cholesky", tol=1e-12)
        var gradient = new double[3];
        double[] optimum = {-0.17686981687845235, 0.16569400870282103, -0.04056968816468452};
        problem().gradient(optimum, gradient);
        assertTrue(Kernels.normInf(gradient) < 1e-12);
    }

    @Test
    void valueAndGradientAreThoseOfTwoCalls() {
        for (double scale : new double[] {0, 1, -1, 300, -300}) {
            double[] w = {scale * W[0], scale * W[1], scale * W[2]};
            var apart = new double[3];
            problem().gradient(w, apart);
            var together = new double[3];
            double value = problem().valueAndGradient(w, together);
            assertEquals(problem().value(w), value, 4e-16 * value);
            assertArrayEquals(apart, together);
        }
    }

    @Test
    void derivativesFitTheValue() {
        checkDerivatives(problem(), W);
        checkHessian(problem(), W, new double[] {0.3, -0.7, 0.2});
    }

    @Test
    void largeMarginsKeepTheirDigits() {
        var f = new LogisticRegression(new DMatrixRMaj(1, 1, true, 1), new double[] {1}, 0);
        assertEquals(StrictMath.exp(-50), f.value(new double[] {50}), 1e-36);
        assertEquals(1000, f.value(new double[] {-1000}));
        var gradient = new double[1];
        f.gradient(new double[] {-1000}, gradient);
        assertEquals(-1, gradient[0]);
    }

    @Test
    void accuracyCountsTheRightSide() {
        var x = new DMatrixRMaj(new double[][] {{1}, {2}, {-3}, {0}});
        var f = new LogisticRegression(x, new double[] {1, -1, -1, 1}, 0);
        assertEquals(0.5, f.accuracy(new double[] {2}));
    }

    @Test
    void refusesBadInput() {
        var x = features(2, 2, 0);
        double[] y = {1, -1};
        assertRefused("labels[1]", () -> new LogisticRegression(x, new double[] {1, 0}, 0));
        assertRefused("labels", () -> new LogisticRegression(x, new double[1], 0));
        assertRefused("ridge", () -> new LogisticRegression(x, y, -1));
        assertRefused("features", () -> new LogisticRegression(null, y, 0));
        var f = new LogisticRegression(x, y, 0);
        assertRefused("x", () -> f.value(new double[3]));
        assertRefused("w", () -> f.accuracy(new double[3]));
        assertRefused("terms[0]", () -> f.value(new int[] {2}, new double[2]));
        assertRefused("terms", () -> f.gradient(new int[0], new double[2], new double[2]));
    }
}
