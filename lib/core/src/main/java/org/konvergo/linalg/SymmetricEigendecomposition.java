package org.konvergo.linalg;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, A = V diag(values) V' with orthogonal V: a
 * Householder reduction to tridiagonal form, then QL steps with implicit shifts (Golub and Van
 * Loan, Matrix Computations, 2013, section 8.3; Wilkinson and Reinsch, Linear Algebra, 1971,
 * contribution II/4).
 *
 * <p>Only additions, multiplications, divisions and square roots are used, on one thread, so that
 * the results are the same bits everywhere. Eigenvalues are exact to a few units of rounding of the
 * largest one: small eigenvalues have that absolute error, not a relative one.
 */
public final class SymmetricEigendecomposition {
    /** Allowed difference of mirrored entries, relative to the largest entry. */
    private static final double ASYMMETRY = 1e-10;

    private static final double EPSILON = 0x1p-52;

    /** Off-diagonal entries below this count as zero: the matrix is scaled to entries about 1. */
    private static final double NOTHING = 0x1p-400;

    private static final int LIMIT = 60;

    private final double[] values;
    private final double[][] vectors; // each row an eigenvector

    private SymmetricEigendecomposition(double[] values, double[][] vectors) {
        this.values = values;
        this.vectors = vectors;
    }

    /**
     * Decomposes a matrix.
     *
     * @param a symmetric, n x n, n at least 1, entries finite; kept. Mirrored entries may differ by
     *     1e-10 of the largest entry, as rounding leaves them; their mean counts
     * @return the decomposition
     * @throws IllegalArgumentException if the matrix is empty, not square, not symmetric or has an
     *     entry that is not finite
     * @throws IllegalStateException if the iteration does not converge
     */
    public static SymmetricEigendecomposition of(DMatrixRMaj a) {
        int n = Require.atLeast("rows of a", Require.square("a", a).numRows, 1);
        double largest = 0;
        for (int i = 0; i < n * n; i++) {
            if (!Double.isFinite(a.data[i])) {
                Require.finite("a[" + i / n + "," + i % n + "]", a.data[i]);
            }
            largest = Math.max(largest, Math.abs(a.data[i]));
        }
        // A power of two, so that scaling changes no digit.
        int exponent = largest > 0 ? Math.getExponent(largest) : 0;
        var t = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double below = a.data[i * n + j];
                double above = a.data[j * n + i];
                if (Math.abs(below - above) > ASYMMETRY * largest) {
                    Require.that(
                            false,
                            "a",
                            "symmetric",
                            above + " at " + j + "," + i + " and " + below + " at " + i + "," + j);
                }
                t[i][j] = Math.scalb(0.5 * below + 0.5 * above, -exponent);
                t[j][i] = t[i][j];
            }
        }
        var values = new double[n];
        var off = new double[n];
        double[][] vectors = tridiagonal(t, values, off);
        iterate(values, off, vectors);
        sort(values, vectors);
        for (int i = 0; i < n; i++) {
            values[i] = Math.scalb(values[i], exponent);
        }
        return new SymmetricEigendecomposition(values, vectors);
    }

    /**
     * Number of rows and columns.
     *
     * @return n
     */
    public int size() {
        return values.length;
    }

    /**
     * The eigenvalues.
     *
     * @return a new vector of length n, ascending
     */
    public double[] values() {
        return values.clone();
    }

    /**
     * An eigenvalue.
     *
     * @param i which, in 0..n-1, ascending
     * @return its value
     * @throws IllegalArgumentException if the index is out of range
     */
    public double value(int i) {
        return values[Require.index("i", i, values.length)];
    }

    /**
     * The smallest eigenvalue.
     *
     * @return the first of {@link #values}
     */
    public double smallest() {
        return values[0];
    }

    /**
     * The largest eigenvalue.
     *
     * @return the last of {@link #values}
     */
    public double largest() {
        return values[values.length - 1];
    }

    /**
     * An eigenvector, of length 1 and of either sign.
     *
     * @param i which, in 0..n-1, in the order of the eigenvalues
     * @return a new vector of length n
     * @throws IllegalArgumentException if the index is out of range
     */
    public double[] vector(int i) {
        return vectors[Require.index("i", i, values.length)].clone();
    }

    /**
     * The eigenvectors.
     *
     * @return a new n x n matrix with an eigenvector in each column, in the order of the
     *     eigenvalues
     */
    public DMatrixRMaj vectors() {
        int n = values.length;
        var v = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                v.data[j * n + i] = vectors[i][j];
            }
        }
        return v;
    }

    /**
     * The matrix with the same eigenvectors and other eigenvalues, V diag(replaced) V'.
     *
     * @param replaced eigenvalues, of length n, in the order of {@link #values}
     * @return a new symmetric n x n matrix
     * @throws IllegalArgumentException if there are more or fewer
     */
    public DMatrixRMaj with(double[] replaced) {
        int n = values.length;
        Require.length("replaced", replaced, n);
        var result = new DMatrixRMaj(n, n);
        for (int k = 0; k < n; k++) {
            double[] v = vectors[k];
            if (replaced[k] == 0) {
                continue;
            }
            for (int i = 0; i < n; i++) {
                double f = replaced[k] * v[i];
                for (int j = 0; j <= i; j++) {
                    result.data[i * n + j] = Math.fma(f, v[j], result.data[i * n + j]);
                }
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                result.data[j * n + i] = result.data[i * n + j];
            }
        }
        return result;
    }

    /**
     * Reduces a, which is used up, to the tridiagonal T with A = Q T Q'. Writes its diagonal and
     * what lies beside it (the first n - 1 entries), and returns Q'.
     */
    private static double[][] tridiagonal(double[][] a, double[] diagonal, double[] off) {
        int n = a.length;
        var reflectors = new double[n][];
        var scales = new double[n];
        for (int k = 0; k + 2 < n; k++) {
            var v = new double[n];
            double square = 0;
            for (int i = k + 1; i < n; i++) {
                v[i] = a[i][k];
                square = Math.fma(v[i], v[i], square);
            }
            double norm = Math.sqrt(square);
            double alpha = v[k + 1] > 0 ? -norm : norm;
            off[k] = alpha;
            if (norm <= NOTHING) {
                off[k] = v[k + 1];
                continue;
            }
            v[k + 1] -= alpha;
            double beta = -1 / (alpha * v[k + 1]); // 2 / |v|^2
            reflect(a, k, v, beta);
            reflectors[k] = v;
            scales[k] = beta;
        }
        if (n > 1) {
            off[n - 2] = a[n - 1][n - 2];
        }
        var q = new double[n][n];
        for (int i = 0; i < n; i++) {
            diagonal[i] = a[i][i];
            q[i][i] = 1;
        }
        for (int k = n - 3; k >= 0; k--) {
            double[] v = reflectors[k];
            for (int i = k + 1; v != null && i < n; i++) {
                double s = 0;
                for (int j = k + 1; j < n; j++) {
                    s = Math.fma(q[i][j], v[j], s);
                }
                addMultiple(-scales[k] * s, v, q[i], k + 1);
            }
        }
        return q;
    }

    /** a = H a H on the rows and columns from k + 1 on, with H = I - beta v v'. */
    private static void reflect(double[][] a, int k, double[] v, double beta) {
        int n = a.length;
        var w = new double[n];
        double product = 0;
        for (int i = k + 1; i < n; i++) {
            double s = 0;
            for (int j = k + 1; j < n; j++) {
                s = Math.fma(a[i][j], v[j], s);
            }
            w[i] = beta * s;
            product = Math.fma(w[i], v[i], product);
        }
        addMultiple(-0.5 * beta * product, v, w, k + 1);
        for (int i = k + 1; i < n; i++) {
            for (int j = k + 1; j <= i; j++) {
                a[i][j] -= Math.fma(v[i], w[j], w[i] * v[j]);
                a[j][i] = a[i][j];
            }
        }
    }

    private static void addMultiple(double f, double[] x, double[] y, int from) {
        for (int j = from; j < y.length; j++) {
            y[j] = Math.fma(f, x[j], y[j]);
        }
    }

    /** QL steps on the tridiagonal matrix (d, e); turns the rows of z along. */
    private static void iterate(double[] d, double[] e, double[][] z) {
        int n = d.length;
        for (int low = 0; low < n; low++) {
            int high = blockEnd(d, e, low);
            for (int steps = 0; high > low; steps++) {
                if (steps == LIMIT) {
                    throw new IllegalStateException(
                            "eigenvalue " + low + " did not converge in " + LIMIT + " steps");
                }
                step(d, e, z, low, high);
                high = blockEnd(d, e, low);
            }
        }
    }

    /** The last row of the unreduced block that begins with row low. */
    private static int blockEnd(double[] d, double[] e, int low) {
        int m = low;
        while (m + 1 < d.length) {
            double size = Math.abs(e[m]);
            if (size <= EPSILON * (Math.abs(d[m]) + Math.abs(d[m + 1])) || size <= NOTHING) {
                e[m] = 0;
                return m;
            }
            m++;
        }
        return m;
    }

    /** One QL step with Wilkinson's shift on the rows low to high. */
    private static void step(double[] d, double[] e, double[][] z, int low, int high) {
        double half = (d[low + 1] - d[low]) / (2 * e[low]);
        double root = Math.sqrt(Math.fma(half, half, 1));
        double g = d[high] - d[low] + e[low] / (half + Math.copySign(root, half));
        double s = 1;
        double c = 1;
        double p = 0;
        for (int i = high - 1; i >= low; i--) {
            double f = s * e[i];
            double b = c * e[i];
            double r = Math.sqrt(Math.fma(f, f, g * g));
            e[i + 1] = r;
            if (r <= NOTHING) { // the block falls apart here
                d[i + 1] -= p;
                e[high] = 0;
                e[i + 1] = 0;
                return;
            }
            s = f / r;
            c = g / r;
            g = d[i + 1] - p;
            r = Math.fma(d[i] - g, s, 2 * c * b);
            p = s * r;
            d[i + 1] = g + p;
            g = Math.fma(c, r, -b);
            turn(z[i], z[i + 1], c, s);
        }
        d[low] -= p;
        e[low] = g;
        e[high] = 0;
    }

    private static void turn(double[] x, double[] y, double c, double s) {
        for (int j = 0; j < x.length; j++) {
            double old = y[j];
            y[j] = Math.fma(s, x[j], c * old);
            x[j] = Math.fma(c, x[j], -s * old);
        }
    }

    private static void sort(double[] values, double[][] vectors) {
        for (int i = 1; i < values.length; i++) {
            double value = values[i];
            double[] vector = vectors[i];
            int j = i;
            for (; j > 0 && values[j - 1] > value; j--) {
                values[j] = values[j - 1];
                vectors[j] = vectors[j - 1];
            }
            values[j] = value;
            vectors[j] = vector;
        }
    }

    @Override
    public String toString() {
        return "eigenvalues " + Arrays.toString(values);
    }
}
