package org.konvergo.linalg;

import org.konvergo.Require;

/**
 * Discrete cosine transform of type I on N+1 numbers:
 *
 * <p>y_k = (x_0 + (-1)^k x_N)/2 + sum over j = 1..N-1 of x_j cos(pi j k / N), k = 0..N.
 *
 * <p>It is its own inverse up to the factor 2/N. For N a power of two it takes O(N log N)
 * operations (one complex Fourier transform of N points: Stockham's self-sorting radix 4, Van Loan,
 * Computational Frameworks for the Fast Fourier Transform, 1992, section 1.7), for other N it adds
 * the sum up, in O(N^2). The cosines are computed each on its own, from an angle of the first
 * octant, so that errors do not grow along a recurrence. Safe for use by several threads.
 */
public final class DiscreteCosineTransform {
    private final int n;
    private final boolean fast;
    private final double[] cosines; // cos(pi m / n), m = 0..n if fast, else m = 0..2n-1

    /**
     * A transform of N+1 numbers.
     *
     * @param n number of intervals N, at least 1
     * @throws IllegalArgumentException if n is below 1
     */
    public DiscreteCosineTransform(int n) {
        this.n = Require.atLeast("n", n, 1);
        fast = n >= 2 && Integer.bitCount(n) == 1;
        cosines = new double[fast ? n + 1 : 2 * n];
        for (int m = 0; m < cosines.length; m++) {
            cosines[m] = cosPi(m, n);
        }
    }

    /**
     * The cosine of a rational multiple of pi, exact at multiples of pi/2 and symmetric about them.
     *
     * @param m numerator, any integer
     * @param n denominator, at least 1
     * @return cos(pi m / n), within 1 ulp
     * @throws IllegalArgumentException if n is below 1
     */
    public static double cosPi(long m, long n) {
        Require.that(n >= 1, "n", "at least 1", n);
        long r = Math.floorMod(m, 2 * n);
        r = Math.min(r, 2 * n - r); // cos(2 pi - a) = cos(a)
        if (2 * r > n) {
            return r == n ? -1 : -cosPi(n - r, n); // cos(pi - a) = -cos(a)
        }
        if (2 * r == n) {
            return 0;
        }
        return 4 * r <= n
                ? StrictMath.cos(Math.PI * r / n)
                : StrictMath.sin(Math.PI * (n - 2 * r) / (2.0 * n));
    }

    /**
     * The transform.
     *
     * @param x vector of length N+1
     * @param y vector of length N+1, overwritten with the transform; may be x itself
     * @throws IllegalArgumentException if a length differs
     */
    public void transform(double[] x, double[] y) {
        Require.length("x", x, n + 1);
        Require.length("y", y, n + 1);
        if (fast) {
            fast(x, y);
        } else {
            direct(x, y);
        }
    }

    /**
     * The inverse: 2/N times the transform.
     *
     * @param y vector of length N+1
     * @param x vector of length N+1, overwritten with the vector whose transform is y; may be y
     * @throws IllegalArgumentException if a length differs
     */
    public void inverse(double[] y, double[] x) {
        transform(y, x);
        Kernels.scale(2.0 / n, x);
    }

    private void direct(double[] x, double[] y) {
        var result = new double[n + 1];
        for (int k = 0; k <= n; k++) {
            double s = 0.5 * (x[0] + ((k & 1) == 0 ? x[n] : -x[n]));
            int m = 0;
            for (int j = 1; j < n; j++) {
                m += k;
                m = m >= 2 * n ? m - 2 * n : m;
                s = Math.fma(x[j], cosines[m], s);
            }
            result[k] = s;
        }
        System.arraycopy(result, 0, y, 0, n + 1);
    }

    /**
     * The even extension of x to 2N numbers, read as N complex ones (even indices real, odd ones
     * imaginary), has a Fourier transform Z. Its even and its odd half have the transforms A_k =
     * (Z_k + conj Z_(N-k)) / 2 and B_k = (Z_k - conj Z_(N-k)) / 2i, and y_k is half of the real
     * part of A_k + exp(-i pi k / N) B_k.
     */
    private void fast(double[] x, double[] y) {
        var re = new double[n];
        var im = new double[n];
        for (int j = 0; j < n; j++) {
            re[j] = x[2 * j <= n ? 2 * j : 2 * (n - j)];
            im[j] = x[2 * j < n ? 2 * j + 1 : 2 * (n - j) - 1];
        }
        var z = fourier(re, im);
        for (int k = 0; k <= n; k++) {
            int a = k & (n - 1);
            int b = (n - k) & (n - 1);
            double even = z[0][a] + z[0][b];
            double oddRe = z[1][a] + z[1][b];
            double oddIm = z[0][b] - z[0][a];
            y[k] = 0.25 * (even + cosines[k] * oddRe + sine(k) * oddIm);
        }
    }

    private double sine(int k) {
        return cosines[Math.abs(n / 2 - k)]; // sin(pi k / n), for even n
    }

    /** Complex Fourier transform of n points; uses up its arguments and returns {re, im}. */
    private double[][] fourier(double[] re, double[] im) {
        double[][] from = {re, im};
        double[][] to = {new double[n], new double[n]};
        int stride = 1;
        for (int length = n; length > 1; length /= 4) {
            if (length == 2) {
                radix2(stride, from, to);
            } else {
                radix4(length / 4, stride, from, to);
            }
            var swap = from;
            from = to;
            to = swap;
            stride *= 4;
        }
        return from;
    }

    private static void radix2(int s, double[][] from, double[][] to) {
        for (int part = 0; part < 2; part++) {
            double[] x = from[part];
            double[] y = to[part];
            for (int q = 0; q < s; q++) {
                y[q] = x[q] + x[q + s];
                y[q + s] = x[q] - x[q + s];
            }
        }
    }

    private void radix4(int quarter, int s, double[][] from, double[][] to) {
        for (int p = 0; p < quarter; p++) {
            double c1 = cosines[2 * s * p];
            double s1 = -sine(2 * s * p);
            double c2 = cosines[4 * s * p];
            double s2 = -sine(4 * s * p);
            double c3 = c1 * c2 - s1 * s2;
            double s3 = c1 * s2 + s1 * c2;
            butterflies(quarter, s, p, from, to, new double[] {c1, s1, c2, s2, c3, s3});
        }
    }

    private static void butterflies(
            int quarter, int s, int p, double[][] from, double[][] to, double[] w) {
        double[] xr = from[0];
        double[] xi = from[1];
        double[] yr = to[0];
        double[] yi = to[1];
        int step = s * quarter;
        double c1 = w[0];
        double s1 = w[1];
        double c2 = w[2];
        double s2 = w[3];
        double c3 = w[4];
        double s3 = w[5];
        int out = 4 * s * p;
        for (int a = s * p; a < s * p + s; a++, out++) {
            int b = a + step;
            int c = b + step;
            int d = c + step;
            double acRe = xr[a] + xr[c];
            double acIm = xi[a] + xi[c];
            double bdRe = xr[b] + xr[d];
            double bdIm = xi[b] + xi[d];
            double uRe = xr[a] - xr[c];
            double uIm = xi[a] - xi[c];
            double vRe = xi[d] - xi[b]; // v = i (x_b - x_d)
            double vIm = xr[b] - xr[d];
            yr[out] = acRe + bdRe;
            yi[out] = acIm + bdIm;
            yr[out + s] = c1 * (uRe - vRe) - s1 * (uIm - vIm);
            yi[out + s] = c1 * (uIm - vIm) + s1 * (uRe - vRe);
            yr[out + 2 * s] = c2 * (acRe - bdRe) - s2 * (acIm - bdIm);
            yi[out + 2 * s] = c2 * (acIm - bdIm) + s2 * (acRe - bdRe);
            yr[out + 3 * s] = c3 * (uRe + vRe) - s3 * (uIm + vIm);
            yi[out + 3 * s] = c3 * (uIm + vIm) + s3 * (uRe + vRe);
        }
    }
}
