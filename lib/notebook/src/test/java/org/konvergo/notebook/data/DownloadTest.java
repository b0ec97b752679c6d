package org.konvergo.notebook.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
    private static final byte[] CONTENT = new byte[100_000];

    static {
        for (int i = 0; i < CONTENT.length; i++) {
            CONTENT[i] = (byte) ((i * 31) >> 3);
        }
    }

    @TempDir Path folder;
    private HttpServer server;
    private String sha256;
    private Path target;
    private final List<String> ranges = new ArrayList<>();
    private int cutAfter = Integer.MAX_VALUE;
    private int status = 200;

    @BeforeEach
    void serve() throws IOException {
        sha256 = Download.sha256(Files.write(folder.resolve("whole"), CONTENT));
        target = folder.resolve("cache/file.gz");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/file.gz", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(String.valueOf(range));
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        if (status != 200) {
            exchange.sendResponseHeaders(status, -1);
        } else if (from >= CONTENT.length) {
            exchange.sendResponseHeaders(416, -1);
        } else {
            exchange.sendResponseHeaders(range == null ? 200 : 206, CONTENT.length - from);
            int to = from + Math.min(CONTENT.length - from, cutAfter);
            exchange.getResponseBody().write(Arrays.copyOfRange(CONTENT, from, to));
            exchange.getResponseBody().flush();
        }
        exchange.close();
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/file.gz");
    }

    private void fetch() throws IOException {
        Download.fetch(address(), target, sha256);
    }

    @Test
    void fetchesOnce() throws IOException {
        fetch();
        assertArrayEquals(CONTENT, Files.readAllBytes(target));
        fetch();
        assertEquals(List.of("null"), ranges);
        assertFalse(Files.exists(folder.resolve("cache/file.gz.part")));
    }

    @Test
    void goesOnWhereItWasCut() throws IOException {
        cutAfter = 40_000;
        var thrown = assertThrows(IOException.class, this::fetch);
        assertTrue(thrown.getMessage().contains("goes on from there"), thrown::getMessage);
        assertFalse(Files.exists(target), "half a file never stands in its place");
        long kept = Files.size(folder.resolve("cache/file.gz.part"));
        assertTrue(kept > 0 && kept <= 40_000, () -> kept + " bytes kept");
        cutAfter = Integer.MAX_VALUE;
        fetch();
        assertArrayEquals(CONTENT, Files.readAllBytes(target));
        assertEquals("bytes=" + kept + "-", ranges.get(ranges.size() - 1));
    }

    @Test
    void completePartNeedsOnlyItsHash() throws IOException {
        Files.createDirectories(target.getParent());
        Files.write(folder.resolve("cache/file.gz.part"), CONTENT);
        fetch();
        assertArrayEquals(CONTENT, Files.readAllBytes(target));
    }

    @Test
    void wrongHashNamesFileExpectedAndGot() {
        var wrong = "0".repeat(64);
        var thrown =
                assertThrows(IOException.class, () -> Download.fetch(address(), target, wrong));
        for (String part : new String[] {"file.gz", wrong, sha256}) {
            assertTrue(thrown.getMessage().contains(part), thrown::getMessage);
        }
        assertFalse(Files.exists(target));
        assertFalse(Files.exists(folder.resolve("cache/file.gz.part")), "a bad part is no start");
    }

    @Test
    void offlineSaysWhatToDo() {
        server.stop(0);
        var thrown = assertThrows(IOException.class, this::fetch);
        assertTrue(thrown.getMessage().contains("environment/setup"), thrown::getMessage);
        assertTrue(thrown.getMessage().contains("cache"), thrown::getMessage);
    }

    @Test
    void serverErrorIsReported() {
        status = 503;
        var thrown = assertThrows(IOException.class, this::fetch);
        assertTrue(thrown.getMessage().contains("503"), thrown::getMessage);
    }
}
