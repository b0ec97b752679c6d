package org.konvergo.linalg;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;

/**
 * All eigenvalues of a real matrix that need not be symmetric: balancing, reduction to Hessenberg
 * form by Householder reflections, then QR steps with Francis' double shift (Golub and Van Loan,
 * Matrix Computations, 2013, sections 7.4 and 7.5; the shifts and the tests for small entries are
 * those of EISPACK's hqr, Wilkinson and Reinsch, Linear Algebra, 1971, contribution II/14).
 *
 * <p>Only additions, multiplications, divisions and square roots are used, on one thread, so that
 * the results are the same bits everywhere. Takes about 14 n^3 operations.
 */
public final class EigenvaluesNonsymmetric {
    private static final double EPSILON = 0x1p-52;

    private final double[] real;
    private final double[] imaginary;

    private EigenvaluesNonsymmetric(double[] real, double[] imaginary) {
        this.real = real;
        this.imaginary = imaginary;
    }

    /**
     * Computes the eigenvalues.
     *
     * @param a matrix, n x n, n at least 1, entries finite; kept
     * @return its eigenvalues
     * @throws IllegalArgumentException if the matrix is empty, not square or has an entry that is
     *     not finite
     * @throws IllegalStateException if the iteration does not converge
     */
    public static EigenvaluesNonsymmetric of(DMatrixRMaj a) {
        int n = Require.atLeast("rows of a", Require.square("a", a).numRows, 1);
        double[] entries = Require.finite("a", Arrays.copyOf(a.data, n * n));
        var h = new double[n][];
        for (int i = 0; i < n; i++) {
            h[i] = Arrays.copyOfRange(entries, i * n, (i + 1) * n);
        }
        balance(h);
        reduce(h);
        var iteration = new QrIteration(h);
        iteration.run();
        return sorted(iteration.real, iteration.imaginary);
    }

    /**
     * Number of eigenvalues, each counted as often as it occurs.
     *
     * @return n
     */
    public int size() {
        return real.length;
    }

    /**
     * Real parts, ascending.
     *
     * @return a new vector of length n
     */
    public double[] real() {
        return real.clone();
    }

    /**
     * Imaginary parts, in the order of the real parts; ascending among equal real parts, so that of
     * a conjugate pair the one below the real axis comes first.
     *
     * @return a new vector of length n
     */
    public double[] imaginary() {
        return imaginary.clone();
    }

    /**
     * Number of eigenvalues with a real part in an interval.
     *
     * @param low lower end, allowed
     * @param high upper end, allowed
     * @return how many, from 0 to n
     */
    public int countRealIn(double low, double high) {
        int count = 0;
        for (double re : real) {
            count += re >= low && re <= high ? 1 : 0;
        }
        return count;
    }

    /**
     * Number of eigenvalues outside a disc about a point of the real axis.
     *
     * @param centre of the disc, finite
     * @param radius of the disc, at least 0; eigenvalues on the circle count as inside
     * @return how many, from 0 to n
     * @throws IllegalArgumentException if the centre is not finite or the radius negative
     */
    public int countOutsideDisc(double centre, double radius) {
        Require.finite("centre", centre);
        Require.nonNegative("radius", radius);
        int count = 0;
        for (int i = 0; i < real.length; i++) {
            count += modulus(real[i] - centre, imaginary[i]) > radius ? 1 : 0;
        }
        return count;
    }

    /** Without overflow where the parts are large. */
    static double modulus(double re, double im) {
        double scale = Math.max(Math.abs(re), Math.abs(im));
        if (scale == 0) {
            return 0;
        }
        double x = re / scale;
        double y = im / scale;
        return scale * Math.sqrt(Math.fma(x, x, y * y));
    }

    private static EigenvaluesNonsymmetric sorted(double[] re, double[] im) {
        int[] order =
                IntStream.range(0, re.length)
                        .boxed()
                        .sorted(
                                Comparator.comparingDouble((Integer i) -> re[i])
                                        .thenComparingDouble(i -> im[i]))
                        .mapToInt(i -> i)
                        .toArray();
        var real = new double[re.length];
        var imaginary = new double[re.length];
        for (int i = 0; i < order.length; i++) {
            real[i] = re[order[i]];
            imaginary[i] = im[order[i]];
        }
        return new EigenvaluesNonsymmetric(real, imaginary);
    }

    /** Scales rows and columns by powers of two until their norms agree within a factor of two. */
    private static void balance(double[][] h) {
        int n = h.length;
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = 0; i < n; i++) {
                double column = 0;
                double row = 0;
                for (int j = 0; j < n; j++) {
                    if (j != i) {
                        column += Math.abs(h[j][i]);
                        row += Math.abs(h[i][j]);
                    }
                }
                double f = factor(column, row);
                if (column * f + row / f < 0.95 * (column + row)) {
                    changed = true;
                    for (int j = 0; j < n; j++) {
                        h[i][j] /= f;
                        h[j][i] *= f;
                    }
                }
            }
        }
    }

    private static double factor(double column, double row) {
        double f = 1;
        if (column > 0 && row > 0) {
            for (double c = column; c < row / 2; c *= 4) {
                f *= 2;
            }
            for (double c = column; c >= row * 2; c /= 4) {
                f /= 2;
            }
        }
        return f;
    }

    /** Householder reflections from both sides, so that h is zero below its first subdiagonal. */
    private static void reduce(double[][] h) {
        int n = h.length;
        var v = new double[n];
        var row = new double[n];
        for (int k = 0; k + 2 < n; k++) {
            double norm = 0;
            for (int i = k + 1; i < n; i++) {
                v[i] = h[i][k];
                norm = Math.fma(v[i], v[i], norm);
            }
            norm = Math.sqrt(norm);
            if (norm == Math.abs(v[k + 1])) {
                continue; // nothing to remove
            }
            double alpha = v[k + 1] > 0 ? -norm : norm;
            v[k + 1] -= alpha;
            double beta = -1 / (alpha * v[k + 1]); // 2 / |v|^2
            reflectRows(h, k, v, beta, row);
            reflectColumns(h, k, v, beta);
            h[k + 1][k] = alpha;
            for (int i = k + 2; i < n; i++) {
                h[i][k] = 0;
            }
        }
    }

    /** h = (I - beta v v') h on columns k+1 and on. */
    private static void reflectRows(double[][] h, int k, double[] v, double beta, double[] sums) {
        int n = h.length;
        Arrays.fill(sums, k + 1, n, 0);
        for (int i = k + 1; i < n; i++) {
            addMultiple(v[i], h[i], sums, k + 1, n);
        }
        for (int i = k + 1; i < n; i++) {
            addMultiple(-beta * v[i], sums, h[i], k + 1, n);
        }
    }

    /** h = h (I - beta v v') on all rows. */
    private static void reflectColumns(double[][] h, int k, double[] v, double beta) {
        int n = h.length;
        for (int i = 0; i < n; i++) {
            double s = Kernels.dot(h[i], k + 1, v, k + 1, n - k - 1);
            addMultiple(-beta * s, v, h[i], k + 1, n);
        }
    }

    private static void addMultiple(double f, double[] x, double[] y, int from, int to) {
        for (int j = from; j < to; j++) {
            y[j] = Math.fma(f, x[j], y[j]);
        }
    }

    /** Francis' double-shift QR steps on a Hessenberg matrix, which they use up. */
    private static final class QrIteration {
        private final double[][] h;
        private final double[] real;
        private final double[] imaginary;
        private final int limit; // of steps for one eigenvalue: LAPACK's, for defective clusters
        private final double norm; // largest entry, the scale of rounding errors
        private final DelayedColumns delayed = new DelayedColumns();

        QrIteration(double[][] h) {
            this.h = h;
            real = new double[h.length];
            imaginary = new double[h.length];
            limit = 30 * Math.max(10, h.length);
            double largest = 0;
            for (double[] row : h) {
                largest = Math.max(largest, Kernels.normInf(row));
            }
            norm = largest;
        }

        void run() {
            int high = h.length - 1;
            int steps = 0;
            while (high >= 0) {
                int low = smallSubdiagonal(high);
                if (low == high) {
                    real[high] = h[high][high];
                    high--;
                    steps = 0;
                } else if (low == high - 1) {
                    pair(high);
                    high -= 2;
                    steps = 0;
                } else if (steps == limit) {
                    throw new IllegalStateException(
                            "eigenvalue " + high + " did not converge in " + limit + " steps");
                } else {
                    steps++;
                    doubleStep(low, high, steps);
                }
            }
        }

        /** The first row of the last unreduced block. */
        private int smallSubdiagonal(int high) {
            int l = high;
            while (l > 0) {
                double s = Math.abs(h[l - 1][l - 1]) + Math.abs(h[l][l]);
                if (Math.abs(h[l][l - 1]) <= EPSILON * (s == 0 ? norm : s)) {
                    h[l][l - 1] = 0;
                    return l;
                }
                l--;
            }
            return 0;
        }

        /** The eigenvalues of the trailing 2 x 2 block. */
        private void pair(int high) {
            double x = h[high][high];
            double y = h[high - 1][high - 1];
            double w = h[high][high - 1] * h[high - 1][high];
            double p = (y - x) / 2;
            double q = p * p + w;
            double z = Math.sqrt(Math.abs(q));
            if (q >= 0) {
                double d = p + (p >= 0 ? z : -z);
                real[high - 1] = x + d;
                real[high] = d == 0 ? real[high - 1] : x - w / d;
            } else {
                real[high - 1] = x + p;
                real[high] = real[high - 1];
                imaginary[high - 1] = z;
                imaginary[high] = -z;
            }
        }

        private void doubleStep(int low, int high, int steps) {
            double x = h[high][high];
            double y = h[high - 1][high - 1];
            double w = h[high][high - 1] * h[high - 1][high];
            if (steps % 10 == 0) { // exceptional shift, against cycles
                double s = Math.abs(h[high][high - 1]) + Math.abs(h[high - 1][high - 2]);
                x += 0.75 * s;
                y = x;
                w = -0.4375 * s * s;
            }
            int start = high - 2;
            double p = 0;
            double q = 0;
            double r = 0;
            for (; start >= low; start--) {
                double z = h[start][start];
                double a = x - z;
                double b = y - z;
                p = (a * b - w) / h[start + 1][start] + h[start][start + 1];
                q = h[start + 1][start + 1] - z - a - b;
                r = h[start + 2][start + 1];
                double s = Math.abs(p) + Math.abs(q) + Math.abs(r);
                p /= s;
                q /= s;
                r /= s;
                if (start == low || twoSmall(start, p, q, r)) {
                    break;
                }
            }
            for (int i = start + 2; i <= high; i++) {
                h[i][i - 2] = 0;
                if (i > start + 2) {
                    h[i][i - 3] = 0;
                }
            }
            chase(low, start, high, p, q, r);
        }

        /** Whether two consecutive small subdiagonal entries let the sweep start here. */
        private boolean twoSmall(int m, double p, double q, double r) {
            double left = Math.abs(h[m][m - 1]) * (Math.abs(q) + Math.abs(r));
            double right =
                    Math.abs(p)
                            * (Math.abs(h[m - 1][m - 1])
                                    + Math.abs(h[m][m])
                                    + Math.abs(h[m + 1][m + 1]));
            return left <= EPSILON * right;
        }

        /** Sweeps a 3 x 3 bulge from row start down to row high. */
        private void chase(int low, int start, int high, double p0, double q0, double r0) {
            double p = p0;
            double q = q0;
            double r = r0;
            int group = start;
            for (int k = start; k < high; k++) {
                if (k == group + DelayedColumns.GROUP) {
                    delayed.apply(h, low, group);
                    group = k;
                }
                boolean three = k != high - 1;
                double scale = 1;
                if (k != start) {
                    p = h[k][k - 1];
                    q = h[k + 1][k - 1];
                    r = three ? h[k + 2][k - 1] : 0;
                    scale = Math.abs(p) + Math.abs(q) + Math.abs(r);
                    if (scale == 0) {
                        delayed.add(three, 0, 0, 0, 0, 0); // changes nothing
                        continue;
                    }
                    p /= scale;
                    q /= scale;
                    r /= scale;
                }
                double norm = Math.sqrt(p * p + q * q + r * r);
                double s = p < 0 ? -norm : norm;
                if (k != start) {
                    h[k][k - 1] = -s * scale;
                } else if (low != start) {
                    h[k][k - 1] = -h[k][k - 1];
                }
                p += s;
                double x = p / s;
                double y = q / s;
                double z = r / s;
                q /= p;
                r /= p;
                if (three) {
                    rows3(h[k], h[k + 1], h[k + 2], k, high, q, r, x, y, z);
                } else {
                    rows2(h[k], h[k + 1], k, high, q, x, y);
                }
                // No row above the group is met again before the sweep ends.
                delayed.add(three, q, r, x, y, z);
                columns(k, group, Math.min(high, k + 3), three, q, r, x, y, z);
            }
            delayed.apply(h, low, group);
        }

        private static void rows3(
                double[] h0,
                double[] h1,
                double[] h2,
                int from,
                int to,
                double q,
                double r,
                double x,
                double y,
                double z) {
            for (int j = from; j <= to; j++) {
                double f = Math.fma(r, h2[j], Math.fma(q, h1[j], h0[j]));
                h0[j] = Math.fma(-f, x, h0[j]);
                h1[j] = Math.fma(-f, y, h1[j]);
                h2[j] = Math.fma(-f, z, h2[j]);
            }
        }

        private static void rows2(
                double[] h0, double[] h1, int from, int to, double q, double x, double y) {
            for (int j = from; j <= to; j++) {
                double f = Math.fma(q, h1[j], h0[j]);
                h0[j] = Math.fma(-f, x, h0[j]);
                h1[j] = Math.fma(-f, y, h1[j]);
            }
        }

        private void columns(
                int k,
                int from,
                int to,
                boolean three,
                double q,
                double r,
                double x,
                double y,
                double z) {
            for (int i = from; i <= to; i++) {
                double[] row = h[i];
                double f = Math.fma(y, row[k + 1], x * row[k]);
                if (three) {
                    f = Math.fma(z, row[k + 2], f);
                    row[k + 2] = Math.fma(-f, r, row[k + 2]);
                }
                row[k] -= f;
                row[k + 1] = Math.fma(-f, q, row[k + 1]);
            }
        }
    }

    /**
     * Reflections of three neighbouring columns each, kept until there is a group of them and then
     * applied to the rows that waited: a row's entries are loaded once for the whole group, and
     * four rows at a time hide the latency of the chain. The operations on an entry and their order
     * are those of applying each at once.
     */
    private static final class DelayedColumns {
        static final int GROUP = 32;
        private static final int SIZE = 5;

        private final double[] reflections = new double[SIZE * GROUP];
        private int count;
        private boolean lastIsPair;

        /** The next one, for three columns or, at the end of a sweep, for two. */
        void add(boolean three, double q, double r, double x, double y, double z) {
            int p = SIZE * count++;
            reflections[p] = q;
            reflections[p + 1] = r;
            reflections[p + 2] = x;
            reflections[p + 3] = y;
            reflections[p + 4] = z;
            lastIsPair = !three;
        }

        /** Applies what is kept to the rows low..group-1, where group is the first column. */
        void apply(double[][] h, int low, int group) {
            int triples = lastIsPair ? count - 1 : count;
            int i = low;
            for (; i + 4 <= group && triples > 0; i += 4) {
                fourRows(h[i], h[i + 1], h[i + 2], h[i + 3], group, triples);
            }
            for (; i < group && triples > 0; i++) {
                oneRow(h[i], group, triples);
            }
            if (lastIsPair) {
                for (i = low; i < group; i++) {
                    pair(h[i], group + count - 1, SIZE * (count - 1));
                }
            }
            count = 0;
            lastIsPair = false;
        }

        private void fourRows(
                double[] h0, double[] h1, double[] h2, double[] h3, int group, int triples) {
            double a0 = h0[group];
            double a1 = h1[group];
            double a2 = h2[group];
            double a3 = h3[group];
            double b0 = h0[group + 1];
            double b1 = h1[group + 1];
            double b2 = h2[group + 1];
            double b3 = h3[group + 1];
            int p = 0;
            for (int k = group; k < group + triples; k++, p += SIZE) {
                double q = reflections[p];
                double r = reflections[p + 1];
                double x = reflections[p + 2];
                double y = reflections[p + 3];
                double z = reflections[p + 4];
                double f0 = Math.fma(z, h0[k + 2], Math.fma(y, b0, x * a0));
                double f1 = Math.fma(z, h1[k + 2], Math.fma(y, b1, x * a1));
                double f2 = Math.fma(z, h2[k + 2], Math.fma(y, b2, x * a2));
                double f3 = Math.fma(z, h3[k + 2], Math.fma(y, b3, x * a3));
                h0[k] = a0 - f0;
                h1[k] = a1 - f1;
                h2[k] = a2 - f2;
                h3[k] = a3 - f3;
                a0 = Math.fma(-f0, q, b0);
                a1 = Math.fma(-f1, q, b1);
                a2 = Math.fma(-f2, q, b2);
                a3 = Math.fma(-f3, q, b3);
                b0 = Math.fma(-f0, r, h0[k + 2]);
                b1 = Math.fma(-f1, r, h1[k + 2]);
                b2 = Math.fma(-f2, r, h2[k + 2]);
                b3 = Math.fma(-f3, r, h3[k + 2]);
            }
            int end = group + triples;
            h0[end] = a0;
            h1[end] = a1;
            h2[end] = a2;
            h3[end] = a3;
            h0[end + 1] = b0;
            h1[end + 1] = b1;
            h2[end + 1] = b2;
            h3[end + 1] = b3;
        }

        private void oneRow(double[] row, int group, int triples) {
            int p = 0;
            for (int k = group; k < group + triples; k++, p += SIZE) {
                double f =
                        Math.fma(
                                reflections[p + 4],
                                row[k + 2],
                                Math.fma(
                                        reflections[p + 3],
                                        row[k + 1],
                                        reflections[p + 2] * row[k]));
                row[k] -= f;
                row[k + 1] = Math.fma(-f, reflections[p], row[k + 1]);
                row[k + 2] = Math.fma(-f, reflections[p + 1], row[k + 2]);
            }
        }

        private void pair(double[] row, int k, int p) {
            double f = Math.fma(reflections[p + 3], row[k + 1], reflections[p + 2] * row[k]);
            row[k] -= f;
            row[k + 1] = Math.fma(-f, reflections[p], row[k + 1]);
        }
    }
}
