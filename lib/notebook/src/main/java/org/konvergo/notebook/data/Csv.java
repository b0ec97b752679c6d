package org.konvergo.notebook.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads small catalogues: CSV with a header, quoted cells allowed (RFC 4180). */
public final class Csv {
    private Csv() {}

    /**
     * Reads a file.
     *
     * @param file CSV in UTF-8 whose first line names the columns
     * @return one map a row, from column to cell, in the order of the file
     * @throws IOException if the file cannot be read, a quote stays open or a row has another
     *     number of cells; names file and line
     */
    public static List<Map<String, String>> read(Path file) throws IOException {
        var rows = new ArrayList<Map<String, String>>();
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            List<String> header = null;
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                var cells = cells(line);
                if (cells == null) {
                    throw new IOException(file + ", line " + number + ": a quote stays open");
                }
                if (header == null) {
                    header = cells;
                    continue;
                }
                if (cells.size() != header.size()) {
                    throw new IOException(
                            file
                                    + ", line "
                                    + number
                                    + ": should have "
                                    + header.size()
                                    + " cells, has "
                                    + cells.size());
                }
                var row = new LinkedHashMap<String, String>();
                for (int j = 0; j < cells.size(); j++) {
                    row.put(header.get(j), cells.get(j));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** Splits a line; null if a quote stays open. */
    private static List<String> cells(String line) {
        var cells = new ArrayList<String>();
        var cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return quoted ? null : cells;
    }
}
