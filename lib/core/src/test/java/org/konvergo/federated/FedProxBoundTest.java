package org.konvergo.federated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.problem.SampleData.assertRefused;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class FedProxBoundTest {
    private static final double ALL = Double.POSITIVE_INFINITY;

    @Test
    void valueByHand() {
        // mu = 10, L = 1, B = 2, exact, all clients: 1/10 - 2/100 - 4/200 = 0.06.
        assertEquals(0.06, FedProxBound.exact(10, 2, 1).rho(), 1e-16);
        // K = 8: less B sqrt(2/8)/mu = 0.1 and L B^2/mu^2 (2 sqrt(2/8) + 2/8) = 0.04 * 1.25.
        assertEquals(-0.09, new FedProxBound(10, 0, 2, 1, 0, 8).rho(), 1e-16);
        // gamma = 0.5: 0.1 - 0.1 - 0.03 - 0.045; with L_- = 5 the last two are 0.06 and 0.18.
        assertEquals(-0.075, new FedProxBound(10, 0.5, 2, 1, 0, ALL).rho(), 1e-16);
        assertEquals(-0.24, new FedProxBound(10, 0.5, 2, 1, 5, ALL).rho(), 1e-16);
    }

    @Property
    void everyTroubleLowersIt(
            @ForAll @DoubleRange(min = 1, max = 100) double mu,
            @ForAll @DoubleRange(min = 1, max = 5) double b,
            @ForAll @DoubleRange(min = 0.1, max = 10) double l) {
        double best = FedProxBound.exact(mu, b, l).rho();
        assertTrue(new FedProxBound(mu, 0.1, b, l, 0, ALL).rho() < best);
        assertTrue(new FedProxBound(mu, 0, 1.1 * b, l, 0, ALL).rho() < best);
        assertTrue(new FedProxBound(mu, 0, b, 1.1 * l, 0, ALL).rho() < best);
        assertTrue(new FedProxBound(mu, 0, b, l, 0.5, ALL).rho() < best);
        assertTrue(new FedProxBound(mu, 0, b, l, 0, 10).rho() < best);
    }

    @Test
    void refusesBadInput() {
        assertRefused("mu", () -> FedProxBound.exact(0, 1, 1));
        assertRefused("mu", () -> new FedProxBound(1, 0, 1, 1, 1, ALL));
        assertRefused("gamma", () -> new FedProxBound(1, -1, 1, 1, 0, ALL));
        assertRefused("dissimilarity", () -> FedProxBound.exact(1, Double.NaN, 1));
        assertRefused("smoothness", () -> FedProxBound.exact(1, 1, 0));
        assertRefused("weakConvexity", () -> new FedProxBound(1, 0, 1, 1, -1, ALL));
        assertRefused("perRound", () -> new FedProxBound(1, 0, 1, 1, 0, 0));
    }
}
