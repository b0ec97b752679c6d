package org.konvergo.method;

import java.util.EnumMap;
import java.util.Map;
import org.konvergo.Require;

/** Counts oracle calls. Not for use by two threads: count after joining parallel work. */
public final class OracleCounter {
    private final EnumMap<Oracle, Long> counts = new EnumMap<>(Oracle.class);

    /** A counter at zero. */
    public OracleCounter() {}

    /**
     * Counts calls.
     *
     * @param oracle what was called
     * @param calls how often, at least 0
     * @throws IllegalArgumentException if calls is negative
     */
    public void add(Oracle oracle, long calls) {
        Require.that(calls >= 0, "calls", "at least 0", calls);
        counts.merge(oracle, calls, Long::sum);
    }

    /**
     * Calls so far.
     *
     * @param oracle what was called
     * @return how often
     */
    public long count(Oracle oracle) {
        return counts.getOrDefault(oracle, 0L);
    }

    /** The counts at this moment. */
    Map<Oracle, Long> snapshot() {
        return new EnumMap<>(counts);
    }
}
