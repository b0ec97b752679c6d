package org.konvergo.notebook;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

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
        int cores = Runtime.getRuntime().availableProcessors();
        json.addProperty("cores", cores);
        json.addProperty("threads", threads(cores));
        json.addProperty("simd", simd());
        var data = new JsonObject();
        dataHashes.forEach(data::addProperty);
        json.add("data", data);
        return json;
    }

    private static String version() {
        String version = Provenance.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private static int threads(int cores) {
        String set = System.getenv("KONVERGO_THREADS");
        try {
            return set == null || set.isEmpty() ? cores : Integer.parseInt(set);
        } catch (NumberFormatException e) {
            return cores;
        }
    }

    /** The kernels' vector path; there is only the scalar one. */
    private static boolean simd() {
        return false;
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
