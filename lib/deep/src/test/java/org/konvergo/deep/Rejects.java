package org.konvergo.deep;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** Asserts that bad input is refused with a message that names what was wrong. */
final class Rejects {
    private Rejects() {}

    static void bad(Executable call, String... parts) {
        var thrown = assertThrows(IllegalArgumentException.class, call);
        for (String part : parts) {
            assertTrue(
                    thrown.getMessage().contains(part),
                    () -> "'" + thrown.getMessage() + "' should contain '" + part + "'");
        }
    }
}
