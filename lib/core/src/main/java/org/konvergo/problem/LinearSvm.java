package org.konvergo.problem;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;

/**
 * A linear support vector machine with squared slacks: the function of u = (w, c)
 *
 * <p>|w|^2 / 2 + sum of weight_i max(0, 1 - y_i (a_i'w + c))^2 / 2,
 *
 * <p>which is what is left of |w|^2 / 2 + sum of weight_i xi_i^2 / 2 subject to y_i (a_i'w + c)
 * &gt;= 1 - xi_i when the slacks xi are eliminated. Convex and differentiable. The arrays are not
 * copied; do not change them.
 *
 * <p>Source: Cortes and Vapnik, Support-vector networks, Machine Learning 20, 1995; with squared
 * slacks, Chang, Hsieh and Lin, Coordinate descent method for large-scale L2-loss linear support
 * vector machines, JMLR 9, 2008.
 *
 * @param features m x p, one row a sample
 * @param labels of length m, each -1 or 1
 * @param weights of length m, not negative
 */
public record LinearSvm(DMatrixRMaj features, double[] labels, double[] weights) implements Smooth {
    /**
     * Checks the arguments.
     *
     * @param features as above
     * @param labels as above
     * @param weights as above
     * @throws IllegalArgumentException if there is no sample or feature, a feature is not finite, a
     *     label is neither -1 nor 1, a weight is negative or a length differs
     */
    public LinearSvm {
        Samples.check("features", features);
        Samples.signs("labels", Require.length("labels", labels, features.numRows));
        Require.nonNegative("weights", Require.length("weights", weights, features.numRows));
    }

    /**
     * Signed margins y_i (a_i'w + c).
     *
     * @param features m x p
     * @param labels of length m, each -1 or 1
     * @param u holds w and c in its first p + 1 entries
     * @return of length m, positive where the label is predicted
     * @throws IllegalArgumentException if a length differs
     */
    public static double[] margins(DMatrixRMaj features, double[] labels, double[] u) {
        int p = Require.notNull("features", features).numCols;
        Require.length("labels", labels, features.numRows);
        Require.atLeast("length of u", Require.notNull("u", u).length, p + 1);
        var margins = new double[labels.length];
        Kernels.gemv(features.data, margins.length, u, 0, p, margins);
        for (int i = 0; i < margins.length; i++) {
            margins[i] = labels[i] * (margins[i] + u[p]);
        }
        return margins;
    }

    /**
     * Share of samples whose label is predicted.
     *
     * @param features m x p
     * @param labels of length m, each -1 or 1
     * @param u holds w and c in its first p + 1 entries
     * @return in [0, 1]
     * @throws IllegalArgumentException if a length differs
     */
    public static double accuracy(DMatrixRMaj features, double[] labels, double[] u) {
        int right = 0;
        for (double margin : margins(features, labels, u)) {
            right += margin > 0 ? 1 : 0;
        }
        return (double) right / labels.length;
    }

    /**
     * The slacks of a classifier.
     *
     * @param u of length p + 1
     * @return max(0, 1 - margin), of length m
     * @throws IllegalArgumentException if the length differs
     */
    public double[] slacks(double[] u) {
        double[] slacks = margins(features, labels, u);
        for (int i = 0; i < slacks.length; i++) {
            slacks[i] = Math.max(0, 1 - slacks[i]);
        }
        return slacks;
    }

    @Override
    public int dimension() {
        return features.numCols + 1;
    }

    @Override
    public double value(double[] u) {
        Require.length("u", u, dimension());
        double[] slacks = slacks(u);
        int p = features.numCols;
        double value = Kernels.dot(u, 0, u, 0, p);
        for (int i = 0; i < slacks.length; i++) {
            value += weights[i] * slacks[i] * slacks[i];
        }
        return value / 2;
    }

    @Override
    public void gradient(double[] u, double[] gradient) {
        Require.length("u", u, dimension());
        Require.length("gradient", gradient, dimension());
        int p = features.numCols;
        double[] pulls = slacks(u);
        for (int i = 0; i < pulls.length; i++) {
            pulls[i] *= -weights[i] * labels[i];
        }
        var ofW = new double[p];
        Kernels.gemvTransposed(features, pulls, ofW);
        Kernels.axpy(1, u, 0, ofW, 0, p);
        System.arraycopy(ofW, 0, gradient, 0, p);
        gradient[p] = Kernels.sum(pulls);
    }
}
