package org.konvergo.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.konvergo.random.RandomStream;

/**
 * Something that the library and its peers compute from the same inputs. A new one is a class that
 * extends this, a line in {@link Workloads}, and a function in environment/konvergo_env/peers.py
 * for each peer in Python.
 */
abstract class Workload {
    /** The solver of the library, in {@link #solvers()}. */
    static final String KONVERGO = "Konvergo";

    private final String kind;
    private final String name;
    private final Map<String, Double> targets = new LinkedHashMap<>();

    /**
     * A workload.
     *
     * @param kind what is computed, one word; peers in Python register for it
     * @param size which instance; with the kind it makes the name
     */
    Workload(String kind, String size) {
        this.kind = kind;
        name = kind + "-" + size;
    }

    final String kind() {
        return kind;
    }

    final String name() {
        return name;
    }

    /** How many times as fast as a peer the library should be; 1 where nothing is said. */
    final Map<String, Double> targets() {
        return targets;
    }

    /** Sets a target. */
    final Workload target(String peer, double ratio) {
        targets.put(peer, ratio);
        return this;
    }

    /** What is computed, for the table. */
    abstract String title();

    /** Draws the inputs. */
    abstract Inputs draw(RandomStream random);

    /** The library's solver and those of peers in Java, by name. */
    abstract Map<String, Function<Inputs, Solver<?>>> solvers();

    /**
     * How far an answer is from what was asked for, computed as plainly as can be and never by the
     * kernel that is measured.
     */
    abstract double measure(Inputs inputs, double[] answer);

    /** The largest measure that counts as solved. */
    abstract double tolerance();

    /**
     * What an answer tells beside the solution, in whole numbers, by line: such as counts of calls.
     */
    Map<String, double[]> tally(double[] answer) {
        return Map.of();
    }

    /** The title of what {@link #tally} returns. */
    String tallied() {
        return "";
    }

    @Override
    public final String toString() {
        return name;
    }
}
