package org.konvergo.notebook;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.Parallel;

/** On what a result was computed. */
final class Provenance {
    private Provenance() {}

    static JsonObject json(Map<String, String> dataHashes) {
        var json = new JsonObject();
        json.addProperty("library", version());
        json.addProperty(
                "jdk",
                System.getProperty("java.version")
                        + " ("
                        + System.getProperty("java.vendor")
                        + ")");
        json.addProperty(
                "os",
                System.getProperty("os.name")
                        + " "
                        + System.getProperty("os.version")
                        + " "
                        + System.getProperty("os.arch"));
        json.addProperty("cpu", cpu());
        json.addProperty("cores", Runtime.getRuntime().availableProcessors());
        json.addProperty("threads", Parallel.threads());
        json.addProperty("simd", Kernels.vectorBits() > 0);
        var data = new JsonObject();
        dataHashes.forEach(data::addProperty);
        json.add("data", data);
        return json;
    }

    private static String version() {
        String version = Provenance.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private static String cpu() {
        var info = Path.of("/proc/cpuinfo");
        if (Files.isReadable(info)) {
            try (var lines = Files.lines(info, StandardCharsets.UTF_8)) {
                var model = lines.filter(line -> line.startsWith("model name")).findFirst();
                if (model.isPresent()) {
                    return model.get().substring(model.get().indexOf(':') + 1).strip();
                }
            } catch (IOException e) {
                return System.getProperty("os.arch");
            }
        }
        return System.getProperty("os.arch");
    }
}
