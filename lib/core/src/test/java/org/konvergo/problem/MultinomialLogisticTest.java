package org.konvergo.problem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.problem.SampleData.assertClose;
import static org.konvergo.problem.SampleData.assertRefused;
import static org.konvergo.problem.SampleData.checkDerivatives;
import static org.konvergo.problem.SampleData.features;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.linalg.Kernels;
import org.konvergo.random.RandomStreams;

class MultinomialLogisticTest {
    private static final int[] LABELS = {0, 1, 1, 2, 2, 1, 1, 0, 1, 1, 2, 2};

    private static MultinomialLogistic problem() {
        return new MultinomialLogistic(features(12, 3, 0), LABELS, 3);
    }

    private static double[] weights() {
        var w = new double[9];
        Arrays.setAll(w, i -> ((5 * (i / 3) + 2 * (i % 3)) % 7 - 3) / 4.0);
        return w;
    }

    @Test
    void agreesWithScikitLearn() {
        // scikit-learn 1.9.1: LinearModelLoss(HalfMultinomialLoss(3), fit_intercept=False)
        // .loss_gradient(W, X, y) with X, y, W as here.
        assertEquals(1.0594319138481876, problem().value(weights()), 1e-15);
        var gradient = new double[9];
        problem().gradient(weights(), gradient);
        assertClose(
                new double[] {
                    -0.0019026464578751276, -0.015060868675765351, 0.016490639050069263,
                    0.06215077905432968, -0.02297870710919268, -0.08658128716246659,
                    -0.06024813259645452, 0.03803957578495803, 0.07009064811239735
                },
                gradient,
                1e-15);
    }

    @Test
    void derivativesFitTheValue() {
        checkDerivatives(problem(), weights());
    }

    @Test
    void zeroWeightsGiveLogOfTheNumberOfClasses() {
        assertEquals(StrictMath.log(3), problem().value(new double[9]), 1e-15);
    }

    @Test
    void hugeScoresDoNotOverflow() {
        var w = new double[9];
        Arrays.setAll(w, i -> i * 1e5);
        assertTrue(Double.isFinite(problem().value(w)));
        var gradient = new double[9];
        problem().gradient(w, gradient);
        for (double g : gradient) {
            assertTrue(Double.isFinite(g));
        }
    }

    @Test
    void accuracyCountsTheLargestScore() {
        var x = new DMatrixRMaj(new double[][] {{1, 0}, {0, 1}, {0, 0}, {-1, 0}});
        var f = new MultinomialLogistic(x, new int[] {0, 1, 0, 0}, 2);
        // Scores w.x are (x_1, x_2): right, right, a tie that goes to class 0, wrong.
        assertEquals(3, f.correct(new double[] {1, 0, 0, 1}));
        assertEquals(0.75, f.accuracy(new double[] {1, 0, 0, 1}));
    }

    @Test
    void interceptIsAFeatureOfOnes() {
        var f = MultinomialLogistic.withIntercept(features(4, 2, 1), new int[] {0, 1, 0, 1}, 2);
        assertEquals(6, f.dimension());
        for (int i = 0; i < 4; i++) {
            assertEquals(1, f.features().get(i, 2));
            assertEquals(features(4, 2, 1).get(i, 1), f.features().get(i, 1));
        }
    }

    @Property(tries = 50)
    void isConvex(@ForAll long replicate) {
        var random = new RandomStreams(1).stream("convex", replicate);
        var u = random.gaussians(9);
        var v = random.gaussians(9);
        Kernels.scale(3, v);
        var f = problem();
        var gradient = new double[9];
        f.gradient(u, gradient);
        double linear = f.value(u);
        for (int j = 0; j < 9; j++) {
            linear += gradient[j] * (v[j] - u[j]);
        }
        assertTrue(f.value(v) >= linear - 1e-12);
    }

    @Property(tries = 50)
    void aShiftOfAllScoresChangesNothing(@ForAll @DoubleRange(min = -3, max = 3) double shift) {
        var shifted = weights();
        for (int j = 0; j < 9; j++) {
            shifted[j] += j % 3 == 1 ? shift : 0;
        }
        assertEquals(problem().value(weights()), problem().value(shifted), 1e-13);
    }

    @Test
    void repeatsItsBits() {
        var a = new double[9];
        var b = new double[9];
        problem().gradient(new int[] {3, 1, 4}, weights(), a);
        problem().gradient(new int[] {3, 1, 4}, weights(), b);
        assertArrayEquals(a, b);
    }

    @Test
    void refusesBadInput() {
        var x = features(3, 2, 0);
        int[] y = {0, 1, 0};
        assertRefused("features", () -> new MultinomialLogistic(null, y, 2));
        assertRefused(
                "number of samples (rows) of features",
                () -> new MultinomialLogistic(new DMatrixRMaj(0, 2), new int[0], 2));
        assertRefused("labels", () -> new MultinomialLogistic(x, new int[2], 2));
        assertRefused("labels[1]", () -> new MultinomialLogistic(x, new int[] {0, 2, 0}, 2));
        assertRefused("classes", () -> new MultinomialLogistic(x, y, 1));
        var nan = features(3, 2, 0);
        nan.set(1, 1, Double.NaN);
        assertRefused("features[3]", () -> new MultinomialLogistic(nan, y, 2));
        var f = new MultinomialLogistic(x, y, 2);
        assertRefused("w", () -> f.value(new double[3]));
        assertRefused("w", () -> f.accuracy(new double[3]));
        assertRefused("gradient", () -> f.gradient(new double[4], new double[3]));
        assertRefused("terms", () -> f.value(new int[0], new double[4]));
        assertRefused("terms[1]", () -> f.gradient(new int[] {0, 3}, new double[4], new double[4]));
    }
}
