package org.konvergo.notebook.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.StringTokenizer;
import org.ejml.data.DMatrixSparseCSC;
import org.ejml.data.DMatrixSparseTriplet;
import org.ejml.ops.DConvertMatrixStruct;

/**
 * Reads sparse data in the format of LIBSVM (Chang and Lin, LIBSVM: a library for support vector
 * machines, ACM TIST 2(3), 2011): one sample a line, {@code label index:value ...}, indices from 1
 * and ascending.
 *
 * @param features one row a sample
 * @param labels one a sample
 */
public record LibsvmReader(DMatrixSparseCSC features, double[] labels) {
    /**
     * Reads a file.
     *
     * @param file plain or gzip; text after {@code #} is ignored
     * @return features and labels; as many columns as the largest index
     * @throws IOException if it cannot be read, or a line is not of the format; names file and line
     */
    public static LibsvmReader read(Path file) throws IOException {
        return read(file, 0);
    }

    /**
     * Reads a file.
     *
     * @param file plain or gzip; text after {@code #} is ignored
     * @param columns least number of columns, so that test data fits training data
     * @return features and labels
     * @throws IOException if it cannot be read, or a line is not of the format; names file and line
     */
    public static LibsvmReader read(Path file, int columns) throws IOException {
        var labels = new ArrayList<Double>();
        var entries = new DMatrixSparseTriplet(0, 0, 1024);
        int width = columns;
        try (var reader =
                new BufferedReader(
                        new InputStreamReader(DataFiles.open(file), StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                int comment = line.indexOf('#');
                var words = new StringTokenizer(comment < 0 ? line : line.substring(0, comment));
                if (!words.hasMoreTokens()) {
                    continue;
                }
                String label = words.nextToken();
                labels.add(number(file, number, "label", label));
                int before = 0;
                while (words.hasMoreTokens()) {
                    String word = words.nextToken();
                    int colon = word.indexOf(':');
                    int index = colon < 1 ? 0 : index(file, number, word.substring(0, colon));
                    if (index <= before) {
                        throw DataFiles.bad(
                                file,
                                number,
                                "should hold index:value with ascending indices from 1, holds "
                                        + word);
                    }
                    double value = number(file, number, "value", word.substring(colon + 1));
                    entries.addItem(labels.size() - 1, index - 1, value);
                    before = index;
                }
                width = Math.max(width, before);
            }
        }
        entries.numRows = labels.size();
        entries.numCols = width;
        var features = DConvertMatrixStruct.convert(entries, (DMatrixSparseCSC) null);
        features.sortIndices(null);
        return new LibsvmReader(
                features, labels.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static int index(Path file, int line, String text) throws IOException {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw DataFiles.bad(file, line, "index should be an integer, was \"" + text + "\"");
        }
    }

    private static double number(Path file, int line, String what, String text) throws IOException {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw DataFiles.bad(file, line, what + " should be a number, was \"" + text + "\"");
        }
    }
}
