package org.konvergo.constrained;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.Smooth;

/**
 * Training of a {@link TwoLayerReluNetwork} of a given width as a function of its parameters: scale
 * * sum over the samples of loss(f(x_k), y_k) + beta * half the sum of the squared weights. It is
 * not convex.
 *
 * @param x n x d, one row a sample
 * @param y one target a sample
 * @param loss of a prediction
 * @param scale factor of the sum of losses, positive: 1/2 with the squared loss is (1/2) |f - y|^2
 * @param beta weight decay, non-negative
 * @param width number of neurons, at least 1
 */
public record ReluTraining(
        DMatrixRMaj x, double[] y, PointLoss loss, double scale, double beta, int width)
        implements Smooth {
    /** Up to so many inputs the gradient is computed sample by sample. */
    private static final int NARROW = 4;

    private static final long ONE = Double.doubleToRawLongBits(1);

    /**
     * Checks the arguments; the arrays are not copied.
     *
     * @param x as above
     * @param y as above
     * @param loss as above
     * @param scale as above
     * @param beta as above
     * @param width as above
     * @throws IllegalArgumentException if the numbers of samples differ, an entry is not finite or
     *     a number is out of range
     */
    public ReluTraining {
        Require.notNull("x", x);
        Require.atLeast("columns of x", x.numCols, 1);
        Require.finite("x", x.data);
        Require.finite("y", Require.length("y", y, x.numRows));
        Require.notNull("loss", loss);
        Require.positive("scale", scale);
        Require.nonNegative("beta", beta);
        Require.atLeast("width", width, 1);
    }

    @Override
    public int dimension() {
        return width * (x.numCols + 1);
    }

    @Override
    public double value(double[] parameters) {
        Require.length("parameters", parameters, dimension());
        var network = TwoLayerReluNetwork.of(parameters, x.numCols);
        double[] f = network.predict(x);
        double sum = 0;
        for (int k = 0; k < f.length; k++) {
            sum += loss.value(f[k], y[k]);
        }
        return scale * sum + beta * network.squaredWeights();
    }

    @Override
    public void gradient(double[] parameters, double[] gradient) {
        Require.length("parameters", parameters, dimension());
        Require.length("gradient", gradient, dimension());
        if (x.numCols <= NARROW) {
            narrowGradient(parameters, gradient);
            return;
        }
        var network = TwoLayerReluNetwork.of(parameters, x.numCols);
        int n = x.numRows;
        int d = x.numCols;
        var scores = new DMatrixRMaj(n, width);
        Kernels.gemmTransB(x, network.hidden(), scores);
        var rectified = new DMatrixRMaj(n, width);
        for (int k = 0; k < n * width; k++) {
            rectified.data[k] = positive(scores.data[k]);
        }
        var f = new double[n];
        Kernels.gemv(rectified, network.output(), f);
        // In the place of the scores goes what is handed back to the neurons.
        for (int k = 0; k < n; k++) {
            f[k] = scale * loss.derivative(f[k], y[k]);
            for (int j = 0; j < width; j++) {
                int at = k * width + j;
                scores.data[at] = f[k] * network.output()[j] * active(scores.data[at]);
            }
        }
        var hiddenGradient = new DMatrixRMaj(width, d);
        Kernels.gemmTransA(scores, x, hiddenGradient);
        var outputGradient = new double[width];
        Kernels.gemvTransposed(rectified, f, outputGradient);
        System.arraycopy(hiddenGradient.data, 0, gradient, 0, width * d);
        System.arraycopy(outputGradient, 0, gradient, width * d, width);
        Kernels.axpy(beta, parameters, gradient);
    }

    /** Without the products of matrices, whose preparation takes longer than the few sums do. */
    private void narrowGradient(double[] parameters, double[] gradient) {
        int d = x.numCols;
        int outputs = width * d;
        Arrays.fill(gradient, 0);
        if (d == 2) {
            pairGradient(parameters, gradient);
            Kernels.axpy(beta, parameters, gradient);
            return;
        }
        var scores = new double[width];
        for (int k = 0; k < y.length; k++) {
            double f = 0;
            for (int j = 0; j < width; j++) {
                double score = 0;
                for (int c = 0; c < d; c++) {
                    score = Math.fma(x.data[k * d + c], parameters[j * d + c], score);
                }
                scores[j] = score;
                f = Math.fma(Math.max(0, score), parameters[outputs + j], f);
            }
            double slope = scale * loss.derivative(f, y[k]);
            for (int j = 0; j < width; j++) {
                if (scores[j] >= 0) {
                    double back = slope * parameters[outputs + j];
                    for (int c = 0; c < d; c++) {
                        gradient[j * d + c] =
                                Math.fma(back, x.data[k * d + c], gradient[j * d + c]);
                    }
                    gradient[outputs + j] = Math.fma(slope, scores[j], gradient[outputs + j]);
                }
            }
        }
        Kernels.axpy(beta, parameters, gradient);
    }

    /**
     * Of two inputs, with the same bits. The sums over the neurons, each of which waits for itself,
     * run for two samples side by side, and there is no branch on what is active.
     */
    private void pairGradient(double[] parameters, double[] gradient) {
        int n = y.length;
        var scores = new double[2 * width];
        for (int k = 0; k < n; k += 2) {
            // The last of an odd number stands for both.
            int l = Math.min(k + 1, n - 1);
            double x0 = x.data[2 * k];
            double x1 = x.data[2 * k + 1];
            double z0 = x.data[2 * l];
            double z1 = x.data[2 * l + 1];
            double f = 0;
            double g = 0;
            for (int j = 0; j < width; j++) {
                double a = parameters[2 * j];
                double b = parameters[2 * j + 1];
                double output = parameters[2 * width + j];
                double s = Math.fma(x1, b, Math.fma(x0, a, 0.0));
                double t = Math.fma(z1, b, Math.fma(z0, a, 0.0));
                scores[j] = s;
                scores[width + j] = t;
                f = Math.fma(positive(s), output, f);
                g = Math.fma(positive(t), output, g);
            }
            addPair(x0, x1, scale * loss.derivative(f, y[k]), scores, 0, parameters, gradient);
            if (l > k) {
                double slope = scale * loss.derivative(g, y[l]);
                addPair(z0, z1, slope, scores, width, parameters, gradient);
            }
        }
    }

    private void addPair(
            double x0,
            double x1,
            double slope,
            double[] scores,
            int from,
            double[] parameters,
            double[] gradient) {
        for (int j = 0; j < width; j++) {
            double score = scores[from + j];
            double back = slope * parameters[2 * width + j] * active(score);
            gradient[2 * j] = Math.fma(back, x0, gradient[2 * j]);
            gradient[2 * j + 1] = Math.fma(back, x1, gradient[2 * j + 1]);
            int output = 2 * width + j;
            gradient[output] = Math.fma(slope, positive(score), gradient[output]);
        }
    }

    private static double positive(double score) {
        return 0.5 * (score + Math.abs(score));
    }

    /** 1, or 0 for a negative score. */
    private static double active(double score) {
        long negative = Double.doubleToRawLongBits(score) >> 63;
        return Double.longBitsToDouble(~negative & ONE);
    }
}
