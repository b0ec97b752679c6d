package org.konvergo.notebook.display;

/** Where values are shown. */
public interface Display {
    /**
     * Shows a bundle.
     *
     * @param bundle what to show
     * @param id a name by which it can be updated, or null
     */
    void show(MimeBundle bundle, String id);

    /**
     * Replaces what is shown under a name.
     *
     * @param bundle what to show instead
     * @param id the name
     */
    void update(MimeBundle bundle, String id);
}
