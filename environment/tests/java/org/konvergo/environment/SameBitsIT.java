package org.konvergo.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The golden suite and two notebooks give the same bits on two JDKs, with and without SIMD. */
class SameBitsIT {
    /** Prints the matrix; on a machine with one JDK it says so. */
    @Test
    void shortFormOfTheProof() throws IOException, InterruptedException {
        var run = Command.run("environment/verify-bits", "--short");
        assertEquals(0, run.code(), run.output());
    }
}
