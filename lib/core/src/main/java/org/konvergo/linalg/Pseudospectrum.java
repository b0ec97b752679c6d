package org.konvergo.linalg;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;

/**
 * The pseudospectrum of a real matrix: how near a complex number z comes to being an eigenvalue.
 * Its level is the least singular value s(z) of z I - A, which is the norm of the smallest change
 * of A that makes z an eigenvalue. The level is 0 at the eigenvalues, and for a normal matrix it is
 * the distance to them; where it is smaller than that, the flow x' = A x can grow before it decays.
 *
 * <p>Source: Trefethen and Embree, Spectra and Pseudospectra, 2005, sections 2 and 14.
 */
public final class Pseudospectrum {
    private Pseudospectrum() {}

    /**
     * The level at z = re + i im. The complex matrix z I - A of order n is written as a real one of
     * order 2 n, in which each singular value stands twice; O(n^3) operations.
     *
     * @param a matrix A, n x n, entries finite
     * @param re real part of z, finite
     * @param im imaginary part of z, finite
     * @return the least singular value of z I - A, at least 0
     * @throws IllegalArgumentException if the matrix is empty, not square, or a number is not
     *     finite
     */
    public static double level(DMatrixRMaj a, double re, double im) {
        int n = Require.square("a", a).numRows;
        Require.atLeast("order of a", n, 1);
        Require.finite("a", a.data);
        Require.finite("re", re);
        Require.finite("im", im);
        var shifted = new DMatrixRMaj(2 * n, 2 * n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double entry = (i == j ? re : 0) - a.data[i * n + j];
                shifted.data[2 * i * n + j] = entry;
                shifted.data[2 * (n + i) * n + n + j] = entry;
            }
            shifted.data[2 * i * n + n + i] = -im;
            shifted.data[2 * (n + i) * n + i] = im;
        }
        return SingularValues.of(shifted)[2 * n - 1];
    }

    /**
     * The levels over a rectangle of the complex plane, of which the rows run on all threads.
     *
     * @param a matrix A, n x n, entries finite
     * @param re real parts, at least one, finite
     * @param im imaginary parts, at least one, finite
     * @return one array an imaginary part, one level a real part
     * @throws IllegalArgumentException if the matrix is empty, not square, or a number is not
     *     finite, or a list is empty
     */
    public static double[][] levels(DMatrixRMaj a, double[] re, double[] im) {
        Require.atLeast("number of real parts", Require.finite("re", re).length, 1);
        Require.atLeast("number of imaginary parts", Require.finite("im", im).length, 1);
        var levels = new double[im.length][re.length];
        Parallel.each(
                im.length,
                i -> {
                    for (int j = 0; j < re.length; j++) {
                        levels[i][j] = level(a, re[j], im[i]);
                    }
                });
        return levels;
    }

    /**
     * The largest ratio of Re z to the level among the given numbers: a lower bound of Kreiss'
     * constant, and so of the largest norm of exp(t A) over t &gt; 0 (Trefethen and Embree, theorem
     * 15.4). A value above 1 proves that some start grows.
     *
     * @param a matrix A, n x n, entries finite, eigenvalues in the left half plane
     * @param re real parts, at least one, positive and finite
     * @param im imaginary parts, at least one, finite
     * @return the largest Re z / s(z) over the rectangle, above 0
     * @throws IllegalArgumentException as for {@link #levels}, or if a real part is not positive
     */
    public static double kreissBound(DMatrixRMaj a, double[] re, double[] im) {
        Require.positive("re", re);
        double bound = 0;
        for (double[] row : levels(a, re, im)) {
            for (int j = 0; j < re.length; j++) {
                bound = Math.max(bound, re[j] / row[j]);
            }
        }
        return bound;
    }
}
