package org.konvergo.notebook;

import java.util.Collection;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.konvergo.Require;
import org.konvergo.method.RunListener;
import org.konvergo.method.RunView;
import org.konvergo.method.Status;
import org.konvergo.notebook.display.Display;
import org.konvergo.notebook.display.Displays;
import org.konvergo.notebook.display.Html;
import org.konvergo.notebook.display.MimeBundle;

/**
 * Shows how far long work is: a bar, a percentage and the remaining time, updated in place. Listens
 * to a run,
 *
 * <pre>{@code
 * Run.of(method).stop(Stop.iterations(1000)).listen(Progress.of("Sinkhorn")).start()
 * }</pre>
 *
 * or goes along with a loop:
 *
 * <pre>{@code
 * for (var seed : Progress.over(seeds, "seeds")) { ... }
 * }</pre>
 *
 * <p>When the work has ended the display is empty, however long it took: what is saved with a
 * notebook holds no times. A loop that is left early does not tell: such a loop reports by hand,
 * within {@code try (var progress = Progress.of("search")) { ... }}. Not for use by two threads at
 * once.
 */
public final class Progress implements RunListener, AutoCloseable {
    private static final long BETWEEN_UPDATES = 200_000_000L;
    private static final int CELLS = 24;
    private static final AtomicLong NUMBER = new AtomicLong();

    private final String label;
    private final Display display;
    private final LongSupplier clock;
    private final String id = "progress-" + NUMBER.incrementAndGet();
    private long begun;
    private long shown;
    private boolean running;

    Progress(String label, Display display, LongSupplier clock) {
        this.label = Require.notNull("label", label);
        this.display = display;
        this.clock = clock;
    }

    /**
     * A progress display. It appears with the first report.
     *
     * @param label what is being done
     * @return the display; serves any number of runs, one after the other
     */
    public static Progress of(String label) {
        return new Progress(label, Displays.current(), System::nanoTime);
    }

    /**
     * Goes along with a loop.
     *
     * @param <T> type of the items
     * @param items what the loop goes over
     * @param label what is being done
     * @return the items, in their order
     */
    public static <T> Iterable<T> over(Collection<T> items, String label) {
        Require.notNull("items", items);
        return of(label).over(items);
    }

    /**
     * Goes along with a counting loop.
     *
     * @param count number of rounds, at least 0
     * @param label what is being done
     * @return 0 to count - 1
     * @throws IllegalArgumentException if the count is negative
     */
    public static Iterable<Integer> over(int count, String label) {
        Require.atLeast("count", count, 0);
        return over(java.util.stream.IntStream.range(0, count).boxed().toList(), label);
    }

    <T> Iterable<T> over(Collection<T> items) {
        return () -> {
            var iterator = items.iterator();
            int size = items.size();
            return new Iterator<T>() {
                private int done;

                @Override
                public boolean hasNext() {
                    if (done == 0) {
                        report(0);
                    }
                    boolean more = iterator.hasNext();
                    if (!more) {
                        close();
                    }
                    return more;
                }

                @Override
                public T next() {
                    report((double) done++ / size);
                    return iterator.next();
                }
            };
        };
    }

    @Override
    public void iteration(RunView view) {
        report(view.fraction());
    }

    @Override
    public void ended(Status status) {
        close();
    }

    /**
     * Reports how far the work is.
     *
     * @param fraction in [0, 1]; 0 if that is not known
     * @throws IllegalArgumentException if it lies outside
     */
    public void report(double fraction) {
        Require.within("fraction", fraction, 0, 1);
        long now = clock.getAsLong();
        if (!running) {
            running = true;
            begun = now;
            shown = now;
            display.show(bundle(fraction, 0), id);
        } else if (now - shown >= BETWEEN_UPDATES) {
            shown = now;
            display.update(bundle(fraction, (now - begun) * 1e-9), id);
        }
    }

    /** Ends the display: what is left of it is empty. */
    @Override
    public void close() {
        if (running) {
            running = false;
            display.update(MimeBundle.text(""), id);
        }
    }

    private MimeBundle bundle(double fraction, double seconds) {
        String time =
                fraction > 0 && seconds > 0
                        ? time(seconds / fraction - seconds) + " left"
                        : time(seconds);
        String percent = fraction > 0 ? Math.round(100 * fraction) + " %, " : "";
        int full = (int) (CELLS * fraction);
        String bar = "█".repeat(full) + "░".repeat(CELLS - full);
        String name = Html.escape(label);
        String html =
                "<label>"
                        + name
                        + " <progress aria-label=\""
                        + name
                        + "\""
                        + (fraction > 0
                                ? " max=\"1\" value=\""
                                        + String.format(Locale.ROOT, "%.3f", fraction)
                                        + "\""
                                : "")
                        + "></progress> "
                        + percent
                        + time
                        + "</label>";
        return MimeBundle.html(html, label + "  " + bar + "  " + percent + time);
    }

    private static String time(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        return whole < 3600
                ? whole / 60 + " min " + whole % 60 + " s"
                : whole / 3600 + " h " + whole % 3600 / 60 + " min";
    }
}
