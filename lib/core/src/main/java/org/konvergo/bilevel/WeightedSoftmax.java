package org.konvergo.bilevel;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.MultinomialLogistic;

/**
 * A weighted sum of the losses of multinomial logistic regression, with first and second
 * derivatives in the weight matrix W.
 *
 * <p>The scores of the last few W and of the last direction are kept, since a method asks for
 * several derivatives at one point, and reverse differentiation comes back to the points of its
 * path. What is kept is never changed, so threads may share an object, but they would drive out
 * each other's scores.
 */
final class WeightedSoftmax {
    /** As many as reverse differentiation through ten steps comes back to. */
    private static final int POINTS = 12;

    private final MultinomialLogistic data;
    private final int classes;
    private final DMatrixRMaj turned; // a row a feature, as the product of W wants it
    private volatile List<Kept> points = List.of();
    private volatile Kept direction = new Kept(new double[0], null, null);

    /** Scores of some weights, one row a sample, and what was made of them. */
    private record Kept(double[] of, DMatrixRMaj scores, DMatrixRMaj probabilities) {}

    WeightedSoftmax(MultinomialLogistic data) {
        this.data = data;
        classes = data.classes();
        turned = CommonOps_DDRM.transpose(data.features(), null);
    }

    int terms() {
        return data.terms();
    }

    int dimension() {
        return data.dimension();
    }

    /** The loss of each sample. */
    double[] losses(double[] w) {
        DMatrixRMaj scores = at(w).scores;
        var losses = new double[data.terms()];
        Kernels.logSumExpRows(scores, losses);
        for (int i = 0; i < losses.length; i++) {
            losses[i] -= scores.data[i * classes + data.labels()[i]];
        }
        return losses;
    }

    /** The gradient of the sum of weights[i] times the loss of sample i. */
    void gradient(double[] w, double[] weights, double[] gradient) {
        DMatrixRMaj residuals = at(w).probabilities.copy();
        for (int i = 0; i < weights.length; i++) {
            residuals.data[i * classes + data.labels()[i]] -= 1;
        }
        Kernels.scaleRows(weights, residuals);
        collect(residuals, gradient);
    }

    /** The Hessian of the same sum times a direction. */
    void product(double[] w, double[] weights, double[] v, double[] product) {
        DMatrixRMaj p = at(w).probabilities;
        DMatrixRMaj along = along(v);
        var rows = new DMatrixRMaj(weights.length, classes);
        for (int i = 0; i < weights.length; i++) {
            int from = i * classes;
            double mean = Kernels.dot(p.data, from, along.data, from, classes);
            for (int c = from; c < from + classes; c++) {
                rows.data[c] = weights[i] * p.data[c] * (along.data[c] - mean);
            }
        }
        collect(rows, product);
    }

    /** The derivative of each sample's loss along a direction. */
    void slopes(double[] w, double[] v, double[] slopes) {
        DMatrixRMaj p = at(w).probabilities;
        DMatrixRMaj along = along(v);
        for (int i = 0; i < slopes.length; i++) {
            int from = i * classes;
            slopes[i] =
                    Kernels.dot(p.data, from, along.data, from, classes)
                            - along.data[from + data.labels()[i]];
        }
    }

    private void collect(DMatrixRMaj rows, double[] out) {
        DMatrixRMaj features = data.features();
        Kernels.gemmTransA(rows, features, DMatrixRMaj.wrap(classes, features.numCols, out));
    }

    private Kept at(double[] w) {
        var kept = points;
        for (var known : kept) {
            if (Arrays.equals(known.of, w)) {
                return known;
            }
        }
        DMatrixRMaj scores = scores(w);
        var probabilities = new DMatrixRMaj(scores.numRows, classes);
        Kernels.softmaxRows(scores, probabilities);
        var now = new Kept(w.clone(), scores, probabilities);
        points = Stream.concat(Stream.of(now), kept.stream()).limit(POINTS).toList();
        return now;
    }

    private DMatrixRMaj along(double[] v) {
        var kept = direction;
        if (!Arrays.equals(kept.of, v)) {
            kept = new Kept(v.clone(), scores(v), null);
            direction = kept;
        }
        return kept.scores;
    }

    /** One row a sample, one column a class. */
    private DMatrixRMaj scores(double[] w) {
        var byClass = new DMatrixRMaj(classes, turned.numCols);
        Kernels.gemm(DMatrixRMaj.wrap(classes, turned.numRows, w), turned, byClass);
        return CommonOps_DDRM.transpose(byClass, null);
    }
}
