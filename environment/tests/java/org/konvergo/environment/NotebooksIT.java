package org.konvergo.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs every notebook afresh and compares what it shows with its saved outputs, bit for bit. */
class NotebooksIT {
    private static final Path RESULTS =
            Command.PROJECT.resolve("target/reproduction/quick/results");

    /** One test for each notebook; they run in one call, two at a time. */
    @TestFactory
    Stream<DynamicTest> showsWhatIsSaved() throws IOException, InterruptedException {
        var run = Command.run("environment/reproduce", "--check", "--jobs", "2");
        assertTrue(run.code() == 0 || run.code() == 1, run.output());
        try (var files = Files.walk(Command.PROJECT.resolve("notebooks"))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".ipynb"))
                    .map(name -> name.substring(0, name.length() - ".ipynb".length()))
                    .sorted()
                    .toList()
                    .stream()
                    .map(slug -> DynamicTest.dynamicTest(slug, () -> check(slug)));
        }
    }

    private static void check(String slug) throws IOException {
        var file = RESULTS.resolve(slug + ".json");
        JsonObject result = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        if (!text(result, "status").equals("ok")) {
            fail("code cell " + text(result, "cell") + ": " + text(result, "failure"));
        }
        assertEquals("", text(result, "differs"), "differs from the saved outputs");
    }

    private static String text(JsonObject result, String name) {
        return result.has(name) ? result.get(name).getAsString() : "";
    }
}
