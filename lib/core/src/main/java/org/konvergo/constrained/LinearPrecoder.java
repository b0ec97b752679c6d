package org.konvergo.constrained;

import java.util.Arrays;
import org.ejml.data.ZMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.ComplexCholesky;
import org.konvergo.linalg.ComplexKernels;

/**
 * The usual linear precoders, which take the estimate G of the channel for the truth. Each is
 * scaled to the given power, the squared Frobenius norm of P. (Joham, Utschick and Nossek, Linear
 * transmit processing in MIMO communications systems, IEEE Transactions on Signal Processing,
 * 2005.)
 */
public enum LinearPrecoder {
    /** conj(G): strongest signal, whatever it does to the others. */
    MATCHED_FILTER,
    /** conj(G) (G' conj(G))^-1: no interference at all, whatever it costs. */
    ZERO_FORCING,
    /** conj(G) (G' conj(G) + users noise / power I)^-1: least mean squared error. */
    MMSE;

    /**
     * The precoder.
     *
     * @param estimate G, antennas x users, one column a user; of full column rank for zero forcing
     * @param noise power of the noise at a user, positive
     * @param power of all antennas together, positive
     * @return P, antennas x users
     * @throws IllegalArgumentException if there are more users than antennas, the estimate is not
     *     finite or zero, or noise or power is not positive; for zero forcing also if users cannot
     *     be told apart
     */
    public ZMatrixRMaj precoder(ZMatrixRMaj estimate, double noise, double power) {
        Require.notNull("estimate", estimate);
        int m = estimate.numRows;
        int users = Require.atLeast("users", estimate.numCols, 1);
        Require.that(users <= m, "users", "at most as many as the " + m + " antennas", users);
        Require.finite("estimate", Arrays.copyOf(estimate.data, estimate.getDataLength()));
        Require.positive("noise", noise);
        Require.positive("power", power);
        var conjugate = ComplexKernels.ofColumns(ComplexKernels.columns(estimate, true), m, users);
        double size = ComplexKernels.squaredNorm(conjugate);
        Require.positive("norm of estimate", size);
        var shape =
                switch (this) {
                    case MATCHED_FILTER -> conjugate;
                    case ZERO_FORCING -> regularised(conjugate, 0);
                    case MMSE -> regularised(conjugate, users * noise / power);
                };
        return ComplexKernels.scaled(Math.sqrt(power / ComplexKernels.squaredNorm(shape)), shape);
    }

    /** B (B*B + mu I)^-1, which is (B B* + mu I)^-1 B with a small matrix. */
    private static ZMatrixRMaj regularised(ZMatrixRMaj b, double mu) {
        var gram = ComplexKernels.adjointProduct(b, b);
        var identity = new ZMatrixRMaj(b.numCols, b.numCols);
        for (int k = 0; k < b.numCols; k++) {
            gram.data[2 * k * (b.numCols + 1)] += mu;
            identity.setReal(k, k, 1);
        }
        return ComplexKernels.product(b, ComplexCholesky.of(gram).solve(identity));
    }
}
