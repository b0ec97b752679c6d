package org.konvergo.bilevel;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.MultinomialLogistic;

/**
 * A weighted sum of the losses of multinomial logistic regression, with first and second
 * derivatives in the weight matrix W.
 *
 * <p>The scores of the last W and of the last direction are kept, since a method asks for several
 * derivatives at one point. What is kept is never changed, so threads may share an object, but they
 * would drive out each other's scores.
 */
final class WeightedSoftmax {
    private final MultinomialLogistic data;
    private final int classes;
    private volatile Kept probabilities = new Kept(new double[0], null, null);
    private volatile Kept direction = new Kept(new double[0], null, null);

    private record Kept(double[] of, DMatrixRMaj rows, double[] losses) {}

    WeightedSoftmax(MultinomialLogistic data) {
        this.data = data;
        classes = data.classes();
    }

    int terms() {
        return data.terms();
    }

    int dimension() {
        return data.dimension();
    }

    /** The loss of each sample; not to be changed. */
    double[] losses(double[] w) {
        return at(w).losses;
    }

    /** The gradient of the sum of weights[i] times the loss of sample i. */
    void gradient(double[] w, double[] weights, double[] gradient) {
        DMatrixRMaj residuals = at(w).rows.copy();
        for (int i = 0; i < weights.length; i++) {
            residuals.data[i * classes + data.labels()[i]] -= 1;
        }
        Kernels.scaleRows(weights, residuals);
        collect(residuals, gradient);
    }

    /** The Hessian of the same sum times a direction. */
    void product(double[] w, double[] weights, double[] v, double[] product) {
        DMatrixRMaj p = at(w).rows;
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
        DMatrixRMaj p = at(w).rows;
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
        var kept = probabilities;
        if (!Arrays.equals(kept.of, w)) {
            DMatrixRMaj rows = scores(w);
            var losses = new double[data.terms()];
            Kernels.logSumExpRows(rows, losses);
            for (int i = 0; i < losses.length; i++) {
                losses[i] -= rows.data[i * classes + data.labels()[i]];
            }
            Kernels.softmaxRows(rows, rows);
            kept = new Kept(w.clone(), rows, losses);
            probabilities = kept;
        }
        return kept;
    }

    private DMatrixRMaj along(double[] v) {
        var kept = direction;
        if (!Arrays.equals(kept.of, v)) {
            kept = new Kept(v.clone(), scores(v), null);
            direction = kept;
        }
        return kept.rows;
    }

    /** One row a sample, one column a class. */
    private DMatrixRMaj scores(double[] w) {
        DMatrixRMaj features = data.features();
        var byClass = new DMatrixRMaj(classes, features.numRows);
        Kernels.gemmTransB(DMatrixRMaj.wrap(classes, features.numCols, w), features, byClass);
        return CommonOps_DDRM.transpose(byClass, null);
    }
}
