package org.konvergo.problem;

import org.konvergo.linalg.Kernels;
import org.konvergo.random.RandomStream;

/**
 * A function whose derivatives are shifted by Gaussian noise, each by its own, which is drawn when
 * the derivative is first asked for and stays the same from then on, at all points.
 */
final class NoiseWhereAsked implements BilevelObjective {
    private final BilevelObjective mean;
    private final double deviation;
    private final RandomStream random;
    private final double[][] shifts = new double[4][];

    private NoiseWhereAsked(BilevelObjective mean, double deviation, RandomStream random) {
        this.mean = mean;
        this.deviation = deviation;
        this.random = random;
    }

    /** Samples of a function; each is the function itself if there is no noise. */
    static StochasticBilevelObjective samples(BilevelObjective mean, double deviation) {
        if (deviation == 0) {
            return StochasticBilevelObjective.exact(mean);
        }
        return new StochasticBilevelObjective() {
            @Override
            public BilevelObjective mean() {
                return mean;
            }

            @Override
            public BilevelObjective sample(RandomStream random) {
                return new NoiseWhereAsked(mean, deviation, random);
            }
        };
    }

    private void shift(int which, double[] derivative) {
        if (shifts[which] == null) {
            shifts[which] = random.gaussians(derivative.length);
        }
        Kernels.axpy(deviation, shifts[which], derivative);
    }

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
        shift(0, gradient);
    }

    @Override
    public void gradientY(double[] x, double[] y, double[] gradient) {
        mean.gradientY(x, y, gradient);
        shift(1, gradient);
    }

    @Override
    public void hessianYY(double[] x, double[] y, double[] v, double[] product) {
        mean.hessianYY(x, y, v, product);
        shift(2, product);
    }

    @Override
    public void hessianXY(double[] x, double[] y, double[] v, double[] product) {
        mean.hessianXY(x, y, v, product);
        shift(3, product);
    }
}
