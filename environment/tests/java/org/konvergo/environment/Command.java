package org.konvergo.environment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Runs a command in the project's folder and passes its output on as it comes. */
final class Command {
    /** The project's folder; Failsafe starts the tests in environment/. */
    static final Path PROJECT = Path.of("").toAbsolutePath().getParent();

    private Command() {}

    /** How a command ended. */
    record Result(int code, String output) {}

    /**
     * Runs a command to its end.
     *
     * @param words the program and its arguments
     * @return its exit code, and what it printed to both streams
     */
    static Result run(String... words) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(words).directory(PROJECT.toFile());
        builder.redirectErrorStream(true);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        // The commands find their own project, whatever the caller works on.
        builder.environment().remove("KONVERGO_HOME");
        var process = builder.start();
        var output = new StringBuilder();
        try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                System.out.println(line);
                output.append(line).append('\n');
            }
        }
        return new Result(process.waitFor(), output.toString());
    }
}
