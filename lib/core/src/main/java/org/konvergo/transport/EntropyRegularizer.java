package org.konvergo.transport;

import java.util.Arrays;
import org.konvergo.Require;
import org.konvergo.linalg.Elementary;
import org.konvergo.linalg.Kernels;

/**
 * Entropy: Omega(t) = strength * sum t log t. All entries of the plan are positive.
 *
 * <p>Source: Cuturi, Sinkhorn distances, NeurIPS 2013.
 *
 * @param strength positive; {@link EntropicTransportDual} has its inverse, eta
 */
public record EntropyRegularizer(double strength) implements TransportRegularizer {
    /**
     * Checks the argument.
     *
     * @param strength as above
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public EntropyRegularizer {
        Require.positive("strength", strength);
    }

    @Override
    public double value(double[] t) {
        double sum = 0;
        for (double entry : t) {
            sum += entry > 0 ? entry * Elementary.log(entry) : 0;
        }
        return strength * sum;
    }

    @Override
    public double conjugate(double[] s, double[] t) {
        for (int i = 0; i < s.length; i++) {
            t[i] = s[i] / strength - 1;
        }
        Kernels.exp(t, t);
        return strength * Kernels.sum(t);
    }

    @Override
    public double conjugate(double[] s, double mass, double[] t) {
        double[] exponents = Arrays.stream(s).map(entry -> entry / strength).toArray();
        double logSum = Kernels.logSumExp(exponents);
        double logMass = Elementary.log(mass);
        for (int i = 0; i < t.length; i++) {
            t[i] = exponents[i] - logSum + logMass;
        }
        Kernels.exp(t, t);
        return strength * mass * (logSum - logMass);
    }
}
