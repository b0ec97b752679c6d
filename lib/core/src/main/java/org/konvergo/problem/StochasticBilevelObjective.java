package org.konvergo.problem;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.random.RandomStream;

/**
 * A bilevel objective that is known by samples: an average of random functions. A drawn sample is a
 * function of its own, which may be asked at several points; recursive momentum does so.
 */
public interface StochasticBilevelObjective {
    /**
     * The average of all samples.
     *
     * @return the function that the samples stand for
     */
    BilevelObjective mean();

    /**
     * Draws a sample.
     *
     * @param random where from
     * @return a function of the variables of {@link #mean()}; unbiased in each derivative
     */
    BilevelObjective sample(RandomStream random);

    /**
     * Samples without noise.
     *
     * @param mean the function
     * @return every sample is the function itself
     * @throws IllegalArgumentException if it is null
     */
    static StochasticBilevelObjective exact(BilevelObjective mean) {
        Require.notNull("mean", mean);
        return new StochasticBilevelObjective() {
            @Override
            public BilevelObjective mean() {
                return mean;
            }

            @Override
            public BilevelObjective sample(RandomStream random) {
                return mean;
            }
        };
    }

    /**
     * Additive Gaussian noise: in a sample each of the four derivatives is shifted by a vector of
     * independent N(0, deviation^2) entries, the same at all points. Values have no noise.
     *
     * @param mean the function
     * @param gradientDeviation of each entry of the two gradients, at least 0
     * @param productDeviation of each entry of the two Hessian products, at least 0; if 0, nothing
     *     is drawn for them
     * @return the samples
     * @throws IllegalArgumentException if the function is null or a deviation is negative
     */
    static StochasticBilevelObjective noisy(
            BilevelObjective mean, double gradientDeviation, double productDeviation) {
        Require.notNull("mean", mean);
        Require.nonNegative("gradientDeviation", gradientDeviation);
        Require.nonNegative("productDeviation", productDeviation);
        return new StochasticBilevelObjective() {
            @Override
            public BilevelObjective mean() {
                return mean;
            }

            @Override
            public BilevelObjective sample(RandomStream random) {
                int n = mean.dimensionX();
                int m = mean.dimensionY();
                return new Shifted(
                        mean,
                        noise(n, gradientDeviation, random),
                        noise(m, gradientDeviation, random),
                        noise(m, productDeviation, random),
                        noise(n, productDeviation, random));
            }
        };
    }

    /** A draw, or null where there is no noise. */
    private static double[] noise(int length, double deviation, RandomStream random) {
        if (deviation == 0) {
            return null;
        }
        var noise = new double[length];
        for (int i = 0; i < length; i++) {
            noise[i] = deviation * random.gaussian();
        }
        return noise;
    }

    /**
     * A function whose derivatives are shifted; a shift that is null is none.
     *
     * @param mean the function
     * @param byX shift of the gradient in x
     * @param byY shift of the gradient in y
     * @param byYy shift of products with the Hessian in y
     * @param byXy shift of products with the mixed Hessian
     */
    record Shifted(BilevelObjective mean, double[] byX, double[] byY, double[] byYy, double[] byXy)
            implements BilevelObjective {
        @Override
        public int dimensionX() {
            return mean.dimensionX();
        }

        @Override
        public int dimensionY() {
            return mean.dimensionY();
        }

        @Override
        public double value(double[] x, double[] y) {
            return mean.value(x, y);
        }

        @Override
        public void gradientX(double[] x, double[] y, double[] gradient) {
            mean.gradientX(x, y, gradient);
            add(byX, gradient);
        }

        @Override
        public void gradientY(double[] x, double[] y, double[] gradient) {
            mean.gradientY(x, y, gradient);
            add(byY, gradient);
        }

        @Override
        public void hessianYY(double[] x, double[] y, double[] v, double[] product) {
            mean.hessianYY(x, y, v, product);
            add(byYy, product);
        }

        @Override
        public void hessianXY(double[] x, double[] y, double[] v, double[] product) {
            mean.hessianXY(x, y, v, product);
            add(byXy, product);
        }

        private static void add(double[] shift, double[] derivative) {
            if (shift != null) {
                Kernels.axpy(1, shift, derivative);
            }
        }
    }
}
