package org.konvergo.bilevel;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Elementary;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.BilevelObjective;
import org.konvergo.problem.LinearSvm;

/**
 * A linear support vector machine whose weights, one a training sample, are chosen on validation
 * data: the logarithms x of the weights are the upper variable, y = (w, c, xi) with the slacks xi
 * the lower one,
 *
 * <p>f(x, y) = |w|^2 / 2 + sum of e^(x_i) xi_i^2 / 2 subject to 1 - xi_i - y_i (a_i'w + c) &lt;= 0
 * on the training data, F(x, y) = mean of 2 sigma(-5 y_j (b_j'w + c) / |w|) - 1 on the validation
 * data, with the logistic function sigma.
 *
 * <p>F is a smooth stand-in for the share of errors; it lies in (-1, 1) and is not defined at w =
 * 0. The rows of the constraints are scaled to norm 1.
 */
public final class SvmWeightSelection {
    private static final double SHARPNESS = 5;

    private final int p;
    private final LinearSvm training;
    private final DMatrixRMaj features;
    private final double[] labels;

    /**
     * A problem from data. The arrays are not copied; do not change them.
     *
     * @param a training features, n x p
     * @param y training labels, of length n, each -1 or 1
     * @param b validation features, q x p
     * @param z validation labels, of length q, each -1 or 1
     * @throws IllegalArgumentException if shapes do not fit, a feature is not finite or a label is
     *     neither -1 nor 1
     */
    public SvmWeightSelection(DMatrixRMaj a, double[] y, DMatrixRMaj b, double[] z) {
        Require.notNull("y", y);
        training = new LinearSvm(a, y, new double[y.length]);
        p = a.numCols;
        Require.shape("b", b, b.numRows, p);
        new LinearSvm(b, z, new double[z.length]);
        features = b;
        labels = z;
    }

    /**
     * The problem.
     *
     * @return with n upper and p + 1 + n lower variables, projected on by 50 sweeps of Dykstra's
     *     algorithm
     */
    public ConstrainedBilevelProblem problem() {
        int n = training.labels().length;
        var a = new DMatrixRMaj(n, p + 1 + n);
        var b = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < p; j++) {
                a.set(i, j, -training.labels()[i] * training.features().get(i, j));
            }
            a.set(i, p, -training.labels()[i]);
            a.set(i, p + 1 + i, -1);
            b[i] = -1;
        }
        var coupling = new LinearCoupling(new DMatrixRMaj(n, n), a, b, false).unitRows();
        return ConstrainedBilevelProblem.linear(new Validation(), new Machine(), coupling);
    }

    /**
     * The lower variable of a classifier, with the slacks that it needs.
     *
     * @param u holds w and c, of length p + 1
     * @return (w, c, xi), of length p + 1 + n
     * @throws IllegalArgumentException if the length differs
     */
    public double[] withSlacks(double[] u) {
        Require.length("u", u, p + 1);
        double[] slacks = training.slacks(u);
        var y = new double[p + 1 + slacks.length];
        System.arraycopy(u, 0, y, 0, p + 1);
        System.arraycopy(slacks, 0, y, p + 1, slacks.length);
        return y;
    }

    /** What both levels share. */
    private abstract class Level implements BilevelObjective {
        @Override
        public int dimensionX() {
            return training.labels().length;
        }

        @Override
        public int dimensionY() {
            return p + 1 + dimensionX();
        }
    }

    private final class Machine extends Level {
        @Override
        public double value(double[] x, double[] y) {
            double value = Kernels.dot(y, 0, y, 0, p);
            for (int i = 0; i < x.length; i++) {
                value += Elementary.exp(x[i]) * y[p + 1 + i] * y[p + 1 + i];
            }
            return value / 2;
        }

        @Override
        public void gradientX(double[] x, double[] y, double[] gradient) {
            for (int i = 0; i < x.length; i++) {
                gradient[i] = Elementary.exp(x[i]) * y[p + 1 + i] * y[p + 1 + i] / 2;
            }
        }

        @Override
        public void gradientY(double[] x, double[] y, double[] gradient) {
            hessianYY(x, y, y, gradient);
        }

        @Override
        public void hessianYY(double[] x, double[] y, double[] v, double[] product) {
            System.arraycopy(v, 0, product, 0, p);
            product[p] = 0;
            for (int i = 0; i < x.length; i++) {
                product[p + 1 + i] = Elementary.exp(x[i]) * v[p + 1 + i];
            }
        }

        @Override
        public void hessianXY(double[] x, double[] y, double[] v, double[] product) {
            for (int i = 0; i < x.length; i++) {
                product[i] = Elementary.exp(x[i]) * y[p + 1 + i] * v[p + 1 + i];
            }
        }
    }

    private final class Validation extends Level {
        /** sigma(-5 margin / |w|) of every validation sample. */
        private double[] losses(double[] margins, double norm) {
            var losses = new double[margins.length];
            for (int j = 0; j < margins.length; j++) {
                losses[j] = -SHARPNESS * margins[j] / norm;
            }
            Kernels.sigmoid(losses, losses);
            return losses;
        }

        @Override
        public double value(double[] x, double[] y) {
            double norm = Math.sqrt(Kernels.dot(y, 0, y, 0, p));
            double[] losses = losses(LinearSvm.margins(features, labels, y), norm);
            return 2 * Kernels.sum(losses) / losses.length - 1;
        }

        @Override
        public void gradientX(double[] x, double[] y, double[] gradient) {
            Arrays.fill(gradient, 0);
        }

        @Override
        public void gradientY(double[] x, double[] y, double[] gradient) {
            double norm = Math.sqrt(Kernels.dot(y, 0, y, 0, p));
            double[] margins = LinearSvm.margins(features, labels, y);
            double[] slopes = losses(margins, norm);
            double alongW = 0;
            for (int j = 0; j < slopes.length; j++) {
                double slope =
                        -2 * SHARPNESS * slopes[j] * (1 - slopes[j]) / (slopes.length * norm);
                alongW += slope * margins[j];
                slopes[j] = slope * labels[j];
            }
            var ofW = new double[p];
            Kernels.gemvTransposed(features, slopes, ofW);
            Kernels.axpy(-alongW / (norm * norm), y, 0, ofW, 0, p);
            Arrays.fill(gradient, 0);
            System.arraycopy(ofW, 0, gradient, 0, p);
            gradient[p] = Kernels.sum(slopes);
        }

        @Override
        public void hessianYY(double[] x, double[] y, double[] v, double[] product) {
            throw none();
        }

        @Override
        public void hessianXY(double[] x, double[] y, double[] v, double[] product) {
            throw none();
        }

        private static UnsupportedOperationException none() {
            return new UnsupportedOperationException(
                    "second derivatives should not be asked of the validation loss");
        }
    }
}
