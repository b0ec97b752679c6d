package org.konvergo.notebook.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Reads numbers from CSV with a header line. For columns of text use Tablesaw's reader.
 *
 * @param header names of the columns
 * @param values one row a line, one column a name
 */
public record CsvReader(List<String> header, DMatrixRMaj values) {
    /**
     * Reads a file.
     *
     * @param file CSV in UTF-8, plain or gzip; blank lines are skipped
     * @return header and values
     * @throws IOException if it cannot be read, is empty, or a line has another number of cells or
     *     a cell that is no number; names file, line and column
     */
    public static CsvReader read(Path file) throws IOException {
        try (var reader =
                new BufferedReader(
                        new InputStreamReader(DataFiles.open(file), StandardCharsets.UTF_8))) {
            String first = reader.readLine();
            if (first == null || first.isBlank()) {
                throw DataFiles.bad(file, 1, "should name the columns, is empty");
            }
            var header = List.of(first.split(",", -1));
            var rows = new ArrayList<double[]>();
            int number = 1;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    rows.add(row(file, number, line, header));
                }
            }
            var values = new DMatrixRMaj(rows.size(), header.size());
            for (int i = 0; i < rows.size(); i++) {
                System.arraycopy(rows.get(i), 0, values.data, i * header.size(), header.size());
            }
            return new CsvReader(header, values);
        }
    }

    private static double[] row(Path file, int number, String line, List<String> header)
            throws IOException {
        var cells = line.split(",", -1);
        if (cells.length != header.size()) {
            throw DataFiles.bad(
                    file, number, "should have " + header.size() + " cells, has " + cells.length);
        }
        var row = new double[cells.length];
        for (int j = 0; j < row.length; j++) {
            try {
                row[j] = Double.parseDouble(cells[j].strip());
            } catch (NumberFormatException e) {
                throw DataFiles.bad(
                        file,
                        number,
                        "column "
                                + header.get(j)
                                + " should be a number, was \""
                                + cells[j]
                                + "\"");
            }
        }
        return row;
    }
}
