package org.konvergo.linalg;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import org.konvergo.Require;

/**
 * Parallel loops whose results do not depend on the number of threads: every index is computed on
 * its own, and the results are joined in the order of the indices.
 *
 * <p>The number of threads is the environment variable {@code KONVERGO_THREADS}, or else the number
 * of processors. A loop inside a loop runs on the thread that calls it.
 */
public final class Parallel {
    private static final int THREADS = configuredThreads(System.getenv("KONVERGO_THREADS"));
    private static final String INTERRUPTED = "parallel loop interrupted";
    private static final ThreadLocal<Boolean> INSIDE = ThreadLocal.withInitial(() -> false);
    private static final ExecutorService POOL = daemons();

    private Parallel() {}

    /**
     * The number of threads that loops use.
     *
     * @return at least 1
     */
    public static int threads() {
        return THREADS;
    }

    static int configuredThreads(String setting) {
        int processors = Runtime.getRuntime().availableProcessors();
        if (setting == null || setting.isBlank()) {
            return processors;
        }
        try {
            return Math.max(1, Integer.parseInt(setting.strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "KONVERGO_THREADS should be a positive integer, was " + setting, e);
        }
    }

    /**
     * Computes a function of each index in 0..count-1.
     *
     * @param <T> type of the results
     * @param count number of indices, at least 0
     * @param function called once an index, on any thread; must not share mutable state between
     *     indices
     * @return the results in the order of the indices
     * @throws IllegalArgumentException if count is negative
     * @throws CancellationException if the calling thread is interrupted; its interrupt flag stays
     *     set
     */
    public static <T> List<T> map(int count, IntFunction<T> function) {
        return map(count, THREADS, function);
    }

    static <T> List<T> map(int count, int threads, IntFunction<T> function) {
        Require.atLeast("count", count, 0);
        Require.notNull("function", function);
        if (threads == 1 || count <= 1 || INSIDE.get()) {
            var results = new ArrayList<T>(count);
            for (int i = 0; i < count; i++) {
                requireGoingOn();
                results.add(function.apply(i));
            }
            return results;
        }
        requireGoingOn();
        var next = new AtomicInteger();
        var slots = new Object[count];
        var workers = new ArrayList<Future<?>>();
        try {
            for (int t = 0; t < Math.min(threads, count); t++) {
                workers.add(
                        POOL.submit(
                                () -> {
                                    for (int i; (i = next.getAndIncrement()) < count; ) {
                                        slots[i] = function.apply(i);
                                    }
                                }));
            }
            for (var worker : workers) {
                worker.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException(INTERRUPTED).initCause(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            next.set(count);
            workers.forEach(worker -> worker.cancel(true));
        }
        @SuppressWarnings("unchecked")
        var results = (List<T>) java.util.Arrays.asList(slots);
        return results;
    }

    /**
     * Waiting for work that is already done does not notice an interruption, so it is asked for.
     */
    private static void requireGoingOn() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException(INTERRUPTED);
        }
    }

    /** Whether a loop that begins here runs on the calling thread alone. */
    static boolean alone() {
        return THREADS == 1 || INSIDE.get();
    }

    /**
     * Runs a body for each index in 0..count-1, on this thread and others. For kernels: it ends
     * when all of it is done, and an interruption waits until then.
     */
    static void each(int count, IntConsumer body) {
        var next = new AtomicInteger();
        Runnable work =
                () -> {
                    for (int i; (i = next.getAndIncrement()) < count; ) {
                        body.accept(i);
                    }
                };
        if (alone()) {
            work.run();
            return;
        }
        var helpers = new ArrayList<Future<?>>();
        for (int t = 1; t < Math.min(THREADS, count); t++) {
            helpers.add(POOL.submit(work));
        }
        INSIDE.set(true);
        try {
            work.run();
        } finally {
            INSIDE.set(false);
            next.set(count);
            helpers.forEach(Parallel::join);
        }
    }

    private static void join(Future<?> helper) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    helper.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Threads last from loop to loop, and end when there was none for a while. */
    private static ExecutorService daemons() {
        return Executors.newCachedThreadPool(
                task -> {
                    var thread =
                            new Thread(
                                    () -> {
                                        INSIDE.set(true);
                                        task.run();
                                    },
                                    "konvergo-worker");
                    thread.setDaemon(true);
                    return thread;
                });
    }
}
