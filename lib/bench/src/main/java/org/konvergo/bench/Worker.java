package org.konvergo.bench;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.Parallel;
import org.konvergo.random.RandomStreams;

/**
 * A process that solves workloads when told to, and times nothing but the solving. It reads one
 * order a line from its input, words separated by tabs, and answers each with one line that begins
 * with {@code ok} or {@code error}. environment/konvergo_env/peers.py speaks the same.
 *
 * <ul>
 *   <li>{@code draw WORKLOAD FOLDER}: draws the inputs and writes them;
 *   <li>{@code open WORKLOAD SOLVER FOLDER}: reads them and prepares a solver;
 *   <li>{@code warm SECONDS}: solves until the time is over, three calls are done and calls do not
 *       get faster; answers the seconds of a call;
 *   <li>{@code time COUNT}: solves so many times; answers the seconds of a call;
 *   <li>{@code answer FILE}: solves once and writes the answer; answers {@code limit} if there is
 *       none;
 *   <li>{@code judge WORKLOAD FOLDER FILE}: answers the measure of an answer;
 *   <li>{@code tally WORKLOAD FILE}: answers what an answer tells beside the solution, a title and
 *       lines of name and whole numbers, separated by tabs; nothing if there is nothing.
 * </ul>
 */
public final class Worker {
    private static final int LEAST_CALLS = 3;
    private static final int LONGEST_WARM_UP = 15;

    private Solver<?> solver;

    /** Where results go, so that the compiler cannot leave out what makes them. */
    private Object sink;

    Worker() {}

    /**
     * Obeys the orders on standard input until it ends; or, with the argument {@code list}, prints
     * the workloads: name, kind, tolerance, solvers in Java, targets and title, separated by tabs.
     *
     * @param arguments none, or {@code list}
     * @throws IOException if standard input cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        // Libraries print to System.out what nobody asked for: only answers stay there.
        var answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, "UTF-8");
        System.setOut(System.err);
        if (arguments.length == 1 && arguments[0].equals("list")) {
            Workloads.ALL.forEach(workload -> answers.println(line(workload)));
            return;
        }
        var worker = new Worker();
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = orders.readLine()) != null; ) {
            answers.println(worker.reply(line));
        }
    }

    static String line(Workload workload) {
        String targets =
                workload.targets().entrySet().stream()
                        .map(target -> target.getKey() + "=" + target.getValue())
                        .collect(Collectors.joining(","));
        return String.join(
                "\t",
                workload.name(),
                workload.kind(),
                Double.toString(workload.tolerance()),
                String.join(",", workload.solvers().keySet()),
                targets,
                workload.title());
    }

    String reply(String order) {
        try {
            return "ok\t" + obey(order.split("\t", -1));
        } catch (Exception | LinkageError | OutOfMemoryError e) {
            e.printStackTrace();
            return "error\t" + e.toString().replaceAll("\\s+", " ");
        }
    }

    private String obey(String... words) throws IOException {
        switch (words[0]) {
            case "draw" -> {
                var workload = Workloads.named(words[1]);
                var random = new RandomStreams(1).stream("bench " + workload.name(), 0);
                workload.draw(random).write(Path.of(words[2]));
                return "";
            }
            case "open" -> {
                var make = Workloads.named(words[1]).solvers().get(words[2]);
                if (make == null) {
                    throw new IllegalArgumentException("no solver " + words[2]);
                }
                solver = make.apply(Inputs.read(Path.of(words[3])));
                return "";
            }
            case "warm" -> {
                return Double.toString(warm(Double.parseDouble(words[1])));
            }
            case "time" -> {
                return Double.toString(time(Integer.parseInt(words[1])));
            }
            case "answer" -> {
                if (solver.isLimit()) {
                    return "limit";
                }
                Files.write(Path.of(words[1]), Inputs.bytes(solver.solveOnce()));
                return "";
            }
            case "judge" -> {
                var workload = Workloads.named(words[1]);
                double[] answer = Inputs.answer(Path.of(words[3]));
                return Double.toString(workload.measure(Inputs.read(Path.of(words[2])), answer));
            }
            case "tally" -> {
                return tally(Workloads.named(words[1]), Inputs.answer(Path.of(words[2])));
            }
            case "about" -> {
                return "Java "
                        + Runtime.version()
                        + ", "
                        + Kernels.vectorBits()
                        + "-bit vectors, threads "
                        + Parallel.threads();
            }
            default -> throw new IllegalArgumentException("no order " + words[0]);
        }
    }

    private static String tally(Workload workload, double... answer) {
        var lines =
                workload.tally(answer).entrySet().stream()
                        .map(line -> line.getKey() + "=" + numbers(line.getValue()))
                        .toList();
        return lines.isEmpty() ? "" : workload.tallied() + "\t" + String.join("\t", lines);
    }

    private static String numbers(double... values) {
        return Arrays.stream(values)
                .mapToObj(value -> Long.toString(Math.round(value)))
                .collect(Collectors.joining(" / "));
    }

    private double warm(double seconds) {
        long start = System.nanoTime();
        double before = Double.POSITIVE_INFINITY;
        double once = time(1);
        int calls = 1;
        while (calls < LEAST_CALLS
                || since(start) < seconds
                || gains(once, before, start, seconds)) {
            // As many again as so far, so that the last round is half of all.
            int more = since(start) < seconds ? calls : Math.max(1, calls / 2);
            before = once;
            once = time(more);
            calls += more;
        }
        return once;
    }

    /** Whether a compiler that had to wait for a processor still makes a difference. */
    private static boolean gains(double once, double before, long start, double seconds) {
        return once < 0.9 * before && since(start) < LONGEST_WARM_UP * seconds;
    }

    private static double since(long start) {
        return (System.nanoTime() - start) * 1e-9;
    }

    private double time(int count) {
        var solve = solver.solve();
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            sink = solve.get();
        }
        double seconds = since(start);
        if (sink == null) {
            throw new IllegalStateException("a solver gave no result");
        }
        return seconds / count;
    }
}
