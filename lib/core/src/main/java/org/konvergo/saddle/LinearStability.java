package org.konvergo.saddle;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.EigenvaluesNonsymmetric;

/**
 * What methods make of small deviations from a zero of an operator F: each eigenvector of the
 * derivative H of F is multiplied by a factor a step. A method is locally stable if the largest
 * modulus of the factors, the spectral radius, is below 1.
 *
 * @param real real parts of the eigenvalues of H
 * @param imaginary their imaginary parts
 */
public record LinearStability(double[] real, double[] imaginary) {
    /**
     * Checks the arguments.
     *
     * @param real as above
     * @param imaginary as above
     * @throws IllegalArgumentException if the lengths differ or an entry is not finite
     */
    public LinearStability {
        Require.finite("real", real);
        Require.finite("imaginary", Require.length("imaginary", imaginary, real.length));
    }

    /**
     * Computes the eigenvalues.
     *
     * @param derivative H, square and finite; for two time scales with the rows of x divided by tau
     * @return the eigenvalues, by ascending real parts
     * @throws IllegalArgumentException if the matrix is empty, not square or not finite
     */
    public static LinearStability of(DMatrixRMaj derivative) {
        var eigenvalues = EigenvaluesNonsymmetric.of(derivative);
        return new LinearStability(eigenvalues.real(), eigenvalues.imaginary());
    }

    /**
     * Spectral radius of I - eta H, the step of {@link GradientDescentAscent}.
     *
     * @param eta step, positive
     * @return at least 0
     * @throws IllegalArgumentException if the step is not positive
     */
    public double gradientDescentAscent(double eta) {
        Require.positive("eta", eta);
        double largest = 0;
        for (int i = 0; i < real.length; i++) {
            largest = Math.max(largest, modulus(1 - eta * real[i], eta * imaginary[i]));
        }
        return largest;
    }

    /**
     * Spectral radius of I - eta H (I - eta H), the step of {@link Extragradient}.
     *
     * @param eta step, positive
     * @return at least 0
     * @throws IllegalArgumentException if the step is not positive
     */
    public double extragradient(double eta) {
        Require.positive("eta", eta);
        double largest = 0;
        for (int i = 0; i < real.length; i++) {
            double p = eta * real[i];
            double q = eta * imaginary[i];
            // 1 - w + w^2 with w = p + iq
            double re = 1 - p + p * p - q * q;
            double im = 2 * p * q - q;
            largest = Math.max(largest, modulus(re, im));
        }
        return largest;
    }

    private static double modulus(double re, double im) {
        return Math.sqrt(re * re + im * im);
    }
}
