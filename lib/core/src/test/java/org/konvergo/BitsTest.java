package org.konvergo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.konvergo.linalg.Parallel;

class BitsTest {
    @Test
    void lineHoldsEveryBit() {
        assertEquals(
                "a b\t3ff0000000000000 8000000000000000 0000000000000001",
                Bits.line("a\tb\n", 1, -0.0, Double.MIN_VALUE));
        assertEquals("none", Bits.line("none"));
    }

    @Test
    void allNanCountAsOne() {
        double negative = Double.longBitsToDouble(0xfff8000000000000L);
        assertEquals("x\t7ff8000000000000", Bits.line("x", negative));
        assertEquals(
                bits(Bits.digest(new double[] {Double.NaN})),
                bits(Bits.digest(new double[] {negative})));
    }

    @Test
    void digestTellsValuesOrderAndShapeApart() {
        double[] x = {1, 2, 3};
        long digest = bits(Bits.digest(x, x));
        assertEquals(digest, bits(Bits.digest(x.clone(), x.clone())));
        assertNotEquals(digest, bits(Bits.digest(x, new double[] {1, 2, Math.nextUp(3.0)})));
        assertNotEquals(digest, bits(Bits.digest(x, new double[] {2, 1, 3})));
        assertNotEquals(digest, bits(Bits.digest(new double[] {1, 2, 3, 1, 2, 3})));
        assertNotEquals(
                bits(Bits.digest(new double[] {0.0})), bits(Bits.digest(new double[] {-0.0})));
    }

    private static long bits(double digest) {
        assertFalse(Double.isNaN(digest));
        return Double.doubleToLongBits(digest);
    }

    @Test
    void linesOfSeveralThreadsDoNotMix(@TempDir Path folder) throws IOException {
        var file = folder.resolve("bits");
        Parallel.map(
                200,
                i -> {
                    Bits.append(file, Bits.line("part " + i, i));
                    return i;
                });
        List<String> lines = Files.readAllLines(file);
        assertEquals(200, lines.size());
        for (int i = 0; i < 200; i++) {
            assertEquals(1, java.util.Collections.frequency(lines, Bits.line("part " + i, i)));
        }
    }

    @Test
    void aFileThatCannotBeWrittenIsTold(@TempDir Path folder) {
        var e = assertThrows(UncheckedIOException.class, () -> Bits.append(folder, "line"));
        assertEquals("the figures could not be written to " + folder, e.getMessage());
    }

    @Test
    void nothingIsWrittenUnlessAsked() {
        assertFalse(Bits.wanted());
        Bits.note("nothing", 1);
    }
}
