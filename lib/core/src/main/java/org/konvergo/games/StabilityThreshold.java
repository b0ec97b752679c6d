package org.konvergo.games;

import java.util.function.DoublePredicate;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.EigenvaluesNonsymmetric;
import org.konvergo.method.BisectionThreshold;

/**
 * The largest step with which a method for x' = -J x still converges to 0, by the eigenvalues of J:
 * a step h multiplies the component of an eigenvalue by the method's polynomial P(-h eigenvalue),
 * which must lie inside the unit circle (Hairer and Wanner, Solving Ordinary Differential Equations
 * II, 1996, section IV.2).
 */
public enum StabilityThreshold {
    /** Euler's method, P(z) = 1 + z: gradient play itself. */
    EULER(1),
    /** The classical method of order 4, P(z) = 1 + z + z^2/2 + z^3/6 + z^4/24. */
    RUNGE_KUTTA_4(4);

    /** Beyond this modulus of z neither polynomial is stable in the left half-plane. */
    private static final double REACH = 3.5;

    private static final int SCAN = 128;
    private static final int BISECTIONS = 60;

    /** P is the Taylor polynomial of exp of this degree. */
    private final int order;

    StabilityThreshold(int order) {
        this.order = order;
    }

    /**
     * The threshold.
     *
     * @param j Jacobian, n x n, finite
     * @return the h for which the iteration converges with all smaller positive steps and not
     *     beyond; 0 if it converges with no small step
     * @throws IllegalArgumentException if the matrix is empty, not square or not finite
     */
    public double of(DMatrixRMaj j) {
        var eigenvalues = EigenvaluesNonsymmetric.of(Require.square("j", j));
        double[] re = eigenvalues.real();
        double[] im = eigenvalues.imaginary();
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < re.length; i++) {
            least = Math.min(least, of(re[i], im[i]));
        }
        return least;
    }

    /**
     * The threshold of one eigenvalue.
     *
     * @param re real part of the eigenvalue of J, finite
     * @param im imaginary part, finite
     * @return the largest stable h; 0 if there is none, as for every eigenvalue with a negative
     *     real part
     * @throws IllegalArgumentException if a part is not finite
     */
    public double of(double re, double im) {
        Require.finite("re", re);
        Require.finite("im", im);
        double size = Math.sqrt(re * re + im * im);
        if (re < 0 || size == 0) {
            return 0;
        }
        if (this == EULER) {
            return 2 * re / (size * size);
        }
        // Along the ray, in units of 1 / size: first find where it leaves, then bisect.
        DoublePredicate stable = z -> amplification(z, re / size, im / size) < 1;
        int k = 1;
        while (k < SCAN && stable.test(REACH * k / SCAN)) {
            k++;
        }
        double low = REACH * (k - 1) / SCAN;
        double high = REACH * k / SCAN;
        // A ray that leaves at once is unstable for every step.
        return k == 1 ? 0 : BisectionThreshold.of(stable, low, high, BISECTIONS).low() / size;
    }

    /**
     * How much a step multiplies the component of an eigenvalue.
     *
     * @param step h, finite
     * @param re real part of the eigenvalue of J, finite
     * @param im imaginary part, finite
     * @return the modulus of P(-h (re + i im))
     * @throws IllegalArgumentException if an argument is not finite
     */
    public double amplification(double step, double re, double im) {
        Require.finite("step", step);
        double x = -step * Require.finite("re", re);
        double y = -step * Require.finite("im", im);
        double a = 1;
        double b = 0;
        for (int k = order; k >= 1; k--) { // Horner: 1 + z/1 (1 + z/2 (1 + ...))
            double next = 1 + (x * a - y * b) / k;
            b = (x * b + y * a) / k;
            a = next;
        }
        return Math.sqrt(a * a + b * b);
    }

    /**
     * The largest multiplication of a component in a step.
     *
     * @param j Jacobian, n x n, finite
     * @param step h, finite
     * @return the spectral radius of P(-h J)
     * @throws IllegalArgumentException if the matrix is empty, not square or not finite
     */
    public double radius(DMatrixRMaj j, double step) {
        var eigenvalues = EigenvaluesNonsymmetric.of(Require.square("j", j));
        double[] re = eigenvalues.real();
        double[] im = eigenvalues.imaginary();
        double largest = 0;
        for (int i = 0; i < re.length; i++) {
            largest = Math.max(largest, amplification(step, re[i], im[i]));
        }
        return largest;
    }
}
