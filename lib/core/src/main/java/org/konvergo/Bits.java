package org.konvergo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Figures as raw bits, one line a name, so that two runs can be compared to the last bit.
 *
 * <p>Where the environment variable {@code KONVERGO_BITS} names a file, every trace of a run and
 * every figure of a shown chart or table is added to it; {@code environment/verify-bits} holds such
 * files of several machines and JVMs side by side. Without the variable nothing is written.
 *
 * <p>All NaN count as one: which of its many bit patterns an operation gives is the processor's
 * choice, and no result depends on it.
 */
public final class Bits {
    private static final String FILE = System.getenv("KONVERGO_BITS");

    private Bits() {}

    /**
     * Whether figures are to be written down.
     *
     * @return true if KONVERGO_BITS names a file
     */
    public static boolean wanted() {
        return FILE != null && !FILE.isBlank();
    }

    /**
     * A name and its figures, as one line.
     *
     * @param name what the figures are; tabs and line ends in it become spaces
     * @param values the figures
     * @return the name, a tab, and 16 hexadecimal digits for each figure, with spaces between
     */
    public static String line(String name, double... values) {
        var text = new StringBuilder(name.length() + 1 + 17 * values.length);
        text.append(name.replaceAll("\\s+", " ").strip());
        for (int i = 0; i < values.length; i++) {
            String hex = Long.toHexString(Double.doubleToLongBits(values[i]));
            text.append(i == 0 ? '\t' : ' ').append("0".repeat(16 - hex.length())).append(hex);
        }
        return text.toString();
    }

    /**
     * One figure that stands for many: equal arrays give equal digests, and different ones almost
     * surely different ones (FNV-1a of 64 bits over the bytes).
     *
     * @param parts the figures
     * @return the digest, as the bits of a number
     */
    public static double digest(double[]... parts) {
        long hash = 0xcbf29ce484222325L;
        for (double[] part : parts) {
            hash = mix(hash, part.length);
            for (double value : part) {
                hash = mix(hash, Double.doubleToLongBits(value));
            }
        }
        // As a number it must not be NaN, whose bits are not kept: one bit of the exponent goes.
        return Double.longBitsToDouble(hash & ~(1L << 62));
    }

    private static long mix(long hash, long bits) {
        long mixed = hash;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            mixed = (mixed ^ (bits >>> shift & 0xFF)) * 0x100000001b3L;
        }
        return mixed;
    }

    /**
     * Writes figures down, if that is wanted.
     *
     * @param name what the figures are
     * @param values the figures
     * @throws UncheckedIOException if the file cannot be written
     */
    public static void note(String name, double... values) {
        if (wanted()) {
            append(Path.of(FILE), line(name, values));
        }
    }

    /** Lines of several threads do not mix. */
    static synchronized void append(Path file, String line) {
        try {
            Files.writeString(
                    file,
                    line + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("the figures could not be written to " + file, e);
        }
    }
}
