package org.konvergo.notebook.display;

import java.io.PrintStream;

/** Prints the plain text of what is shown; of updates, at most one in ten seconds. */
final class PlainDisplay implements Display {
    private static final long BETWEEN_UPDATES = 10_000_000_000L;

    private final PrintStream out;
    private long printed;

    PlainDisplay(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void show(MimeBundle bundle, String id) {
        print(bundle);
    }

    @Override
    public synchronized void update(MimeBundle bundle, String id) {
        if (System.nanoTime() - printed > BETWEEN_UPDATES) {
            print(bundle);
        }
    }

    private void print(MimeBundle bundle) {
        if (!bundle.text().isEmpty()) {
            out.println(bundle.text());
        }
        printed = System.nanoTime();
    }
}
