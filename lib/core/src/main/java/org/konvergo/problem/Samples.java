package org.konvergo.problem;

import org.konvergo.Require;

/** What the finite sums over samples have in common. */
final class Samples {
    private Samples() {}

    /** Requires at least one index, each in 0..count-1. */
    static void check(int[] terms, int count) {
        Require.notNull("terms", terms);
        Require.that(terms.length > 0, "terms", "at least one index", "none");
        for (int t = 0; t < terms.length; t++) {
            if (terms[t] < 0 || terms[t] >= count) {
                Require.index("terms[" + t + "]", terms[t], count);
            }
        }
    }
}
