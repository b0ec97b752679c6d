package org.konvergo.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.konvergo.method.Method;
import org.konvergo.method.OracleCounter;
import org.konvergo.method.Run;
import org.konvergo.method.Stop;
import org.konvergo.notebook.display.Display;
import org.konvergo.notebook.display.MimeBundle;

class ProgressTest {
    private final List<String> log = new ArrayList<>();
    private long now;

    private final Display display =
            new Display() {
                @Override
                public void show(MimeBundle bundle, String id) {
                    log.add("show " + bundle.text());
                }

                @Override
                public void update(MimeBundle bundle, String id) {
                    log.add("update " + bundle.text());
                }
            };

    private Progress progress() {
        return new Progress("work", display, () -> now);
    }

    private void after(double seconds) {
        now += (long) (seconds * 1e9);
    }

    @Test
    void showsBarPercentageAndRemainingTime() {
        var progress = progress();
        progress.report(0);
        after(10);
        progress.report(0.25);
        after(3600);
        progress.report(0.5);
        assertEquals("show work  " + "░".repeat(24) + "  0 s", log.get(0));
        assertEquals(
                "update work  " + "█".repeat(6) + "░".repeat(18) + "  25 %, 30 s left", log.get(1));
        assertTrue(log.get(2).endsWith("50 %, 1 h 0 min left"), log.get(2));
    }

    @Test
    void updatesAtMostFiveTimesASecond() {
        var progress = progress();
        for (int i = 0; i <= 1000; i++) {
            progress.report(i / 1000.0);
            after(0.001);
        }
        assertTrue(log.size() >= 5 && log.size() <= 7, () -> log.size() + " updates");
    }

    @Test
    void endsEmptyHoweverLongItTook() {
        for (double seconds : new double[] {0, 100}) {
            log.clear();
            for (int i : progress().over(List.of(1, 2, 3))) {
                after(seconds * i);
            }
            assertTrue(log.get(0).startsWith("show "), log.get(0));
            assertEquals("update ", log.get(log.size() - 1));
            assertEquals(1, log.stream().filter(line -> line.startsWith("show ")).count());
        }
    }

    @Test
    void listensToRuns() {
        var method =
                new Method<Integer>() {
                    @Override
                    public Integer start() {
                        return 0;
                    }

                    @Override
                    public Integer step(Integer state, OracleCounter calls) {
                        after(1);
                        return state + 1;
                    }
                };
        var progress = progress();
        Run.of(method).stop(Stop.iterations(4)).listen(progress).start();
        assertEquals("update ", log.get(log.size() - 1));
        assertTrue(log.get(2).contains("50 %, 2 s left"), log.get(2));
        Run.of(method).stop(Stop.iterations(4)).listen(progress).start();
        assertEquals(2, log.stream().filter(line -> line.startsWith("show ")).count());
    }

    @Test
    void unknownEndShowsElapsedTime() {
        var progress = progress();
        progress.report(0);
        after(75);
        progress.report(0);
        assertTrue(log.get(1).endsWith("  1 min 15 s"), log.get(1));
    }

    @Test
    void emptyLoopLeavesNothing() {
        for (int i : progress().over(List.<Integer>of())) {
            after(i);
        }
        assertEquals("update ", log.get(log.size() - 1));
    }

    @Test
    void refusesBadInput() {
        Rejects.bad(() -> progress().report(1.5), "fraction");
        Rejects.bad(() -> progress().report(Double.NaN), "fraction");
        Rejects.bad(() -> Progress.of(null), "label");
        Rejects.bad(() -> Progress.over(-1, "x"), "count");
        Rejects.bad(() -> Progress.over((List<Integer>) null, "x"), "items");
    }
}
