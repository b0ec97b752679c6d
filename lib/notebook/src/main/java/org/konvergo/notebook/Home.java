package org.konvergo.notebook;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where the project lies: the folder that holds {@code notebooks/papers.csv}. */
final class Home {
    static final String PAPERS = "notebooks/papers.csv";

    private Home() {}

    /**
     * Finds the project.
     *
     * @param environment looked up for KONVERGO_HOME
     * @param from where the search upward begins if that is not set
     * @return the folder
     * @throws IllegalStateException if it is not found
     */
    static Path find(Map<String, String> environment, Path from) {
        String given = environment.get("KONVERGO_HOME");
        if (given != null && !given.isEmpty()) {
            var home = Path.of(given);
            if (!Files.isRegularFile(home.resolve(PAPERS))) {
                throw new IllegalStateException(
                        "KONVERGO_HOME should be the folder that holds "
                                + PAPERS
                                + ", was "
                                + given);
            }
            return home;
        }
        for (var folder = from.toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(PAPERS))) {
                return folder;
            }
        }
        throw new IllegalStateException(
                PAPERS
                        + " was found neither in "
                        + from.toAbsolutePath()
                        + " nor above it; set KONVERGO_HOME to the project's folder");
    }
}
