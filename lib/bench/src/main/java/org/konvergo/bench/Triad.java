package org.konvergo.bench;

import java.util.Arrays;

/**
 * The triad a = b + s c of the STREAM benchmark (McCalpin, Memory bandwidth and machine balance in
 * current high performance computers, 1995): how fast numbers come through memory or a cache of
 * that size, which no kernel can exceed that reads as much.
 */
final class Triad {
    static final String NAME = "triad";

    static final String READING = "triad that reads as much";

    /** Shorter vectors are bound by the start of a loop and not by memory. */
    static final int LEAST = 1000;

    private Triad() {}

    /** A triad that reads two arrays and writes one, so many bytes together. */
    static Solver<double[]> moving(long bytes) {
        return of(Math.toIntExact(bytes / 3 / Double.BYTES));
    }

    /**
     * A triad that reads two arrays of so many bytes together and writes one beside. From a cache,
     * writes have a path of their own: a kernel that only reads cannot use it, and is bound by
     * these reads.
     */
    static Solver<double[]> reading(long bytes) {
        return of(Math.toIntExact(bytes / 2 / Double.BYTES));
    }

    private static Solver<double[]> of(int n) {
        var a = new double[n];
        var b = new double[n];
        var c = new double[n];
        Arrays.fill(b, 1);
        Arrays.fill(c, 2);
        return Solver.limit(
                () -> {
                    for (int i = 0; i < n; i++) {
                        a[i] = Math.fma(3, c[i], b[i]);
                    }
                    return a;
                });
    }
}
