package org.konvergo.notebook;

import java.nio.file.Path;
import java.util.Map;
import org.konvergo.Require;
import org.konvergo.notebook.display.Displays;

/** The few functions that a notebook calls by their bare names. */
public final class Notebook {
    private static final long SEED = 1;

    private Notebook() {}

    /**
     * The paper that this notebook reproduces, with seed 1; shows its citation.
     *
     * @param slug the paper's short name in the catalogue
     * @return the paper
     * @throws IllegalArgumentException if the catalogue has no such paper (names the nearest), or
     *     KONVERGO_PROFILE is neither quick nor full
     * @throws IllegalStateException if the project's folder is not found
     */
    public static Paper paper(String slug) {
        return paper(slug, SEED);
    }

    /**
     * The paper that this notebook reproduces, with a seed of one's own; shows its citation.
     *
     * @param slug the paper's short name in the catalogue
     * @param seed any number
     * @return the paper
     * @throws IllegalArgumentException if the catalogue has no such paper (names the nearest), or
     *     KONVERGO_PROFILE is neither quick nor full
     * @throws IllegalStateException if the project's folder is not found
     */
    public static Paper paper(String slug, long seed) {
        var paper = paper(slug, seed, System.getenv(), Path.of(""));
        show(paper);
        return paper;
    }

    static Paper paper(String slug, long seed, Map<String, String> environment, Path from) {
        Require.notNull("slug", slug);
        var profile = Profile.of(environment.get("KONVERGO_PROFILE"));
        var file = Home.find(environment, from).resolve(Home.PAPERS);
        String output = environment.get("KONVERGO_OUTPUT");
        return new Paper(
                Catalogue.find(file, slug),
                profile,
                seed,
                output == null || output.isEmpty() ? null : Path.of(output));
    }

    /**
     * Shows a value in the middle of a cell.
     *
     * @param value a table, a chart, a trace or anything else
     */
    public static void show(Object value) {
        Displays.show(value);
    }

    /**
     * How much this run computes, from the environment variable KONVERGO_PROFILE.
     *
     * @return the profile
     * @throws IllegalArgumentException if it is neither quick nor full
     */
    public static Profile profile() {
        return Profile.of(System.getenv("KONVERGO_PROFILE"));
    }
}
