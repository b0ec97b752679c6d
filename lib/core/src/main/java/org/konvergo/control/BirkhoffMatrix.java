package org.konvergo.control;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.ChebyshevLobattoGrid;
import org.konvergo.linalg.DiscreteCosineTransform;

/**
 * Birkhoff matrix of a Chebyshev-Gauss-Lobatto grid: integration of the polynomial of degree N
 * through given values. On side A it starts at the left end, B_ij = integral of the cardinal
 * polynomial l_j from -1 to tau_i; on side B it ends at the right one, B_ij = minus the integral of
 * l_j from tau_i to 1.
 *
 * <p>Unlike the entries of a differentiation matrix, which grow like N^2, those of a Birkhoff
 * matrix stay bounded: the largest 1-norm of a row is 2 for every N.
 *
 * <p>Source: Ross, Hessians in Birkhoff-Theoretic Trajectory Optimization, arXiv 2511.13963, 2025;
 * Ross and Proulx, Universal Birkhoff theory, arXiv 2308.01400.
 *
 * @param grid the nodes
 * @param side the end at which the integral vanishes
 */
public record BirkhoffMatrix(ChebyshevLobattoGrid grid, Side side) {
    /** The end of the interval at which the integral vanishes. */
    public enum Side {
        /** The left end, -1: rows begin with a row of zeros. */
        A,
        /** The right end, 1: rows end with a row of zeros. */
        B
    }

    /**
     * Checks the arguments.
     *
     * @param grid as above
     * @param side as above
     * @throws IllegalArgumentException if one is null
     */
    public BirkhoffMatrix {
        Require.notNull("grid", grid);
        Require.notNull("side", side);
    }

    /**
     * The product B v without the matrix, in O(N log N) operations for N a power of two: cosine
     * transform, recurrence, cosine transform.
     *
     * @param v vector of length N+1
     * @return a new vector of length N+1
     * @throws IllegalArgumentException if the length differs
     */
    public double[] apply(double[] v) {
        double[] product = grid.integrate(Require.length("v", v, grid.size()));
        if (side == Side.B) {
            double last = product[product.length - 1];
            for (int i = 0; i < product.length; i++) {
                product[i] -= last;
            }
        }
        return product;
    }

    /**
     * The dense matrix B^a = S C^-1 with C_ik = T_k(tau_i) and S_ik the integral of T_k from -1 to
     * tau_i. C is inverted in closed form, one cosine transform for each row of S: an LU
     * decomposition would lose digits. B^b subtracts the weights, which are B^a's last row.
     *
     * @return a new matrix, (N+1) x (N+1)
     */
    public DMatrixRMaj toMatrix() {
        int n = grid.intervals();
        double[] tau = grid.nodes();
        var b = new DMatrixRMaj(n + 1, n + 1);
        var cosines = new DiscreteCosineTransform(n);
        var row = new double[n + 1];
        for (int i = 0; i <= n; i++) {
            row[0] = tau[i] + 1;
            row[1] = -(tau[i] - 1) * (tau[i] + 1) / 2;
            for (int k = 2; k <= n; k++) {
                double s = antiderivative(k, i, n) - antiderivative(k, 0, n);
                row[k] = k % 2 == 0 ? s : -s; // T_k(tau_j) = (-1)^k cos(pi j k / N)
            }
            cosines.inverse(row, row);
            row[0] /= 2;
            row[n] /= 2;
            System.arraycopy(row, 0, b.data, i * (n + 1), n + 1);
        }
        if (side == Side.B) {
            double[] last = Arrays.copyOfRange(b.data, n * (n + 1), b.data.length);
            for (int i = 0; i <= n; i++) {
                for (int j = 0; j <= n; j++) {
                    b.data[i * (n + 1) + j] -= last[j];
                }
            }
        }
        return b;
    }

    /** F_k(tau_i) = (T_(k+1)/(k+1) - T_(k-1)/(k-1)) / 2 at tau_i = cos(pi - i pi / N), k >= 2. */
    private static double antiderivative(int k, int i, int n) {
        double up = DiscreteCosineTransform.cosPi((k + 1L) * (n - i), n);
        double down = DiscreteCosineTransform.cosPi((k - 1L) * (n - i), n);
        return 0.5 * (up / (k + 1) - down / (k - 1));
    }
}
