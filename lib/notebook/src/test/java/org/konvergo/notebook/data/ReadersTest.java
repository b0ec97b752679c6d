package org.konvergo.notebook.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class ReadersTest {
    @TempDir Path folder;

    private Path file(String content) throws IOException {
        return file(content.getBytes(StandardCharsets.UTF_8));
    }

    private Path file(byte... content) throws IOException {
        return Files.write(folder.resolve("file"), content);
    }

    private static byte[] gzip(byte... content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static void fails(Executable reading, String... parts) {
        var thrown = assertThrows(IOException.class, reading);
        for (String part : parts) {
            assertTrue(thrown.getMessage().contains(part), thrown::getMessage);
        }
    }

    @Test
    void csvPlainAndCompressed() throws IOException {
        String text = "a,b\n1,2.5\n\n-3e-2, NaN\n";
        for (var content :
                List.of(
                        text.getBytes(StandardCharsets.UTF_8),
                        gzip(text.getBytes(StandardCharsets.UTF_8)))) {
            var csv = CsvReader.read(file(content));
            assertEquals(List.of("a", "b"), csv.header());
            assertArrayEquals(new double[] {1, 2.5, -3e-2, Double.NaN}, csv.values().data);
        }
    }

    @Test
    void csvErrorsNameFileLineAndColumn() throws IOException {
        fails(() -> CsvReader.read(file("")), "line 1", "empty");
        fails(() -> CsvReader.read(file("a,b\n1\n")), "file, line 2", "2 cells, has 1");
        fails(() -> CsvReader.read(file("a,b\n1,2\n1,x\n")), "line 3", "column b", "\"x\"");
        fails(() -> CsvReader.read(folder.resolve("none")), "none");
    }

    @Test
    void catalogueWithQuotes() throws IOException {
        var rows = Csv.read(file("a,b\n\"x, y\",\"say \"\"z\"\"\"\n"));
        assertEquals("x, y", rows.get(0).get("a"));
        assertEquals("say \"z\"", rows.get(0).get("b"));
        fails(() -> Csv.read(file("a,b\n\"x,y\n")), "line 2", "quote");
        fails(() -> Csv.read(file("a,b\nx\n")), "line 2", "2 cells, has 1");
    }

    @Test
    void idxReadsUnsignedBytes() throws IOException {
        byte[] idx = {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 0, 1, 2, 3, 4, -1};
        for (var content : List.of(idx, gzip(idx))) {
            var images = IdxReader.read(file(content));
            assertArrayEquals(new int[] {2, 3}, images.shape());
            assertEquals(255, images.value(5));
            var first = IdxReader.read(file(content), 1);
            assertArrayEquals(new int[] {1, 3}, first.shape());
            assertEquals(3, first.bytes().length);
        }
    }

    @Test
    void idxErrors() throws IOException {
        byte[] idx = {0, 0, 8, 1, 0, 0, 0, 2, 7, 8};
        fails(() -> IdxReader.read(file(Arrays.copyOf(idx, 9))), "ends too early");
        fails(() -> IdxReader.read(file(Arrays.copyOf(idx, 2))), "ends too early");
        fails(() -> IdxReader.read(file(Arrays.copyOf(idx, 11))), "longer");
        var packed = gzip(idx);
        fails(() -> IdxReader.read(file(Arrays.copyOf(packed, packed.length - 12))), "early");
        fails(() -> IdxReader.read(file("a,b,c,d\n1,2\n")), "00 00 08", "612c622c");
        fails(() -> IdxReader.read(file(new byte[] {0, 0, 8, 1, -1, 0, 0, 0})), "dimension 0");
        fails(
                () -> IdxReader.read(file(new byte[] {0, 0, 8, 2, 127, 0, 0, 0, 127, 0, 0, 0})),
                "too large");
    }

    @Test
    void libsvmReadsSparseRows() throws IOException {
        var data = LibsvmReader.read(file("+1 1:0.5 3:-2 # note\n\n-1 2:1e-3\n0\n"));
        assertArrayEquals(new double[] {1, -1, 0}, data.labels());
        assertEquals(3, data.features().numRows);
        assertEquals(3, data.features().numCols);
        assertEquals(-2, data.features().get(0, 2));
        assertEquals(1e-3, data.features().get(1, 1));
        assertEquals(3, data.features().nz_length);
        assertEquals(9, LibsvmReader.read(file("1 1:1\n"), 9).features().numCols);
    }

    @Test
    void libsvmErrorsNameTheLine() {
        fails(() -> LibsvmReader.read(file("1 1:1\nx 1:1\n")), "line 2", "label", "\"x\"");
        fails(() -> LibsvmReader.read(file("1 0:1\n")), "line 1", "from 1");
        fails(() -> LibsvmReader.read(file("1 2:1 2:3\n")), "ascending");
        fails(() -> LibsvmReader.read(file("1 a:1\n")), "index", "\"a\"");
        fails(() -> LibsvmReader.read(file("1 1:b\n")), "value", "\"b\"");
        fails(() -> LibsvmReader.read(file("1 7\n")), "index:value");
    }

    @Property(tries = 50)
    void csvGivesBackTheBits(@ForAll @Size(min = 1, max = 20) double[] values) throws IOException {
        var text = new StringBuilder("x\n");
        for (double v : values) {
            text.append(v).append('\n');
        }
        var file = Files.createTempFile("values", ".csv");
        try {
            Files.writeString(file, text);
            assertArrayEquals(values, CsvReader.read(file).values().data);
        } finally {
            Files.delete(file);
        }
    }
}
