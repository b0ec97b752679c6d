package org.konvergo.problem;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;

/** What the finite sums over samples have in common. */
final class Samples {
    private Samples() {}

    /** Requires at least one sample and feature, and finite entries. */
    static void check(String name, DMatrixRMaj samples) {
        Require.notNull(name, samples);
        Require.atLeast("number of samples (rows) of " + name, samples.numRows, 1);
        Require.atLeast("number of features (columns) of " + name, samples.numCols, 1);
        Require.finite(name, samples.data);
    }

    /** Requires labels of -1 or 1. */
    static void signs(String name, double[] labels) {
        for (int i = 0; i < labels.length; i++) {
            if (Math.abs(labels[i]) != 1) {
                Require.that(false, name + "[" + i + "]", "-1 or 1", labels[i]);
            }
        }
    }

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
