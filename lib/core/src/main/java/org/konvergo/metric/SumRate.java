package org.konvergo.metric;

import org.ejml.data.ZMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.ComplexKernels;
import org.konvergo.linalg.Elementary;
import org.konvergo.linalg.Kernels;

/**
 * The rate at which a linearly precoded downlink can carry data. User k receives, over its channel
 * g_k, its own signal with the gain g_k'p_k, those of the others with g_k'p_j, and noise; treating
 * the others as noise it can be told
 *
 * <p>log2(1 + |g_k'p_k|^2 / (sum over j other than k of |g_k'p_j|^2 + noise))
 *
 * <p>bits a symbol. The prime transposes and does not conjugate (Bjornson, Hoydis and Sanguinetti,
 * Massive MIMO Networks, 2017, section 4.3, with the channel known to the receivers).
 */
public final class SumRate {
    private static final double LN2 = 0.6931471805599453;

    private SumRate() {}

    /**
     * The sum over the users.
     *
     * @param channel G, one column a user, antennas x users
     * @param precoder P, one column a user, antennas x users
     * @param noise power of the noise at a user, positive
     * @return bits a symbol, non-negative
     * @throws IllegalArgumentException if the shapes differ or the noise is not positive
     */
    public static double of(ZMatrixRMaj channel, ZMatrixRMaj precoder, double noise) {
        return Kernels.sum(perUser(channel, precoder, noise));
    }

    /**
     * The rate of each user.
     *
     * @param channel G, one column a user, antennas x users
     * @param precoder P, one column a user, antennas x users
     * @param noise power of the noise at a user, positive
     * @return bits a symbol, one figure a user
     * @throws IllegalArgumentException if the shapes differ or the noise is not positive
     */
    public static double[] perUser(ZMatrixRMaj channel, ZMatrixRMaj precoder, double noise) {
        Require.notNull("channel", channel);
        Require.shape("precoder", precoder, channel.numRows, channel.numCols);
        Require.positive("noise", noise);
        double[] gains = ComplexKernels.transposedProduct(channel, precoder).data;
        int users = channel.numCols;
        var rates = new double[users];
        for (int k = 0; k < users; k++) {
            double signal = 0;
            double rest = noise;
            for (int j = 0; j < users; j++) {
                double real = gains[2 * (k * users + j)];
                double imaginary = gains[2 * (k * users + j) + 1];
                double power = real * real + imaginary * imaginary;
                if (j == k) {
                    signal = power;
                } else {
                    rest += power;
                }
            }
            rates[k] = Elementary.log1p(signal / rest) / LN2;
        }
        return rates;
    }
}
