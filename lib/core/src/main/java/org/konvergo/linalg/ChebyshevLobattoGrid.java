package org.konvergo.linalg;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;

/**
 * The Chebyshev-Gauss-Lobatto grid on [-1, 1]: nodes tau_i = -cos(i pi / N), i = 0..N, ascending,
 * with Clenshaw-Curtis weights, the differentiation matrix, and the passage between values on the
 * nodes and coefficients of Chebyshev polynomials.
 *
 * <p>Source: Trefethen, Spectral Methods in MATLAB, 2000, chapters 6, 8 and 12. Immutable.
 */
public final class ChebyshevLobattoGrid {
    private final int n;
    private final double[] nodes;
    private final double[] weights;
    private final DiscreteCosineTransform cosines;

    /**
     * A grid of N+1 nodes.
     *
     * @param n number of intervals N, at least 2
     * @throws IllegalArgumentException if n is below 2
     */
    public ChebyshevLobattoGrid(int n) {
        this.n = Require.atLeast("n", n, 2);
        cosines = new DiscreteCosineTransform(n);
        nodes = new double[n + 1];
        weights = new double[n + 1];
        for (int i = 0; i <= n; i++) {
            nodes[i] = i == n - i ? 0 : -DiscreteCosineTransform.cosPi(i, n);
        }
        for (int k = 0; k <= n; k += 2) {
            weights[k] = 2 / (1 - (double) k * k); // the integral of T_k; 0 for odd k
        }
        cosines.inverse(weights, weights);
        weights[0] /= 2;
        weights[n] /= 2;
    }

    /**
     * Number of intervals.
     *
     * @return N, at least 2
     */
    public int intervals() {
        return n;
    }

    /**
     * Number of nodes.
     *
     * @return N+1
     */
    public int size() {
        return n + 1;
    }

    /**
     * The nodes.
     *
     * @return a new vector of length N+1, ascending from -1 to 1, antisymmetric to the last bit
     */
    public double[] nodes() {
        return nodes.clone();
    }

    /**
     * The Clenshaw-Curtis weights: the sum of w_i p(tau_i) is the integral of p over [-1, 1] for
     * every polynomial p of degree N or less.
     *
     * @return a new vector of length N+1; positive, with sum 2
     */
    public double[] weights() {
        return weights.clone();
    }

    /**
     * From values to Chebyshev coefficients: p(tau) = sum of a_k T_k(tau), k = 0..N, is the
     * polynomial of degree N through the values.
     *
     * @param values p(tau_i), of length N+1
     * @return the coefficients a, of length N+1
     * @throws IllegalArgumentException if the length differs
     */
    public double[] coefficients(double[] values) {
        var a = new double[n + 1];
        cosines.inverse(Require.length("values", values, n + 1), a);
        a[0] /= 2;
        a[n] /= 2;
        negateOdd(a);
        return a;
    }

    /**
     * From Chebyshev coefficients to values: the inverse of {@link #coefficients}.
     *
     * @param coefficients a, of length N+1
     * @return the values p(tau_i), of length N+1
     * @throws IllegalArgumentException if the length differs
     */
    public double[] values(double[] coefficients) {
        var a = Require.length("coefficients", coefficients, n + 1).clone();
        negateOdd(a); // T_k(tau_i) = (-1)^k cos(pi i k / N)
        a[0] *= 2;
        a[n] *= 2;
        cosines.transform(a, a);
        return a;
    }

    private static void negateOdd(double[] a) {
        for (int k = 1; k < a.length; k += 2) {
            a[k] = -a[k];
        }
    }

    /**
     * The differentiation matrix: D_ij is the derivative at tau_i of the polynomial of degree N
     * that is 1 at tau_j and 0 at the other nodes. Differences of nodes come from a product of
     * sines and the diagonal from the zero row sums, which keeps the rounding errors small.
     *
     * @return a new matrix, (N+1) x (N+1); its 2-norm grows like N^2
     */
    public DMatrixRMaj differentiationMatrix() {
        var d = new DMatrixRMaj(n + 1, n + 1);
        for (int i = 0; i <= n; i++) {
            double diagonal = 0;
            for (int j = 0; j <= n; j++) {
                if (j != i) {
                    double ratio = (isEnd(i) ? 2 : 1) / (isEnd(j) ? 2.0 : 1.0);
                    double entry = ((i + j) % 2 == 0 ? ratio : -ratio) / difference(i, j);
                    d.set(i, j, entry);
                    diagonal -= entry;
                }
            }
            d.set(i, i, diagonal);
        }
        return d;
    }

    private boolean isEnd(int i) {
        return i == 0 || i == n;
    }

    /** tau_i - tau_j = 2 sin((i+j) pi / 2N) sin((i-j) pi / 2N). */
    private double difference(int i, int j) {
        return 2
                * DiscreteCosineTransform.cosPi(n - i - j, 2L * n)
                * DiscreteCosineTransform.cosPi(n - i + j, 2L * n);
    }

    /**
     * The antiderivative that vanishes at -1, of the polynomial of degree N through the values, in
     * O(N log N) operations for N a power of two: to coefficients, b_k = (a_(k-1) - a_(k+1)) / 2k
     * with a_0 doubled, and back to values.
     *
     * @param values p(tau_i), of length N+1
     * @return the integral of p from -1 to tau_i, of length N+1; exactly 0 at i = 0
     * @throws IllegalArgumentException if the length differs
     */
    public double[] integrate(double[] values) {
        double[] a = coefficients(values);
        var b = new double[n + 1];
        b[1] = a[0] - a[2] / 2;
        for (int k = 2; k <= n; k++) {
            b[k] = (a[k - 1] - (k < n ? a[k + 1] : 0)) / (2.0 * k);
        }
        b[n - 1] += a[n] / (2.0 * (n + 1)); // on the nodes T_(N+1) equals T_(N-1)
        double[] integral = values(b);
        double first = integral[0];
        for (int i = 0; i <= n; i++) {
            integral[i] -= first;
        }
        return integral;
    }

    /**
     * The integral over [-1, 1] of the polynomial through the values.
     *
     * @param values p(tau_i), of length N+1
     * @return the sum of w_i p(tau_i)
     * @throws IllegalArgumentException if the length differs
     */
    public double integral(double[] values) {
        return Kernels.dot(weights, Require.length("values", values, n + 1));
    }
}
