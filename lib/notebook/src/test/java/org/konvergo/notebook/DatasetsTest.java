package org.konvergo.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.konvergo.linalg.Kernels;
import org.konvergo.notebook.data.Download;

class DatasetsTest {
    private static final Path DATA = Path.of("../../data");

    @TempDir Path folder;

    private Datasets project() {
        return new Datasets(DATA, folder);
    }

    @ParameterizedTest
    @CsvSource({
        // Sums of the features as in scikit-learn's copies.
        "breast_cancer, 569, 30, 2, 1056474.4596356",
        "diabetes, 442, 10, 214, 276404.2336",
        "digits, 1797, 64, 10, 561718",
        "iris, 150, 4, 3, 2078.7",
        "wine, 178, 13, 3, 159975.295999",
    })
    void committedDataIsWhole(String name, int samples, int features, int targets, double sum) {
        var data = project().read(name, Integer.MAX_VALUE);
        assertEquals(samples, data.samples());
        assertEquals(features, data.features().numCols);
        assertEquals(features, data.featureNames().size());
        assertEquals(targets, Arrays.stream(data.target()).distinct().count());
        assertEquals(sum, Kernels.sum(data.features().data), 1e-12 * sum);
        assertEquals(samples, data.labels().length);
        assertTrue(Datasets.used().get(name).matches("[0-9a-f]{64}"));
        assertTrue(data.bundle().text().contains(data.licence()));
    }

    @Test
    void firstSamplesOnly() {
        assertEquals(10, project().read("digits", 10).samples());
        Rejects.bad(() -> project().read("digits", 0), "samples");
    }

    @Test
    void unknownNameGivesTheNearest() {
        Rejects.bad(() -> project().read("digit", 1), "digits", "was digit");
        Rejects.bad(() -> project().read(null, 1), "name");
    }

    private Datasets made(String file, String content, String sha256, String url)
            throws IOException {
        var data = Files.createDirectories(folder.resolve("data"));
        if (content != null) {
            Files.writeString(data.resolve(file), content);
        }
        Files.writeString(
                data.resolve("catalog.csv"),
                "name,licence,source,shape,file,sha256,bytes,url\n"
                        + "made,none,here,1 x 1,"
                        + file
                        + ","
                        + sha256
                        + ",1,"
                        + url
                        + "\n");
        return new Datasets(data, folder.resolve("cache"));
    }

    private static String fails(Datasets datasets) {
        return assertThrows(UncheckedIOException.class, () -> datasets.read("made", 9))
                .getMessage();
    }

    @Test
    void wrongHashNamesFileExpectedAndGot() throws IOException {
        String message = fails(made("made.csv", "a,b\n1,2\n", "abc", ""));
        assertTrue(message.contains("made.csv") && message.contains("abc"), message);
        assertTrue(message.contains(Download.sha256(folder.resolve("data/made.csv"))), message);
    }

    @Test
    void missingFileAndNoNetworkSayWhatToDo() throws IOException {
        assertTrue(fails(made("gone.csv", null, "abc", "")).contains("gone.csv is missing"));
        String message = fails(made("far.csv", null, "abc", "http://127.0.0.1:1/far.csv"));
        assertTrue(message.contains("environment/setup"), message);
    }

    @Test
    void targetsThatAreNoClassesAreRefused() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/made.csv"), "a,b\n1,2.5\n");
        var datasets =
                made(
                        "made.csv",
                        "a,b\n1,2.5\n",
                        Download.sha256(folder.resolve("data/made.csv")),
                        "");
        var data = datasets.read("made", 9);
        assertEquals(2.5, data.target()[0]);
        assertThrows(IllegalStateException.class, data::labels);
    }

    @Test
    void cacheIsWhereTheVariableSays() {
        assertEquals(Path.of("/c/data"), Datasets.cache(Map.of("KONVERGO_CACHE", "/c")));
        assertTrue(Datasets.cache(Map.of()).endsWith(Path.of(".cache/konvergo/data")));
    }
}
