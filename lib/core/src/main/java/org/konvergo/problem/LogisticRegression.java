package org.konvergo.problem;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Elementary;
import org.konvergo.linalg.Kernels;

/**
 * Binary logistic regression: the average over m samples of log(1 + exp(-y_i a_i'w)), plus ridge
 * |w|^2 / 2. Convex; strongly convex for a positive ridge. An intercept is a column of ones. The
 * arrays are not copied; do not change them.
 *
 * @param features m x n, one row a sample
 * @param labels of length m, each -1 or 1
 * @param ridge at least 0; each minibatch carries all of it
 */
public record LogisticRegression(DMatrixRMaj features, double[] labels, double ridge)
        implements FiniteSum, TwiceSmooth {
    /**
     * Checks the arguments.
     *
     * @param features as above
     * @param labels as above
     * @param ridge as above
     * @throws IllegalArgumentException if there is no sample or feature, a feature is not finite, a
     *     label is neither -1 nor 1, their number differs or the ridge is negative
     */
    public LogisticRegression {
        Samples.check("features", features);
        Samples.signs("labels", Require.length("labels", labels, features.numRows));
        Require.nonNegative("ridge", ridge);
    }

    @Override
    public int dimension() {
        return features.numCols;
    }

    @Override
    public int terms() {
        return labels.length;
    }

    @Override
    public double value(double[] w) {
        var losses = new double[labels.length];
        Kernels.gemv(features, w, losses);
        for (int i = 0; i < losses.length; i++) {
            losses[i] = loss(labels[i] * losses[i]);
        }
        return Kernels.sum(losses) / losses.length + 0.5 * ridge * Kernels.dot(w, w);
    }

    @Override
    public void gradient(double[] w, double[] gradient) {
        var margins = new double[labels.length];
        var e = new double[labels.length];
        exponentials(w, margins, e);
        gradient(w, margins, e, gradient);
    }

    /** With one product by the features for both; the value is that of value(w) up to rounding. */
    @Override
    public double valueAndGradient(double[] w, double[] gradient) {
        var margins = new double[labels.length];
        var e = new double[labels.length];
        exponentials(w, margins, e);
        var losses = new double[labels.length];
        Kernels.log1p(e, losses);
        for (int i = 0; i < losses.length; i++) {
            losses[i] += Math.max(-margins[i], 0);
        }
        gradient(w, margins, e, gradient);
        return Kernels.sum(losses) / losses.length + 0.5 * ridge * Kernels.dot(w, w);
    }

    /** The margins z, and exp(-|z|). */
    private void exponentials(double[] w, double[] margins, double[] e) {
        Kernels.gemv(features, w, margins);
        for (int i = 0; i < e.length; i++) {
            margins[i] *= labels[i];
            e[i] = -Math.abs(margins[i]);
        }
        Kernels.exp(e, e);
    }

    /** Overwrites e. */
    private void gradient(double[] w, double[] margins, double[] e, double[] gradient) {
        for (int i = 0; i < e.length; i++) {
            double part = (margins[i] <= 0 ? 1 : e[i]) / (1 + e[i]);
            e[i] = -labels[i] * part / e.length;
        }
        Kernels.gemvTransposed(features, e, gradient);
        Kernels.axpy(ridge, w, gradient);
    }

    @Override
    public void hessianVector(double[] w, double[] v, double[] product) {
        var margins = new double[labels.length];
        var along = new double[labels.length];
        Kernels.gemv(features, w, margins);
        Kernels.gemv(features, v, along);
        for (int i = 0; i < along.length; i++) {
            along[i] *= sigmoid(margins[i]) * sigmoid(-margins[i]) / along.length;
        }
        Kernels.gemvTransposed(features, along, product);
        Kernels.axpy(ridge, v, product);
    }

    @Override
    public double value(int[] terms, double[] w) {
        check(terms, w);
        var losses = new double[terms.length];
        for (int t = 0; t < terms.length; t++) {
            losses[t] = loss(margin(terms[t], w));
        }
        return Kernels.sum(losses) / losses.length + 0.5 * ridge * Kernels.dot(w, w);
    }

    @Override
    public void gradient(int[] terms, double[] w, double[] gradient) {
        check(terms, w);
        Require.length("gradient", gradient, w.length);
        Arrays.fill(gradient, 0);
        int n = w.length;
        for (int i : terms) {
            double slope = -labels[i] * sigmoid(-margin(i, w)) / terms.length;
            Kernels.axpy(slope, features.data, i * n, gradient, 0, n);
        }
        Kernels.axpy(ridge, w, gradient);
    }

    /**
     * Share of the samples on the right side of the hyperplane; those on it count as wrong.
     *
     * @param w weights of length n
     * @return accuracy in [0, 1]
     * @throws IllegalArgumentException if the length of w differs
     */
    public double accuracy(double[] w) {
        Require.length("w", w, dimension());
        int correct = 0;
        for (int i = 0; i < labels.length; i++) {
            correct += margin(i, w) > 0 ? 1 : 0;
        }
        return (double) correct / labels.length;
    }

    private double margin(int i, double[] w) {
        return labels[i] * Kernels.dot(features.data, i * w.length, w, 0, w.length);
    }

    /** log(1 + exp(-z)) without overflow, exact to rounding for large margins z. */
    private static double loss(double z) {
        return Math.max(-z, 0) + StrictMath.log1p(Elementary.exp(-Math.abs(z)));
    }

    private static double sigmoid(double z) {
        double e = Elementary.exp(-Math.abs(z));
        return z >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    private void check(int[] terms, double[] w) {
        Require.length("w", w, dimension());
        Samples.check(terms, labels.length);
    }
}
