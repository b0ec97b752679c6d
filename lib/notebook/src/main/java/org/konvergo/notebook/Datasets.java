package org.konvergo.notebook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.notebook.data.Csv;
import org.konvergo.notebook.data.CsvReader;
import org.konvergo.notebook.data.Download;
import org.konvergo.notebook.data.IdxReader;

/**
 * Data sets by name, from {@code data/catalog.csv}. A file is used only if its SHA-256 is the
 * catalogue's; which were used stands in the claims' provenance.
 */
public final class Datasets {
    private static final Map<String, String> USED = new ConcurrentSkipListMap<>();

    private final Path data;
    private final Path cache;

    Datasets(Path data, Path cache) {
        this.data = data;
        this.cache = cache;
    }

    /**
     * Loads a data set; fetches it first where it is not part of the project.
     *
     * @param name as in the catalogue, such as {@code digits}
     * @return the data set
     * @throws IllegalArgumentException if the catalogue has no such name; names the nearest
     * @throws UncheckedIOException if a file is missing and cannot be fetched, is damaged or has
     *     another hash; says what to do
     */
    public static Dataset load(String name) {
        return load(name, Integer.MAX_VALUE);
    }

    /**
     * Loads the first samples of a data set.
     *
     * @param name as in the catalogue
     * @param samples at most that many, at least 1
     * @return the data set
     * @throws IllegalArgumentException if the catalogue has no such name, or samples is below 1
     * @throws UncheckedIOException as for {@link #load(String)}
     */
    public static Dataset load(String name, int samples) {
        var environment = System.getenv();
        return new Datasets(Home.find(environment, Path.of("")).resolve("data"), cache(environment))
                .read(name, samples);
    }

    static Path cache(Map<String, String> environment) {
        String given = environment.get("KONVERGO_CACHE");
        return (given == null || given.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".cache", "konvergo")
                        : Path.of(given))
                .resolve("data");
    }

    /**
     * Hashes of the data used so far in this process.
     *
     * @return SHA-256 by data set; of several files, joined by spaces
     */
    public static Map<String, String> used() {
        return new TreeMap<>(USED);
    }

    Dataset read(String name, int samples) {
        Require.notNull("name", name);
        Require.atLeast("samples", samples, 1);
        try {
            var rows = Csv.read(data.resolve("catalog.csv"));
            var mine = rows.stream().filter(row -> name.equals(row.get("name"))).toList();
            if (mine.isEmpty()) {
                var names = rows.stream().map(row -> row.get("name")).distinct().toList();
                throw new IllegalArgumentException(
                        "name should be one of data/catalog.csv, such as "
                                + String.join(", ", Catalogue.nearest(name, names))
                                + "; was "
                                + name);
            }
            var files = new ArrayList<Path>();
            var hashes = new ArrayList<String>();
            for (var row : mine) {
                files.add(file(row));
                hashes.add(row.get("sha256"));
            }
            var loaded =
                    files.get(0).getFileName().toString().contains("-idx")
                            ? idx(mine.get(0), files, hashes, samples)
                            : csv(mine.get(0), files.get(0), hashes, samples);
            USED.put(name, String.join(" ", hashes));
            return loaded;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private Path file(Map<String, String> row) throws IOException {
        String name = row.get("file");
        String address = row.get("url");
        var file = (address.isEmpty() ? data : cache).resolve(name);
        if (!address.isEmpty()) {
            Download.fetch(URI.create(address), file, row.get("sha256"));
        } else if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is missing, although it is part of the project");
        }
        String actual = Download.sha256(file);
        if (!actual.equals(row.get("sha256"))) {
            throw new IOException(
                    file
                            + " should have SHA-256 "
                            + row.get("sha256")
                            + ", has "
                            + actual
                            + (address.isEmpty()
                                    ? "; restore it from the project"
                                    : "; delete it and run environment/setup"));
        }
        return file;
    }

    private static Dataset csv(Map<String, String> row, Path file, List<String> hashes, int samples)
            throws IOException {
        var csv = CsvReader.read(file);
        int columns = csv.header().size() - 1;
        int rows = Math.min(samples, csv.values().numRows);
        var features = new DMatrixRMaj(rows, columns);
        var target = new double[rows];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(
                    csv.values().data, i * (columns + 1), features.data, i * columns, columns);
            target[i] = csv.values().get(i, columns);
        }
        return new Dataset(
                row.get("name"),
                features,
                target,
                csv.header().subList(0, columns),
                row.get("licence"),
                row.get("source"),
                hashes);
    }

    private static Dataset idx(
            Map<String, String> row, List<Path> files, List<String> hashes, int samples)
            throws IOException {
        var images = IdxReader.read(files.get(0), samples);
        var labels = IdxReader.read(files.get(1), samples);
        int rows = images.shape()[0];
        if (labels.shape()[0] != rows) {
            throw new IOException(
                    files.get(1) + " should have " + rows + " labels, has " + labels.shape()[0]);
        }
        int columns = rows == 0 ? 0 : images.bytes().length / rows;
        var features = new DMatrixRMaj(rows, columns);
        for (int k = 0; k < features.data.length; k++) {
            features.data[k] = images.value(k);
        }
        return new Dataset(
                row.get("name"),
                features,
                IntStream.range(0, rows).mapToDouble(labels::value).toArray(),
                IntStream.range(0, columns).mapToObj(j -> "pixel " + j).toList(),
                row.get("licence"),
                row.get("source"),
                hashes);
    }
}
