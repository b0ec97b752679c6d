package org.konvergo.golden;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.konvergo.Bits;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.Run;
import org.konvergo.method.Status;
import org.konvergo.method.Stop;

/**
 * The golden suite: what the kernels and solvers compute on small problems, as raw bits, one line
 * an entry. {@code environment/verify-bits} runs it under many JVMs, flags and processors and holds
 * the lines side by side.
 *
 * <p>A kernel or solver joins by one entry in {@link KernelFigures}, {@link RandomFigures} or
 * {@link SolverFigures}; {@link GoldenTest} misses those that have none. Entries are small, since
 * they also run in interpreters and emulators.
 */
public final class Golden {
    /** Lengths about the 8 lanes and the unrolled blocks, ragged ones among them. */
    static final int[] SIZES = {0, 1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 31, 33, 64, 100, 257};

    private final Map<String, Supplier<double[]>> entries = new LinkedHashMap<>();
    private final Set<String> methods = new TreeSet<>();

    /** The whole suite. */
    Golden() {
        KernelFigures.addTo(this);
        RandomFigures.addTo(this);
        SolverFigures.addTo(this);
        SaddleFigures.addTo(this);
        GameFigures.addTo(this);
        DynamicsFigures.addTo(this);
        BilevelFigures.addTo(this);
        ConstrainedFigures.addTo(this);
        ConvexProgramFigures.addTo(this);
        PrecodingFigures.addTo(this);
        ProjectionFigures.addTo(this);
        UnboundedSmoothnessFigures.addTo(this);
        KrylovFigures.addTo(this);
        ValueFunctionFigures.addTo(this);
    }

    /** Adds an entry. */
    void add(String name, Supplier<double[]> figures) {
        if (entries.put(name, figures) != null) {
            throw new IllegalArgumentException("name should be new, was " + name);
        }
    }

    /** Adds an entry for each of {@link #SIZES}. */
    void perSize(String name, IntFunction<double[]> figures) {
        for (int n : SIZES) {
            add(name + " n=" + n, () -> figures.apply(n));
        }
    }

    /**
     * Adds a method: its trace over so many steps, with the figures of every state and the oracle
     * calls. The supplier is asked anew each time, since a method may hold a stream.
     */
    <S> void method(String name, int steps, Function<S, double[]> figures, Supplier<Method<S>> of) {
        methods.add(of.get().getClass().getSimpleName());
        add(
                name,
                () -> {
                    var rows = new ArrayList<double[]>();
                    var trace =
                            Run.of(of.get())
                                    .observe(
                                            "state",
                                            state -> {
                                                rows.add(figures.apply(state).clone());
                                                return rows.size();
                                            })
                                    .stop(Stop.iterations(steps))
                                    .start();
                    for (var oracle : Oracle.values()) {
                        rows.add(Arrays.stream(trace.calls(oracle)).asDoubleStream().toArray());
                    }
                    rows.add(
                            new double[] {
                                trace.iteration(), trace.status() == Status.EXHAUSTED ? 1 : 0
                            });
                    return join(rows);
                });
    }

    /** Names of the entries, in order. */
    Set<String> names() {
        return entries.keySet();
    }

    /** Simple names of the methods that have entries. */
    Set<String> methods() {
        return methods;
    }

    /** Computes an entry. */
    double[] figures(String name) {
        return entries.get(name).get();
    }

    /** One array of several. */
    static double[] join(double[]... parts) {
        return join(Arrays.asList(parts));
    }

    /** One array of several. */
    static double[] join(List<double[]> parts) {
        return parts.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    /** Whole numbers as figures. */
    static double[] doubles(int... values) {
        return Arrays.stream(values).asDoubleStream().toArray();
    }

    /**
     * Prints the suite. Every entry is computed in each of so many rounds: the first mostly in the
     * interpreter, the later ones in what the compilers make of it. A later round that differs from
     * the first is printed in its place.
     *
     * @param arguments the number of rounds, 1 if not given
     */
    public static void main(String[] arguments) {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1;
        var golden = new Golden();
        var lines = new LinkedHashMap<String, String>();
        for (int round = 0; round < rounds; round++) {
            for (String name : golden.names()) {
                String line = Bits.line(name, golden.figures(name));
                String first = lines.putIfAbsent(name, line);
                if (first != null && !first.equals(line)) {
                    lines.put(name, line);
                }
            }
        }
        var raw = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16);
        try (var out = new PrintStream(raw, false, StandardCharsets.UTF_8)) {
            lines.values().forEach(line -> out.print(line + "\n"));
            out.print("end\t" + lines.size() + "\n");
        }
    }
}
