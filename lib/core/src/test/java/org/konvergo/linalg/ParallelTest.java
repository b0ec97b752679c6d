package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.konvergo.Rejects;

class ParallelTest {
    @Test
    void resultsComeInOrderWhateverTheThreads() {
        var expected = IntStream.range(0, 100).mapToObj(i -> i * i).toList();
        for (int threads : new int[] {1, 2, 4, 200}) {
            assertEquals(expected, Parallel.map(100, threads, i -> i * i));
        }
        assertEquals(List.of(), Parallel.map(0, i -> i));
    }

    @Test
    void twoThreadsReallyWork() throws InterruptedException {
        // Each waits for the other: one thread alone would never come through.
        var both = new CountDownLatch(2);
        var done =
                Parallel.map(
                        2,
                        2,
                        i -> {
                            both.countDown();
                            try {
                                return both.await(20, java.util.concurrent.TimeUnit.SECONDS);
                            } catch (InterruptedException e) {
                                return false;
                            }
                        });
        assertEquals(List.of(true, true), done);
    }

    @Test
    void loopsInsideLoopsWork() {
        var sums =
                Parallel.map(
                        8,
                        2,
                        i ->
                                Parallel.map(4, 2, j -> i * j).stream()
                                        .mapToInt(Integer::intValue)
                                        .sum());
        assertEquals(IntStream.range(0, 8).mapToObj(i -> 6 * i).toList(), sums);
    }

    @Test
    void exceptionsComeThrough() {
        var thrown =
                assertThrows(
                        IllegalStateException.class,
                        () ->
                                Parallel.map(
                                        5,
                                        2,
                                        i -> {
                                            if (i == 3) {
                                                throw new IllegalStateException("third");
                                            }
                                            return i;
                                        }));
        assertEquals("third", thrown.getMessage());
    }

    @Test
    void interruptionCancelsAndKeepsTheFlag() {
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, () -> Parallel.map(4, 2, i -> i));
        assertThrows(CancellationException.class, () -> Parallel.map(4, 1, i -> i));
        assertTrue(Thread.interrupted());
    }

    @Test
    void settingsAreRead() {
        assertEquals(3, Parallel.configuredThreads("3"));
        assertEquals(1, Parallel.configuredThreads("0"));
        assertEquals(Runtime.getRuntime().availableProcessors(), Parallel.configuredThreads(" "));
        Rejects.bad(() -> Parallel.configuredThreads("two"), "KONVERGO_THREADS", "two");
        Rejects.bad(() -> Parallel.map(-1, i -> i), "count", "-1");
        assertTrue(Parallel.threads() >= 1);
    }

    @Test
    void eachVisitsEveryIndexOnce() {
        var visits = new java.util.concurrent.atomic.AtomicIntegerArray(1000);
        Parallel.each(1000, visits::incrementAndGet);
        assertTrue(IntStream.range(0, 1000).allMatch(i -> visits.get(i) == 1));
        Parallel.each(0, i -> visits.set(0, -1));
        assertEquals(1, visits.get(0));
        assertThrows(
                IllegalStateException.class,
                () ->
                        Parallel.each(
                                8,
                                i -> {
                                    throw new IllegalStateException("eighth");
                                }));
    }

    @Test
    void aCancelledLoopLeavesNoFlagOnTheThreadsOfTheNext() {
        for (int round = 0; round < 20; round++) {
            assertThrows(
                    IllegalStateException.class,
                    () ->
                            Parallel.map(
                                    4,
                                    2,
                                    i -> {
                                        throw new IllegalStateException("at once");
                                    }));
            var flags = Parallel.map(8, 4, i -> Thread.currentThread().isInterrupted());
            assertEquals(java.util.Collections.nCopies(8, false), flags);
        }
    }
}
