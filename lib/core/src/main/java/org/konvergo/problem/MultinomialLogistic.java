package org.konvergo.problem;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;

/**
 * Multinomial logistic regression: the average over m samples of log-sum-exp(W x) - (W x)_y, the
 * negative log-likelihood of the label y under softmax(W x). Convex and smooth.
 *
 * <p>The variable is the matrix W, classes x n, row by row: entry {@code c * n + j} is the weight
 * of feature j for class c. An intercept is a feature that is always 1; {@link #withIntercept}
 * appends it. The arrays are not copied; do not change them.
 *
 * @param features m x n, one row a sample
 * @param labels of length m, each in 0..classes-1
 * @param classes number of classes, at least 2
 */
public record MultinomialLogistic(DMatrixRMaj features, int[] labels, int classes)
        implements FiniteSum {
    /**
     * Checks the arguments.
     *
     * @param features as above
     * @param labels as above
     * @param classes as above
     * @throws IllegalArgumentException if there is no sample or feature, a feature is not finite,
     *     the number of labels differs from the number of rows or a label is out of range
     */
    public MultinomialLogistic {
        Samples.check("features", features);
        Require.notNull("labels", labels);
        Require.atLeast("classes", classes, 2);
        Require.that(
                labels.length == features.numRows,
                "labels",
                "of length " + features.numRows,
                "of length " + labels.length);
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                Require.index("labels[" + i + "]", labels[i], classes);
            }
        }
    }

    /**
     * A problem with an intercept for each class, the last weight of the class.
     *
     * @param features m x n
     * @param labels of length m, each in 0..classes-1
     * @param classes number of classes, at least 2
     * @return a problem on n + 1 features, of which the last is 1
     * @throws IllegalArgumentException as the constructor
     */
    public static MultinomialLogistic withIntercept(
            DMatrixRMaj features, int[] labels, int classes) {
        Require.notNull("features", features);
        int n = features.numCols;
        var extended = new DMatrixRMaj(features.numRows, n + 1);
        for (int i = 0; i < features.numRows; i++) {
            System.arraycopy(features.data, i * n, extended.data, i * (n + 1), n);
            extended.data[i * (n + 1) + n] = 1;
        }
        return new MultinomialLogistic(extended, labels, classes);
    }

    @Override
    public int dimension() {
        return classes * features.numCols;
    }

    @Override
    public int terms() {
        return labels.length;
    }

    @Override
    public double value(double[] w) {
        var scores = scores(w);
        var losses = new double[labels.length];
        Kernels.logSumExpRows(scores, losses);
        for (int i = 0; i < losses.length; i++) {
            losses[i] -= scores.data[i * classes + labels[i]];
        }
        return Kernels.sum(losses) / losses.length;
    }

    @Override
    public void gradient(double[] w, double[] gradient) {
        Require.length("gradient", gradient, dimension());
        var residuals = scores(w);
        Kernels.softmaxRows(residuals, residuals);
        for (int i = 0; i < labels.length; i++) {
            residuals.data[i * classes + labels[i]] -= 1;
        }
        Kernels.gemmTransA(
                residuals, features, DMatrixRMaj.wrap(classes, features.numCols, gradient));
        Kernels.scale(1.0 / labels.length, gradient);
    }

    @Override
    public double value(int[] terms, double[] w) {
        check(terms, w);
        var scores = new double[classes];
        var losses = new double[terms.length];
        for (int t = 0; t < terms.length; t++) {
            scores(terms[t], w, scores);
            losses[t] = Kernels.logSumExp(scores) - scores[labels[terms[t]]];
        }
        return Kernels.sum(losses) / losses.length;
    }

    @Override
    public void gradient(int[] terms, double[] w, double[] gradient) {
        check(terms, w);
        Require.length("gradient", gradient, dimension());
        int n = features.numCols;
        int m = terms.length;
        // The samples side by side, so that softmax and the outer products run over all of them.
        var batch = new DMatrixRMaj(m, n);
        var residuals = new DMatrixRMaj(m, classes);
        var scores = new double[classes];
        for (int t = 0; t < m; t++) {
            System.arraycopy(features.data, terms[t] * n, batch.data, t * n, n);
            scores(terms[t], w, scores);
            System.arraycopy(scores, 0, residuals.data, t * classes, classes);
        }
        Kernels.softmaxRows(residuals, residuals);
        double share = 1.0 / m;
        for (int t = 0; t < m; t++) {
            residuals.data[t * classes + labels[terms[t]]] -= 1;
        }
        Kernels.scale(share, residuals.data);
        Kernels.gemmTransA(residuals, batch, DMatrixRMaj.wrap(classes, n, gradient));
    }

    /**
     * Share of the samples whose label has the largest score; of equal scores the first counts.
     *
     * @param w weights of length classes * n
     * @return accuracy in [0, 1]
     * @throws IllegalArgumentException if the length of w differs
     */
    public double accuracy(double[] w) {
        return (double) correct(w) / labels.length;
    }

    /**
     * Number of samples whose label has the largest score; of equal scores the first counts.
     *
     * @param w weights of length classes * n
     * @return a number in 0..terms()
     * @throws IllegalArgumentException if the length of w differs
     */
    public int correct(double[] w) {
        var scores = scores(w);
        int correct = 0;
        for (int i = 0; i < labels.length; i++) {
            int best = 0;
            for (int c = 1; c < classes; c++) {
                if (scores.data[i * classes + c] > scores.data[i * classes + best]) {
                    best = c;
                }
            }
            correct += best == labels[i] ? 1 : 0;
        }
        return correct;
    }

    private DMatrixRMaj scores(double[] w) {
        Require.length("w", w, dimension());
        // By class first: the product's inner loop then runs over samples, which are many.
        var byClass = new DMatrixRMaj(classes, labels.length);
        Kernels.gemmTransB(DMatrixRMaj.wrap(classes, features.numCols, w), features, byClass);
        return CommonOps_DDRM.transpose(byClass, null);
    }

    private void scores(int sample, double[] w, double[] scores) {
        int n = features.numCols;
        Kernels.gemv(w, classes, features.data, sample * n, n, scores);
    }

    private void check(int[] terms, double[] w) {
        Require.length("w", w, dimension());
        Samples.check(terms, labels.length);
    }
}
