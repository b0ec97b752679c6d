package org.konvergo.bilevel;

import java.util.Arrays;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.BilevelObjective;
import org.konvergo.problem.BilevelProblem;
import org.konvergo.problem.MultinomialLogistic;

/**
 * Data hyper-cleaning: find the wrong labels among training samples with the help of clean
 * validation samples. Each training sample i has an upper variable x_i and the weight sigmoid(x_i);
 * the lower level fits a multinomial logistic regression W to the weighted samples, the upper level
 * wants it to do well on the validation samples:
 *
 * <p>f(x, W) = (1/n) sum of sigmoid(x_i) loss_i(W), F(x, W) = mean validation loss + ridge |W|^2.
 *
 * <p>The lower level is convex but not strongly so (Franceschi, Donini, Frasconi and Pontil,
 * Forward and reverse gradient-based hyperparameter optimization, 2017, section 5.1).
 *
 * <p>An object keeps the scores of the last point, so give each thread its own.
 */
public final class HyperCleaning {
    private final WeightedSoftmax training;
    private final WeightedSoftmax validation;
    private final double ridge;

    /**
     * A problem from data.
     *
     * @param training n samples with labels of which some are wrong
     * @param validation samples with the right labels, of the same features and classes
     * @param ridge at least 0
     * @throws IllegalArgumentException if one is null, the dimensions differ or the ridge is
     *     negative
     */
    public HyperCleaning(
            MultinomialLogistic training, MultinomialLogistic validation, double ridge) {
        Require.notNull("training", training);
        Require.notNull("validation", validation);
        Require.that(
                validation.classes() == training.classes()
                        && validation.dimension() == training.dimension(),
                "validation",
                "of " + training.classes() + " classes and dimension " + training.dimension(),
                validation.classes() + " and " + validation.dimension());
        this.training = new WeightedSoftmax(training);
        this.validation = new WeightedSoftmax(validation);
        this.ridge = Require.nonNegative("ridge", ridge);
    }

    /**
     * The problem.
     *
     * @return with n upper variables, and W row by row as the lower variable
     */
    public BilevelProblem problem() {
        return BilevelProblem.of(new Upper(), new Lower());
    }

    /**
     * How well the weights tell right labels from wrong ones: the F1 score of sigmoid(x_i) &gt; 1/2
     * as a test for "label i is right".
     *
     * @param x of length n
     * @param right whether label i is right
     * @return 2 hits / (2 hits + false alarms + misses) in [0, 1]; 0 where there is no hit
     * @throws IllegalArgumentException if a length differs
     */
    public static double f1(double[] x, boolean[] right) {
        Require.notNull("right", right);
        Require.length("x", x, right.length);
        int hits = 0;
        int errors = 0;
        for (int i = 0; i < x.length; i++) {
            hits += x[i] > 0 && right[i] ? 1 : 0;
            errors += x[i] > 0 != right[i] ? 1 : 0;
        }
        return hits == 0 ? 0 : 2.0 * hits / (2.0 * hits + errors);
    }

    private static double[] sigmoids(double[] x) {
        var weights = new double[x.length];
        Kernels.sigmoid(x, weights);
        return weights;
    }

    /** Multiplies by the derivative of the weights, sigmoid (1 - sigmoid) / n. */
    private static void chain(double[] x, double[] values) {
        double[] s = sigmoids(x);
        for (int i = 0; i < x.length; i++) {
            values[i] *= s[i] * (1 - s[i]) / x.length;
        }
    }

    private final class Lower implements BilevelObjective {
        @Override
        public int dimensionX() {
            return training.terms();
        }

        @Override
        public int dimensionY() {
            return training.dimension();
        }

        private double[] weights(double[] x) {
            double[] weights = sigmoids(x);
            Kernels.scale(1.0 / x.length, weights);
            return weights;
        }

        @Override
        public double value(double[] x, double[] y) {
            return Kernels.dot(weights(x), training.losses(y));
        }

        @Override
        public void gradientX(double[] x, double[] y, double[] gradient) {
            System.arraycopy(training.losses(y), 0, gradient, 0, x.length);
            chain(x, gradient);
        }

        @Override
        public void gradientY(double[] x, double[] y, double[] gradient) {
            training.gradient(y, weights(x), gradient);
        }

        @Override
        public void hessianYY(double[] x, double[] y, double[] v, double[] product) {
            training.product(y, weights(x), v, product);
        }

        @Override
        public void hessianXY(double[] x, double[] y, double[] v, double[] product) {
            training.slopes(y, v, product);
            chain(x, product);
        }
    }

    private final class Upper implements BilevelObjective {
        private final double[] equal = new double[validation.terms()];

        Upper() {
            Arrays.fill(equal, 1.0 / equal.length);
        }

        @Override
        public int dimensionX() {
            return training.terms();
        }

        @Override
        public int dimensionY() {
            return training.dimension();
        }

        @Override
        public double value(double[] x, double[] y) {
            return Kernels.sum(validation.losses(y)) / equal.length + ridge * Kernels.dot(y, y);
        }

        @Override
        public void gradientX(double[] x, double[] y, double[] gradient) {
            Arrays.fill(gradient, 0);
        }

        @Override
        public void gradientY(double[] x, double[] y, double[] gradient) {
            validation.gradient(y, equal, gradient);
            Kernels.axpy(2 * ridge, y, gradient);
        }

        @Override
        public void hessianYY(double[] x, double[] y, double[] v, double[] product) {
            validation.product(y, equal, v, product);
            Kernels.axpy(2 * ridge, v, product);
        }

        @Override
        public void hessianXY(double[] x, double[] y, double[] v, double[] product) {
            Arrays.fill(product, 0);
        }
    }
}
