package org.konvergo.notebook;

/** What became of a claim, or of a paper. */
public enum Verdict {
    /** Found as the paper says. */
    REPRODUCED("✓ REPRODUCED"),
    /** Found in a weaker form that was written down before. */
    PARTLY("◐ PARTLY"),
    /** Not found. */
    NOT_REPRODUCED("✗ NOT REPRODUCED");

    private final String label;

    Verdict(String label) {
        this.label = label;
    }

    /**
     * For readers: a symbol, which differs in shape, and words.
     *
     * @return the label
     */
    public String label() {
        return label;
    }
}
