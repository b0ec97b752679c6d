package org.konvergo.notebook.display;

/** A value that knows how it looks in a notebook. */
@FunctionalInterface
public interface Displayable {
    /**
     * How it looks.
     *
     * @return a bundle that holds {@code text/plain} at least
     */
    MimeBundle bundle();
}
