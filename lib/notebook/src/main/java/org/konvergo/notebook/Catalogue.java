package org.konvergo.notebook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.konvergo.notebook.data.Csv;

/** The catalogue of papers. */
final class Catalogue {
    private Catalogue() {}

    /**
     * Finds a paper.
     *
     * @param file the catalogue
     * @param slug the paper's short name
     * @return its row
     * @throws IllegalArgumentException if it is not there; names the nearest
     */
    static Map<String, String> find(Path file, String slug) {
        List<Map<String, String>> rows;
        try {
            rows = Csv.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (var row : rows) {
            if (slug.equals(row.get("slug"))) {
                return row;
            }
        }
        throw new IllegalArgumentException(
                "slug should be one of "
                        + file.getFileName()
                        + ", such as "
                        + String.join(
                                ", ",
                                nearest(slug, rows.stream().map(row -> row.get("slug")).toList()))
                        + "; was "
                        + slug);
    }

    /** The three names most like a given one. */
    static List<String> nearest(String name, Collection<String> names) {
        return names.stream()
                .sorted(
                        Comparator.comparingDouble((String other) -> distance(name, other))
                                .thenComparing(Comparator.naturalOrder()))
                .limit(3)
                .toList();
    }

    /** Edits from one name to the other; nearer if one holds the other. */
    private static double distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        boolean part = !a.isEmpty() && (b.contains(a) || a.contains(b));
        return row[b.length()] / (part ? 4.0 : 1.0);
    }
}
