package org.konvergo.problem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;
import org.konvergo.method.Lbfgs;
import org.konvergo.method.Run;
import org.konvergo.method.Stop;
import org.konvergo.metric.GradientCheck;

class LinearSvmTest {
    private static final DMatrixRMaj FEATURES =
            new DMatrixRMaj(new double[][] {{2, 1}, {1, -1}, {-1, 0.5}, {-2, -1}, {0.2, 0}});
    private static final double[] LABELS = {1, 1, -1, -1, -1};

    @Test
    void gradientIsThatOfTheValue() {
        var svm = new LinearSvm(FEATURES, LABELS, new double[] {1, 0.5, 2, 0, 3});
        double[] u = {0.3, -0.2, 0.1};
        assertTrue(GradientCheck.relativeError(svm, u, 1e-6, 0, 1, 2) < 1e-7);
    }

    /** Points 1 and -1: |w|^2/2 + C (1-w)^2, whose minimiser is 2C / (1 + 2C). */
    @Test
    void twoPointsByHand() {
        var line = new DMatrixRMaj(new double[][] {{1}, {-1}});
        var svm = new LinearSvm(line, new double[] {1, -1}, new double[] {3, 3});
        var run =
                Run.of(new Lbfgs(svm, 5, new double[2]))
                        .measure("gradient", Lbfgs.State::gradientNorm)
                        .stop(Stop.below("gradient", 1e-10).or(Stop.iterations(100)))
                        .start();
        assertArrayEquals(new double[] {6.0 / 7, 0}, run.state().x(), 1e-9);
        assertArrayEquals(new double[] {1.0 / 7, 1.0 / 7}, svm.slacks(run.state().x()), 1e-9);
    }

    @Test
    void countsWhatIsRight() {
        double[] u = {1, 0, 0};
        assertEquals(0.8, LinearSvm.accuracy(FEATURES, LABELS, u));
        assertArrayEquals(
                new double[] {2, 1, 1, 2, -0.2}, LinearSvm.margins(FEATURES, LABELS, u), 1e-15);
    }

    @Test
    void refusesBadInput() {
        double[] one = {1, 1, 1, 1, 1};
        Rejects.bad(() -> new LinearSvm(null, LABELS, one), "features");
        Rejects.bad(() -> new LinearSvm(FEATURES, new double[5], one), "labels[0]");
        Rejects.bad(() -> new LinearSvm(FEATURES, LABELS, new double[2]), "weights");
        Rejects.bad(
                () -> new LinearSvm(FEATURES, LABELS, new double[] {1, 1, 1, 1, -1}), "weights[4]");
        var svm = new LinearSvm(FEATURES, LABELS, one);
        Rejects.bad(() -> svm.value(new double[2]), "u");
        Rejects.bad(() -> LinearSvm.accuracy(FEATURES, LABELS, new double[2]), "length of u");
        Rejects.bad(() -> LinearSvm.accuracy(FEATURES, new double[3], one), "labels");
    }
}
