package org.konvergo.notebook.display;

/** The display of this process: plain text on standard output until a kernel installs its own. */
public final class Displays {
    private static volatile Display current = new PlainDisplay(System.out);

    private Displays() {}

    /**
     * The display in use.
     *
     * @return never null
     */
    public static Display current() {
        return current;
    }

    /**
     * Puts a display in use.
     *
     * @param display the display; null for plain text on standard output
     */
    public static void install(Display display) {
        current = display == null ? new PlainDisplay(System.out) : display;
    }

    /**
     * Shows a value.
     *
     * @param value anything; null is shown as such
     */
    public static void show(Object value) {
        current.show(Renderers.render(value), null);
    }
}
